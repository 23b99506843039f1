"""`nps-bot demo --once`: the same journey without a browser, read aloud and checked."""

from datetime import timedelta

import typer

from bot.answers.rules.snoozing import Later
from bot.errors import NpsBotError
from bot.ids import ActionId
from bot.sandbox.records import Message, View
from bot.sandbox.screens.plain_text import as_text
from bot.shell.demo import story
from bot.shell.demo.events import ClockEvent
from bot.shell.demo.history import ANONYMOUS, DID, live_through, open_first
from bot.shell.demo.history import SURVEY as TEAM
from bot.shell.demo.joined import common_columns, where_it_stands
from bot.shell.demo.people import (
    CARE,
    CARER,
    CURIOUS,
    DIGESTS,
    DONE,
    GENERAL,
    LATE,
    MANAGER,
    PEOPLE,
    READER,
    SLEEPER,
    UNHEARD,
    UPSET,
    Opinion,
)
from bot.shell.demo.stage import Stage, stage
from storage.words import Driver, Kind, Rhythm

SURVEY = "Acme customers"
# One score a person; Jack wants no questions. Seven promoters, two passives, two detractors: the expected words are
# worked out by hand.
SCORES = (10, 9, 3, 9, 10, 8, 6, 9, 10, 7, None, 9)
CARD = ("NPS +45", "[−6, +77]", "11 of 11")
CANDID = "On n’ose pas dire que les délais sont intenables."
HELP = "Two more people answer it."
REASON = "Des réponses rapides, et <!channel> des gens aimables."


class DemoFailed(NpsBotError):  # noqa: N818 - its text says what failed
    """Something on the path did not happen as it should."""


async def run() -> None:
    """Play every scene. Raises DemoFailed."""
    async with stage() as on:
        try:
            await live_through(on)
            for scene in _SCENES:
                await scene(on)
        except (TimeoutError, LookupError) as error:
            message = f"The app did not do its part: {error!r}"
            raise DemoFailed(message) from error
    typer.echo("\nEverything happened as it should.")


async def _what_came_before(on: Stage) -> None:
    _title(
        f"The loop of “{TEAM}”: a case in #care that Maya has taken, and what was done since the last wave"
    )
    called_back, taken = on.slack.messages(CARE)
    _expect("It is closed" in called_back.text, f"Bruno's case was not closed: {called_back.text}")
    _expect(UNHEARD in taken.text and f"<@{MANAGER}> has it" in taken.text, f"Maya has no case: {taken.text}")
    _show(on, "Everyone in #care reads", taken)
    told = on.slack.direct_messages(UNHEARD)[-1]
    _expect(MANAGER in told.text, "Elias was not told who will write to him")
    _show(on, "Elias reads", told)
    waiting = await on.question_of(READER)
    _expect(
        waiting is not None and DID in str(waiting.blocks[0]),
        "what was done does not stand above the question that waits for Amélie",
    )
    if waiting:
        _show(on, "Amélie reads above her question", waiting)


async def _ask(on: Stage) -> None:
    _title(
        f"{on.clock():%A}, half past nine in Paris: Maya types /nps new, fills in the form and opens the first wave"
    )
    before = {person.id: len(on.slack.direct_messages(person.id)) for person in PEOPLE}
    await open_first(on, name=SURVEY, kind=Kind.CUSTOMERS, rhythm=Rhythm.MONTHLY, follow_up_channel=CARE)

    def questions(user: str) -> list[Message]:
        new = on.slack.direct_messages(user)[before[user] :]
        return [message for message in new if "answer.score.10" in str(message.blocks)]

    to_ask = [person for person in PEOPLE if person.id != DONE]
    at_once = [person.real_name for person in to_ask if questions(person.id)]
    typer.echo(f"\nAt work by now, and asked at once: {', '.join(at_once)}.")
    while not all(questions(person.id) for person in to_ask) and (
        due := await on.next_event(ClockEvent.QUESTION)
    ):
        await on.go_to(due)
        typer.echo(f"At {due:%H:%M} UTC, {sum(bool(questions(one.id)) for one in to_ask)} of 11 are asked.")
    for person in to_ask:
        asked = len(questions(person.id))
        _expect(asked == 1, f"{person.real_name} got {asked} questions instead of one")
    _expect(not questions(DONE), "Jack was asked, though he does not want to be")
    _show(on, "Amélie reads, in her language and her time zone", on.slack.direct_messages(READER)[-1])
    _show(on, "Maya reads, in a message that keeps up with the sending", _notice(on))
    _show(on, "Jack, who does not want to be asked, still reads", on.slack.direct_messages(DONE)[-1])
    _expect("Sent to all 11 people" in _notice(on).text, "the manager was not told that all are asked")


async def _later(on: Stage) -> None:
    _title("Hugo wants to be asked in an hour")
    await on.put_off(SLEEPER, Later.HOUR)
    _show(on, "He reads", on.slack.direct_messages(SLEEPER)[-1])
    due = await on.next_event(ClockEvent.QUESTION)
    _expect(
        due is not None and due - on.clock() <= timedelta(hours=1), "he is not asked again within the hour"
    )
    if due:
        await on.go_to(due)
    again = await on.question_of(SLEEPER)
    _expect(again == on.slack.direct_messages(SLEEPER)[-1], "he was not asked again")


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
        if score is not None and person.id not in {READER, LATE, UPSET}:
            await on.answer(person.id, Opinion(score, None, ()))


