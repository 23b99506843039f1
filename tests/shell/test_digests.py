"""`nps-bot digest`: the same digest as on its day, printed or posted by hand."""

from typing import Any

import pytest

from bot.digests.posting import WEEKLY_DIGEST
from bot.errors import Refused
from bot.shell.doing import digest
from bot.shell.kit.terminal import NotDone
from storage.tables import Run
from tests.journeys.office import ALICE, BRUNO, GENERAL, MAYA, Office

NEXT = "2026-11-30T08:00:00+00:00"


async def data_of(doing: Any) -> dict[str, Any]:  # noqa: ANN401 - any command
    said = await doing
    assert isinstance(said.data, dict)
    return said.data


async def test_without_now_it_says_when_the_next_is_due(office: Office) -> None:
    await office.a_survey()

    said = await digest.announce(office.app, name="acme")

    assert said.data == {"survey": "Acme", "channel": GENERAL, "next_digest": NEXT}
    assert "Monday, November 30 at 9:00\u202fAM, Europe/Paris time, in C1GENERAL." in said.text


async def test_a_preview_is_printed_and_posted_nowhere(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({MAYA: 10, ALICE: 9, BRUNO: 3})

    said = await digest.preview(office.app, name="Acme")

    assert said.text.startswith("Acme: NPS +33 so far\nWave 1, open until ")
    assert "3 new answers." in said.text
    found = await data_of(digest.preview(office.app, name="Acme"))
    assert (found["posted"], found["new_answers"], found["newest"]["promoters"]) == (False, 3, 2)
    assert office.slack.messages(GENERAL) == []


async def test_a_digest_posted_by_hand_stands_in_its_channel_as_printed(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({ALICE: 10})

    found = await data_of(digest.post(office.app, name="Acme"))

    (posted,) = office.slack.messages(GENERAL)
    assert (found["posted"], found["channel"], found["ts"]) == (True, GENERAL, posted.ts)
    assert posted.text == found["text"]
    assert "data_visualization" in {block["type"] for block in posted.blocks}


async def test_a_digest_posted_by_hand_is_posted_without_its_chart_where_slack_knows_none(
    office: Office,
) -> None:
    office.slack.refuse_charts = True
    await office.ask_everyone()
    await office.answer({ALICE: 10})

    await digest.post(office.app, name="Acme")

    assert len(office.slack.messages(GENERAL)) == 1


async def test_the_weekly_digest_comes_all_the_same(office: Office) -> None:
    await office.ask_everyone()
    await digest.post(office.app, name="Acme")
    assert WEEKLY_DIGEST not in {run.job for run in await office.rows(Run)}

    office.clock.forward(days=7)
    await office.tick()

    assert len(office.slack.messages(GENERAL)) == 2


async def test_what_slack_refuses_is_told_with_what_to_do(office: Office) -> None:
    await office.a_survey()
    office.slack.faults.answer("chat.postMessage", "is_archived", to=GENERAL)

    with pytest.raises(NotDone) as caught:
        await digest.post(office.app, name="Acme")

    assert str(caught.value) == (
        "The digest of “Acme” could not be posted in C1GENERAL. "
        "The channel is archived. Unarchive it, or make a survey with another one."
    )


async def test_a_lost_reply_is_told_and_not_repeated(office: Office) -> None:
    await office.a_survey()
    office.slack.faults.drop_after("chat.postMessage", to=GENERAL)

    with pytest.raises(NotDone, match=r"Slack never confirmed the digest of “Acme” in C1GENERAL\."):
        await digest.post(office.app, name="Acme")

    assert len(office.slack.messages(GENERAL)) == 1


async def test_an_unknown_survey_is_refused(office: Office) -> None:
    for command in (digest.announce, digest.preview, digest.post):
        with pytest.raises(Refused, match="unknown_word"):
            await command(office.app, name="Nothing")
