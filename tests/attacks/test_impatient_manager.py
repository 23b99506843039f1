"""A manager closes an anonymous wave early, opens the next at once, asks the same few and one more, and subtracts."""

import random
from datetime import timedelta

import pytest

from bot.privacy import purging
from bot.privacy.purging import purge_kept_long_enough
from bot.reports.rules.gate import Numbers, Promise, Reader, released
from scoring.nps import Tally, tally
from storage.audience import Audience
from storage.tables import AskedAnonymously, Ballot
from storage.words import ANONYMOUS_DAYS, Kind, LeftOutBecause, Rhythm, TokenScope
from tests.api.test_asking import a_program
from tests.attacks.polled import SEEDS, VOTERS
from tests.ballots.staff import STAFF, ask_anonymously, cast
from tests.journeys.office import GENERAL, MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

NOBODY = "Nobody can be asked"
CATEGORIES = ("promoters", "passives", "detractors")


async def closed_early(office: Office, many: int = 6) -> list[str]:
    """Let a wave of employees without a quarantine be closed once some have answered, and return all whom it asked."""
    staff = await ask_anonymously(office, 12)
    for user in staff[:many]:
        await cast(office, user, 9 if user < staff[3] else 3)
    await office.command(MAYA, "close Pulse")
    return staff


async def delete(office: Office, name: str) -> None:
    """Delete a survey by its typed name."""
    await office.driver.command(MAYA, GENERAL, f"delete {name}")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    await office.driver.submit(MAYA, office.modal(MAYA), {"typed_name": name})
    await listeners_finish()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_control_two_results_of_the_same_few_tell_what_one_more_chose(seed: int) -> None:
    """Without a pause between the two, one in ten has changed their mind, and the difference is the target."""
    dice = random.Random(seed)  # noqa: S311 - a test is to end alike each time
    promise = Promise(Kind.EMPLOYEES, is_anonymous=True)

    def told(scores: list[int]) -> Tally | None:
        result = released([Numbers(tally(scores), 12)], promise, Reader.MANAGER, is_open=False)
        return result.tally if result else None

    right = tried = 0
    for _ in range(VOTERS):
        first = [dice.choice((10, 9, 8, 7, 6, 3)) for _ in range(6)]
        target = dice.choice((10, 8, 3))
        again = [dice.choice((10, 8, 3)) if dice.random() < 0.1 else one for one in first]
        before, after = told(first), told([*again, target])
        if before is None or after is None:
            continue
        tried += 1
        more = {one: getattr(after, one) - getattr(before, one) for one in CATEGORIES}
        right += bool(getattr(tally([target]), max(more, key=lambda one: more[one])))
    assert tried > 0.8 * VOTERS
    assert right > 0.7 * tried, "guessing gets a third right"


async def test_the_next_anonymous_wave_asks_none_of_them_whatever_the_quarantine(
    office_on_each: Office,
) -> None:
    office = office_on_each
    staff = await closed_early(office)

    for said in (await office.typed(MAYA, "open Pulse"), await office.typed(MAYA, "open Pulse")):
        assert NOBODY in said
        assert f"12 who were asked less than {ANONYMOUS_DAYS} days ago or want no questions" in said
    assert {office.asked(user) for user in staff} == {1}
    assert len(await office.rows(Ballot)) == 6


async def test_nor_does_a_second_anonymous_survey_beside_it(office_on_each: Office) -> None:
    office = office_on_each
    staff = await ask_anonymously(office, 12)
    audience = Audience(people=(*staff[:5], MAYA))
    await office.a_survey("Twin", kind=Kind.EMPLOYEES, audience=audience, is_anonymous=True)

    await office.command(MAYA, "open Twin")
    await office.tick()

    assert await office.invited() == [set(staff), {MAYA}]
    assert (await office.newest_wave()).left_out == {LeftOutBecause.QUARANTINED: 5}


async def test_nor_does_a_program(office_on_each: Office) -> None:
    office = office_on_each
    staff = await closed_early(office)
    audience = Audience(people=(MAYA,))
    await office.a_survey("Twin", kind=Kind.EMPLOYEES, audience=audience, is_anonymous=True)
    await office.command(MAYA, "open Twin")

    async with a_program(office, TokenScope.ASK) as program:
        status, told = await program.ask(staff[0], survey="Twin")

    assert (status, told["because"]) == (409, "not_now")


