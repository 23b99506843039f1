"""What is told of an open wave is read from counts that are kept: it costs the same with a thousand answers and a million."""

import re
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.digests.posting import digest_of
from bot.importing.foreign_file import open_export
from bot.importing.outcome import Wanted
from bot.importing.run import import_answers
from bot.kit.people import Who, person
from bot.reports.results import drivers_told, lines_told, newest_told
from bot.reports.rules.gate import Reader
from bot.waves.progress import wave_now
from storage import waves
from storage.tables import Survey
from storage.waves.progress import progress
from tests.journeys.office import ALICE, BRUNO, MAYA, Office
from tests.statements import Statement, statements

ZONE = ZoneInfo("UTC")


def reading_rows(seen: list[Statement]) -> list[str]:
    """Return the statements that read answers or invitations, but for few: of one hour, of cases, up to a limit."""
    few = re.compile(r"answered_at <|FROM cases|LIMIT")
    return [
        sql
        for sql, _ in seen
        if re.search(r"(FROM|JOIN) (answers|invitations|mentions)", sql) and not few.search(sql)
    ]


async def test_no_answer_is_read_to_tell_of_an_open_wave(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 9, BRUNO: 3})
    services = office.app.services
    somebody = await person(services, Who(office.slack.team_id, ALICE))
    async with office.books.reading() as session:
        survey = await session.get_one(Survey, 1)
        wave = await waves.current_wave(session, survey.id)
        assert wave
        with statements() as seen:
            for reader in (Reader.MANAGER, Reader.CHANNEL):
                told = await newest_told(session, survey, reader, ZONE)
                assert told
                assert (named := await drivers_told(session, survey, reader, ZONE))
                assert reader is Reader.CHANNEL or named.result.drivers
            assert (await lines_told(session, [survey], Reader.MANAGER, ZONE))[survey.id]
            assert (await progress(session, wave.id)).answered == 2
            later = services.clock() + timedelta(days=1)
            assert (await digest_of(services, survey, somebody, later)).new_answers == 2
            assert (await wave_now(services, wave, somebody)).progress
    assert len(seen) > 5
    assert reading_rows(seen) == []


async def test_no_answer_is_read_to_tell_the_drivers_of_an_imported_wave(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("Score,Drivers\n" + "9,Support\n" * 8 + "3,Reputation\n" * 7, "utf-8")
    wanted = Wanted("Acme", label="Autumn")
    await import_answers(office.books, open_export(file), wanted, office.clock(), lambda _: None)

    with statements() as seen:
        shown = await office.command(MAYA, "drivers Acme")

    assert "Reputation" in shown
    assert reading_rows(seen) == []
