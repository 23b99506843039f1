"""Somebody who says that they may be quoted, and a manager who reads that."""

from bot.sandbox.records import Message, View
from storage.tables import Quote
from tests.journeys.hands import click
from tests.journeys.office import ALICE, GENERAL, MAYA, Office, listeners_finish

WORDS = "Fast & *friendly* <!channel>"
NAMED, UNNAMED, NO = "named", "unnamed", "no"
PICK, UNDO, TAKE_BACK, HERE = "quote.pick", "quote.undo", "quote.take_back", "quote.take_back_here"
WITHDRAWN = "The quote that stood here was taken back."


async def say(
    office: Office,
    user: str = ALICE,
    score: int = 9,
    *,
    words: str | None = WORDS,
    quote: str | None = UNNAMED,
) -> None:
    """Tap a score, and say why, and whether it may be quoted; None leaves that as it is."""
    await office.answer({user: score})
    await explain(office, user, words=words, quote=quote)


async def explain(
    office: Office, user: str = ALICE, *, words: str | None = WORDS, quote: str | None = UNNAMED
) -> None:
    answers: dict[str, object] = {"comment": words}
    if quote:
        answers["quote"] = quote
    await office.driver.submit(user, office.modal(user), answers)
    await listeners_finish()


async def a_quotable(office: Office, quote: str = UNNAMED, **changes: object) -> Quote:
    """Ask everyone, and let one promoter say that they may be quoted."""
    await office.ask_everyone("Acme", **changes)
    await say(office, quote=quote)
    return await the_quote(office)


async def the_quote(office: Office) -> Quote:
    [one] = await office.rows(Quote)
    return one


async def comments(office: Office, user: str = MAYA) -> View:
    """Type `/nps comments` and return the modal."""
    before = office.slack.modal(user)
    if before:
        await office.driver.close(user, before)
    await office.driver.command(user, GENERAL, "comments")
    await office.slack.until(lambda: office.slack.modal(user) is not None)
    await listeners_finish()
    return office.modal(user)


async def pick(office: Office, channel: str | None = None, user: str = MAYA) -> None:
    """Quote the one comment in a channel, or with the next digest."""
    await click(office, user, await comments(office, user), PICK)
    await office.driver.submit(user, office.modal(user), {"quote_channel": channel} if channel else {})
    await listeners_finish()


async def undo(office: Office, user: str = MAYA) -> None:
    await click(office, user, await comments(office, user), UNDO)


def posted(office: Office, channel: str) -> list[Message]:
    return [
        one for one in office.slack.messages(channel) if " said of “" in one.text or WITHDRAWN in one.text
    ]
