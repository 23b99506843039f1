"""App Home: the questions that wait for this person, where each survey stands, and whether to be asked at all."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

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
    own_score_rows,
    question,
    question_blocks,
    stop_button,
    the_ends,
    what_to_do,
)
from bot.answers.views.opted_out import ask_again_button, at_most_once
from bot.cases.views.line import EXAMPLES as LINES
from bot.cases.views.line import LineFacts, line_blocks
from bot.ids import COMMAND, ActionId
from bot.kit.rules.working_hours import USUAL
from bot.kit.views.acted import EXAMPLES as ACTED
from bot.kit.views.acted import YouSaid, you_said
from bot.kit.views.own_quote import EXAMPLES as QUOTES
from bot.kit.views.own_quote import OwnQuoteFacts, own_quote_blocks
from bot.message import Json, escaped, mrkdwn, view
from bot.reports.views.survey_list import EXAMPLE_SURVEYS, SurveyFacts, survey_blocks
from bot.typed import one_line
from bot.wording import Words
from storage.question import Question
from storage.words import QUARANTINE_DAYS, Kind

QUESTIONS_SHOWN = 8
CONTACTS_SHOWN = 5
ACTED_SHOWN = 5
QUOTES_SHOWN = 5
SURVEYS_SHOWN = 14
SURVEYS_OFFERED = 100
"""Slack takes no longer menu."""
BLOCKS_TAKEN = 100
OWN_SHOWN = 5
FEWEST_IN_A_LINE = 2


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """What the reader answered in a wave that has closed."""

    subject: str
    score: int
    day: date


@dataclass(frozen=True, slots=True)
class SurveyAtHome:
    """One survey's line, and what comes: its next wave and its next digest, in the reader's zone; None where none does."""

    line: SurveyFacts
    opens_at: datetime | None = None
    digest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What one person may answer and see; a question with `chosen` set shows how to change it.

    `offered` are ids and names of surveys to change; `more` are not shown. `quarantine_days` is how long the workspace
    waits before it asks somebody again. `sees_results` is false for a guest, who reads what is posted in their channels.
    `contacts` are the cases in which somebody may contact this person. `acted` is what was done about what people said,
    each with its survey's name, in the surveys that have asked this person. `quotes` are what they may be quoted with.
    """

    questions: tuple[InvitationFacts, ...]
    surveys: tuple[SurveyAtHome, ...]
    is_manager: bool
    offered: tuple[tuple[int, str], ...] = ()
    own: tuple[OwnFacts, ...] = ()
    more: int = 0
    opted_out: bool = False
    quarantine_days: int = QUARANTINE_DAYS
    sees_results: bool = True
    opens: time = USUAL.opens
    closes: time = USUAL.closes
    contacts: tuple[LineFacts, ...] = ()
    acted: tuple[tuple[str, YouSaid], ...] = ()
    quotes: tuple[OwnQuoteFacts, ...] = ()


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
    results = _results(facts, words, shown) if facts.sees_results else []
    questions = [*_questions(facts, words), *_contacts(facts, words), *_acted(facts, words)]
    wish = [*_own(facts, words), *own_quote_blocks(facts.quotes, words), _wish(facts, words), *_data(words)]
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


def _results(facts: HomeFacts, words: Words, shown: int) -> list[Block]:
    blocks: list[Block] = [HeaderBlock(PlainText(words("Results")))]
    for each in facts.surveys[:shown]:
        blocks += survey_blocks((each.line,), words, is_manager=facts.is_manager)
        if beside := [line for line in (_line_of_waves(each, words), _ahead(each, words)) if line]:
            blocks.append(ContextBlock([mrkdwn(line) for line in beside]))
        if each.line.wave:
            blocks.append(ActionsBlock(_to_read(each.line, facts, words)))
    if many := facts.more + len(facts.surveys[shown:SURVEYS_SHOWN]):
        more = words.plural("And {n} more.", "And {n} more.", many)
        by_name = words("Type {command} and a name to read any of them.", command=f"`{COMMAND}`")
        blocks.append(ContextBlock([mrkdwn(f"{more} {by_name}")]))
    if not facts.surveys and facts.is_manager:
        blocks.append(SectionBlock(mrkdwn(_first_steps(words))))
    elif not facts.surveys:
        blocks.append(SectionBlock(PlainText(words("There is no survey yet."))))
    if facts.is_manager:
        blocks.append(ActionsBlock(_for_managers(facts, words)))
    return blocks


