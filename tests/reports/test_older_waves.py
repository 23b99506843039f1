"""`/nps wave` and `/nps score`: any older wave, and the NPS of counts from elsewhere."""

import pytest

from bot.errors import Refused
from bot.ids import ActionId
from bot.shell.doing import reading
from bot.shell.kit.terminal import WORDS, plain
from storage.tables import Wave
from storage.words import Kind
from tests.journeys.hands import forged
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, OUTSIDER, Office
from tests.reports.test_trend import BAD, FAIR, GOOD, a_past


async def test_an_older_wave_is_told_as_it_was_beside_the_one_before_it(office: Office) -> None:
    await a_past(office, FAIR, GOOD, BAD)

    said = await office.command(ALICE, "wave 2")

    assert said.startswith("Acme: NPS +50\nWave 2, closed on December 7, 2026\n")
    assert "+33 since wave 1 (+17): no clear change" in said
    assert "wave 3" not in said


async def test_an_older_wave_of_a_named_survey_in_french(office: Office) -> None:
    await a_past(office, FAIR, name="Team pulse")
    await a_past(office, GOOD, name="Acme")

    said = await office.command(BRUNO, "vague 1 Team pulse")

    assert said.startswith("Team pulse\xa0: NPS +17\nVague 1, fermée le")


async def test_an_older_wave_is_shared_as_it_was(office: Office) -> None:
    await a_past(office, FAIR, GOOD, BAD)
    await office.command(ALICE, "wave 2")
    card = office.slack.ephemerals(ALICE)[-1]

    await office.driver.press(ALICE, card, "Share here")
    await office.slack.until(lambda: bool(office.slack.messages(GENERAL)))

    [shared] = office.slack.messages(GENERAL)
    assert shared.text.startswith("Acme: NPS +50\nWave 2, closed on December 7, 2026\n")
    assert "Shared by" in shared.text
    assert "Trend" not in str(card.blocks)


async def test_another_surveys_wave_is_not_shared_by_a_changed_button(office: Office) -> None:
    await a_past(office, FAIR, GOOD, name="Acme")
    await a_past(office, GOOD, name="Other")
    other = max(await office.rows(Wave), key=lambda wave: wave.id)
    await office.command(ALICE, "wave 1 Acme")
    card = office.slack.ephemerals(ALICE)[-1]
    survey_id = card.blocks[-1]["elements"][0]["value"].partition(":")[0]

    forged_card = forged(card, ActionId.SHARE, f"{survey_id}:{other.id}")

    said = await office.hear(ALICE, office.driver.click(ALICE, forged_card, ActionId.SHARE))

    assert "Shared by" not in said
    assert office.slack.messages(GENERAL) == []


async def test_an_imported_wave_is_found_by_its_label(office: Office) -> None:
    await a_past(office, GOOD, label="2025-Q4")

    assert "2025-Q4, closed on" in await office.command(ALICE, "wave 2025-q4 Acme")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("wave", "Which wave? Type its number"),
        ("wave 9", "“Acme” has had no wave 9. `/nps trend Acme` shows those that have closed."),
        ("wave 99999999999999999999", "has had no wave 99999999999999999999"),
        ("wave ² Acme", "has had no wave ²"),
        ("wave 1 Zebra", "There is no survey called “Zebra”."),
    ],
)
async def test_a_wave_that_is_not_there_is_told_so(office: Office, typed: str, said: str) -> None:
    await a_past(office, GOOD)

    assert said in await office.command(ALICE, typed)


@pytest.mark.parametrize(("reader", "number"), [(MAYA, "NPS +33"), (ALICE, "NPS not shown")])
async def test_an_older_wave_of_few_colleagues_is_told_to_managers_alone(
    office: Office, reader: str, number: str
) -> None:
    await a_past(office, (10, 10, 0), GOOD, kind=Kind.EMPLOYEES)

    assert (await office.command(reader, "wave 1")).startswith(f"Acme: {number}\n")


async def test_counts_are_calculated(office: Office) -> None:
    said = await office.command(OUTSIDER, "score 18 11 2")

    assert said.splitlines() == [
        "NPS +52",
        (
            "[+26, +69] holds the NPS of everyone who could have answered, if they are like those who did. "
            "95 of 100 such intervals are right."
        ),
        "Promoters (9 or 10): 18, 58%",
        "Passives (7 or 8): 11, 35%",
        "Detractors (0 to 6): 2, 6%",
    ]


async def test_counts_of_a_group_whose_size_is_known_speak_of_it_and_in_french(office: Office) -> None:
    said = await office.command(BRUNO, "calculer 15/9/6 40")

    assert said.startswith("NPS +30\n[+16, +43] ")
    assert "Promoteurs" in said


@pytest.mark.parametrize(
    "typed", ["", "18 11", "18 11 x", "1 2 3 4 5", "-1 2 3", "0 0 0", "15 9 6 20", "1" * 30]
)
async def test_what_is_no_counts_gets_an_example(office: Office, typed: str) -> None:
    assert "as in `/nps score 18 11 2`" in await office.command(ALICE, f"score {typed}")


async def test_a_survey_named_like_a_newer_word_is_found_first(office: Office) -> None:
    await a_past(office, GOOD, name="Trend")
    await a_past(office, FAIR, name="Score cards")

    assert (await office.command(ALICE, "trend")).startswith("Trend: NPS +50")
    assert (await office.command(ALICE, "score CARDS")).startswith("Score cards: NPS +17")
    assert (await office.command(ALICE, "trend trend")).startswith("Trend: 1 closed wave")


async def test_on_the_terminal_any_wave_is_told_with_its_scores(office: Office) -> None:
    await a_past(office, (10, 10, 0), GOOD, kind=Kind.EMPLOYEES)

    newest, first = [await reading.report(office.app, name="Acme", wave=wave) for wave in ("", "1")]

    assert isinstance(newest.data, dict)
    assert isinstance(first.data, dict)
    assert (newest.data["wave"], newest.data["nps"]) == (2, 50)
    assert (first.data["promoters"], first.data["scores"], first.data["hidden"]) == (
        2,
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
        [],
    )
    assert first.text.startswith("Acme: NPS +33")
    with pytest.raises(Refused) as refusal:
        await reading.report(office.app, name="Acme", wave="7")
    assert "no wave 7" in plain(refusal.value.notice(WORDS))
