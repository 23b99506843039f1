"""A team that writes back to an anonymous comment, and somebody who answers."""

from datetime import timedelta

from bot.sandbox.records import Message, View
from bot.threads.delivering import deliver_letters
from tests.ballots.staff import ask_anonymously, tap
from tests.journeys.hands import click
from tests.journeys.office import GENERAL, MAYA, Office, listeners_finish

COMMENT = "Meetings without an agenda."
WRITE, STOP, ANSWER, END = "thread.write", "thread.stop", "thread.answer", "thread.end"
WRITES_BACK = "writes back to you"


async def say(office: Office, user: str, comment: str = "", *, may_write_back: bool = False) -> None:
    """Send a ballot, with the box ticked or not."""
    await tap(office, user, 3 + int(user[-1]) % 8)
    said: dict[str, object] = {"comment": comment} if comment else {}
    if may_write_back:
        said["write_back"] = ["yes"]
    await office.driver.submit(user, office.modal(user), said)
    await listeners_finish()


async def a_thread(office: Office, many: int = 12) -> str:
    """Let one of a crowd allow the team to write back, close the wave, and return who it was."""
    staff = await ask_anonymously(office, many)
    await say(office, staff[3], COMMENT, may_write_back=True)
    for user in staff[:3] + staff[4:]:
        await say(office, user, "Fine.")
    await office.command(MAYA, "close Pulse")
    await office.tick()
    return staff[3]


async def comments(office: Office, user: str = MAYA) -> View:
    """Type `/nps comments` and return the window."""
    if before := office.slack.modal(user):
        await office.driver.close(user, before)
    await office.driver.command(user, GENERAL, "comments Pulse")
    await office.slack.until(lambda: office.slack.modal(user) is not None)
    await listeners_finish()
    return office.modal(user)


async def write(office: Office, text: str = "Which <!channel> ones?", user: str = MAYA) -> None:
    """Open the conversation from the comments, and send a letter."""
    await click(office, user, await comments(office, user), WRITE)
    await office.driver.submit(user, office.modal(user), {"letter": text})
    await listeners_finish()


async def answer(office: Office, user: str, text: str = "Those on Mondays.") -> None:
    await click(office, user, letters(office, user)[-1], ANSWER)
    await office.driver.submit(user, office.modal(user), {"letter": text})
    await listeners_finish()


def letters(office: Office, user: str) -> list[Message]:
    return [one for one in office.slack.direct_messages(user) if WRITES_BACK in one.text]


async def days_pass(office: Office, days: int = 8) -> None:
    """Let the clock look now and then, for longer than any letter takes."""
    for _ in range(days * 8):
        office.clock.now += timedelta(hours=3)
        await deliver_letters(office.app.services)
