"""`nps-bot doctor`: each line is ok or says what to do, and what is broken hides nothing else."""

from datetime import timedelta

import pytest
from sqlmodel import update

from bot.server.health import beat
from bot.shell.doctor.checks import machine_clock
from bot.shell.doing.recounting import recount
from bot.slack.objects import Identity
from storage.database import revisions
from storage.kit import people
from storage.privacy.emptied import note_emptied
from storage.tables import KeptCount
from storage.words import Rhythm
from tests.conftest import new_database
from tests.journeys.office import ALICE, BRUNO, CHEN, MAYA, MONDAY, Office
from tests.shell.conftest import NOBODY
from tests.shell.examined import OF_THE_BOOKS, WELL, lines

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("environment")]


async def test_when_all_is_well_every_line_is_ok(office: Office) -> None:
    await office.ask_everyone()

    assert await lines(office) == WELL


async def test_counts_that_are_wrong_are_told_and_counted_again(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9})
    async with office.books.writing() as session:
        await session.exec(update(KeptCount).values(count=7))

    assert (
        "counts: What is kept counted of wave 1 of “Acme” is not what its answers say. Run nps-bot recount."
        in await lines(office)
    )
    assert await recount() == "The counts of 1 wave were wrong, and are right now."
    assert await lines(office) == WELL
    assert await recount() == "All counts were right."


async def test_without_a_token_the_database_is_still_checked(
    office: Office, environment: pytest.MonkeyPatch
) -> None:
    environment.delenv("SLACK_BOT_TOKEN")

    assert await lines(office) == [
        (
            "settings: SLACK_BOT_TOKEN is missing: copy it from OAuth & Permissions of your Slack app; "
            "it begins with xoxb-."
        ),
        "token: not checked (there is no token)",
        "scopes: not checked (there is no token)",
        *WELL[3:],
    ]


async def test_without_a_database_slack_is_still_checked(
    office: Office, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("DATABASE_URL", f"postgresql://nps:keep-me@{NOBODY}/nps")

    said = await lines(office)

    assert said[:3] == WELL[:3]
    assert said[3].startswith(f"database: postgresql://nps:***@{NOBODY}/nps does not answer: ")
    assert said[3].endswith("Check DATABASE_URL, and that the database is running.")
    assert said[4:] == [
        f"{check}: not checked (the database is away)" for check in ("migrations", *OF_THE_BOOKS)
    ]


async def test_a_database_of_another_kind_is_named(office: Office, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "mysql://nps:keep-me@localhost/nps")

    said = await lines(office)

    assert said[3].startswith("database: DATABASE_URL: 'mysql' is not a database we know: give sqlite:///")
    assert "keep-me" not in "".join(said)


async def test_a_database_without_tables_asks_for_its_migrations(
    office: Office, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("DATABASE_URL", "sqlite:///new.db")

    assert (await lines(office))[3:] == [
        "database: ok",
        f"migrations: {len(revisions.pending('sqlite:///new.db'))} to apply: run nps-bot migrate.",
        *(f"{check}: not checked (migrations wait)" for check in OF_THE_BOOKS),
    ]


async def test_a_postgresql_is_examined_too(
    office: Office, environment: pytest.MonkeyPatch, postgres_server: str, postgres_template: str
) -> None:
    with new_database(postgres_server, postgres_template.rpartition("/")[2]) as url:
        environment.setenv("DATABASE_URL", url)
        told = [line.replace(" (none has run yet)", "") for line in await lines(office)]
        assert told == WELL


async def test_a_wave_that_a_manager_paused_is_no_fault(office: Office) -> None:
    await office.ask_everyone()
    await office.command(MAYA, "pause Acme")

    told = await lines(office)
    assert told.pop(9) == (
        "surveys: ok (“Acme” is paused since 2026-11-23 08:00 UTC: nothing of it is sent, posted or opened.)"
    )
    assert told == [line for line in WELL if line != "surveys: ok"]


async def test_a_rhythm_that_is_faster_than_the_quarantine_is_worth_a_word(office: Office) -> None:
    async with office.books.writing() as session:
        await people.ensure_workspace(session, office.slack.team_id, "Acme", quarantine_days=90)
    await office.a_survey(rhythm=Rhythm.WEEKS, every_weeks=4)
    await office.a_survey("Slow", rhythm=Rhythm.QUARTERLY)

    assert (await lines(office))[9] == (
        "surveys: ok (“Acme” opens waves more often than the quarantine of 90 days lets it ask one person: "
        "each wave asks those whose turn has come.)"
    )


async def test_traces_of_what_was_erased_are_told_once_the_clock_has_not_seen_to_them(office: Office) -> None:
    async with office.books.writing() as session:
        await note_emptied(session, office.slack.team_id, office.clock.now)
    assert await lines(office) == WELL
    office.clock.forward(hours=2)
    [told] = [line for line in await lines(office) if line.startswith("erased")]
    assert told.startswith("erased: Something was erased, and the database's files may hold traces of it")


async def test_it_shows_no_secret_and_no_person(office: Office, environment: pytest.MonkeyPatch) -> None:
    office.slack.faults.answer("chat.postMessage", "account_inactive", to=ALICE)
    await office.ask_everyone()
    await office.answer({BRUNO: 0})
    environment.setenv("SLACK_SIGNING_SECRET", "")
    environment.setenv("SLACK_APP_TOKEN", "keep-me")

    said = "\n".join(await lines(office))

    secrets = (office.slack.bot_token, office.slack.signing_secret, "keep-me", MAYA, ALICE, BRUNO, CHEN)
    assert not [secret for secret in secrets if secret in said]


async def test_a_clock_that_has_never_run_is_missed_once_there_is_work_for_it(office: Office) -> None:
    assert (await lines(office, clock_runs=False))[6] == "clocks: ok (none has run yet)"
    await office.a_survey(rhythm=Rhythm.MONTHLY)
    never = (
        "clocks: No clock has run yet. Start nps-bot clock, or nps-bot serve without --no-clock; until then nothing is "
        "sent, closed or posted."
    )
    assert (await lines(office, clock_runs=False))[6] == never


async def test_clocks_that_have_stopped_are_told_with_what_to_do(office: Office) -> None:
    await beat(office.app.services)
    office.clock.forward(minutes=3)

    assert (await lines(office, clock_runs=False))[6] == (
        "clocks: No clock is at work: the last one was at 2026-11-23 08:00 UTC. Start nps-bot clock, or nps-bot serve "
        "without --no-clock; until then nothing is sent, closed or posted."
    )


@pytest.mark.parametrize(
    ("off", "said"),
    [(timedelta(minutes=7), "7 minutes ahead of"), (timedelta(minutes=-2), "2 minutes behind")],
)
def test_a_machine_whose_clock_is_wrong_is_told(off: timedelta, said: str) -> None:
    identity = Identity("T1", "Acme", "", "U1", frozenset(), told_at=MONDAY)

    [finding] = machine_clock(identity, MONDAY + off)

    assert said in finding.says
    assert machine_clock(identity, MONDAY + timedelta(seconds=30)) == []
