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

from bot.ids import ActionId
from bot.kit.views.letters import LetterFacts, conversation_over, letter_line
from bot.message import Json, escaped, mrkdwn, view
from bot.typed import lines
from bot.wording import Words
from storage.words import ThreadEnding

PAGE = 18
"""With five blocks each, and no more than a hundred in all."""

LATEST_SHOWN = 500
"""Characters of what was written last; its window shows it whole."""


@dataclass(frozen=True, slots=True)
class ThreadFacts:
    """That the team may write back. `value` is what its button says; `latest` what was written last, if anything was."""

    value: str
    latest: LetterFacts | None = None
    ending: ThreadEnding | None = None


@dataclass(frozen=True, slots=True)
class AnonymousCommentFacts:
    """One comment, with the number of its wave."""

    wave: int
    comment: str
    thread: ThreadFacts | None = None


@dataclass(frozen=True, slots=True)
class AnonymousCommentsFacts:
    """One page of comments. `goes_on_after` is where the next page begins, if there is one."""

    survey_id: int
    survey_name: str
    comments: tuple[AnonymousCommentFacts, ...]
    goes_on_after: tuple[int, str] | None = None
    is_first: bool = True


def render(facts: AnonymousCommentsFacts, words: Words) -> Json:
    """Make the modal. What people wrote stands in plain text, where nothing is a link and nobody is called."""
    blocks: list[Block] = [SectionBlock(mrkdwn(f"*{escaped(facts.survey_name)}*"))]
    last = None
    for one in facts.comments:
        if one.wave != last:
            blocks.append(ContextBlock([PlainText(words("Wave {number}", number=one.wave))]))
        else:
            blocks.append(DividerBlock())
        last = one.wave
        blocks.append(
            SectionBlock(
                PlainText(one.comment.strip() or "…"),
                accessory=_button(one.thread, words) if one.thread else None,
            )
        )
        if one.thread:
            blocks += _below(one.thread, words)
    if not facts.comments:
        blocks.append(SectionBlock(PlainText(words("These were all."))))
    if buttons := _buttons(facts, words):
        blocks.append(ActionsBlock(buttons))
    promised = words(
        "Only you see this. The order is random, and no score stands beside a comment: please do not guess who wrote it."
    )
    blocks.append(ContextBlock([PlainText(promised)]))
    return view(ModalView(title=words("Comments"), close=words("Close"), blocks=blocks))


def _button(thread: ThreadFacts, words: Words) -> Button:
    label = words("Conversation") if thread.latest or thread.ending else words("Write back")
    return Button(label, action_id=ActionId.THREAD_WRITE, value=thread.value)


def _below(thread: ThreadFacts, words: Words) -> list[Block]:
    blocks = list[Block]()
    if thread.latest:
        blocks += [
            ContextBlock([mrkdwn(letter_line(thread.latest, words))]),
            SectionBlock(PlainText(lines(thread.latest.text, LATEST_SHOWN))),
        ]
    if thread.ending:
        blocks.append(ContextBlock([mrkdwn(conversation_over(thread.ending, words))]))
    return blocks


def _buttons(facts: AnonymousCommentsFacts, words: Words) -> list[Element]:
    buttons = list[Element]()
    # Two buttons of one row may not have one id.
    action = ActionId.BALLOT_COMMENTS
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
    comments=(
        AnonymousCommentFacts(2, "Meetings without an agenda."),
        AnonymousCommentFacts(2, "People listen here."),
        AnonymousCommentFacts(1, "The <!channel> is loud."),
    ),
)
_ANSWERED = LetterFacts("Those on Mondays. <!channel>", is_from_team=False)

EXAMPLES = {
    "two waves": _TWO_WAVES,
    "more follow": replace(_TWO_WAVES, goes_on_after=(12, "00ff")),
    "in the middle": replace(_TWO_WAVES, goes_on_after=(12, "00ff"), is_first=False),
    "may be written back to": replace(
        _TWO_WAVES,
        comments=(
            AnonymousCommentFacts(2, "Meetings without an agenda.", ThreadFacts("6b:12:00ff")),
            AnonymousCommentFacts(
                2, "Too many tools.", ThreadFacts("6c", LetterFacts("Which?", user_id="U1"))
            ),
            AnonymousCommentFacts(2, "People listen here.", ThreadFacts("6d", _ANSWERED)),
            AnonymousCommentFacts(1, "The <!channel> is loud.", ThreadFacts("6e", None, ThreadEnding.OVER)),
            AnonymousCommentFacts(1, "Fine.", ThreadFacts("6f", _ANSWERED, ThreadEnding.PERSON)),
        ),
    ),
    "a full page of conversations": replace(
        _TWO_WAVES,
        comments=(
            AnonymousCommentFacts(
                2,
                "Long & " * 142,
                ThreadFacts("6b", replace(_ANSWERED, text="Long & " * 400), ThreadEnding.UNDELIVERABLE),
            ),
        )
        * PAGE,
        goes_on_after=(12, "00ff"),
        is_first=False,
    ),
    "the last": replace(_TWO_WAVES, is_first=False),
}
