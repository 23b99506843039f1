"""App Home: the questions that wait for this person, where each survey stands, and whether to be asked at all."""

from dataclasses import replace
from datetime import UTC, date, datetime

from slackblocks import (
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    HomeTabView,
    PlainText,
    SectionBlock,
)

from bot.answers.views.invitation import EXAMPLES as INVITATIONS
from bot.answers.views.invitation import (
    InvitationFacts,
    own_score_rows,
    question,
    question_blocks,
    what_to_do,
)
from bot.answers.views.scale import the_ends
from bot.cases.views.line import EXAMPLES as LINES
from bot.cases.views.line import line_blocks
from bot.home.views.home_facts import HomeFacts, OwnFacts, SurveyAtHome
from bot.home.views.results import SURVEYS_SHOWN, survey_results
from bot.home.views.yourself import own_answers, own_data, the_wish
from bot.kit.views.acted import EXAMPLES as ACTED
from bot.kit.views.acted import you_said
from bot.kit.views.own_quote import EXAMPLES as QUOTES
from bot.kit.views.own_quote import own_quote_blocks
from bot.message import Json, escaped, mrkdwn, view
from bot.reports.views.survey_list import EXAMPLE_SURVEYS
from bot.wording import Words
from storage.question import Question
from storage.words import Kind

QUESTIONS_SHOWN = 8
CONTACTS_SHOWN = 5
ACTED_SHOWN = 5
QUOTES_SHOWN = 5
BLOCKS_TAKEN = 100
OWN_SHOWN = 5


def render(facts: HomeFacts, words: Words) -> Json:
    """Make the whole tab: questions, results, and the switch that ends all questions.

    At most `QUESTIONS_SHOWN` questions and `SURVEYS_SHOWN` surveys are shown, and fewer surveys where they would be too
    many: Slack takes `BLOCKS_TAKEN`.
    """
    shown, blocks = SURVEYS_SHOWN, _blocks(facts, words, SURVEYS_SHOWN)
    while len(blocks) > BLOCKS_TAKEN:
        shown -= 1
        blocks = _blocks(facts, words, shown)
    return view(HomeTabView(blocks=blocks))


def _blocks(facts: HomeFacts, words: Words, shown: int) -> list[Block]:
    """Make the blocks with so many surveys."""
    results = survey_results(facts, words, shown) if facts.sees_results else []
    questions = [*_questions(facts, words), *_contacts(facts, words), *_acted(facts, words)]
    wish = [
        *own_answers(facts, words),
        *own_quote_blocks(facts.quotes, words),
        the_wish(facts, words),
        *own_data(words),
    ]
    # Somebody who wants no questions sees first that none comes.
    parts = [
        part
        for part in ((wish, questions, results) if facts.opted_out else (questions, results, wish))
        if part
    ]
    return [block for part in parts for block in (*part, DividerBlock())][:-1]


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


def _contacts(facts: HomeFacts, words: Words) -> list[Block]:
    return [block for each in facts.contacts for block in line_blocks(each, words)]


def _acted(facts: HomeFacts, words: Words) -> list[Block]:
    """Tell what came of what people said."""
    if not facts.acted:
        return []
    lines = [f"{escaped(survey)} · {you_said(acted, words)}" for survey, acted in facts.acted]
    title = words("You said, we did")
    return [SectionBlock(mrkdwn("\n".join([f"*{title}*", *lines])))]


def _question(each: InvitationFacts, facts: HomeFacts, words: Words) -> list[Block]:
    """Ask in large type; in small type who put the question off, or wants none."""
    if each.has_taken_part:
        return question_blocks(each, words)
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
        *own_score_rows(each, words),
    ]


_SURVEYS = (
    SurveyAtHome(
        EXAMPLE_SURVEYS[0],
        opens_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        digest_at=datetime(2025, 12, 8, 9, 0, tzinfo=UTC),
    ),
    *map(SurveyAtHome, EXAMPLE_SURVEYS[1:]),
)
_OWN = (OwnFacts("Acme & <co>", 9, date(2025, 11, 5)), OwnFacts("Acme", 0, date(2025, 8, 5)))
_ASKED = HomeFacts(
    questions=(
        INVITATIONS["customer"],
        replace(INVITATIONS["changing"], invitation_id=42, asked=Question(Kind.CUSTOMERS, "Acme Labs")),
    ),
    surveys=_SURVEYS,
    offered=tuple((each.line.survey_id, each.line.survey_name) for each in _SURVEYS),
    is_manager=False,
)

EXAMPLES = {
    "two questions": _ASKED,
    "may be contacted": replace(
        _ASKED, questions=(), contacts=(LINES["open"], replace(LINES["taken"], case_id=6))
    ),
    "something was done": replace(
        _ASKED,
        questions=(),
        acted=(("Acme <customers>", ACTED["done"]), ("Team pulse", ACTED["planned"])),
    ),
    "may be quoted": replace(
        _ASKED,
        questions=(),
        own=_OWN,
        quotes=(QUOTES["with the name"], replace(QUOTES["quoted"], invitation_id=42)),
    ),
    "for a guest": replace(_ASKED, surveys=(), sees_results=False),
    "not to be asked": replace(_ASKED, questions=(), opted_out=True),
    "not to be asked, with questions": replace(_ASKED, opted_out=True),
    "anonymous, and answered": replace(
        _ASKED,
        questions=(INVITATIONS["anonymous"], replace(INVITATIONS["anonymous"], has_taken_part=True)),
    ),
    "their own answers": replace(_ASKED, questions=(), own=_OWN),
    "more than can be shown": replace(_ASKED, questions=(), more=40),
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
