"""`make kill`: whatever closes the loop is killed −9 at each of its points and begun again. It comes once, or somebody knows of the doubt."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.quotes.posting import QUOTE_POSTED
from bot.sandbox.records import Channel
from bot.waves.open_question import OPEN_QUESTION
from bot.webhooks import subscribing
from storage import quotes
from storage.answers import record_reason, store_taps
from storage.audience import Audience
from storage.tables import Action, Quote, WebhookTelling
from storage.words import ActionState, RunState, TellingState
from tests.builders import a_tap
from tests.cases.follow_up import CARE, WORDS
from tests.deaths.heard import about, ask, may_be_contacted, run_of, told
from tests.deaths.hearer import PATH
from tests.deaths.lives import LEASE, NEVER, PATIENCE, at_each_point, lives_in
from tests.journeys.office import MAYA, Office
from tests.postgres import free_port

HEARER = Path(__file__).with_name("hearer.py")
QUOTE_IN_DOUBT = "Slack never confirmed a quote"
NO_QUESTION = "Slack never told whether it posted the question"


async def may_be_quoted(office: Office, user: str) -> Quote:
    """Let a manager pick the words of somebody for a channel; nobody has posted them yet."""
    invitation, now = (await office.invitations())[user], office.clock.now
    async with office.books.writing() as session:
        await store_taps(session, [a_tap(invitation, 9)], now)
        await record_reason(session, invitation.id, invitation.workspace_id, user, WORDS, (), now)
        assert await quotes.allow(session, invitation.id, now, with_name=True)
        quote = await quotes.of_invitation(session, invitation.id)
        assert quote is not None
        assert await quotes.pick(session, quote, MAYA, CARE, now)
    return quote


async def test_a_quote_stands_once_or_who_picked_it_is_told_to_look(office_on_each: Office) -> None:
    office = office_on_each
    people = await ask(office)
    async with lives_in(office) as lives:

        async def try_out(point: int) -> bool:
            before = told(office, QUOTE_IN_DOUBT)
            quote = await may_be_quoted(office, people[point])
            died = await lives.look(point)
            await lives.recover()

            stands = len(about(office, CARE, people[point]))
            doubts = told(office, QUOTE_IN_DOUBT) - before
            run = await run_of(office, QUOTE_POSTED, quote.id)
            assert (run, stands, doubts) in {
                (RunState.DONE, 1, 0),
                (RunState.UNCERTAIN, 1, 1),
                (RunState.UNCERTAIN, 1, 0),  # where it stands was stored before the end
                (RunState.UNCERTAIN, 0, 1),
            }, point
            return died

        assert await at_each_point(try_out) >= 4


async def test_a_question_in_a_channel_stands_once_with_what_was_done_above_it(
    office_on_each: Office,
) -> None:
    office = office_on_each
    async with lives_in(office) as lives:

        async def try_out(point: int) -> bool:
            channel, before = f"C7{point:03}", told(office, NO_QUESTION)
            office.slack.add_channel(Channel(channel, f"channel-{point}", members=(MAYA,)))
            await office.open_wave(f"Acme {point}", audience=Audience(open_channel=channel))
            wave = await office.newest_wave()
            await act(office, wave.survey_id)
            died = await lives.look(point)
            await lives.recover()

            stands, doubts = (
                len(about(office, channel, "We did", "Two more")),
                told(office, NO_QUESTION) - before,
            )
            assert (stands, doubts) in {(1, 0), (1, 1), (0, 1)}, point
            assert await run_of(office, OPEN_QUESTION, wave.id) in {RunState.DONE, RunState.UNCERTAIN}
            return died

        assert await at_each_point(try_out) >= 4


async def act(office: Office, survey_id: int) -> None:
    async with office.books.writing() as session:
        session.add(
            Action(
                workspace_id=office.slack.team_id,
                survey_id=survey_id,
                said="Nobody answers.",
                did="Two more people do.",
                drivers=[],
                state=ActionState.DONE,
                day=office.clock.now.date(),
                state_since=office.clock.now,
            )
        )


async def test_an_action_is_kept_before_its_manager_reads_so(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone()
    async with lives_in(office) as lives:
        await office.typed(MAYA, "actions Acme")
        await office.driver.click(MAYA, office.slack.ephemerals(MAYA)[-1], "action.new")
        await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
        form = office.modal(MAYA)
        fields = {"action_said": "Nobody answers.", "action_did": "Two more people do."}

        async def is_over() -> bool:
            return office.modal(MAYA).blocks != form.blocks

        async def send() -> None:
            await office.driver.submit(MAYA, form, fields)

        async def try_out(point: int) -> bool:
            died = await lives.serve(point, send, is_over)
            assert [one.said for one in await office.rows(Action)] == ([] if died else ["Nobody answers."])
            assert await is_over() is not died
            return died

        assert await at_each_point(try_out) >= 1


async def test_each_event_is_told_to_a_receiver_that_dies_too(office_on_each: Office, tmp_path: Path) -> None:
    office, file, clock = office_on_each, tmp_path / "heard", tmp_path / "clock"
    file.touch()
    people = await ask(office)
    port = free_port()
    hook = await subscribing.add(
        office.app.services, f"http://127.0.0.1:{port}{PATH}", [], may_be_private=True
    )

    @asynccontextmanager
    async def hearing(die_at: int = NEVER) -> AsyncIterator[asyncio.subprocess.Process]:
        arguments = (str(port), str(file), hook.secret, str(clock), str(die_at))
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(HEARER), *arguments, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout
        await process.stdout.readline()
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def nothing_is_lost(*, at_most: int) -> None:
        rows, heard = await office.rows(WebhookTelling), file.read_text().split()[::2]
        assert {one.state for one in rows} == {TellingState.TOLD}
        assert {one.key for one in rows} == set(heard)
        assert max(heard.count(key) for key in heard) <= at_most

    async with lives_in(office) as lives:

        async def look(die_at: int = NEVER, *, minutes: int = 0) -> bool:
            office.clock.forward(minutes=minutes)
            clock.write_text(office.clock.now.isoformat())
            return await lives.look(die_at)

        async def we_die(point: int) -> bool:
            await may_be_contacted(office, people[point])
            died = await look(point)
            assert not await look(minutes=LEASE)
            await nothing_is_lost(at_most=2)
            return died

        async with hearing():
            assert await at_each_point(we_die) >= 8

        for point in (1, 2):  # before it has written down what it heard, and before it says so
            await may_be_contacted(office, people[-point])
            async with hearing(point) as process:
                await look()
                assert await asyncio.wait_for(process.wait(), PATIENCE) == -signal.SIGKILL
            async with hearing():
                await look(minutes=2)
            await nothing_is_lost(at_most=2)
    assert {"case.opened", "answer.given"} & set(file.read_text().split())