async def _follow_up(on: Stage) -> None:
    _title("Bruno chose 3 and ticks that someone may contact him; Dana takes his case")
    before = len(on.slack.messages(CARE))
    upset = Opinion(SCORES[2] or 0, "Personne ne répond au téléphone.", ("support",), may_contact=True)
    card = await story.may_be_contacted(on, UPSET, upset)
    cards = len(on.slack.messages(CARE)) - before
    _expect(cards == 1, f"{cards} cards came to #care instead of one")
    _show(on, "Everyone in #care reads", await story.take(on, CARER, card))
    told = on.slack.direct_messages(UPSET)[-1]
    _expect(CARER in told.text, "Bruno was not told who will write to him")
    _show(on, "Bruno reads", told)


async def _act(on: Stage) -> None:
    _title("Maya types /nps actions, and tells everyone what came of it")
    await story.something_is_done(on, SURVEY, "Nobody answers the phone.", HELP, Driver.SUPPORT)


async def _progress(on: Stage) -> None:
    _title("Maya types /nps waves")
    _show(on, "Only Maya sees", await _typed(on, MANAGER, "waves"))


async def _remind(on: Stage) -> None:
    _title("Half time: Grace has not answered, and is reminded below the question")
    question = await on.question_of(LATE)
    _expect(question is not None, "she has no question")

    def reminders(of: str) -> list[Message]:
        return [one for one in on.slack.direct_messages(of) if question and one.thread_ts == question.ts]

    while not reminders(LATE) and (due := await on.next_event(ClockEvent.REMINDER)):
        await on.go_to(due)
    _expect(len(reminders(LATE)) == 1, f"she got {len(reminders(LATE))} reminders instead of one")
    _show(on, "Grace reads", reminders(LATE)[0])
    _expect(HELP in reminders(LATE)[0].text, "she does not read what came of what people said")
    await on.answer(LATE, Opinion(SCORES[7] or 0, None, ()))


async def _read(on: Stage) -> None:
    _title("Chen types /nps")
    card = await _typed(on, CURIOUS, "")
    _show(on, "Only Chen sees", card)
    for fact in CARD:
        _expect(fact in card.text, f"the card does not say {fact}: {card.text}")


async def _ballot(on: Stage) -> None:
    _title(f"“{ANONYMOUS}” is anonymous: Amélie casts a ballot")
    question = await on.question_of(READER, ActionId.BALLOT_SCORE)
    if question is None:
        message = "she has no anonymous question"
        raise DemoFailed(message)
    _show(on, "She reads", question)
    await on.cast(READER, question, Opinion(4, CANDID, ("management",)))
    thanks = on.slack.found(question.channel, question.ts)
    if thanks:
        _show(on, "Her message now says", thanks)
    _expect(await where_it_stands(on, CANDID) == set(), "what she wrote can be read before the wave closes")
    for person in await on.silent():
        if left := await on.question_of(person.id, ActionId.BALLOT_SCORE):
            await on.cast(person.id, left, Opinion(8, None, ()))
    await _typed(on, MANAGER, f"close {ANONYMOUS}")
    await on.hands.click(MANAGER, on.slack.ephemerals(MANAGER)[-1], ActionId.AGREED_CLOSE)
    await on.slack.until(lambda: "NPS" in on.slack.ephemerals(MANAGER)[-1].text)
    _show(on, "Maya closes the wave and reads one result", on.slack.ephemerals(MANAGER)[-1])
    _expect(await where_it_stands(on, CANDID) == {"ballots"}, "what she wrote stands beside something else")
    _expect(common_columns() == {"wave_id", "workspace_id"}, "a ballot has more in common with its person")
    typer.echo("\nHer words stand in one table, with nothing but the wave in common with her invitation.")


async def _digest(on: Stage) -> None:
    _title("A week passes: the digest in #nps")
    before = len(_digests(on))
    due = await on.next_event(ClockEvent.DIGEST)
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
    message = next(one for one in on.slack.direct_messages(READER) if "aimables" in one.text)
    while due := await on.next_event(ClockEvent.CLOSING):
        await on.go_to(due)
    told = len(on.slack.ephemerals(READER))
    await on.hands.click(READER, message, "answer.change")
    await on.slack.until(lambda: len(on.slack.ephemerals(READER)) > told)
    _show(on, "Amélie reads", on.slack.ephemerals(READER)[-1])


async def _typed(on: Stage, user: str, words: str) -> Message:
    """Type `/nps …`, and return what only this person sees then."""
    told = len(on.slack.ephemerals(user))
    await on.hands.command(user, GENERAL, words)
    await on.slack.until(lambda: len(on.slack.ephemerals(user)) > told)
    return on.slack.ephemerals(user)[-1]


_SCENES = (
    _what_came_before,
    _ask,
    _later,
    _answer,
    _follow_up,
    _act,
    _progress,
    _remind,
    _read,
    _ballot,
    _digest,
    _too_late,
)


def _notice(on: Stage) -> Message:
    told = [one for one in on.slack.direct_messages(MANAGER) if f"Wave 1 of “{SURVEY}”" in one.text]
    _expect(len(told) == 1, f"the manager has {len(told)} messages about the wave instead of one")
    return told[0]


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
