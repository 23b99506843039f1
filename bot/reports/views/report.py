"""The card that `/nps` answers with, and its copy that somebody shares in a channel."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Block, Button, ContextBlock, Element, HeaderBlock, PlainText

from bot.answers.rules.drivers import name_of
from bot.ids import ActionId
from bot.message import Message, escaped, message, mrkdwn
from bot.reports.rules.gate import Hidden, Released
from bot.reports.views.meaning import result_blocks, result_lines
from bot.reports.views.spread import spread_blocks
from bot.reports.views.wave import (
    CLOSED_WAVE,
    EXAMPLE_COUNTS,
    EXAMPLE_WAVE,
    IMPORTED_WAVE,
    NOBODY_YET,
    TEAM_EARLIER,
    TEAM_OPEN,
    TEAM_WAVE,
    WaveFacts,
    everything,
    headline,
    standing,
)
from bot.typed import one_line
from bot.wording import Words
from scoring.change import NOBODY_IN_BOTH
from scoring.nps import Tally
from storage.question import Offered


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A link for promoters, with its address as key: to how many it was offered, and how often it was opened.

    `opened` is None where so few were offered it that it would tell who opened it.
    """

    link: Offered
    offered: int
    opened: int | None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One survey's newest wave, or an older one. `shared_by` is the user id of the person who shows it to a channel.

    `reads_comments` says that the reader manages, and that there are comments. `links` are told to managers
    alone. `older_id` is the wave's, where it is not the newest.
    """

    survey_id: int
    survey_name: str
    wave: WaveFacts
    can_share: bool = False
    shared_by: str | None = None
    reads_comments: bool = False
    older_id: int | None = None
    links: tuple[LinkFacts, ...] = ()


def render(facts: ReportFacts, words: Words, *, with_chart: bool = True) -> Message:
    """Make the card: NPS, what it means, categories, response rate, change with verdict, chart, “Share here”.

    Without `with_chart` the same facts stand in text, for workspaces where Slack refuses charts.
    """
    wave = facts.wave
    lines = [
        headline(escaped(facts.survey_name), wave, words),
        standing(wave, words),
        *result_lines(wave, words),
    ]
    blocks: list[Block] = [
        HeaderBlock(PlainText(headline(one_line(facts.survey_name), wave, words))),
        ContextBlock([mrkdwn(standing(wave, words))]),
        *result_blocks(wave, words),
        *spread_blocks(wave, words, with_chart=with_chart),
    ]
    if facts.links:
        counted = "\n".join(_counted(one, words) for one in facts.links)
        lines.append(counted)
        blocks.append(ContextBlock([mrkdwn(counted)]))
    if facts.can_share and (wave.result.answered or wave.before):
        blocks.append(ActionsBlock(_buttons(facts, words)))
    if facts.shared_by:
        shared = words("Shared by {person}", person=f"<@{facts.shared_by}>")
        lines.append(shared)
        blocks.append(ContextBlock([mrkdwn(shared)]))
    return message("\n".join(lines), blocks)


def _counted(one: LinkFacts, words: Words) -> str:
    label = escaped(name_of(one.link, words))
    offered = words.plural("offered {n} time", "offered {n} times", one.offered)
    if one.opened is None:
        return words("Link “{label}”: {offered}.", label=label, offered=offered)
    return words(
        "Link “{label}”: {offered}, opened {opened}.",
        label=label,
        offered=offered,
        opened=words.number(one.opened),
    )


def _buttons(facts: ReportFacts, words: Words) -> list[Element]:
    labels = {
        ActionId.SHARE: words("Share here"),
        ActionId.TREND: words("Trend"),
        ActionId.DRIVERS: words("Drivers"),
    }
    if facts.older_id:
        # What is read of the newest wave does not belong below another one.
        value = f"{facts.survey_id}:{facts.older_id}"
        return [Button(labels[ActionId.SHARE], action_id=ActionId.SHARE, value=value)]
    if facts.reads_comments:
        labels |= {ActionId.COMMENTS: words("Comments")}
    return [Button(label, action_id=action, value=str(facts.survey_id)) for action, label in labels.items()]


_REPORT = ReportFacts(survey_id=7, survey_name="Acme customers", wave=EXAMPLE_WAVE, can_share=True)
_TEAM = replace(_REPORT, survey_name="Team pulse", wave=TEAM_WAVE)


def _team(counts: tuple[int, ...], invited: int, **changes: object) -> ReportFacts:
    wave = replace(TEAM_WAVE, result=everything(counts, invited, population=invited), both=NOBODY_IN_BOTH)
    return replace(_TEAM, wave=replace(wave, before=None, **changes))  # type: ignore[arg-type]  # the fields of a wave


def _less(answered: int, *hidden: Hidden, nps: str | None = None) -> ReportFacts:
    result = Released(answered, invited=12, nps=nps, hidden=hidden, fewest=5)
    return replace(_TEAM, wave=replace(TEAM_WAVE, result=result, both=NOBODY_IN_BOTH))


EXAMPLES = {
    "open, customers": _REPORT,
    "open, first wave": replace(_REPORT, wave=replace(EXAMPLE_WAVE, number=1, before=None)),
    "open, to a manager": replace(_TEAM, wave=replace(TEAM_WAVE, is_open=True), reads_comments=True),
    "links, to a manager": replace(
        _REPORT,
        links=(
            LinkFacts(
                Offered("https://example.com/review", (("en", "Rate <us>"), ("fr", "Notez-nous"))), 12, 4
            ),
            LinkFacts(Offered("https://example.com/friends", (("en", "Tell a friend"),)), 1, None),
        ),
    ),
    "open, hidden": replace(
        _TEAM, wave=replace(TEAM_OPEN, before=replace(TEAM_EARLIER, before=TEAM_EARLIER))
    ),
    "open, hidden, first wave": replace(_TEAM, wave=replace(TEAM_OPEN, before=None)),
    "open, hidden, one open question": replace(
        _TEAM, wave=replace(TEAM_OPEN, result=replace(TEAM_OPEN.result, invited=None))
    ),
    "closed, overlap": _TEAM,
    "closed, after the reminder": replace(
        _TEAM, wave=replace(TEAM_WAVE, result=replace(TEAM_WAVE.result, late=Tally(2, 3, 4)))
    ),
    "closed, customers": replace(_REPORT, wave=CLOSED_WAVE),
    "older": replace(_TEAM, older_id=3, wave=replace(TEAM_WAVE, before=None, both=NOBODY_IN_BOTH)),
    "closed and shared": replace(_TEAM, can_share=False, shared_by="U2"),
    "clearly up": replace(
        _REPORT,
        wave=replace(CLOSED_WAVE, before=replace(TEAM_EARLIER, result=everything((9, 9, 7, *(1,) * 8)))),
    ),
    "clearly down": replace(
        _REPORT,
        wave=replace(CLOSED_WAVE, before=replace(TEAM_EARLIER, result=everything((*(0,) * 9, 20, 20)))),
    ),
    "too few to compare": replace(
        _REPORT, wave=replace(CLOSED_WAVE, before=replace(TEAM_EARLIER, result=everything((1, *(0,) * 9, 3))))
    ),
    "everyone answered": _team(EXAMPLE_COUNTS, 30),
    "24 of 30": _team((0, 0, 1, 0, 1, 1, 2, 4, 4, 6, 5), 30),
    "9 of 12": replace(
        _less(9, Hidden.DETAILS_TOO_FEW),
        wave=replace(
            TEAM_WAVE,
            before=None,
            both=NOBODY_IN_BOTH,
            result=replace(
                _less(9, Hidden.DETAILS_TOO_FEW, nps="+33").wave.result, tally=Tally(5, 2, 2), population=12
            ),
        ),
    ),
    "one is silent": _team(EXAMPLE_COUNTS, 31),
    "hidden, too few": _less(4, Hidden.TOO_FEW),
    "hidden complement, nearly unanimous": _less(10, Hidden.NEARLY_UNANIMOUS, nps="≥ +80"),
    "hidden, few since": replace(
        _TEAM, wave=replace(TEAM_WAVE, result=replace(TEAM_WAVE.result, hidden=(Hidden.FEW_SINCE,), fewest=5))
    ),
    "nobody yet": replace(_REPORT, wave=NOBODY_YET),
    "nobody asked yet": replace(
        _REPORT, wave=replace(NOBODY_YET, result=replace(NOBODY_YET.result, invited=0))
    ),
    "imported": replace(_REPORT, wave=IMPORTED_WAVE),
    "first wave since the import": replace(
        _REPORT, wave=replace(CLOSED_WAVE, number=1, before=replace(IMPORTED_WAVE, before=None))
    ),
    "nobody at all": replace(_REPORT, wave=replace(NOBODY_YET, is_open=False)),
}