def _line_of_waves(each: SurveyAtHome, words: Words) -> str:
    """Give "NPS by wave: −3 → +12 → +30", the oldest first; nothing before a second wave has closed."""
    values = []
    wave = each.line.wave
    while wave is not None:
        if not wave.is_open:
            values.append(wave.result.nps or words("not shown"))
        wave = wave.before
    if len(values) < FEWEST_IN_A_LINE:
        return ""
    return words("NPS by wave: {values}", values=" → ".join(reversed(values)))


def _ahead(each: SurveyAtHome, words: Words) -> str:
    """Say when the next wave opens, and the next digest is due."""
    said = []
    if each.opens_at:
        said.append(words("Next wave: {moment}.", moment=words.moment(each.opens_at)))
    if each.digest_at:
        said.append(words("Next digest, if there is news: {moment}.", moment=words.moment(each.digest_at)))
    return " ".join(said)


def _to_read(line: SurveyFacts, facts: HomeFacts, words: Words) -> list[Element]:
    """Offer what can be read of a survey; comments, and who answered, to managers."""
    labels = {
        ActionId.TREND: words("Trend"),
        ActionId.DRIVERS: words("Drivers"),
        ActionId.SEGMENTS: words("Groups"),
    }
    if facts.is_manager:
        labels |= {ActionId.COMMENTS: words("Comments"), ActionId.WHO: words("Who answered")}
    return [Button(label, action_id=action, value=str(line.survey_id)) for action, label in labels.items()]


def _first_steps(words: Words) -> str:
    """Tell a manager how to begin."""
    return "\n".join(
        [
            words("There is no survey yet. Three steps to the first result:"),
            words(
                "1. *Make it.* Say who is asked, how often, and in which channel its digest goes. Nobody is asked yet."
            ),
            words("2. *Open the first wave.* You see first how many people get the question."),
            words(
                "3. *Read.* The result stands here, behind {command} and in the digest.",
                command=f"`{COMMAND}`",
            ),
        ]
    )


def _for_managers(facts: HomeFacts, words: Words) -> list[Element]:
    new = Button(
        words("New survey"), action_id=ActionId.NEW_SURVEY, style=None if facts.surveys else "primary"
    )
    settings = Button(words("Settings"), action_id=ActionId.SETTINGS)
    if not facts.offered:
        return [new, settings]
    actions = Button(words("You said, we did"), action_id=ActionId.ACTIONS)
    options = [
        Option(text=PlainText(one_line(name)), value=str(survey_id))
        for survey_id, name in facts.offered[:SURVEYS_OFFERED]
    ]
    return [
        new,
        StaticSelectMenu(
            ActionId.EDIT_SURVEY, options=options, placeholder=PlainText(words("Change a survey"))
        ),
        settings,
        actions,
    ]


def _own(facts: HomeFacts, words: Words) -> list[Block]:
    """Remind the reader of what they answered last."""
    if not facts.own:
        return []
    lines = [
        words(
            "{subject}: you chose {score}, in a wave that closed on {day}.",
            subject=escaped(one.subject),
            score=one.score,
            day=words.date(one.day),
        )
        for one in facts.own
    ]
    title = words("Your own answers")
    return [SectionBlock(mrkdwn("\n".join([f"*{title}*", *lines])))]


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
        Button(words("My data"), action_id=ActionId.ABOUT_ME),
        Button(words("Your privacy"), action_id=ActionId.PRIVACY),
    ]
    return [
        SectionBlock(PlainText(words("You may see, take with you and erase all that I keep about you."))),
        ActionsBlock(buttons),
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
