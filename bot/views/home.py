"""App Home: the questions that wait for this person, and where each survey stands."""

from dataclasses import dataclass, replace

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    DividerBlock,
    HeaderBlock,
    HomeTabView,
    PlainText,
    SectionBlock,
)

from bot.ids import Action
from bot.views.invitation import EXAMPLES as INVITATIONS
from bot.views.invitation import InvitationFacts, question_blocks
from bot.views.message import Json, view
from bot.views.survey_list import EXAMPLE_SURVEYS, SurveyFacts, survey_blocks
from bot.wording import Words

QUESTIONS_SHOWN = 8
SURVEYS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What one person may answer and see; a question with `chosen` set shows how to change it."""

    questions: tuple[InvitationFacts, ...]
    surveys: tuple[SurveyFacts, ...]
    is_manager: bool


def render(facts: HomeFacts, words: Words) -> Json:
    return view(HomeTabView(blocks=[*_questions(facts, words), DividerBlock(), *_results(facts, words)]))


def _questions(facts: HomeFacts, words: Words) -> list[Block]:
    if not facts.questions:
        nothing = words(
            "Nothing to answer right now. When a survey asks for your opinion, the question comes to you in a "
            "message and stands here too."
        )
        return [HeaderBlock(PlainText(words("You are all caught up"))), SectionBlock(PlainText(nothing))]
    return [block for each in facts.questions[:QUESTIONS_SHOWN] for block in question_blocks(each, words)]


def _results(facts: HomeFacts, words: Words) -> list[Block]:
    blocks: list[Block] = [HeaderBlock(PlainText(words("Results")))]
    if facts.surveys:
        shown = facts.surveys[:SURVEYS_SHOWN]
        blocks += survey_blocks(shown, words, is_manager=facts.is_manager)
    elif facts.is_manager:
        blocks.append(SectionBlock(PlainText(words("There is no survey yet. Make the first one:"))))
    else:
        blocks.append(SectionBlock(PlainText(words("There is no survey yet."))))
    if facts.is_manager:
        blocks.append(ActionsBlock([Button(words("New survey"), action_id=Action.NEW_SURVEY)]))
    return blocks


_ASKED = HomeFacts(
    questions=(
        INVITATIONS["customer"],
        replace(INVITATIONS["changing"], invitation_id=42, subject="Acme Labs"),
    ),
    surveys=EXAMPLE_SURVEYS,
    is_manager=False,
)

EXAMPLES = {
    "two questions": _ASKED,
    "manager with nothing to answer": replace(_ASKED, questions=(), is_manager=True),
    "first day, for a manager": HomeFacts((), (), is_manager=True),
    "first day, for others": HomeFacts((), (), is_manager=False),
}
