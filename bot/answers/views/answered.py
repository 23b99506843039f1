"""What the question becomes once it is answered."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from slackblocks import ActionsBlock, Block, Button, ContextBlock, Element, PlainText, SectionBlock

from bot.answers.rules.contact import Contact
from bot.answers.rules.drivers import name_of
from bot.answers.views.invitation import question
from bot.ids import ActionId
from bot.kit.views.own_quote import OwnQuoteFacts, standing, take_back_button
from bot.mark import mark
from bot.message import QUOTE_LENGTH, Json, Message, escaped, message, mrkdwn
from bot.wording import Words
from storage.question import Offered, Question
from storage.words import Kind, QuoteState

TELL_OTHERS = mark("If you like, tell others too:")


@dataclass(frozen=True, slots=True)
class AnsweredFacts:
    """One person's answer. `closes_at` is in the reader's zone.

    `links` are those that their survey offers them, each with its id and its address as key. `quoted_no_more` says that they might be quoted until this very change of theirs.
    """

    invitation_id: int
    asked: Question
    score: int
    closes_at: datetime
    comment: str = ""
    drivers: tuple[Offered, ...] = ()
    is_closed: bool = False
    contact: Contact | None = None
    may_be_quoted: bool = False
    quote: OwnQuoteFacts | None = None
    links: tuple[tuple[int, Offered], ...] = ()
    quoted_no_more: bool = False

    @property
    def has_reason(self) -> bool:
        """Whether the person typed a comment or ticked a driver."""
        return bool(self.comment or self.drivers)


def render(facts: AnsweredFacts, words: Words) -> Message:
    """Make the message that replaces the eleven buttons: question, score, reason, and until when they may change.

    A comment is cut to `QUOTE_LENGTH` characters. Once the wave is closed the buttons
    are gone, but for the one that takes a quote back.
    """
    if facts.has_reason or facts.quote:  # a person's own words stay in no memory
        return _rendered(facts, words)
    # Of a first answer only the buttons are this person's own: the rest reads alike for all who chose this score.
    alike = _remembered(replace(facts, invitation_id=0), words)
    return Message(alike.text, [_about(facts.invitation_id, block) for block in alike.blocks])


def _about(invitation_id: int, block: Json) -> Json:
    if block["type"] != "actions":
        return block
    own = {"value": str(invitation_id)}
    return block | {"elements": [one if "url" in one else one | own for one in block["elements"]]}


def _rendered(facts: AnsweredFacts, words: Words) -> Message:
    asked = question(facts.asked, words, escaped)
    chosen = words("You chose {score}. Thank you!", score=facts.score)
    reason = _reason(facts, words)
    until = _until_when(facts, words)
    contact = _contact(facts.contact, words) if facts.contact and facts.contact.may else ""
    quoted, links = _quoted(facts, words), _links(facts, words)
    blocks: list[Block] = [
        ContextBlock([PlainText(question(facts.asked, words))]),
        SectionBlock(mrkdwn(words("You chose {score}. Thank you!", score=f"*{facts.score}*"))),
    ]
    if reason:
        blocks.append(SectionBlock(mrkdwn("\n".join(f"> {line}" for line in reason))))
    if buttons := _buttons(facts, words):
        blocks.append(ActionsBlock(buttons))
    if links:
        blocks += [SectionBlock(PlainText(words(TELL_OTHERS))), ActionsBlock(links)]
    besides = [mrkdwn(one) for one in (quoted, contact) if one]
    blocks.append(ContextBlock([*besides, PlainText(until)]))
    return message(
        "\n".join(filter(None, [asked, chosen, *reason, _offer(facts, words), quoted, contact, until])),
        blocks,
    )


_remembered = lru_cache(maxsize=1_000)(_rendered)


def _reason(facts: AnsweredFacts, words: Words) -> list[str]:
    lines = []
    if facts.comment:
        lines.append(words("“{comment}”", comment=escaped(facts.comment, QUOTE_LENGTH)))
    if facts.drivers:
        lines.append(" · ".join(escaped(name_of(driver, words)) for driver in facts.drivers))
    return lines


def _buttons(facts: AnsweredFacts, words: Words) -> list[Element]:
    take_back = [take_back_button(facts.invitation_id, words)] if facts.quote else []
    if facts.is_closed:
        return [*take_back]
    invitation = str(facts.invitation_id)
    change = Button(words("Change my score"), action_id=ActionId.CHANGE, value=invitation)
    why = words("Edit my reason") if facts.has_reason else words("Say why")
    return [Button(why, action_id=ActionId.REASON, value=invitation), change, *take_back]


def _links(facts: AnsweredFacts, words: Words) -> list[Element]:
    """Make a button for each link. Slack opens it, and tells us that somebody did."""
    return [
        Button(name_of(one, words), action_id=f"{ActionId.LINK}.{link_id}", value=str(link_id), url=one.key)
        for link_id, one in facts.links
    ]


def _offer(facts: AnsweredFacts, words: Words) -> str:
    if not facts.links:
        return ""
    named = " · ".join(escaped(name_of(one, words)) for _, one in facts.links)
    return f"{words(TELL_OTHERS)} {named}"


def _quoted(facts: AnsweredFacts, words: Words) -> str:
    if facts.quote:
        return standing(facts.quote, words)
    return words("You changed your answer, so you are quoted no more.") if facts.quoted_no_more else ""


def _contact(contact: Contact, words: Words) -> str:
    return words(
        "You said that someone from {channel} may contact you; you can take that back in App Home.",
        channel=f"<#{contact.channel_id}>",
    )


def _until_when(facts: AnsweredFacts, words: Words) -> str:
    if facts.is_closed:
        moment = words.moment(facts.closes_at)
        return words("The question closed on {moment}, so your answer stands.", moment=moment)
    return words("You can change your answer until {moment}.", moment=words.deadline(facts.closes_at))


_PLAIN = AnsweredFacts(
    invitation_id=41,
    asked=Question(Kind.CUSTOMERS, "Acme"),
    score=9,
    closes_at=datetime(2025, 12, 5, 17, 0, tzinfo=UTC),
)
_WITH_REASON = replace(
    _PLAIN,
    score=6,
    comment="Support answers after days.",
    drivers=(Offered("support"), Offered("Tools", (("en", "<Tools>"), ("fr", "Outils")))),
)

_QUOTE = OwnQuoteFacts(41, "Acme", "Fast!")
_QUOTABLE = replace(_PLAIN, comment="Fast!", quote=_QUOTE)

EXAMPLES = {
    "score only": _PLAIN,
    "with reason": _WITH_REASON,
    "may be contacted": replace(_WITH_REASON, contact=Contact("C1", may=True)),
    "may be quoted": _QUOTABLE,
    "quoted, and closed": replace(
        _QUOTABLE,
        is_closed=True,
        quote=replace(_QUOTE, with_name=True, state=QuoteState.POSTED, channel_id="C1"),
    ),
    "quoted no more": replace(_WITH_REASON, quoted_no_more=True),
    "links": replace(
        _PLAIN,
        links=(
            (1, Offered("https://example.com/review", (("en", "Rate <us>"), ("fr", "Notez-nous")))),
            (2, Offered("https://example.com/friends", (("en", "Tell a friend"),))),
        ),
    ),
    "closed": replace(_WITH_REASON, is_closed=True),
}
