"""`/nps list`: every survey with where it stands; App Home shows the same lines."""

from dataclasses import dataclass

from slackblocks import (
    Block,
    Button,
    ConfirmationDialogue,
    ContextBlock,
    HeaderBlock,
    PlainText,
    SectionBlock,
)

from bot.ids import COMMAND, ActionId
from bot.kit.views.not_found import no_survey_yet
from bot.message import Message, escaped, message, mrkdwn
from bot.reports.views.meaning import last_title
from bot.reports.views.wave import (
    EXAMPLE_WAVE,
    IMPORTED_WAVE,
    NOBODY_YET,
    TEAM_OPEN,
    TEAM_WAVE,
    WaveFacts,
    answered_of_invited,
    standing,
    summary,
)
from bot.wording import Words

SURVEYS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """One survey; `wave` is its newest, None when it has had none."""

    survey_id: int
    survey_name: str
    wave: WaveFacts | None
    is_paused: bool = False
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class SurveyListFacts:
    """The surveys of the workspace in the order to show them, and how many `more` there are."""

    surveys: tuple[SurveyFacts, ...]
    is_manager: bool
    more: int = 0


def render(facts: SurveyListFacts, words: Words) -> Message:
    """Make a block for each of the first `SURVEYS_SHOWN` surveys: Slack takes 50 in a message."""
    if not facts.surveys:
        return no_survey_yet(words, can_create=facts.is_manager)
    many = len(facts.surveys) + facts.more
    title = words.plural("{n} survey", "{n} surveys", many)
    shown = facts.surveys[:SURVEYS_SHOWN]
    blocks = [HeaderBlock(PlainText(title)), *survey_blocks(shown, words, is_manager=facts.is_manager)]
    lines = [title, *(survey_text(survey, words) for survey in shown)]
    if many > len(shown):
        more = words.plural("And {n} more.", "And {n} more.", many - len(shown))
        by_name = words("Type {command} and a name to read any of them.", command=f"`{COMMAND}`")
        lines.append(f"{more} {by_name}")
        blocks.append(ContextBlock([mrkdwn(lines[-1])]))
    return message("\n".join(lines), blocks)


def survey_blocks(surveys: tuple[SurveyFacts, ...], words: Words, *, is_manager: bool) -> list[Block]:
    """Make one block a survey, for a manager with a button where a wave can be opened."""
    return [
        SectionBlock(
            mrkdwn(survey_text(survey, words, bold="*")),
            accessory=_open_button(survey, words) if is_manager and _may_open(survey) else None,
        )
        for survey in surveys
    ]


def survey_text(survey: SurveyFacts, words: Words, bold: str = "") -> str:
    """Give two lines of mrkdwn: “Acme: NPS +18 [+1, +34]”, then its wave and how many have answered.

    Where that number is not told, the name stands alone, and the last one that is told follows. `bold` goes before and after the headline.
    """
    name = escaped(survey.survey_name)
    rest = _at_rest(survey, words)
    if survey.wave is None:
        nobody_asked = words("Nobody has been asked yet.")
        return "\n".join([f"{bold}{name}{bold}", nobody_asked, *rest])
    where = f"{standing(survey.wave, words)} · {answered_of_invited(survey.wave, words)}"
    if survey.wave.result.nps:
        return "\n".join([summary(name, survey.wave, words, bold), where, *rest])
    return "\n".join([f"{bold}{name}{bold}", where, *last_title(survey.wave, words), *rest])


def _at_rest(survey: SurveyFacts, words: Words) -> list[str]:
    if survey.has_ended:
        return [words("Ended: no more waves open.")]
    return [words("Paused: nothing is sent until somebody resumes it.")] if survey.is_paused else []


def _may_open(survey: SurveyFacts) -> bool:
    at_rest = survey.is_paused or survey.has_ended
    return not at_rest and (survey.wave is None or not survey.wave.is_open)


def _open_button(survey: SurveyFacts, words: Words) -> Button:
    label = words("Open wave {number}", number=max(survey.wave.number, 0) + 1 if survey.wave else 1)
    ask_first = ConfirmationDialogue(
        title=PlainText(label),
        text=PlainText(words("Everyone in the audience gets the question in a direct message.")),
        confirm=PlainText(words("Open it")),
        deny=PlainText(words("Not now")),
    )
    return Button(label, action_id=ActionId.OPEN_WAVE, value=str(survey.survey_id), confirm=ask_first)


EXAMPLE_SURVEYS = (
    SurveyFacts(survey_id=7, survey_name="Acme customers", wave=EXAMPLE_WAVE),
    SurveyFacts(survey_id=8, survey_name="Team pulse", wave=TEAM_WAVE),
    SurveyFacts(survey_id=9, survey_name="Newcomers", wave=None),
    SurveyFacts(survey_id=10, survey_name="Partners", wave=NOBODY_YET),
    SurveyFacts(survey_id=14, survey_name="Team under way", wave=TEAM_OPEN),
    SurveyFacts(survey_id=11, survey_name="Carried over", wave=IMPORTED_WAVE),
    SurveyFacts(survey_id=12, survey_name="Paused pulse", wave=EXAMPLE_WAVE, is_paused=True),
    SurveyFacts(survey_id=13, survey_name="Old pulse", wave=None, has_ended=True),
)

EXAMPLES = {
    "for a manager": SurveyListFacts(EXAMPLE_SURVEYS, is_manager=True),
    "for others": SurveyListFacts(EXAMPLE_SURVEYS, is_manager=False),
    "more than can be shown": SurveyListFacts(EXAMPLE_SURVEYS, is_manager=False, more=9_960),
    "none, for a manager": SurveyListFacts((), is_manager=True),
    "none, for others": SurveyListFacts((), is_manager=False),
}
