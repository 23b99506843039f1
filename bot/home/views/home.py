"""App Home: the questions that wait for this person, where each survey stands, and whether to be asked at all."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    DividerBlock,
    Element,
    HeaderBlock,
    HomeTabView,
    Option,
    PlainText,
    SectionBlock,
    StaticSelectMenu,
)

from bot.answers.views.invitation import EXAMPLES as INVITATIONS
from bot.answers.views.invitation import (
    InvitationFacts,
    question,
    question_blocks,
    score_rows,
    stop_button,
    the_ends,
    what_to_do,
)
from bot.answers.views.opted_out import ask_again_button, at_most_once
from bot.ids import Action
from bot.kit.rules.working_hours import USUAL
from bot.message import Json, mrkdwn, one_line, view
from bot.reports.views.survey_list import EXAMPLE_SURVEYS, SurveyFacts, survey_blocks
from bot.wording import Words
from storage.question import Question
from storage.words import QUARANTINE_DAYS, Kind

QUESTIONS_SHOWN = 8
SURVEYS_SHOWN = 30
SURVEYS_OFFERED = 100
"""Slack takes no longer menu."""


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What one person may answer and see; a question with `chosen` set shows how to change it.

    `quarantine_days` is how long the workspace waits before it asks somebody again. `sees_results` is false for a guest,
    who reads what is posted in their channels.
    """

    questions: tuple[InvitationFacts, ...]
    surveys: tuple[SurveyFacts, ...]
    is_manager: bool
    opted_out: bool = False
    quarantine_days: int = QUARANTINE_DAYS
    sees_results: bool = True
    opens: time = USUAL.opens
    closes: time = USUAL.closes


def render(facts: HomeFacts, words: Words) -> Json:
    """Make the whole tab: questions, results, and the switch that ends all questions.

    At most `QUESTIONS_SHOWN` questions and `SURVEYS_SHOWN` surveys are shown: Slack takes 100 blocks.
    """
    results = _results(facts, words) if facts.sees_results else []
    questions, wish = _questions(facts, words), [_wish(facts, words), *_data(words)]
    # Somebody who wants no questions sees first that none comes.
    parts = [
        part
        for part in ((wish, questions, results) if facts.opted_out else (questions, results, wish))
        if part
    ]
    return view(HomeTabView(blocks=[block for part in parts for block in (*part, DividerBlock())][:-1]))


def _questions(facts: HomeFacts, words: Words) -> list[Block]:
    if not facts.questions and facts.opted_out:
        return []
    if not facts.questions:
        nothing = words(
            "Nothing to answer right now. When a survey asks for your opinion, the question comes to you in a "
            "message and stands here too."
        )
        return [HeaderBlock(PlainText(words("You are all caught up"))), SectionBlock(PlainText(nothing))]
    return [block for each in facts.questions[:QUESTIONS_SHOWN] for block in _question(each, facts, words)]


def _question(each: InvitationFacts, facts: HomeFacts, words: Words) -> list[Block]:
    """Ask in large type; in small type who put the question off, or wants none."""
    if each.comes_again_at and each.chosen is None and not facts.opted_out:
        told = words("I will ask you again on {moment}.", moment=words.moment(each.comes_again_at))
    elif facts.opted_out:
        told = ""
    else:
        return question_blocks(replace(each, may_stop=False), words)  # the switch for all stands below
    may = (
        words("You can answer now all the same.")
        if each.chosen is None
        else what_to_do(each, words, bold="*")
    )
    asked = question(each.asked, words)
    return [
        ContextBlock([PlainText(asked)]),
        SectionBlock(mrkdwn("\n".join([" ".join(filter(None, [told, may])), the_ends(words)]))),
        *score_rows(Action.SCORE, each.invitation_id, words),
    ]


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
        blocks.append(ActionsBlock(_for_managers(facts, words)))
    return blocks


def _for_managers(facts: HomeFacts, words: Words) -> list[Element]:
    new = Button(words("New survey"), action_id=Action.NEW_SURVEY)
    settings = Button(words("Settings"), action_id=Action.SETTINGS)
    if not facts.surveys:
        return [new, settings]
    options = [
        Option(text=PlainText(one_line(each.survey_name)), value=str(each.survey_id))
        for each in facts.surveys[:SURVEYS_OFFERED]
    ]
    return [
        new,
        StaticSelectMenu(
            Action.EDIT_SURVEY, options=options, placeholder=PlainText(words("Change a survey"))
        ),
        settings,
    ]


def _wish(facts: HomeFacts, words: Words) -> Block:
    if facts.opted_out:
        stopped = words("You asked me not to ask you, so no survey does.")
        return SectionBlock(PlainText(stopped), accessory=ask_again_button(words))
    promises = [
        at_most_once(facts.quarantine_days, words),
        words(
            "Questions come on working days between {opening} and {closing}, with at most two reminders.",
            opening=words.clock_time(facts.opens),
            closing=words.clock_time(facts.closes),
        ),
    ]
    return SectionBlock(PlainText(" ".join(filter(None, promises))), accessory=stop_button(words))


def _data(words: Words) -> list[Block]:
    buttons: list[Element] = [
        Button(words("My data"), action_id=Action.ABOUT_ME),
        Button(words("Your privacy"), action_id=Action.PRIVACY),
    ]
    return [
        SectionBlock(PlainText(words("You may see, take with you and erase all that I keep about you."))),
        ActionsBlock(buttons),
    ]


_ASKED = HomeFacts(
    questions=(
        INVITATIONS["customer"],
        replace(INVITATIONS["changing"], invitation_id=42, asked=Question(Kind.CUSTOMERS, "Acme Labs")),
    ),
    surveys=EXAMPLE_SURVEYS,
    is_manager=False,
)

EXAMPLES = {
    "two questions": _ASKED,
    "for a guest": replace(_ASKED, surveys=(), sees_results=False),
    "not to be asked": replace(_ASKED, questions=(), opted_out=True),
    "not to be asked, with questions": replace(_ASKED, opted_out=True),
    "put off": replace(
        _ASKED,
        questions=(
            replace(INVITATIONS["customer"], comes_again_at=datetime(2025, 12, 5, 9, 0, tzinfo=UTC)),
            *_ASKED.questions[1:],
        ),
    ),
    "without a quarantine": replace(_ASKED, questions=(), quarantine_days=0),
    "manager with nothing to answer": replace(_ASKED, questions=(), is_manager=True),
    "first day, for a manager": HomeFacts((), (), is_manager=True),
    "first day, for others": HomeFacts((), (), is_manager=False),
}
