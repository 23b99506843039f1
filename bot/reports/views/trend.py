"""`/nps trend`: the closed waves of a survey side by side, drawn and in a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from slackblocks import (
    AxisConfig,
    Block,
    ContextBlock,
    DataPoint,
    DataSeries,
    DataVisualizationBlock,
    HeaderBlock,
    LineChart,
    PlainText,
    RawText,
    SectionBlock,
    TableBlock,
)

from bot.mark import mark
from bot.message import Message, escaped, message, mrkdwn
from bot.reports.rules.gate import Hidden, Released
from bot.reports.rules.trending import Spans
from bot.reports.views.meaning import since_previous
from bot.reports.views.wave import (
    CLOSED_WAVE,
    EXAMPLE_COUNTS,
    IMPORTED_WAVE,
    TEAM_WAVE,
    WaveFacts,
    answered_of_invited,
    estimated,
    everything,
    interval,
    standing,
    summary,
)
from bot.typed import one_line
from bot.wording import Words
from scoring.change import Change, Verdict
from scoring.nps import display, rounded_points
from scoring.trend import trend

LABEL_LENGTH = 20
FEWEST_DRAWN = 2

_VERDICTS = {
    Verdict.UP: mark("{recent} against {baseline}: {difference}, up by more than chance explains."),
    Verdict.DOWN: mark("{recent} against {baseline}: {difference}, down by more than chance explains."),
    Verdict.NO_CLEAR_CHANGE: mark(
        "{recent} against {baseline}: {difference}, no clear change, chance alone could do this."
    ),
}


@dataclass(frozen=True, slots=True)
class TrendFacts:
    """The wave that closed last, which leads to those before it; None when none has closed.

    `spans` says which waves are compared, for a survey whose single waves say little.
    """

    survey_name: str
    newest: WaveFacts | None
    spans: Spans | None = None

    @property
    def waves(self) -> tuple[WaveFacts, ...]:
        """The closed waves, the first to close first."""
        found = []
        wave = self.newest
        while wave is not None:
            found.append(wave)
            wave = wave.before
        return tuple(reversed(found))


def render(facts: TrendFacts, words: Words, *, with_chart: bool = True) -> Message:
    """Make a line chart of NPS, low and high, and a table of the same.

    Without `with_chart` the same facts stand in text, for workspaces where Slack refuses charts and tables.
    """
    name = facts.survey_name
    if facts.newest is None:
        nothing = words(
            "No wave of “{name}” has closed yet. The trend begins with the first.", name=escaped(name)
        )
        return message(nothing, [SectionBlock(mrkdwn(nothing))])
    waves = facts.waves
    why = _why_some_are_hidden(waves, words)
    said = [line for line in (verdict(facts, words), why) if line]
    marked = [line for line in (verdict(facts, words, bold="*"), why) if line]
    rows = [_line(wave, words) for wave in waves]
    blocks: list[Block] = [HeaderBlock(PlainText(_title(one_line(name), waves, words)))]
    if marked:
        blocks.append(SectionBlock(mrkdwn("\n".join(marked))))
    blocks += [*_chart(waves, words), _table(waves, words)] if with_chart else _sections(rows)
    if with_chart:
        blocks.append(ContextBlock([mrkdwn(words("Low and high are the ends of each wave's interval."))]))
    return message("\n".join([_title(escaped(name), waves, words), *said, *rows]), blocks)


def verdict(facts: TrendFacts, words: Words, bold: str = "") -> str:
    """Say whether the last waves differ from those before: by the trend rule, or the last from the one before it."""
    spans, newest = facts.spans, facts.newest
    if newest is None:
        return ""
    if spans is None:
        return since_previous(newest, words, bold)
    last = words("The last wave") if spans.recent == 1 else words("The last {n} waves", n=spans.recent)
    baseline = words("the {n} before", n=spans.baseline)
    found = moved(facts)
    if found is None:
        return words(
            "{recent} will be compared with {baseline} once all {all} have a number.",
            recent=last,
            baseline=baseline,
            all=spans.waves,
        )
    return words(
        _VERDICTS[found.verdict],
        recent=last,
        baseline=baseline,
        difference=f"{bold}{display(found.difference)}{bold}",
    )


def moved(facts: TrendFacts) -> Change | None:
    """Compare the last waves with those before them; None where that is not the rule, or a number may not be told."""
    spans = facts.spans
    if spans is None:
        return None
    tallies = [wave.result.tally for wave in facts.waves[-spans.waves :]]
    told = [tally for tally in tallies if tally is not None]
    if len(told) < spans.waves:
        return None
    return trend(told, recent=spans.recent, baseline=spans.baseline)


def _title(name: str, waves: Sequence[WaveFacts], words: Words) -> str:
    return words.plural("{name}: {n} closed wave", "{name}: {n} closed waves", len(waves), name=name)


def _line(wave: WaveFacts, words: Words) -> str:
    return f"{summary(standing(wave, words), wave, words)} · {answered_of_invited(wave, words)}"


def _why_some_are_hidden(waves: Sequence[WaveFacts], words: Words) -> str:
    if all(wave.result.tally for wave in waves):
        return ""
    return words("Where a number is missing or only a bound, it could give somebody away.")


def _chart(waves: Sequence[WaveFacts], words: Words) -> list[Block]:
    """Draw the waves whose numbers may be told; a single point is no line."""
    series: dict[str, list[int]] = {words("NPS"): [], words("Low"): [], words("High"): []}
    drawn = [wave for wave in waves if wave.result.tally and wave.result.tally.responses]
    if len(drawn) < FEWEST_DRAWN:
        return []
    for wave in drawn:
        found = estimated(wave)
        assert found is not None  # noqa: S101 - somebody answered
        nps = rounded_points(found.nps)
        low, high = (found.interval.low, found.interval.high) if found.interval else (found.nps, found.nps)
        for values, value in zip(
            series.values(), (nps, rounded_points(low), rounded_points(high)), strict=True
        ):
            values.append(value)
    labels = _labels(drawn, words)
    return [
        DataVisualizationBlock(
            title=words("NPS by wave"),
            chart=LineChart(
                series=[
                    DataSeries(
                        name,
                        [DataPoint(label, value) for label, value in zip(labels, values, strict=True)],
                    )
                    for name, values in series.items()
                ],
                axis_config=AxisConfig(labels),
            ),
        )
    ]


def _labels(waves: Sequence[WaveFacts], words: Words) -> list[str]:
    """Name each wave in so few characters, and no two alike."""
    names = [_name(wave, words) for wave in waves]
    labels = [one_line(name, LABEL_LENGTH) for name in names]
    if len(set(labels)) < len(labels):
        labels = [one_line(f"{place}. {name}", LABEL_LENGTH) for place, name in enumerate(names, start=1)]
    return labels


def _name(wave: WaveFacts, words: Words) -> str:
    return one_line(wave.label) if wave.label else words("Wave {number}", number=wave.number)


def _table(waves: Sequence[WaveFacts], words: Words) -> TableBlock:
    head = [words("Wave"), words("Closed on"), words("NPS"), words("Interval"), words("Answered")]
    rows = [
        [
            _name(wave, words),
            words.date(wave.closes),
            wave.result.nps or words("not shown"),
            interval(wave, words),
            answered_of_invited(wave, words),
        ]
        for wave in waves
    ]
    return TableBlock([[RawText(cell) for cell in row] for row in (head, *rows)])


def _sections(rows: Sequence[str]) -> list[Block]:
    """Put lines into sections of ten, which Slack's limit of characters surely takes."""
    return [SectionBlock(mrkdwn("\n".join(rows[start : start + 10]))) for start in range(0, len(rows), 10)]


