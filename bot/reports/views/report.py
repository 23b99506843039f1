"""The card that `/nps` answers with, and its copy that somebody shares in a channel."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Block, Button, ContextBlock, HeaderBlock, PlainText, SectionBlock

from bot.ids import Action
from bot.message import Message, escaped, message, mrkdwn, one_line
from bot.reports.views.wave import (
    EXAMPLE_WAVE,
    IMPORTED_WAVE,
    NOBODY_YET,
    WaveFacts,
    answered_of_invited,
    category_lines,
    certainty,
    chart,
    headline,
    nobody,
    numbers,
    since_previous,
    standing,
)
from bot.wording import Words
from scoring.nps import Tally


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One survey's newest wave. `shared_by` is the user id of the person who shows it to a channel."""

    survey_id: int
    survey_name: str
    wave: WaveFacts
    can_share: bool = False
    shared_by: str | None = None


def render(facts: ReportFacts, words: Words, *, with_chart: bool = True) -> Message:
    """Make the card: NPS, interval, categories, response rate, change with verdict, chart, “Share here”.

    Without `with_chart` the same facts stand in text, for workspaces where Slack refuses charts.
    """
    wave = facts.wave
    lines = [
        headline(escaped(facts.survey_name), wave, words),
        standing(wave, words),
        *(_lines(wave, words) if wave.tally.responses else [nobody(wave, words)]),
    ]
    blocks: list[Block] = [
        HeaderBlock(PlainText(headline(one_line(facts.survey_name), wave, words))),
        ContextBlock([mrkdwn(standing(wave, words))]),
        *_body(wave, words, with_chart=with_chart),
    ]
    if facts.can_share and wave.tally.responses:
        share = Button(words("Share here"), action_id=Action.SHARE, value=str(facts.survey_id))
        blocks.append(ActionsBlock([share]))
    if facts.shared_by:
        shared = words("Shared by {person}", person=f"<@{facts.shared_by}>")
        lines.append(shared)
        blocks.append(ContextBlock([mrkdwn(shared)]))
    return message("\n".join(lines), blocks)


def _lines(wave: WaveFacts, words: Words) -> list[str]:
    lines = [
        certainty(wave.tally, words),
        *category_lines(wave.tally, words),
        answered_of_invited(wave, words),
        since_previous(wave, words),
    ]
    return [line for line in lines if line]


def _body(wave: WaveFacts, words: Words, *, with_chart: bool) -> list[Block]:
    if not wave.tally.responses:
        return [SectionBlock(PlainText(nobody(wave, words)))]
    blocks: list[Block] = [
        SectionBlock(mrkdwn(certainty(wave.tally, words, bold="*"))),
        numbers(wave, words),
    ]
    moved = since_previous(wave, words, bold="*")
    if moved:
        blocks.append(SectionBlock(mrkdwn(moved)))
    if with_chart:
        blocks.append(chart(wave.tally, words))
    return blocks


_REPORT = ReportFacts(survey_id=7, survey_name="Acme customers", wave=EXAMPLE_WAVE, can_share=True)

EXAMPLES = {
    "open": _REPORT,
    "first wave": replace(_REPORT, wave=replace(EXAMPLE_WAVE, number=1, previous=None)),
    "clearly up": replace(_REPORT, wave=replace(EXAMPLE_WAVE, previous=Tally(5, 10, 25))),
    "clearly down": replace(_REPORT, wave=replace(EXAMPLE_WAVE, previous=Tally(38, 1, 1))),
    "closed and shared": replace(
        _REPORT, wave=replace(EXAMPLE_WAVE, is_open=False), can_share=False, shared_by="U2"
    ),
    "nobody yet": replace(_REPORT, wave=NOBODY_YET),
    "nobody asked yet": replace(_REPORT, wave=replace(NOBODY_YET, invited=0)),
    "imported": replace(_REPORT, wave=IMPORTED_WAVE),
    "first wave since the import": replace(
        _REPORT, wave=replace(EXAMPLE_WAVE, number=1, previous_number=-3, previous_label="2025-Q4")
    ),
    "nobody at all": replace(_REPORT, wave=replace(NOBODY_YET, is_open=False)),
}
