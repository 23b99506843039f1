"""A database of release 0.1.0 with all that it can hold, upgraded, saved before and after, and put back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, table, text

from storage import migrate
from storage.answers import Tap, store_taps
from storage.backups import copies
from storage.counts import of_waves, wrong
from storage.database import revisions
from storage.database.engine import Database
from storage.surveys import every_survey
from storage.waves.progress import progress
from tests.conftest import new_database

pytestmark = pytest.mark.slow

RELEASED_IN_0_1_0 = "0003"
THEN = "'2026-03-02 09:00:00'"
PEOPLE = 40
STATES = ("planned", "claimed", "delivered", "answered", "expired", "failed", "uncertain")
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
THE_NEXT_DAY = datetime(2026, 3, 3, 9, tzinfo=UTC)


@contextmanager
def a_release_that_ends_at(
    revision: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[pytest.MonkeyPatch]:
    """Know no later migration than this one, as the release knew that shipped it."""
    copy = Path(shutil.copytree(revisions.MIGRATIONS, folder / f"until-{revision}", dirs_exist_ok=True))
    for later in (copy / "versions").glob("0*.py"):
        if later.name[:4] > revision:
            later.unlink()
    with monkeypatch.context() as older:
        older.setattr(revisions, "MIGRATIONS", copy)
        yield older


def rows_of_0_1_0() -> Iterator[str]:
    """Yield what 0.1.0 would have written: two surveys, three waves, people in every state."""
    yield "workspaces (id, name, quarantine_days) VALUES ('T1', 'Acme', 30)"
    for person in range(PEOPLE):
        yield (
            "people (workspace_id, user_id, locale, time_zone, is_bot, is_deactivated, is_admin, refreshed_at) "
            f"VALUES ('T1', 'U{person}', 'fr-FR', 'Europe/Paris', false, false, {'true' if person == 0 else 'false'}, {THEN})"
        )
    yield f"preferences (workspace_id, user_id, opted_out_at) VALUES ('T1', 'U7', {THEN})"
    for survey, rhythm in ((1, "once"), (2, "monthly")):
        yield (
            "surveys (id, workspace_id, name, key, subject, kind, audience, wave_days, digest_channel, digest_weekday, "
            "digest_hour, time_zone, created_by, created_at, rhythm, every_weeks, reminders, starts_at) VALUES "
            f"({survey}, 'T1', 'Survey {survey}', 'survey {survey}', 'Acme', 'employees', '{{\"people\": [\"U1\"]}}', 14, "
            f"'C1', 0, 9, 'UTC', 'U0', {THEN}, '{rhythm}', 1, 2, {THEN})"
        )
    for wave, survey, number, closed in ((1, 1, 1, THEN), (2, 1, 2, "NULL"), (3, 2, 1, "NULL")):
        yield (
            "waves (id, workspace_id, survey_id, number, opened_by, opens_at, closes_at, closed_at, planned_at, left_out) "
            f"VALUES ({wave}, 'T1', {survey}, {number}, 'U0', {THEN}, '2026-03-16 09:00:00', {closed}, {THEN}, "
            "'{\"bot\": 2}')"
        )
        for person in range(PEOPLE):
            invitation, state = wave * 100 + person, STATES[person % len(STATES)]
            reason = "'user_not_found'" if state == "failed" else "NULL"
            yield (
                "invitations (id, workspace_id, wave_id, user_id, state, reason, send_after, time_zone) VALUES "
                f"({invitation}, 'T1', {wave}, 'U{person}', '{state}', {reason}, {THEN}, 'Europe/Paris')"
            )
            if state == "answered":
                yield (
                    "answers (id, invitation_id, workspace_id, wave_id, score, comment, answered_at, changed_at) VALUES "
                    f"({invitation}, {invitation}, 'T1', {wave}, {person % 11}, 'déçu', {THEN}, {THEN})"
                )
                yield f"mentions (answer_id, driver, workspace_id) VALUES ({invitation}, 'support', 'T1')"
            if state == "delivered":
                yield (
                    "reminders (workspace_id, wave_id, invitation_id, number, state, reason, send_after) VALUES "
                    f"('T1', {wave}, {invitation}, 1, 'failed', 'is_archived', {THEN})"
                )
    yield "left_out (wave_id, user_id, workspace_id, reason) VALUES (3, 'U99', 'T1', 'guest')"
    yield (
        "results (wave_id, workspace_id, promoters, passives, detractors, comments, invited, frozen_at) VALUES "
        f"(1, 'T1', 1, 2, 3, 6, {PEOPLE}, {THEN})"
    )
    yield (
        "runs (workspace_id, job, subject, due_at, state, reason, claimed_at) VALUES "
        f"('T1', 'weekly_digest', 1, {THEN}, 'failed', 'not_in_channel', {THEN})"
    )


@pytest.fixture
def of_0_1_0(empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    with a_release_that_ends_at(RELEASED_IN_0_1_0, tmp_path, monkeypatch):
        migrate.upgrade(empty_database_url)
    with revisions.transaction(empty_database_url) as connection:
        for row in rows_of_0_1_0():
            connection.execute(text(f"INSERT INTO {row}".replace(":", "\\:")))
    return empty_database_url


@pytest.fixture
def elsewhere(empty_database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """One more empty database of the same kind."""
    if empty_database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/elsewhere.db"
    else:
        with new_database(request.getfixturevalue("postgres_server")) as url:
            yield url


def counts(url: str) -> dict[str, int]:
    """Return how many rows each table has."""
    with revisions.transaction(url) as connection:
        names = set(inspect(connection).get_table_names()) - {"alembic_version"}
        asked = {name: select(func.count()).select_from(table(name)) for name in sorted(names)}
        return {name: connection.execute(question).scalar_one() for name, question in asked.items()}


def kept(before: dict[str, int], url: str) -> dict[str, int]:
    """Return the counts of those tables that were there before."""
    after = counts(url)
    return {name: after[name] for name in before}


async def test_an_upgrade_keeps_every_row_and_the_new_release_reads_them(of_0_1_0: str) -> None:
    before = counts(of_0_1_0)
    assert min(before.values()) > 0

    migrate.upgrade(of_0_1_0)

    assert kept(before, of_0_1_0) == before
    database = Database(of_0_1_0)
    async with database.reading() as session:
        assert [survey.name for survey in await every_survey(session)] == ["Survey 1", "Survey 2"]
        stands = await progress(session, 2)
    await database.close()
    assert (stands.people, stands.answered, stands.failed) == (PEOPLE, 6, {"user_not_found": 5})


def test_what_was_saved_before_the_upgrade_is_migrated_as_it_is_put_back(
    of_0_1_0: str, elsewhere: str, tmp_path: Path
) -> None:
    before, file = counts(of_0_1_0), tmp_path / "saved"
    file.touch()
    assert copies.save(of_0_1_0, file) == RELEASED_IN_0_1_0

    with copies.opened(elsewhere, file) as backup:
        backup.restore(NOW)

    assert revisions.pending(elsewhere) == []
    assert kept(before, elsewhere) == before
    assert copies.held(elsewhere, NOW) == ["Survey 1", "Survey 2"]


def test_the_way_back_is_the_older_releases_own_backup(
    of_0_1_0: str, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The release before this one has everything but the newest migration."""
    earlier, file = revisions.known()[-2], tmp_path / "saved"
    file.touch()
    with a_release_that_ends_at(earlier, tmp_path, monkeypatch):
        migrate.upgrade(of_0_1_0)
        before = counts(of_0_1_0)
        copies.save(of_0_1_0, file)
    migrate.upgrade(of_0_1_0)

    with a_release_that_ends_at(earlier, tmp_path, monkeypatch):
        back = of_0_1_0 if of_0_1_0.startswith("sqlite") else elsewhere
        with copies.opened(back, file) as backup:
            assert (copies.standing_in_the_way(back) is None) == (back == elsewhere)
            backup.restore(NOW)
        assert revisions.current(back) == earlier
        assert counts(back) == before


async def test_counts_go_on_being_kept_after_an_upgrade_and_in_a_restored_database(
    of_0_1_0: str, elsewhere: str, tmp_path: Path
) -> None:
    migrate.upgrade(of_0_1_0)
    file = tmp_path / "saved"
    file.touch()
    copies.save(of_0_1_0, file)
    with copies.opened(elsewhere, file) as backup:
        backup.restore(NOW)

    for url in (of_0_1_0, elsewhere):
        database = Database(url)
        async with database.writing() as session:
            assert await wrong(session, closed=True) == []
            assert (await of_waves(session, [2]))[2].answered == 6
            taps = [Tap(200 + person, "T1", f"U{person}", 9) for person in range(PEOPLE)]
            await store_taps(session, taps, THE_NEXT_DAY)
            assert await wrong(session, closed=True) == []
            assert (await of_waves(session, [2]))[2].scores == {9: PEOPLE}
        await database.close()
