"""`/nps comments`: what people wrote, page by page in a modal, with menus that leave out the rest."""

from dataclasses import dataclass, replace
from datetime import date

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ContextBlock,
    Element,
    InputBlock,
    ModalView,
    Option,
    PlainText,
    PlainTextInput,
    SectionBlock,
    StaticSelectMenu,
)

from bot.comments.rules.typed import WantedComments
from bot.ids import ActionId, Callback, Field
from bot.mark import mark
from bot.message import Json, escaped, mrkdwn, view
from bot.reports.views.drivers import driver_name
from bot.typed import lines, one_line
from bot.wording import Words
from scoring.scale import Category
from storage.question import Offered
from storage.words import DRIVER_KEY, Driver, QuoteState

PAGE = 8
COMMENT_SHOWN = 1500
"""Characters of one comment: a view may have 250 kB in all, and the file of `/nps export` has every one in full."""

TEXT_LENGTH = 100
ANY = "any"

CATEGORIES = {
    Category.DETRACTOR: mark("Detractors"),
    Category.PASSIVE: mark("Passives"),
    Category.PROMOTER: mark("Promoters"),
}


@dataclass(frozen=True, slots=True)
class CommentQuoteFacts:
    """That a comment may be quoted, and where it is, or comes: in this channel, or with the next digest."""

    quote_id: int
    with_name: bool
    state: QuoteState = QuoteState.OFFERED
    channel_id: str | None = None


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """One comment. `wave` is its number, or the label of an imported one; nobody is known to have given those."""

    answer_id: int
    wave: int | str
    score: int
    comment: str
    drivers: tuple[str, ...]
    day: date
    user_id: str | None
    quote: CommentQuoteFacts | None = None


@dataclass(frozen=True, slots=True)
class CommentsFacts:
    """One page of a survey's comments, which of them are wanted, and the drivers by which to choose.

    `named` are the drivers that the survey calls by names of its own.
    """

    survey_id: int
    survey_name: str
    wanted: WantedComments
    drivers: tuple[str, ...]
    comments: tuple[CommentFacts, ...]
    has_newer: bool = False
    has_older: bool = False
    named: tuple[Offered, ...] = ()


def render(facts: CommentsFacts, words: Words) -> Json:
    """Make the modal. What people wrote stands in plain text, where nothing is a link and nobody is called."""
    blocks: list[Block] = [
        SectionBlock(mrkdwn(f"*{escaped(facts.survey_name)}*")),
        _menu(Field.COMMENT_CATEGORY, words("From"), _categories(words), facts.wanted.category or ANY),
        _menu(
            Field.COMMENT_DRIVER,
            words("About"),
            _drivers(facts, words),
            facts.wanted.driver[:DRIVER_KEY] or ANY,
        ),
        _text(facts.wanted.text, words),
    ]
    for comment in facts.comments:
        blocks += [
            ContextBlock([mrkdwn(_above(comment, facts, words))]),
            SectionBlock(
                PlainText(lines(comment.comment, COMMENT_SHOWN)),
                accessory=_quote_button(comment.quote, words) if comment.quote else None,
            ),
        ]
    if not facts.comments:
        blocks.append(SectionBlock(mrkdwn(_none(facts, words))))
    if buttons := _buttons(facts, words):
        blocks.append(ActionsBlock(buttons))
    blocks.append(ContextBlock([mrkdwn(_promised(words))]))
    return view(
        ModalView(
            title=words("Comments"),
            submit=words("Search"),
            close=words("Close"),
            callback_id=Callback.COMMENTS,
            private_metadata=str(facts.survey_id),
            blocks=blocks,
        )
    )


def _menu(field: Field, label: str, options: dict[str, str], chosen: str) -> InputBlock:
    made = {
        value: Option(PlainText(one_line(text, DRIVER_KEY)), value=value) for value, text in options.items()
    }
    element = StaticSelectMenu(field, options=list(made.values()), initial_option=made[chosen])
    return InputBlock(label=label, element=element, block_id=field, dispatch_action=True)


def _categories(words: Words) -> dict[str, str]:
    return {ANY: words("Everyone")} | {category: words(name) for category, name in CATEGORIES.items()}


def _drivers(facts: CommentsFacts, words: Words) -> dict[str, str]:
    keys = (driver[:DRIVER_KEY] for driver in (*facts.drivers, facts.wanted.driver))
    names = {key: driver_name(key, words, facts.named) for key in keys if key}
    return {ANY: words("Anything")} | names


def _text(typed: str, words: Words) -> InputBlock:
    return InputBlock(
        label=words("With this text"),
        element=PlainTextInput(
            action_id=Field.COMMENT_TEXT,
            initial_value=typed[:TEXT_LENGTH] or None,
            max_length=TEXT_LENGTH,
        ),
        block_id=Field.COMMENT_TEXT,
        optional=True,
    )


