"""`/metrics`: what a monitor needs, for the bearer of the token, and nothing about anybody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import aiohttp
import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy import make_url, text

from bot.app import App, app_for
from bot.jobs import JOBS, run_job
from bot.kit.services import Services
from bot.metrics import waiting
from bot.metrics.waiting import Waiting
from bot.sandbox.failures.limits import POST
from bot.sandbox.wire.serving import serve
from bot.server.health import beat
from storage.kit.standing import standing
from tests.journeys.hands import click
from tests.journeys.office import ALICE, ASKED, BRUNO, CHEN, MAYA, Office, listeners_finish
from tests.statements import statements

pytestmark = pytest.mark.slow

TOKEN = "a-word-that-nobody-guesses"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
Numbers = dict[tuple[str, frozenset[tuple[str, str]]], float]


@asynccontextmanager
async def watched(office: Office, **settings: object) -> AsyncIterator[tuple[App, aiohttp.ClientSession]]:
    """Start the app once more, with a token for its metrics, and be its monitor."""
    changed = office.settings.model_copy(update={"nps_metrics_token": SecretStr(TOKEN), **settings})
    async with (
        app_for(changed, office.clock) as app,
        serve(app.web) as url,
        aiohttp.ClientSession(url) as http,
    ):
        office.slack.request_url = app.web
        yield app, http
        await listeners_finish()


async def page(http: aiohttp.ClientSession) -> str:
    async with http.get("/metrics", headers=BEARER) as reply:
        assert reply.status == 200
        return await reply.text()


async def numbers(http: aiohttp.ClientSession) -> Numbers:
    """Read all that is told, as a monitor reads it."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(await page(http))
        for sample in family.samples
    }


def of(told: Numbers, name: str, **labels: str) -> float:
    return told.get((name, frozenset(labels.items())), 0)


@pytest.fixture(autouse=True)
def _read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "READ_AT_MOST_EVERY", 0.0)


async def test_without_a_token_there_is_no_page(office: Office) -> None:
    shown = {"Authorization": "Bearer None"}
    async with (
        serve(office.app.web) as url,
        aiohttp.ClientSession(url) as http,
        http.get("/metrics", headers=shown) as reply,
    ):
        assert reply.status == 404


