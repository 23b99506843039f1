"""What of an anonymous wave anybody reads: how many answered while it is open, then one result, through the gate."""

import pytest

from bot.comments.views.anonymous_comments import PAGE
from bot.sandbox.records import View
from tests.ballots.staff import ask_anonymously, cast
from tests.journeys.office import GENERAL, MAYA, Office, listeners_finish

pytestmark = pytest.mark.slow

TWELVE = (10, 10, 9, 9, 8, 8, 7, 6, 3, 0, 9, 10)


def texts(modal: View) -> list[str]:
    return [str(block.get("text", "")) for block in modal.blocks]


async def answered(office: Office, scores: tuple[int, ...], many: int = 12, **said: str) -> list[str]:
    staff = await ask_anonymously(office, many)
    for user, score in zip(staff, scores, strict=False):
        await cast(office, user, score, said.get("comment", ""))
    return staff


async def test_while_it_is_open_even_a_manager_reads_only_how_many_answered(office: Office) -> None:
    await answered(office, TWELVE[:6])

    card = await office.typed(MAYA, "Pulse")

    assert "6 of 12 answered" in card
    assert "NPS" not in card
    assert "so far" not in card
    for words in ("drivers Pulse", "trend Pulse", "list"):
        assert "NPS +" not in await office.typed(MAYA, words)


async def test_a_closed_wave_is_told_alike_to_a_manager_and_a_colleague(office: Office) -> None:
    [*_, alice] = await answered(office, TWELVE)
    await office.command(MAYA, "close Pulse")

    told = [await office.typed(user, "Pulse") for user in (MAYA, alice)]

    assert "NPS +25" in told[0]
    in_words = [[line for line in one.splitlines() if "closed on" not in line] for one in told]
    assert in_words[0] == in_words[1]


async def test_below_five_answers_nobody_reads_a_number(office: Office) -> None:
    await answered(office, (10, 9, 3, 0))
    closed = await office.command(MAYA, "close Pulse")

    for told in (closed, await office.typed(MAYA, "Pulse"), await office.typed(MAYA, "trend Pulse")):
        assert "NPS not shown" in told or "NPS" not in told
    assert "Fewer than 5 answered" in closed


async def test_comments_come_from_ten_answers_on_without_score_day_or_name(office: Office) -> None:
    await answered(office, TWELVE, comment="Listen more <!channel>")
    await office.command(MAYA, "close Pulse")

    await office.driver.command(MAYA, GENERAL, "comments Pulse")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    shown = str(office.modal(MAYA).blocks)
    assert shown.count("Listen more") == 12
    assert "U9STAFF" not in shown
    assert "chose" not in shown


async def test_below_ten_answers_there_are_no_comments_to_read(office: Office) -> None:
    await answered(office, TWELVE[:9], comment="Listen more")
    await office.command(MAYA, "close Pulse")

    assert "at least 10 answers" in await office.typed(MAYA, "comments Pulse")


async def test_a_page_of_comments_follows_the_other_and_leads_back(office: Office) -> None:
    staff = await ask_anonymously(office, 25)
    for number, user in enumerate(staff):
        await cast(office, user, number % 11, f"said no. {number:02}")
    await office.command(MAYA, "close Pulse")
    await office.driver.command(MAYA, GENERAL, "comments Pulse")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)
    first = office.modal(MAYA)
    assert str(first.blocks).count("said no.") == PAGE

    await office.driver.click(MAYA, first, "ballots.comments.next")
    await listeners_finish()
    second = office.modal(MAYA)
    assert str(second.blocks).count("said no.") == 25 - PAGE
    await office.driver.click(MAYA, second, "ballots.comments")
    await listeners_finish()

    assert texts(office.modal(MAYA)) == texts(first)


async def test_who_has_answered_is_listed_only_from_ten_people_on(office: Office) -> None:
    await answered(office, TWELVE[:4], many=9)

    assert "at least 10 people" in await office.typed(MAYA, "who Pulse")


async def test_who_has_answered_is_listed_without_scores(office: Office) -> None:
    [alice, *_] = await answered(office, TWELVE[:4])

    await office.driver.command(MAYA, GENERAL, "who Pulse")
    await office.slack.until(lambda: office.slack.modal(MAYA) is not None)

    assert f"<@{alice}> has answered" in str(office.modal(MAYA).blocks)
    assert "chose" not in str(office.modal(MAYA).blocks)


async def test_an_export_holds_scores_alone(office: Office) -> None:
    await answered(office, TWELVE, comment="Listen more")
    await office.command(MAYA, "close Pulse")

    await office.command(MAYA, "export Pulse")

    [file] = [one for message in office.slack.direct_messages(MAYA) for one in message.files]
    head, *rows = file.content.decode("utf-8-sig").splitlines()
    assert head == "wave,date,score,category,comment,drivers,answered_at"
    assert sorted(int(row.split(",")[2]) for row in rows) == sorted(TWELVE)
    assert all(row.endswith(",,,") for row in rows)


@pytest.mark.parametrize("scores", [TWELVE[:9], (9,) * 12])
async def test_an_export_of_too_few_or_too_like_minded_is_refused(
    office: Office, scores: tuple[int, ...]
) -> None:
    await answered(office, scores)
    await office.command(MAYA, "close Pulse")

    assert "at least 10 answers" in await office.command(MAYA, "export Pulse")


async def test_a_digest_tells_of_an_open_wave_only_how_many_answered(office: Office) -> None:
    await answered(office, TWELVE[:6])

    await office.live_until(office.clock.now.replace(day=30, hour=9), hours=6)

    [digest] = [one.text for one in office.slack.messages(GENERAL) if "Pulse" in one.text]
    assert "6 of 12 answered" in digest
    assert "new answer" not in digest
    assert "NPS" not in digest