@pytest.mark.parametrize("quarantine_days", [0, 90])
async def test_nor_does_a_new_survey_where_the_manager_deletes_the_first(office_on_each: Office) -> None:
    office = office_on_each
    staff = await closed_early(office)
    await delete(office, "Pulse")
    audience = Audience(people=(*staff, MAYA))
    await office.a_survey("Twin", kind=Kind.EMPLOYEES, audience=audience, is_anonymous=True)

    await office.command(MAYA, "open Twin")
    await office.tick()

    assert await office.invited() == [{MAYA}]
    assert (await office.newest_wave()).left_out == {LeftOutBecause.QUARANTINED: 12}
    await delete(office, "Twin")
    assert {row.user_id for row in await office.rows(AskedAnonymously)} == {*staff, MAYA}

    office.clock.now += timedelta(days=ANONYMOUS_DAYS)
    await purge_kept_long_enough(office.app.services)
    assert await office.rows(AskedAnonymously) == []


async def test_nor_does_a_new_survey_where_the_operator_purges_the_first(office_on_each: Office) -> None:
    office = office_on_each
    staff = await closed_early(office)
    office.clock.forward(days=2)
    waves, _ = await purging.what_would_go(office.books, 1, office.clock.now)
    await purging.purge(office.books, waves, office.clock.now)
    audience = Audience(people=(*staff, MAYA))
    await office.a_survey("Twin", kind=Kind.EMPLOYEES, audience=audience, is_anonymous=True)

    await office.command(MAYA, "open Twin")

    assert (await office.newest_wave()).left_out == {LeftOutBecause.QUARANTINED: 12}


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_nor_does_a_wave_that_stood_paused_meanwhile(
    office_on_each: Office, *, is_deleted: bool
) -> None:
    """Its questions were planned before the other survey asked."""
    office = office_on_each
    office.clock.now = office.clock.now.replace(hour=3)  # nobody in Paris is spoken to yet
    staff = await ask_anonymously(office, 5, wave_days=60)
    await office.command(MAYA, "pause Pulse")
    office.clock.forward(days=ANONYMOUS_DAYS + 7, hours=7)
    audience = Audience(people=tuple(staff))
    await office.a_survey("Twin", kind=Kind.EMPLOYEES, audience=audience, is_anonymous=True)
    await office.command(MAYA, "open Twin")
    await office.tick()
    assert {office.asked(user) for user in staff} == {1}
    if is_deleted:
        await delete(office, "Twin")

    await office.command(MAYA, "resume Pulse")
    await office.tick()

    assert {office.asked(user) for user in staff} == {1}


async def test_who_answered_in_app_home_before_the_message_went_is_not_asked_again(
    office_on_each: Office,
) -> None:
    """The question was never sent to them, yet they have a ballot in the first wave."""
    office = office_on_each
    office.clock.now = office.clock.now.replace(hour=3)  # nobody in Paris is spoken to yet
    staff = await ask_anonymously(office, 5)
    await office.driver.open_home(staff[0])
    await office.slack.until(lambda: staff[0] in office.slack.homes)
    await office.driver.click(staff[0], office.slack.homes[staff[0]], "ballot.score.9")
    await office.slack.until(lambda: office.slack.modal(staff[0]) is not None)
    await office.driver.submit(staff[0], office.modal(staff[0]), {})
    await office.command(MAYA, "close Pulse")

    await office.command(MAYA, "open Pulse")

    assert await office.invited() == [set(staff), set(staff[1:])]


async def test_a_month_later_they_are_asked_again(office_on_each: Office) -> None:
    office = office_on_each
    staff = await closed_early(office)
    office.clock.now += timedelta(days=ANONYMOUS_DAYS)

    await office.command(MAYA, "open Pulse")
    await office.tick()

    assert {office.asked(user) for user in staff} == {2}


async def test_an_all_the_time_survey_waits_as_long(office: Office) -> None:
    staff = await closed_early(office)
    await office.a_survey(
        "Always",
        kind=Kind.EMPLOYEES,
        audience=Audience(channels=(STAFF,)),
        is_anonymous=True,
        rhythm=Rhythm.CONTINUOUS,
    )
    asked_at = office.clock.now

    await office.typed(MAYA, "open Always")
    await office.live_until(asked_at + timedelta(days=ANONYMOUS_DAYS - 1), hours=24)

    assert {office.asked(user) for user in staff} == {1}


async def test_a_named_survey_asks_them_as_the_quarantine_says(office_on_each: Office) -> None:
    office = office_on_each
    staff = await closed_early(office)

    await office.ask_everyone("Named", audience=Audience(people=tuple(staff)))

    assert {office.asked(user) for user in staff} == {2}
