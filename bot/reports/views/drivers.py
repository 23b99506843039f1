"""`/nps drivers`: which reasons people ticked, how detractors and promoters differ in them, and their part in the NPS."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from slackblocks import (
    Block,
    ContextBlock,
    HeaderBlock,
    PlainText,
    RawText,
    SectionBlock,
    TableBlock,
)

from bot.answers.rules.drivers import name_of
from bot.mark import mark
from bot.message import Message, escaped, message, mrkdwn
from bot.reports.rules.gate import Hidden
from bot.reports.rules.moved import Moved
from bot.reports.views.meaning import why_hidden
from bot.reports.views.moved import EXAMPLES as MOVED
from bot.reports.views.moved import moved_line
from bot.reports.views.wave import (
    CLOSED_WAVE,
    EXAMPLE_COUNTS,
    EXAMPLE_WAVE,
    TEAM_OPEN,
    WaveFacts,
    everything,
    headline,
    nobody,
    standing,
)
from bot.typed import one_line
from bot.wording import Words
from scoring.disclosure import MINIMUM_ANSWERS
from scoring.drivers import DriverReport, Ticked, by_category, counted_driver_report, who_ticks_more
from scoring.nps import Tally, signed
from storage.question import Offered
from storage.words import DRIVER_KEY, Driver

ROWS_SHOWN = 30

_MORE = {
    Ticked.BY_DETRACTORS: mark("Detractors tick more often, by more than chance explains: {drivers}."),
    Ticked.BY_PROMOTERS: mark("Promoters tick more often, by more than chance explains: {drivers}."),
}


@dataclass(frozen=True, slots=True)
class DriversFacts:
    """One wave of a survey, with its drivers as far as they may be told; `moves` are those that something was done about."""

    survey_name: str
    wave: WaveFacts
    moves: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    mentions: str
    detractors: str
    promoters: str
    points: str


def render(facts: DriversFacts, words: Words, *, with_table: bool = True) -> Message:
    """Make a table with a row for each driver; the points of all rows sum to the NPS.

    Without `with_table` the same facts stand in text, for workspaces where Slack refuses tables.
    """
    wave = facts.wave
    report, tally = wave.result.drivers, wave.result.tally
    rows = _rows(report, wave, tally, words) if report and tally and tally.responses else []
    said = (
        [*_differences(report, wave, tally, words), *_moves(facts, words), _what_it_is(words)]
        if rows and report and tally
        else []
    )
    if not rows:
        said = [*(why_hidden(wave, words) or [_why_none(wave, words)])]
    lines = [_line(row, words) for row in rows]
    blocks: list[Block] = [
        HeaderBlock(PlainText(headline(one_line(facts.survey_name), wave, words))),
        ContextBlock([mrkdwn(standing(wave, words))]),
    ]
    if rows and with_table:
        blocks.append(_table(rows, words))
    blocks += [
        SectionBlock(mrkdwn("\n".join(lines[start : start + 10])))
        for start in range(0, 0 if with_table else len(lines), 10)
    ]
    blocks.append(SectionBlock(mrkdwn("\n".join(said))))
    title = headline(escaped(facts.survey_name), wave, words)
    return message("\n".join([title, standing(wave, words), *lines, *said]), blocks)


def driver_name(driver: str | None, words: Words, named: Iterable[Offered] = ()) -> str:
    """Name a driver in the reader's language, by its survey's own name if it is `named`; None is no driver at all."""
    if driver is None:
        return words("No reason ticked")
    own = (one for one in named if driver in {one.key, one.key[:DRIVER_KEY]})
    return name_of(next(own, Offered(driver)), words)


def _rows(report: DriverReport, wave: WaveFacts, tally: Tally, words: Words) -> list[_Row]:
    shown = [
        _Row(
            driver_name(driver.name, words, wave.named),
            words.number(driver.mentions),
            words.percent(driver.ticked.detractors, tally.detractors),
            words.percent(driver.ticked.promoters, tally.promoters),
            signed(driver.points),
        )
        for driver in report.shown[:ROWS_SHOWN]
    ]
    beyond = report.shown[ROWS_SHOWN:]
    if few := report.hidden + len(beyond):
        points = report.hidden_points + sum(driver.points for driver in beyond)
        name = words.plural("{n} other, not shown", "{n} others, not shown", few)
        shown.append(_Row(name, "", "", "", signed(points)))
    if not report.shown:
        return []
    return [*shown, _Row(words("All answers"), words.number(tally.responses), "", "", tally.display)]


def _line(row: _Row, words: Words) -> str:
    told = words("{driver}: {points} points", driver=escaped(row.name), points=row.points)
    if row.mentions:
        told = words("{driver}, {mentions} mentions", driver=told, mentions=row.mentions)
    if row.detractors:
        told = words(
            "{driver}, {detractors} of detractors, {promoters} of promoters",
            driver=told,
            detractors=row.detractors,
            promoters=row.promoters,
        )
    return told


def _table(rows: Sequence[_Row], words: Words) -> TableBlock:
    head = _Row(
        words("Driver"), words("Mentions"), words("Of detractors"), words("Of promoters"), words("Points")
    )
    cells = [[row.name, row.mentions, row.detractors, row.promoters, row.points] for row in (head, *rows)]
    return TableBlock([[RawText(cell or "\N{EN DASH}") for cell in row] for row in cells])


def _differences(report: DriverReport, wave: WaveFacts, tally: Tally, words: Words) -> list[str]:
    """Say which drivers one side ticks more often, by more than chance explains."""
    told = who_ticks_more([one for one in report.shown if one.name is not None], tally)
    lines = []
    for side, sentence in _MORE.items():
        names = [escaped(driver_name(name, words, wave.named)) for name, by in told.items() if by is side]
        if names:
            lines.append(words(sentence, drivers=", ".join(names)))
    return lines


def _moves(facts: DriversFacts, words: Words) -> list[str]:
    names = {one.driver: escaped(driver_name(one.driver, words, facts.wave.named)) for one in facts.moves}
    return [moved_line(one, names[one.driver], words) for one in facts.moves]


def _what_it_is(words: Words) -> str:
    return words(
        "People tick reasons after their score: this is what they mention most, and not what makes the NPS. "
        "Each answer's part in the NPS is split over what it ticked, so the points sum to the NPS."
    )


def _why_none(wave: WaveFacts, words: Words) -> str:
    if not wave.result.answered:
        return nobody(wave, words)
    return words(
        "No reason has been ticked by {few} people yet.", few=max(MINIMUM_ANSWERS, wave.result.fewest)
    )


_REASONS = {
    (10, frozenset({Driver.QUALITY.value, Driver.SUPPORT.value})): 7,
    (9, frozenset({Driver.QUALITY.value})): 8,
    (8, frozenset[str]()): 5,
    (7, frozenset({"Price & <value>"})): 4,
    (6, frozenset({Driver.SUPPORT.value, "Price & <value>"})): 2,
    (5, frozenset({Driver.SUPPORT.value})): 2,
    (3, frozenset({Driver.REPUTATION.value})): 1,
    (0, frozenset({Driver.SUPPORT.value, Driver.COMMUNICATION.value})): 1,
}
_RESULT = replace(everything(EXAMPLE_COUNTS, 40), drivers=counted_driver_report(by_category(_REASONS)))
_DRIVERS = DriversFacts("Acme customers", replace(CLOSED_WAVE, result=_RESULT))
_TWO_CAMPS = {(10, frozenset({Driver.QUALITY.value})): 15, (0, frozenset({"Waiting & <time>"})): 12}

EXAMPLES = {
    "a closed wave": _DRIVERS,
    "reasons of its own": replace(
        _DRIVERS,
        wave=replace(
            CLOSED_WAVE,
            result=_RESULT,
            named=(
                Offered("Price & <value>", (("en", "What it <costs>"), ("fr", "Ce que ça coûte"))),
                Offered(Driver.SUPPORT.value, (("en", "Our people"),)),
            ),
        ),
    ),
    "acted upon": replace(_DRIVERS, moves=(*MOVED["no clear change"],)),
    "open, so far": replace(_DRIVERS, wave=replace(EXAMPLE_WAVE, result=_RESULT)),
    "two camps": replace(
        _DRIVERS,
        wave=replace(
            CLOSED_WAVE,
            result=replace(
                everything((12, *(0,) * 9, 15), 40), drivers=counted_driver_report(by_category(_TWO_CAMPS))
            ),
        ),
    ),
    "none ticked": replace(
        _DRIVERS, wave=replace(CLOSED_WAVE, result=replace(_RESULT, drivers=counted_driver_report(Counter())))
    ),
    "none answered": replace(_DRIVERS, wave=replace(CLOSED_WAVE, result=everything((0,) * 11, 40))),
    "hidden until it closes": DriversFacts("Team pulse", replace(TEAM_OPEN, before=None)),
    "hidden, too few for more": DriversFacts(
        "Team pulse",
        replace(
            CLOSED_WAVE,
            result=replace(
                everything((1, *(0,) * 6, 1, 1, 3, 3)),
                scores=None,
                hidden=(Hidden.DETAILS_TOO_FEW,),
                fewest=5,
            ),
        ),
    ),
}
