"""`nps-bot demo --once`: the same journey without a browser, read aloud and checked."""

import typer

from bot.errors import NpsBotError
from bot.sandbox.plain_text import as_text
from bot.sandbox.records import Message, View
from bot.shell.demo.history import live_through, open_first
from bot.shell.demo.people import CURIOUS, DIGESTS, GENERAL, PEOPLE, READER, Opinion
from bot.shell.demo.stage import Stage, stage

SURVEY = "Acme customers"
# One score a person, seven promoters, two passives, three detractors: the expected words are worked out by hand.
SCORES = (10, 9, 9, 3, 10, 8, 6, 9, 10, 7, 0, 9)
CARD = ("NPS +33", "[−16, +69]", "12 of 12")
REASON = "Des réponses rapides, et <!channel> des gens aimables."


class DemoFailed(NpsBotError):  # noqa: N818 - its text says what failed
    """Something on the path did not happen as it should."""


async def run() -> None:
    """Play ask → answer → reason → `/nps` → digest → too late. Raises DemoFailed."""
    async with stage() as on:
        try:
            await live_through(on)
            for scene in (_ask, _answer, _read, _digest, _too_late):
                await scene(on)
        except (TimeoutError, LookupError) as error:
            message = f"The app did not do its part: {error!r}"
            raise DemoFailed(message) from error
    typer.echo("\nEverything happened as it should.")


async def _ask(on: Stage) -> None:
    _title("Maya, a manager, types /nps new, fills in the form and opens the first wave")
    before = {person.id: len(on.slack.direct_messages(person.id)) for person in PEOPLE}
    await open_first(on, name=SURVEY, kind="customers")
    for person in PEOPLE:
        new = on.slack.direct_messages(person.id)[before[person.id] :]
        questions = [message for message in new if "answer.score.10" in str(message.blocks)]
        _expect(len(questions) == 1, f"{person.real_name} got {len(questions)} questions instead of one")
    _show(on, "Amélie reads, in her language and her time zone", on.slack.direct_messages(READER)[-1])


async def _answer(on: Stage) -> None:
    _title("Amélie taps 9")
    question = on.slack.direct_messages(READER)[-1]
    reply = await on.hands.click(READER, question, "answer.score.9")
    _expect(reply.ok, f"the tap was answered with {reply.status}")
    await on.slack.until(lambda: on.slack.modal(READER) is not None)
    _show(on, "A modal asks why; closing it would lose nothing", on.modal_of(READER))
    await on.hands.submit(READER, on.modal_of(READER), {"comment": REASON, "drivers": ["support"]})
    await on.slack.until(lambda: "aimables" in on.slack.direct_messages(READER)[-1].text)
    message = on.slack.direct_messages(READER)[-1]
    _expect("<!channel>" not in str(message.blocks), "what a person typed was not escaped")
    _show(on, "Her message now says", message)
    for person, score in zip(PEOPLE, SCORES, strict=True):
        if person.id != READER:
            await on.answer(person.id, Opinion(score, None, ()))


async def _read(on: Stage) -> None:
    _title("Chen types /nps")
    told = len(on.slack.ephemerals(CURIOUS))
    await on.hands.command(CURIOUS, GENERAL, "")
    await on.slack.until(lambda: len(on.slack.ephemerals(CURIOUS)) > told)
    card = on.slack.ephemerals(CURIOUS)[-1]
    _show(on, "Only Chen sees", card)
    for fact in CARD:
        _expect(fact in card.text, f"the card does not say {fact}: {card.text}")


async def _digest(on: Stage) -> None:
    _title("A week passes: the digest in #nps")
    before = len(_digests(on))
    due = await on.next_digest()
    _expect(due is not None, "no digest is due")
    if due:
        await on.go_to(due)
        await on.tick()
    _expect(
        len(_digests(on)) == before + 1, f"{len(_digests(on)) - before} digests were posted instead of one"
    )
    _show(on, "Everyone in #nps reads", _digests(on)[-1])


async def _too_late(on: Stage) -> None:
    _title("The wave ends; a late tap is told so")
    message = on.slack.direct_messages(READER)[-1]
    while due := await on.next_end():
        await on.go_to(due)
    told = len(on.slack.ephemerals(READER))
    await on.hands.click(READER, message, "answer.change")
    await on.slack.until(lambda: len(on.slack.ephemerals(READER)) > told)
    _show(on, "Amélie reads", on.slack.ephemerals(READER)[-1])


def _digests(on: Stage) -> list[Message]:
    return [message for message in on.slack.messages(DIGESTS) if SURVEY in message.text]


def _title(text: str) -> None:
    typer.secho(f"\n── {text}", bold=True)


def _show(on: Stage, who: str, shown: Message | View) -> None:
    names = {user.id: user.real_name for user in on.slack.users.values()}
    names |= {channel.id: channel.name for channel in on.slack.channels.values()}
    typer.secho(f"\n{who}:", dim=True)
    for line in as_text(shown, names).splitlines():
        typer.echo(f"  │ {line}")


def _expect(condition: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads as a sentence
    if not condition:
        raise DemoFailed(otherwise)
