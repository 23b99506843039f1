"""A crowd that answers anonymously, in as many words as a test needs."""

from collections.abc import Iterable

from bot.sandbox.driving.post import Reply
from bot.sandbox.records import Channel, User
from storage.audience import Audience
from storage.words import Kind
from tests.journeys.office import MAYA, Office, listeners_finish

STAFF = "C9STAFF"


def hire(office: Office, many: int) -> list[str]:
    """Let so many people work here, in a channel of their own, and return their ids."""
    staff = [f"U9STAFF{number:04}" for number in range(many)]
    for user in staff:
        office.slack.add_user(User(user, user.lower(), tz="Europe/Paris", locale="en-US"))
    office.slack.add_channel(Channel(STAFF, "staff", members=tuple(staff)))
    return staff


async def ask_anonymously(
    office: Office, many: int = 12, name: str = "Pulse", **changes: object
) -> list[str]:
    """Ask so many people, and return their ids."""
    staff = hire(office, many)
    facts = {"kind": Kind.EMPLOYEES, "audience": Audience(channels=(STAFF,)), "is_anonymous": True}
    await office.a_survey(name, **(facts | changes))
    await office.command(MAYA, f"open {name}")
    await office.tick()
    return staff


async def tap(office: Office, user: str, score: int = 9) -> None:
    """Tap a score, and wait for the modal."""
    await office.driver.click(user, office.question(user), f"ballot.score.{score}")
    await office.slack.until(lambda: office.slack.modal(user) is not None)


async def cast(
    office: Office, user: str, score: int, comment: str = "", drivers: Iterable[str] = ()
) -> Reply | None:
    """Tap and send, and wait until the message says thanks."""
    await tap(office, user, score)
    said = {"comment": comment, "drivers": list(drivers)}
    reply = await office.driver.submit(user, office.modal(user), {k: v for k, v in said.items() if v})
    await office.slack.until(lambda: "You have answered" in office.question(user).text)
    await listeners_finish()
    return reply