def _above(comment: CommentFacts, facts: CommentsFacts, words: Words) -> str:
    wave = (
        words("wave {number}", number=comment.wave)
        if isinstance(comment.wave, int)
        else escaped(comment.wave)
    )
    parts = [f"*{comment.score}*"]
    if comment.user_id:
        parts.append(f"<@{comment.user_id}>")
    parts += [words.date(comment.day), wave]
    if comment.drivers:
        names = (driver_name(driver, words, facts.named) for driver in comment.drivers)
        parts.append(escaped(", ".join(names), 500))
    if comment.quote:
        parts.append(_quotable(comment.quote, words))
    return " · ".join(parts)


def _quotable(quote: CommentQuoteFacts, words: Words) -> str:
    """Say whether a comment may be quoted, comes or stands somewhere."""
    channel = f"<#{quote.channel_id}>"
    if quote.state is QuoteState.POSTED:
        return words("quoted in {channel}", channel=channel)
    if quote.state is QuoteState.PICKED and quote.channel_id is None:
        return words("comes with the next digest")
    if quote.state is QuoteState.PICKED:
        return words("comes in {channel}", channel=channel)
    return (
        words("may be quoted with the name") if quote.with_name else words("may be quoted without the name")
    )


def _quote_button(quote: CommentQuoteFacts, words: Words) -> Button:
    value = str(quote.quote_id)
    if quote.state is QuoteState.OFFERED:
        return Button(words("Quote…"), action_id=ActionId.QUOTE, value=value)
    return Button(words("Quote no more"), action_id=ActionId.QUOTE_UNDO, value=value)


def _none(facts: CommentsFacts, words: Words) -> str:
    if facts.wanted == WantedComments():
        return words("Nobody has written a comment yet.")
    return words("No comment is like that. Choose more above, or empty the text.")


def _buttons(facts: CommentsFacts, words: Words) -> list[Element]:
    if not facts.comments:
        return []
    sides = {
        ActionId.COMMENTS_NEWER: (facts.has_newer, words("Newer"), facts.comments[0]),
        ActionId.COMMENTS_OLDER: (facts.has_older, words("Older"), facts.comments[-1]),
    }
    return [
        Button(label, action_id=action, value=str(comment.answer_id))
        for action, (is_there, label, comment) in sides.items()
        if is_there
    ]


def _promised(words: Words) -> str:
    return words(
        "Only you see this. The people who wrote were told that managers can see their answer and their name, and nobody "
        "else: please keep it so. Only those who said so may be quoted."
    )


_COMMENTS = (
    CommentFacts(
        31,
        2,
        3,
        "Nobody answers the phone.\n<!channel> I *waited* for an hour & more.",
        (Driver.SUPPORT.value, "Waiting & <time>"),
        date(2025, 12, 5),
        "U2",
    ),
    CommentFacts(17, 1, 10, "Great!", (), date(2025, 9, 2), "U3"),
    CommentFacts(4, "2024 <Q4>", 8, "Long " * 1000, (), date(2024, 12, 5), None),
)
_PAGE = CommentsFacts(
    survey_id=7,
    survey_name="Acme <customers>",
    wanted=WantedComments(),
    drivers=(Driver.SUPPORT.value, "Waiting & <time>"),
    comments=_COMMENTS,
    has_older=True,
)

_QUOTES = (
    CommentQuoteFacts(1, with_name=False),
    CommentQuoteFacts(2, with_name=True),
    CommentQuoteFacts(3, with_name=False, state=QuoteState.PICKED),
    CommentQuoteFacts(4, with_name=False, state=QuoteState.PICKED, channel_id="C1"),
    CommentQuoteFacts(5, with_name=True, state=QuoteState.POSTED, channel_id="C1"),
)

EXAMPLES = {
    "the newest": _PAGE,
    "may be quoted": replace(
        _PAGE,
        comments=tuple(
            replace(_COMMENTS[1], answer_id=20 + one.quote_id, wave=2, quote=one) for one in _QUOTES
        ),
    ),
    "in the middle": replace(_PAGE, has_newer=True),
    "reasons of its own": replace(_PAGE, named=(Offered("support", (("en", "Our <people>"),)),)),
    "some of them": replace(
        _PAGE,
        wanted=WantedComments(Category.DETRACTOR, Driver.SUPPORT.value, "phone"),
        comments=_COMMENTS[:1],
        has_older=False,
    ),
    "none like that": replace(_PAGE, wanted=WantedComments(text="xyzzy"), comments=(), has_older=False),
    "none yet": replace(_PAGE, drivers=(), comments=(), has_older=False),
}