@pytest.mark.parametrize("shown", [{}, {"Authorization": "Bearer é"}, {"Authorization": f"Basic {TOKEN}"}])
async def test_the_page_is_for_the_bearer_of_the_token(office: Office, shown: dict[str, str]) -> None:
    async with watched(office) as (_, http), http.get("/metrics", headers=shown) as reply:
        assert (reply.status, reply.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert await reply.text() == "Send NPS_METRICS_TOKEN as a bearer token."


async def test_with_a_port_of_its_own_the_page_is_there_and_not_where_slack_comes_in(office: Office) -> None:
    async with watched(office, nps_metrics_port=1) as (app, http):
        async with http.get("/metrics", headers=BEARER) as reply:
            assert reply.status == 404
        assert app.monitor is not None
        async with serve(app.monitor) as url, aiohttp.ClientSession(url) as there:
            assert "nps_database_up 1.0" in await page(there)


async def test_what_a_wave_does_is_told(office_on_each: Office) -> None:
    office = office_on_each
    await office.open_wave()
    async with watched(office) as (_, http):
        office.clock.now += timedelta(minutes=10)
        before = await numbers(http)
        assert of(before, "nps_oldest_due_seconds", what="invitation") == 600
        assert of(before, "nps_invitations", state="planned") == len(ASKED)

        office.slack.faults.answer(POST, "account_inactive", to=CHEN)
        await office.tick()
        await office.answer({ALICE: 9, BRUNO: 3})
        await click(office, ALICE, office.question(ALICE), "answer.change")
        await office.answer({ALICE: 10})
        await office.command(ALICE, "open Acme")  # she is no manager
        await listeners_finish()
        after = await numbers(http)

    def grew(name: str, **labels: str) -> float:
        return of(after, name, **labels) - of(before, name, **labels)

    assert grew("nps_answers_stored_total") == 3
    assert grew("nps_acknowledgement_seconds_count", listener="score_clicked", outcome="taken") == 3
    assert grew("nps_slack_calls_total", method="chat.postMessage", outcome="refused") == 1
    assert grew("nps_slack_calls_total", method="chat.postMessage", outcome="ok") >= 3
    states = {
        one: of(after, "nps_invitations", state=one) for one in ("planned", "delivered", "answered", "failed")
    }
    assert states == {"planned": 0, "delivered": 1, "answered": 2, "failed": 1}
    assert of(after, "nps_oldest_due_seconds", what="invitation") == 0
    assert of(after, "nps_open_waves", state="sending") == 1


async def test_no_label_holds_a_person_a_survey_a_score_or_a_secret(office: Office) -> None:
    async with watched(office) as (_, http):
        await office.ask_everyone("Acme customers")
        await office.answer({ALICE: 9, BRUNO: 3})
        await office.tick()
        said = await page(http)

    families = list(text_string_to_metric_families(said))
    labels = {
        (name, value) for family in families for one in family.samples for name, value in one.labels.items()
    }
    assert {name for name, _ in labels} <= {
        "state",
        "what",
        "listener",
        "outcome",
        "method",
        "job",
        "kind",
        "le",
    }
    assert not [value for name, value in labels if name != "le" and value.isdigit()]
    secrets = (office.slack.bot_token, office.slack.signing_secret, office.slack.team_id, TOKEN)
    assert not [one for one in (*ASKED, "Acme", *secrets) if one in said]


async def test_it_reads_the_database_seldom_and_by_the_same_few_statements(
    office_on_each: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_on_each
    services = office.app.services
    gauges = Waiting(services.workspace_id, services.database, services.clock)
    counts = []
    for name in ("Acme", "Second", "Third"):
        await office.ask_everyone(name)
        with statements() as seen:
            await gauges.refresh()
        counts.append(len(seen))
    assert len(set(counts)) == 1

    monkeypatch.setattr(waiting, "READ_AT_MOST_EVERY", 15.0)
    with statements() as seen:
        for _ in range(10):
            await gauges.refresh()
    assert seen == []


async def test_each_statement_has_its_index(office: Office) -> None:
    await office.ask_everyone()
    async with office.books.reading() as session:
        with statements() as seen:
            await standing(session, office.slack.team_id, office.clock.now)
        plans = []
        for one in seen:
            asked = text("EXPLAIN QUERY PLAN " + one.sql.replace("?", "'2026-11-23'"))
            plans += [row[-1] for row in await (await session.connection()).execute(asked)]
    assert plans
    assert [line for line in plans if line.startswith("SCAN") and "INDEX" not in line] == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_database_that_is_away_is_told_and_what_stood_in_it_is_not(
    office_on_each: Office, postgres_server: str
) -> None:
    office = office_on_each
    async with watched(office) as (_, http):
        await office.ask_everyone()
        before = await numbers(http)
        name = make_url(office.settings.database_url).database
        with psycopg.connect(postgres_server, autocommit=True) as server:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            away = await numbers(http)
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
        back = await numbers(http)

    assert [of(one, "nps_database_up") for one in (before, away, back)] == [1, 0, 1]
    assert of(away, "nps_invitations", state="delivered") == 0
    assert of(back, "nps_invitations", state="delivered") == len(ASKED)
    errors = [
        sum(value for (name, _), value in one.items() if name == "nps_database_errors_total")
        for one in (before, away)
    ]
    assert errors[1] > errors[0]


async def test_the_clocks_jobs_are_counted_and_their_last_success_stands(office: Office) -> None:
    async def breaks(_: Services) -> None:
        raise LookupError

    async with watched(office) as (app, http):
        before = await numbers(http)
        await run_job("close_due_waves", JOBS["close_due_waves"][1], app.services)
        await run_job("plan_waves", breaks, app.services)
        await beat(app.services)
        office.clock.now += timedelta(minutes=3)
        after = await numbers(http)

    for job, outcome in (("close_due_waves", "ok"), ("plan_waves", "failed")):
        count = ("nps_clock_runs_total", frozenset({("job", job), ("outcome", outcome)}))
        assert after[count] - before.get(count, 0) == 1
    assert of(after, "nps_clock_last_success_timestamp_seconds", job="close_due_waves") > 1.7e9
    assert of(after, "nps_clock_beat_age_seconds") == 180


async def test_calls_to_slack_are_sorted_by_what_came_of_them(office: Office) -> None:
    async with watched(office) as (app, http):
        before = await numbers(http)
        for trouble in (
            office.slack.faults.rate_limit,
            office.slack.faults.server_error,
            office.slack.faults.drop_before,
        ):
            trouble("users.info", times=9)
            with suppress(Exception):
                await app.services.slack.profile(MAYA)
        after = await numbers(http)
    outcomes = {
        dict(labels)["outcome"]
        for (name, labels), value in after.items()
        if name == "nps_slack_calls_total"
        and ("method", "users.info") in labels
        and value > before.get((name, labels), 0)
    }
    assert outcomes <= {"ok", "busy", "unsure", "refused"}
    assert "unsure" in outcomes
