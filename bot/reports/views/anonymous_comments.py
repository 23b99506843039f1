"""What people wrote in an anonymous survey: in random order, without score, day, reason or name."""

from dataclasses import dataclass, replace

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    DividerBlock,
    Element,
    ModalView,
    PlainText,
    SectionBlock,
)

from bot.ids import Action
from bot.message import Json, escaped, mrkdwn, view
from bot.wording import Words

PAGE = 20


@dataclass(frozen=True, slots=True)
class AnonymousCommentsFacts:
    """One page of comments, each with the number of its wave. `goes_on_after` is where the next page begins, if there is one."""

    survey_id: int
    survey_name: str
    comments: tuple[tuple[int, str], ...]
    goes_on_after: tuple[int, str] | None = None
    is_first: bool = True


def render(facts: AnonymousCommentsFacts, words: Words) -> Json:
    """Make the modal. What people wrote stands in plain text, where nothing is a link and nobody is called."""
    blocks: list[Block] = [SectionBlock(mrkdwn(f"*{escaped(facts.survey_name)}*"))]
    last = None
    for number, comment in facts.comments:
        if number != last:
            blocks.append(ContextBlock([PlainText(words("Wave {number}", number=number))]))
        else:
            blocks.append(DividerBlock())
        last = number
        blocks.append(SectionBlock(PlainText(comment.strip() or "…")))
    if not facts.comments:
        blocks.append(SectionBlock(PlainText(words("These were all."))))
    if buttons := _buttons(facts, words):
        blocks.append(ActionsBlock(buttons))
    promised = words(
        "Only you see this. The order is random, and no score stands beside a comment: please do not guess who wrote it."
    )
    blocks.append(ContextBlock([PlainText(promised)]))
    return view(ModalView(title=words("Comments"), close=words("Close"), blocks=blocks))


def _buttons(facts: AnonymousCommentsFacts, words: Words) -> list[Element]:
    buttons = list[Element]()
    # Two buttons of one row may not have one id.
    action = Action.BALLOT_COMMENTS
    if not facts.is_first:
        buttons.append(Button(words("From the beginning"), action_id=action, value=str(facts.survey_id)))
    if facts.goes_on_after:
        wave, key = facts.goes_on_after
        buttons.append(
            Button(words("Next"), action_id=f"{action}.next", value=f"{facts.survey_id}:{wave}:{key}")
        )
    return buttons


_TWO_WAVES = AnonymousCommentsFacts(
    survey_id=7,
    survey_name="Team pulse",
    comments=((2, "Meetings without an agenda."), (2, "People listen here."), (1, "The <!channel> is loud.")),
)

EXAMPLES = {
    "two waves": _TWO_WAVES,
    "more follow": replace(_TWO_WAVES, goes_on_after=(12, "00ff")),
    "in the middle": replace(_TWO_WAVES, goes_on_after=(12, "00ff"), is_first=False),
    "the last": replace(_TWO_WAVES, is_first=False),
}
