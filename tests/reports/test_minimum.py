"""A survey may set from how many answers on a result shows. Its people read that number, and their wave keeps to it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.ids import Field
from bot.privacy.noticing import notice_facts
from bot.privacy.views import notice
from bot.reports.results import closed_told, drivers_told, lines_told, newest_told, segments_told
from bot.reports.rules.gate import Reader
from bot.shell.doing.surveys import life
from bot.wording import words_for
from storage.tables import Survey, Wave
from storage.words import Kind
from tests.ballots.staff import ask_anonymously, cast
from tests.builders import a_closed_wave
from tests.journeys.office import ALICE, MAYA, Office
from tests.surveys.test_editing import edit

pytestmark = pytest.mark.slow

TWELVE = (10, 10, 9, 9, 8, 8, 7, 6, 3, 0, 9, 10)


async def set_minimum(office: Office, minimum: int, name: str = "Acme") -> str:
    """Change it in the terminal, and return what stands there then."""
    changes = {Field.MINIMUM: [str(minimum)]}
    return (await life.edit(office.app, user_id=MAYA, name=name, changes=changes)).text


async def of_customers(office: Office, minimum: int | None = None) -> Survey:
    """Give the office a survey of customers with a closed wave of twelve answers, whose people were told `minimum`."""
    survey = await office.a_survey(minimum=minimum)
    async with office.books.writing() as session:
        wave = await a_closed_wave(session, survey, TWELVE, reasons=[[9, ["quality"], 12]])
        wave.minimum = minimum
        session.add(wave)
    return survey


async def test_colleagues_read_a_result_from_the_minimum_on_wherever_it_is_told(
    office_on_each: Office,
) -> None:
    office = office_on_each
    await of_customers(office, minimum=13)

    for words in ("Acme", "list", "trend Acme", "drivers Acme"):
        said = await office.typed(ALICE, words)
        assert "NPS +" not in said, words
        assert "%" not in said.replace("12 of 12 answered (100%)", ""), words
    assert "Fewer than 13 answered" in await office.typed(ALICE, "Acme")
    assert "NPS +25" in await office.typed(MAYA, "Acme")


async def test_with_as_many_answers_as_the_minimum_the_result_shows(office: Office) -> None:
    await of_customers(office, minimum=12)

    assert "NPS +25" in await office.typed(ALICE, "Acme")


async def test_every_way_of_telling_a_wave_asks_for_its_own_minimum(office: Office) -> None:
    survey = await of_customers(office, minimum=13)
    zone = ZoneInfo("Europe/Paris")
    async with office.books.reading() as session:
        told = [
            await newest_told(session, survey, Reader.CHANNEL, zone),
            await closed_told(session, survey, Reader.CHANNEL, zone, limit=3),
            await drivers_told(session, survey, Reader.CHANNEL, zone),
            await segments_told(session, survey, Reader.CHANNEL, zone),
            (await lines_told(session, [survey], Reader.CHANNEL, zone))[survey.id],
        ]

    assert [one.result.nps if one else "nothing" for one in told] == [None] * 5
    assert [one.result.fewest if one else 0 for one in told] == [13] * 5


async def test_a_wave_keeps_the_number_that_its_people_were_told(office_on_each: Office) -> None:
    office = office_on_each
    await office.ask_everyone(kind=Kind.EMPLOYEES)
    before = office.question(ALICE).text
    assert "of 5 people or more" in before

    said = await set_minimum(office, 8)

    assert "Wave 1 shows its result from as many answers on as its people were told" in said
    [wave] = await office.rows(Wave)
    assert wave.minimum is None
    await office.command(MAYA, "close Acme")
    await office.command(MAYA, "open Acme")
    await office.tick()
    assert "of 8 people or more" in office.question(ALICE).text
    assert {one.minimum for one in await office.rows(Wave)} == {None, 8}


async def test_customers_with_a_minimum_are_promised_what_employees_are(office: Office) -> None:
    await office.ask_everyone(minimum=6)

    assert "only totals, of 6 people or more, and only when it is over" in office.question(ALICE).text
    await office.answer({ALICE: 9})
    assert "NPS" not in await office.typed(ALICE, "Acme")


async def test_an_anonymous_wave_promises_and_keeps_its_own_minimum(office: Office) -> None:
    staff = await ask_anonymously(office, minimum=12)
    assert (
        "from 12 answers on; managers read comments, in random order, from 12 on"
        in office.question(staff[0]).text
    )
    for user, score in zip(staff[:11], TWELVE, strict=False):
        await cast(office, user, score, "Listen more")

    closed = await office.command(MAYA, "close Pulse")

    assert "Fewer than 12 answered" in closed
    assert "at least 12 answers" in await office.typed(MAYA, "comments Pulse")
    assert "at least 12 answers" in await office.typed(MAYA, "export Pulse")


async def test_an_anonymous_wave_may_show_its_result_from_three_answers_on(office: Office) -> None:
    staff = await ask_anonymously(office, minimum=3)
    assert "only totals, from 3 answers on; managers read comments, in random order, from 10 on" in (
        office.question(staff[0]).text
    )
    for user, score in zip(staff, (10, 8, 3), strict=False):
        await cast(office, user, score)

    assert "NPS 0" in await office.command(MAYA, "close Pulse")


async def test_the_manager_reads_the_number_before_the_wave_opens(office: Office) -> None:
    await ask_anonymously(office, minimum=13)
    await office.command(MAYA, "close Pulse")
    office.clock.now += timedelta(days=28)

    said = await office.typed(MAYA, "open Pulse")

    assert "from 13 answers on" in said
    assert "fewer than 13 people are asked" in said


async def test_the_privacy_notice_tells_what_holds_now(office_on_each: Office) -> None:
    office = office_on_each
    await office.a_survey("Quiet", minimum=7)
    await office.ask_everyone(kind=Kind.EMPLOYEES)
    await set_minimum(office, 9)

    assert "“Quiet”: totals from 7 answers on" in await privacy_notice(office)
    assert "“Acme”" not in await privacy_notice(office)  # the open wave's people were told the usual number
    await office.command(MAYA, "close Acme")
    assert "“Acme”: totals from 9 answers on, once it is over." in await privacy_notice(office)


async def privacy_notice(office: Office) -> str:
    services = office.app.services
    facts = await notice_facts(services.database, services.workspace_id)
    return notice.render(facts, words_for("en")).text


async def test_the_form_leaves_a_minimum_as_it_is_unless_told_another(office: Office) -> None:
    await office.a_survey(minimum=8)

    await edit(office, subject="Globex")
    assert [(one.subject, one.minimum) for one in await office.rows(Survey)] == [("Globex", 8)]
    await edit(office, minimum="12")
    assert [one.minimum for one in await office.rows(Survey)] == [12]
    await edit(office, minimum="")
    assert [one.minimum for one in await office.rows(Survey)] == [None]
    assert "Fewer would give people away" in await edit(office, kind="employees", minimum="2")
