"""A frozen result from which some answers are taken back: what was erased since it was frozen stays counted."""

from collections import Counter
from collections.abc import Sequence

from storage.kit.reasons import as_kept
from storage.tables import CountedWave, ReasonCount, Result


def without(frozen: Result, before: CountedWave, after: Result) -> Result:
    """Return a frozen result less the answers that were taken back: its wave was counted `before` that, and `after`.

    Where the wave is counted again instead, those who were erased are lost too.
    """
    is_same = frozen.before_id == after.before_id
    return Result(
        wave_id=frozen.wave_id,
        workspace_id=frozen.workspace_id,
        promoters=frozen.promoters - before.promoters + after.promoters,
        passives=frozen.passives - before.passives + after.passives,
        detractors=frozen.detractors - before.detractors + after.detractors,
        comments=frozen.comments - before.comments + after.comments,
        invited=frozen.invited,
        scores=_less(frozen.scores, before.scores, after.scores),
        late=_less(frozen.late, before.late, after.late),
        reasons=_reasons_less(frozen.reasons, before.reasons, after.reasons),
        before_id=frozen.before_id,
        both=_less(frozen.both, before.both, after.both) if is_same else frozen.both,
        cells=frozen.cells,  # nobody knows which group somebody is in who tapped in a channel
        frozen_at=after.frozen_at,
    )


def _less(
    frozen: Sequence[int] | None, before: Sequence[int] | None, after: Sequence[int] | None
) -> list[int] | None:
    if frozen is None or before is None or after is None:
        return None if frozen is None else list(frozen)
    return [stood - was + is_ for stood, was, is_ in zip(frozen, before, after, strict=True)]


def _reasons_less(
    frozen: list[ReasonCount] | None, before: list[ReasonCount] | None, after: list[ReasonCount] | None
) -> list[ReasonCount] | None:
    if frozen is None or before is None or after is None:
        return frozen
    left = _grouped(frozen)
    left.subtract(_grouped(before))
    left.update(_grouped(after))
    return as_kept(+left)


def _grouped(reasons: list[ReasonCount]) -> Counter[tuple[int, tuple[str, ...]]]:
    return Counter({(score, tuple(ticked)): answers for score, ticked, answers in reasons})
