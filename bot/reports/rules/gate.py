"""The one gate: what of a wave's numbers may leave, to the people who would read it there, and why the rest may not.

Every way out passes it: card, list, digest, App Home, what is shared, what a manager hears, the command line.
`tests/reports/test_ways_out.py` names them all. What it decides by is in docs/privacy.md.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from bot.reports.rules.segmenting import AnswersBySegment, Segmented, segmented
from scoring import disclosure
from scoring.change import NOBODY_IN_BOTH, Overlap
from scoring.disclosure import MINIMUM_ANSWERS, Hiding
from scoring.distribution import Distribution
from scoring.drivers import Answers, DriverReport, counted_driver_report
from scoring.nps import Tally, tally_categories
from scoring.scale import Category
from storage.words import Kind


class Reader(StrEnum):
    """Who reads, as far as it decides what they may read."""

    OPERATOR = auto()  # of the server, who has the database
    MANAGER = auto()
    MEMBER = auto()  # of the workspace
    CHANNEL = auto()  # everybody who is where it is posted
    GUEST = auto()  # or somebody of another company, or unknown: they read what is posted where they are


class Hidden(StrEnum):
    """Why something is not told."""

    UNTIL_CLOSED = auto()  # the number comes when the wave closes
    TOO_FEW = auto()  # too few have answered
    NEARLY_UNANIMOUS = auto()  # the counts would tell what everyone, or all but one, chose
    FEW_SINCE = auto()  # too few answers came since it was shown: it is told as it was
    DETAILS_TOO_FEW = auto()  # too few for more than the NPS


@dataclass(frozen=True, slots=True)
class Promise:
    """What people were promised when a survey asked them. `minimum` is the fewest answers, None where none was set."""

    kind: Kind
    minimum: int | None = None
    is_anonymous: bool = False

    @property
    def fewest(self) -> int:
        """From how many answers on others than managers see a result; 0 is any number, which holds for no employees."""
        customers = self.kind is Kind.CUSTOMERS
        return disclosure.minimum_answers(self.minimum, anonymous=self.is_anonymous, customers=customers)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the database holds of one wave. It is for the gate alone.

    `late` counts those among them who answered after a reminder. `mentions` pairs drivers with how many ticked them, most
    mentioned first; None where they were not counted. `reasons` are score, drivers ticked together and how often, None
    likewise, or where nobody asks for them. `cells` are the answers by segments, None likewise. `both` are the people who
    answered the wave `before_id` too. `sealed` counts ballots that nobody can read yet.
    """

    tally: Tally
    invited: int | None
    comments: int = 0
    scores: Distribution | None = None
    late: Tally | None = None
    mentions: tuple[tuple[str, int], ...] | None = None
    reasons: Answers | None = None
    cells: AnswersBySegment | None = None
    both: Overlap = NOBODY_IN_BOTH
    before_id: int | None = None
    sealed: int = 0

    @property
    def answered(self) -> int:
        """How many people have answered, whatever they said."""
        return self.tally.responses + self.sealed


@dataclass(frozen=True, slots=True)
class Released:
    """What of one wave may be told; what may not is None, and `hidden` says why.

    `answered` of `invited` is told always. `nps` is as people read it: "+18", or "≥ +95" where it says no more. `tally`
    stands for all that tells the counts: shares, intervals, differences. `population` is how many the NPS is about, None
    where nobody knows who could have answered. `fewest` is the minimum that it was held to, 0 for none.
    """

    answered: int
    invited: int | None
    nps: str | None = None
    tally: Tally | None = None
    population: int | None = None
    comments: int | None = None
    scores: Distribution | None = None
    late: Tally | None = None
    mentions: tuple[tuple[str, int], ...] = ()
    drivers: DriverReport | None = None
    segments: Segmented | None = None
    both: Overlap = NOBODY_IN_BOTH
    before_id: int | None = None
    hidden: tuple[Hidden, ...] = ()
    fewest: int = 0