def _weeks(*counts: tuple[int, int, int], **changes: object) -> WaveFacts:
    newest: WaveFacts | None = None
    for number, (promoters, passives, detractors) in enumerate(counts, start=1):
        scores = (*(0,) * 6, detractors, 0, passives, promoters, 0)
        newest = WaveFacts(
            number=number,
            closes=date.fromordinal(date(2025, 8, 4).toordinal() + 7 * number),
            is_open=False,
            result=everything(scores),
            before=newest,
        )
    assert newest is not None  # noqa: S101 - the examples have waves
    return replace(newest, **changes)  # type: ignore[arg-type]  # the fields of a wave


_HIDDEN = Released(answered=3, invited=12, hidden=(Hidden.TOO_FEW,), fewest=5)
_TREND = TrendFacts("Acme customers", replace(CLOSED_WAVE, before=replace(IMPORTED_WAVE, before=None)))
_WEEKLY = Spans(recent=4, baseline=12)

EXAMPLES = {
    "two waves": _TREND,
    "overlap": TrendFacts("Team pulse", TEAM_WAVE),
    "weekly, up": TrendFacts("Acme <weekly>", _weeks(*((5, 3, 4),) * 12, *((10, 2, 1),) * 4), _WEEKLY),
    "weekly, steady": TrendFacts("Acme weekly", _weeks(*((5, 3, 4),) * 20), _WEEKLY),
    "weekly, down": TrendFacts("Acme weekly", _weeks(*((9, 3, 2),) * 12, *((2, 2, 10),) * 4), _WEEKLY),
    "weekly, too early": TrendFacts("Acme weekly", _weeks(*((9, 3, 2),) * 5), _WEEKLY),
    "monthly": TrendFacts("Acme monthly", _weeks(*((9, 3, 2),) * 5), Spans(recent=1, baseline=3)),
    "one hidden": TrendFacts("Team pulse", replace(TEAM_WAVE, before=replace(TEAM_WAVE, result=_HIDDEN))),
    "one, everyone answered": TrendFacts(
        "Team pulse",
        replace(TEAM_WAVE, result=everything(EXAMPLE_COUNTS, 30, population=30), before=None),
    ),
    "labels alike": TrendFacts(
        "Carried over",
        replace(
            IMPORTED_WAVE,
            label="Survey of the year 2025",
            before=replace(IMPORTED_WAVE, label="Survey of the year 2024", before=None),
        ),
    ),
    "nobody": TrendFacts("Acme customers", _weeks((0, 0, 0), (3, 0, 0))),
    "none closed": TrendFacts("Acme & <co>", None),
}
