"""What closing a wave early would do, with the button that does it."""

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from bot.ids import ActionId
from bot.message import Message, escaped, message, mrkdwn
from bot.waves.views.opened import EXAMPLES as OPENED
from bot.waves.views.opened import OpenedFacts
from bot.wording import Words


def render(facts: OpenedFacts, words: Words) -> Message:
    """Make the question to the manager: how many have answered, how many have not, and when it would close by itself."""
    title = words(
        "Close wave {number} of “{survey}” now?",
        number=facts.wave_number,
        survey=escaped(facts.survey_name),
    )
    lines = [*unanswered(facts, words), by_itself(facts, words), from_then_on(words)]
    value = f"{facts.survey_id}:{facts.wave_number}"
    label = words("Close wave {number}", number=facts.wave_number)
    blocks: list[Block] = [
        SectionBlock(mrkdwn("\n".join([f"*{title}*", *lines]))),
        ActionsBlock(
            [
                Button(label, action_id=ActionId.AGREED_CLOSE, value=value, style="danger"),
                Button(words("Not now"), action_id=ActionId.NOT_NOW),
            ]
        ),
    ]
    return message("\n".join([title, *lines]), blocks)


def unanswered(facts: OpenedFacts, words: Words) -> list[str]:
    """Say how many have answered, how many have the question and have not, and how many never got it."""
    if facts.progress is None:
        return [words("Nobody has the question yet.")]
    progress = facts.progress
    lines = [words.plural("{n} person has answered.", "{n} people have answered.", progress.answered)]
    if facts.open_channel:
        return lines
    waiting = progress.delivered + progress.uncertain + progress.snoozed
    if waiting:
        lines.append(
            words.plural(
                "{n} has the question and has not answered yet.",
                "{n} have the question and have not answered yet.",
                waiting,
            )
        )
    if progress.to_come:
        lines.append(
            words.plural(
                "{n} has not got the question yet, and will not get it.",
                "{n} have not got the question yet, and will not get it.",
                progress.to_come,
            )
        )
    return lines


def by_itself(facts: OpenedFacts, words: Words) -> str:
    """Say when the wave closes without anybody's doing."""
    return words("By itself it closes on {moment}.", moment=words.moment(facts.closes_at))


def from_then_on(words: Words) -> str:
    """Say what a closed wave is."""
    return words("From then on it takes no more answers, and its result stands.")


EXAMPLES = {
    name: OPENED[name]
    for name in ("planning", "sending", "sent to all", "one person", "one open question", "nobody yet")
}