def released(
    versions: Sequence[Numbers], promise: Promise, reader: Reader, *, is_open: bool
) -> Released | None:
    """Decide what a reader is told of one wave; None for a guest, who is told nothing but what is posted.

    `versions` are the wave's results, one for each time that it was frozen, the oldest first. An open wave has one: its
    count so far.
    """
    if reader is Reader.GUEST:
        return None
    numbers = versions[-1]
    everything = Released(
        answered=numbers.answered,
        invited=numbers.invited,
        nps=numbers.tally.display,
        tally=numbers.tally,
        population=numbers.invited if promise.kind is Kind.EMPLOYEES else None,
        comments=numbers.comments,
        scores=numbers.scores,
        late=numbers.late,
        mentions=_mentions(numbers, fewest_others=0),
        drivers=_drivers(numbers, None),
        segments=segmented([numbers.cells], 0) if numbers.cells else None,
        both=numbers.both,
        before_id=numbers.before_id,
    )
    if tells_all(promise, reader):
        return everything
    if is_open:
        return Released(
            everything.answered, everything.invited, hidden=(Hidden.UNTIL_CLOSED,), fewest=promise.fewest
        )
    shown, is_latest = _as_shown(versions, promise.fewest)
    least = _held_to(shown, replace(everything, fewest=promise.fewest), promise.fewest)
    cells = [one.cells for one in versions if one.cells]
    if cells and least.scores:
        least = replace(least, segments=segmented(cells, promise.fewest))
    return least if is_latest else replace(least, hidden=(*least.hidden, Hidden.FEW_SINCE))


def tells_each(promise: Promise) -> bool:
    """Say whether one answer, without its person, may be told as it comes: of customers, unless a minimum was set."""
    return promise.kind is Kind.CUSTOMERS and promise.fewest == 0


def tells_all(promise: Promise, reader: Reader) -> bool:
    """Whether this reader is told everything: managers of a named survey are, and all of customers' without a minimum.

    Of an anonymous one nobody is.
    """
    if promise.is_anonymous:
        return False
    return reader in {Reader.OPERATOR, Reader.MANAGER} or (reader is not Reader.GUEST and promise.fewest == 0)


def _as_shown(versions: Sequence[Numbers], fewest: int) -> tuple[Numbers, bool]:
    """Go through the versions as they came: each replaces the one shown when enough answers came, or went, between them."""
    shown = versions[0]
    for later in versions[1:]:
        fewer, more = sorted((shown.tally.responses, later.tally.responses))
        first_worth_showing = shown.tally.responses < fewest
        if first_worth_showing or disclosure.why_not_refreshed(fewer, more, fewest) is None:
            shown = later
    return shown, shown == versions[-1]


def _held_to(numbers: Numbers, everything: Released, fewest: int) -> Released:
    allowed = disclosure.gate(numbers.tally, fewest)
    participation = Released(numbers.tally.responses, numbers.invited, fewest=fewest)
    if not numbers.tally.responses:
        return replace(participation, nps=numbers.tally.display, tally=numbers.tally)
    if allowed.nps is Hiding.TOO_FEW_ANSWERS:
        return replace(participation, hidden=(Hidden.TOO_FEW,))
    if allowed.counts:
        nps = allowed.bound or numbers.tally.display
        return replace(participation, nps=nps, hidden=(Hidden.NEARLY_UNANIMOUS,))
    told = replace(
        participation,
        nps=numbers.tally.display,
        tally=numbers.tally,
        population=numbers.invited if everything.population is not None else None,
        both=numbers.both,
        before_id=numbers.before_id,
    )
    if allowed.details:
        return replace(told, hidden=(Hidden.DETAILS_TOO_FEW,))
    return replace(
        told,
        comments=numbers.comments,
        scores=numbers.scores,
        late=_late(numbers, fewest),
        mentions=_mentions(numbers, fewest_others=fewest),
        drivers=_drivers(
            numbers, lambda ticked: bool(disclosure.why_segment_hidden(ticked, numbers.tally, fewest)), fewest
        ),
    )


def _late(numbers: Numbers, fewest: int) -> Tally | None:
    """Give those who answered after the reminder, where neither they nor the others are too few."""
    late = numbers.late
    if late is None or not late.responses:
        return None
    return late if disclosure.why_segment_hidden(late, numbers.tally, fewest) is None else None


def _mentions(numbers: Numbers, *, fewest_others: int) -> tuple[tuple[str, int], ...]:
    """Leave out the drivers that point at few: at those who ticked them, or at the others who did not."""
    return tuple(
        (driver, many)
        for driver, many in numbers.mentions or ()
        if many >= max(MINIMUM_ANSWERS, fewest_others)
        and not 0 < numbers.tally.responses - many < fewest_others
    )


def _drivers(
    numbers: Numbers, reveals: Callable[[Tally], bool] | None, fewest: int = 0
) -> DriverReport | None:
    """Report on the drivers; None where they were not counted, or not of just these answers."""
    if numbers.reasons is None:
        return None
    categories = Counter[Category]()
    for (category, _), many in numbers.reasons.items():
        categories[category] += many
    if tally_categories(categories) != numbers.tally:
        return None
    return counted_driver_report(numbers.reasons, minimum=max(MINIMUM_ANSWERS, fewest), reveals=reveals)
