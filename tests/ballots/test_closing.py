"""An anonymous wave closes: its ballots are opened all at once, and the sealed ones are gone."""

from datetime import timedelta

import pytest

from storage.privacy.erasing import erase_person
from storage.privacy.purging import purge_piece, would_purge
from storage.tables import Ballot, BallotKey, Result, SealedBallot, Wave
from tests.ballots.staff import ask_anonymously, cast, hire
from tests.journeys.office import MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

SCORES = (10, 10, 9, 9, 8, 8, 7, 6, 3, 0, 9, 10)


async def test_at_the_closing_every_ballot_is_opened_and_nothing_sealed_stays(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office)
    for user, score in zip(staff, SCORES, strict=True):
        await cast(office, user, score, f"said {score}" if score < 7 else "", ["work"] if score > 8 else [])

    said = await office.command(MAYA, "close Pulse")
    await office.tick()

    assert "NPS +25" in said
    ballots = await office.rows(Ballot)
    assert sorted(one.score for one in ballots) == sorted(SCORES)
    assert {one.comment for one in ballots} == {None, "said 6", "said 3", "said 0"}
    assert [one.drivers for one in ballots].count(["work"]) == 6
    assert not await office.rows(SealedBallot)
    assert not await office.rows(BallotKey)
    [result] = await office.rows(Result)
    assert (result.promoters, result.passives, result.detractors, result.comments) == (6, 3, 3, 3)
    assert result.late is None
    assert result.both is None


async def test_a_wave_closes_by_itself_at_its_time(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office, 5)
    for user in staff:
        await cast(office, user, 9 if user == staff[0] else 5)

    office.clock.now += timedelta(days=15)
    await office.tick()

    assert (await office.newest_wave()).closed_at
    assert len(await office.rows(Ballot)) == 5


async def test_a_wave_without_ballots_closes(office: Office) -> None:
    await ask_anonymously(office, 5)

    assert "Nobody answered this wave." in await office.command(MAYA, "close Pulse")


async def test_an_anonymous_wave_cannot_be_reopened(office: Office) -> None:
    await ask_anonymously(office, 5)
    await office.command(MAYA, "close Pulse")

    assert "cannot be reopened" in await office.typed(MAYA, "reopen Pulse")


async def test_ending_a_survey_opens_its_ballots_too(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office, 5)
    await cast(office, staff[0], 9)

    await office.command(MAYA, "end Pulse")

    assert [one.score for one in await office.rows(Ballot)] == [9]


async def test_deleting_a_survey_deletes_its_ballots(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office, 5)
    await cast(office, staff[0], 9)
    await office.driver.command(MAYA, "C1GENERAL", "delete Pulse")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    await office.driver.submit(MAYA, office.modal(MAYA), {"typed_name": "Pulse"})
    await listeners_finish()

    for table in (Wave, SealedBallot, BallotKey):
        assert not await office.rows(table)


async def test_without_the_secret_a_wave_stays_sealed_and_says_so(office: Office) -> None:
    staff = await ask_anonymously(office, 5)
    await cast(office, staff[0], 9)
    changed = office.settings.model_copy(update={"nps_secret": None})
    office.settings = changed

    async with office.another_app() as other:
        office.slack.request_url = other.web
        said = await office.command(MAYA, "close Pulse")
        office.slack.request_url = office.app.web

    assert "stay sealed" in said
    assert (await office.newest_wave()).closed_at is None
    assert (await office.newest_wave()).closes_at > office.clock.now
    assert len(await office.rows(SealedBallot)) == 1
    assert "closed" in await office.command(MAYA, "close Pulse")
    assert len(await office.rows(Ballot)) == 1


async def test_without_a_secret_no_anonymous_wave_opens(office: Office) -> None:
    hire(office, 5)
    await office.a_survey("Pulse", is_anonymous=True)
    office.settings = office.settings.model_copy(update={"nps_secret": None})

    async with office.another_app() as other:
        office.slack.request_url = other.web
        assert "NPS_SECRET" in await office.typed(MAYA, "open Pulse")
        office.slack.request_url = office.app.web

    assert not await office.rows(Wave)


async def test_somebody_erased_while_the_wave_is_open_stays_counted(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office, 5)
    for user in staff:
        await cast(office, user, 9 if user == staff[0] else 3)
    async with office.books.writing() as session:
        await erase_person(session, office.slack.team_id, staff[0], office.clock())

    await office.command(MAYA, "close Pulse")

    [result] = await office.rows(Result)
    assert (result.promoters, result.detractors, result.invited) == (1, 4, 5)


async def test_ballots_are_purged_and_their_counts_stay(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office, 5)
    for user in staff:
        await cast(office, user, 3, "Too long ago")
    await office.command(MAYA, "close Pulse")
    wave = await office.newest_wave()

    async with office.books.writing() as session:
        expected = await would_purge(session, wave, office.clock())
        purged = await purge_piece(session, wave, office.clock())

    assert purged
    assert (expected.answers, expected.comments) == (purged.answers, purged.comments) == (5, 5)
    assert not await office.rows(Ballot)
    [result] = await office.rows(Result)
    assert result.detractors == 5
