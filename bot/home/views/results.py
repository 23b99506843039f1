"""Where each survey stands, in App Home, and what managers begin there."""

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    Element,
    HeaderBlock,
    Option,
    PlainText,
    SectionBlock,
    StaticSelectMenu,
)

from bot.home.views.home_facts import HomeFacts, SurveyAtHome
from bot.ids import COMMAND, ActionId
from bot.message import mrkdwn
from bot.reports.views.survey_list import SurveyFacts, survey_blocks
from bot.typed import one_line
from bot.wording import Words

SURVEYS_SHOWN = 14
SURVEYS_OFFERED = 100
"""Slack takes no longer menu."""
FEWEST_IN_A_LINE = 2


def survey_results(facts: HomeFacts, words: Words, shown: int) -> list[Block]:
    """Make the lines of at most `shown` surveys, each with what can be read of it; then what a manager begins."""
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
