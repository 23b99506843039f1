"""A channel in which people are followed up, and somebody who says that they may be contacted."""

from bot.sandbox.records import Channel, Message
from storage.tables import Case
from storage.words import FollowUp
from tests.journeys.hands import click, home_of
from tests.journeys.office import ALICE, CHEN, Office, listeners_finish

CARE = "C3CARE"
TAKE, CONTACTED, CLOSE, REOPEN = "case.take", "case.contacted", "case.close", "case.reopen"
HAND_OVER, SETTLED, WITHDRAW = "case.hand_over", "case.settled", "case.withdraw"
WORDS = "Nobody answers the phone."


async def ask(office: Office, with_whom: FollowUp = FollowUp.DETRACTORS) -> None:
    """Ask everyone of a survey that follows people up in a channel where Chen alone is."""
    office.slack.add_channel(Channel(CARE, "care", members=(CHEN,)))
    await office.ask_everyone(follow_up_channel=CARE, follow_up_with=with_whom)


async def answer(
    office: Office, user: str = ALICE, score: int = 3, *, contact: bool | None = True, words: str = WORDS
) -> None:
    """Tap a score, say why, and leave the box as it is or tick it or not."""
    await office.answer({user: score})
    answers: dict[str, object] = {"comment": words, "drivers": ["support"]}
    if contact is not None:
        answers["contact"] = ["yes"] if contact else []
    await office.driver.submit(user, office.modal(user), answers)
    await listeners_finish()


async def a_case(office: Office, user: str = ALICE, score: int = 3) -> Message:
    """Let somebody be contacted, and return the card that stands for that."""
    await ask(office)
    await answer(office, user, score)
    await office.tick()
    return the_card(office)


def cards(office: Office) -> list[Message]:
    return list(office.slack.messages(CARE))


def the_card(office: Office) -> Message:
    [card] = cards(office)
    return card


async def the_case(office: Office) -> Case:
    [case] = await office.rows(Case)
    return case


async def press(office: Office, user: str, action: str, value: str | None = None) -> None:
    """Use a button or menu of the one card, to the end of all that follows."""
    await click(office, user, the_card(office), action, value)


async def close(office: Office, user: str, note: str = "", cause: str | None = None) -> None:
    """Close the case of the one card, with a note and a cause."""
    await press(office, user, CLOSE)
    await office.slack.until(lambda: office.slack.modal(user) is not None)
    answers: dict[str, object] = {"case_note": note}
    await office.driver.submit(user, office.modal(user), answers | ({"case_cause": cause} if cause else {}))
    await listeners_finish()


async def line(office: Office, user: str = ALICE) -> Message:
    """Return the message in which somebody reads who will contact them."""
    ts = (await the_case(office)).line_ts
    return next(one for one in office.slack.direct_messages(user) if one.ts == ts)


async def at_home(office: Office, user: str = ALICE) -> str:
    return str((await home_of(office, user)).blocks)
