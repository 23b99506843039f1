"""The modal that asks why. The score is stored before it opens: closing it loses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from slackblocks import (
    Block,
    CheckboxGroup,
    ContextBlock,
    InputBlock,
    ModalView,
    Option,
    PlainText,
    PlainTextInput,
    RadioButtonGroup,
    SectionBlock,
)

from bot.answers.rules.contact import Contact
from bot.answers.rules.drivers import name_of
from bot.answers.rules.quoting import Quoting, is_promoter
from bot.ids import Callback, Field
from bot.mark import mark
from bot.message import Json, mrkdwn, view
from bot.wording import Words
from scoring.scale import Category, category_of
from storage.question import Offered, usual
from storage.words import DRIVER_KEY, Kind

COMMENT_LENGTH = 3000
MAY_CONTACT = "yes"

WHY = {
    Category.PROMOTER: mark("What do you value most?"),
    Category.PASSIVE: mark("What would make it a 9 or a 10?"),
    Category.DETRACTOR: mark("What went wrong, and what should change first?"),
}

MAY_QUOTE = {
    Quoting.NO: mark("No"),
    Quoting.UNNAMED: mark("Yes, without my name"),
    Quoting.NAMED: mark("Yes, with my name"),
}


@dataclass(frozen=True, slots=True)
class ReasonFacts:
    """One answer as it stands; `quoting` is what its person has said to that. `written` is what `Clicked.written` keeps of the message that asks why."""

    invitation_id: int
    score: int
    offered: tuple[Offered, ...]
    comment: str = ""
    drivers: tuple[Offered, ...] = ()
    written: tuple[str, ...] = ()
    contact: Contact | None = None
    may_be_quoted: bool = False
    quoting: Quoting | None = None


def render(facts: ReasonFacts, words: Words) -> Json:
    """Make the modal: one text input and the drivers as boxes, both optional, filled in with what stands.

    Where the survey follows people up, one box more asks whether somebody may contact them, and promoters are asked
    whether they may be quoted: neither is ever ticked for them.

    Its `private_metadata` is "<invitation>", and what is written of the message behind it. A comment longer than `COMMENT_LENGTH`
    is cut, since Slack takes no more.
    """
    about = {"private_metadata": " ".join([str(facts.invitation_id), *facts.written])}
    if facts.comment or facts.drivers:  # a person's own words stay in no memory
        return _rendered(facts, words) | about
    # The rest reads alike for all who chose this score.
    return _remembered(replace(facts, invitation_id=0, written=()), words) | about


def _rendered(facts: ReasonFacts, words: Words) -> Json:
    stored = words("You chose {score}, and it is stored.", score=f"*{facts.score}*")
    optional = words("If you have a moment more, tell us why; if not, just close this.")
    return view(
        ModalView(
            title=words("Your reason"),
            submit=words("Send"),
            close=words("Not now"),
            callback_id=Callback.REASON,
            blocks=[
                SectionBlock(mrkdwn(f"{stored} {optional}")),
                _comment(facts, words),
                drivers_input(facts.offered, facts.drivers, words),
                *_quoting(facts, words),
                *_contact(facts, words),
            ],
        )
    )


_remembered = lru_cache(maxsize=1_000)(_rendered)


def _comment(facts: ReasonFacts, words: Words) -> InputBlock:
    hint = [words("Managers read it beside your name.")]
    if facts.may_be_quoted:
        hint.append(words("The weekly digest may quote it, without your name."))
    return InputBlock(
        label=words(WHY[category_of(facts.score)]),
        hint=" ".join(hint),
        optional=True,
        block_id=Field.COMMENT,
        element=PlainTextInput(
            action_id=Field.COMMENT,
            multiline=True,
            max_length=COMMENT_LENGTH,
            initial_value=facts.comment[:COMMENT_LENGTH] or None,
            placeholder=words("One sentence is plenty."),
        ),
    )


def drivers_input(offered: Sequence[Offered], ticked: Sequence[Offered], words: Words) -> InputBlock:
    """Make the boxes of the drivers, with those that are ticked."""
    options = {
        driver.key: Option(text=PlainText(name_of(driver, words)), value=driver.key[:DRIVER_KEY])
        for driver in offered
    }
    return InputBlock(
        label=words("What is it mostly about?"),
        optional=True,
        block_id=Field.DRIVERS,
        element=CheckboxGroup(
            action_id=Field.DRIVERS,
            options=list(options.values()),
            initial_options=[options[driver.key] for driver in ticked if driver.key in options] or None,
        ),
    )


def _quoting(facts: ReasonFacts, words: Words) -> list[Block]:
    if not is_promoter(facts.score):
        return []
    options = {one: Option(text=PlainText(words(said)), value=one) for one, said in MAY_QUOTE.items()}
    hint = words(
        "A manager may then show your words in a channel. It holds for these words, while your score is 9 or 10. You can "
        "take it back at any time, and what was posted then says so."
    )
    return [
        InputBlock(
            label=words("May we quote you?"),
            hint=hint,
            optional=True,
            block_id=Field.QUOTE,
            element=RadioButtonGroup(
                Field.QUOTE,
                options=list(options.values()),
                initial_option=options[facts.quoting] if facts.quoting else None,
            ),
        )
    ]


def _contact(facts: ReasonFacts, words: Words) -> list[Block]:
    if facts.contact is None:
        return []
    yes = Option(text=PlainText(words("Yes, please contact me")), value=MAY_CONTACT)
    seen = words(
        "If you tick this, those who follow up in {channel} see your name, your score and your reason, and one of them "
        "writes to you. You can take it back at any time in App Home. If you do not tick it, nobody contacts you.",
        channel=f"<#{facts.contact.channel_id}>",
    )
    return [
        InputBlock(
            label=words("May someone contact you about this?"),
            optional=True,
            block_id=Field.CONTACT,
            element=CheckboxGroup(
                action_id=Field.CONTACT,
                options=[yes],
                initial_options=[yes] if facts.contact.may else None,
            ),
        ),
        ContextBlock([mrkdwn(seen)]),
    ]


_PROMOTER = ReasonFacts(invitation_id=41, score=9, offered=usual(Kind.CUSTOMERS))

EXAMPLES = {
    "promoter": _PROMOTER,
    "promoter, quoted with the name": replace(_PROMOTER, comment="Fast!", quoting=Quoting.NAMED),
    "passive": replace(_PROMOTER, score=8),
    "detractor": replace(_PROMOTER, score=3),
    "may be quoted": replace(_PROMOTER, score=3, may_be_quoted=True),
    "may we contact you": replace(_PROMOTER, score=3, contact=Contact("C1")),
    "you may contact me": replace(_PROMOTER, score=3, contact=Contact("C1", may=True)),
    "of employees": replace(_PROMOTER, offered=usual(Kind.EMPLOYEES)),
    "their own reasons": replace(
        _PROMOTER,
        offered=(Offered("Tools", (("en", "Tools & <desks>"), ("fr", "Outils"))), Offered("support")),
        drivers=(Offered("support"),),
    ),
    "again": ReasonFacts(
        invitation_id=41,
        score=6,
        offered=usual(Kind.CUSTOMERS),
        comment="Support answers after days & the app is slow.",
        drivers=(Offered("quality"), Offered("support")),
        written=("D1", "1764072000.000100"),
    ),
}
