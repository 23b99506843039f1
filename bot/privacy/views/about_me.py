"""`/nps me`: what is kept about the person who asks, with a file of it all, and the way to erase it."""

from dataclasses import dataclass, replace

from slackblocks import ActionsBlock, Block, Button, ContextBlock, ModalView, SectionBlock

from bot.ids import ActionId
from bot.kit.views.own_quote import EXAMPLES as QUOTES
from bot.kit.views.own_quote import OwnQuoteFacts, own_quote_blocks
from bot.message import Json, mrkdwn, view
from bot.wording import Words
from storage.words import ANONYMOUS_DAYS

QUOTES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class AboutMeFacts:
    """How much is kept about one person.

    `manages` counts the surveys they made and the waves they opened, `imported` the answers that a file brought; `sent`
    when the file stands in their messages. `quotes` are what they may be quoted with, the newest `QUOTES_SHOWN` of them.
    """

    questions: int = 0
    open_answers: int = 0
    closed_answers: int = 0
    comments: int = 0
    imported: int = 0
    manages: int = 0
    wants_none: bool = False
    asked_by_deleted: bool = False
    sent: bool = False
    quotes: tuple[OwnQuoteFacts, ...] = ()

    @property
    def answers(self) -> int:
        """In open waves and in closed ones."""
        return self.open_answers + self.closed_answers


def render(facts: AboutMeFacts, words: Words) -> Json:
    """Make the modal."""
    title = words("This is what I keep about you:")
    blocks: list[Block] = [
        SectionBlock(mrkdwn("\n".join([f"*{title}*", *_kept(facts, words)]))),
        *own_quote_blocks(facts.quotes, words, ActionId.QUOTE_TAKE_BACK_HERE),
        ActionsBlock(
            [
                Button(words("Send me all of it as a file"), action_id=ActionId.MY_FILE),
                Button(words("Erase it …"), action_id=ActionId.ERASE_ME, style="danger"),
            ]
        ),
    ]
    if facts.sent:
        blocks.append(ContextBlock([mrkdwn(words("The file is in my messages to you."))]))
    return view(ModalView(title=words("My data"), close=words("Close"), blocks=blocks))


def _kept(facts: AboutMeFacts, words: Words) -> list[str]:
    lines = [
        words("what Slack tells of your account: its id, language and time zone, never your name or address"),
        words.plural(
            "{n} question I asked you or will ask you",
            "{n} questions I asked you or will ask you",
            facts.questions,
        ),
        _answers(facts, words),
    ]
    if facts.asked_by_deleted:
        lines.append(
            words(
                "when an anonymous survey that is deleted asked you: for {days} days, so that none asks you sooner",
                days=ANONYMOUS_DAYS,
            )
        )
    if facts.imported:
        lines.append(
            words.plural(
                "{n} answer that a file brought and that names you",
                "{n} answers that a file brought and that name you",
                facts.imported,
            )
        )
    if facts.wants_none:
        lines.append(words("your wish not to be asked"))
    if facts.manages:
        lines.append(words("that you made surveys or opened waves, or are named a manager"))
    return [f"• {line}" for line in lines]


def _answers(facts: AboutMeFacts, words: Words) -> str:
    answers = words.plural("{n} answer of yours", "{n} answers of yours", facts.answers)
    if not facts.comments:
        return answers
    comments = words.plural("{n} with a comment", "{n} with a comment", facts.comments)
    return words("{answers}, {comments}", answers=answers, comments=comments)


_SOME = AboutMeFacts(questions=5, open_answers=1, closed_answers=3, comments=2)

EXAMPLES = {
    "some answers": _SOME,
    "may be quoted": replace(_SOME, quotes=(QUOTES["without the name"], QUOTES["quoted, with the name"])),
    "asked by a deleted survey": replace(_SOME, asked_by_deleted=True),
    "file sent": replace(_SOME, sent=True),
    "a manager who wants no questions": replace(_SOME, manages=4, imported=1, wants_none=True),
    "nothing yet": AboutMeFacts(),
}
