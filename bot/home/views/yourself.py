"""What App Home tells people about themselves: what they answered, whether they are asked, what is kept."""

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    Element,
    PlainText,
    SectionBlock,
)

from bot.answers.views.invitation import (
    stop_button,
)
from bot.answers.views.opted_out import ask_again_button, at_most_once
from bot.home.views.home_facts import HomeFacts
from bot.ids import ActionId
from bot.message import escaped, mrkdwn
from bot.wording import Words


def own_answers(facts: HomeFacts, words: Words) -> list[Block]:
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


def the_wish(facts: HomeFacts, words: Words) -> Block:
    """Say how often they are asked at most, and when; or that nobody asks them. The button turns one into the other."""
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


def own_data(words: Words) -> list[Block]:
    """Offer what is kept about them, and the notice of privacy."""
    buttons: list[Element] = [
        Button(words("My data"), action_id=ActionId.ABOUT_ME),
        Button(words("Your privacy"), action_id=ActionId.PRIVACY),
    ]
    return [
        SectionBlock(PlainText(words("You may see, take with you and erase all that I keep about you."))),
        ActionsBlock(buttons),
    ]
