"""What `nps-bot doctor` says of messages: what Slack refused, and what it never confirmed."""

from datetime import timedelta

import pytest

from storage.audience import Audience
from storage.kit import notices
from tests.cases.follow_up import CARE, TAKE, answer, ask, cards
from tests.journeys.hands import click
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, MONDAY, Office
from tests.shell.examined import WELL, lines

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("environment")]


async def test_invitations_that_failed_or_may_have_are_counted_with_what_to_do(office: Office) -> None:
    office.slack.faults.answer("chat.postMessage", "account_inactive", to=ALICE)
    office.slack.faults.drop_after("chat.postMessage", to=BRUNO)
    await office.ask_everyone()

    assert (await lines(office))[11:-1] == [
        "deliveries: wave 1 of “Acme”: 1 not asked. The account is deactivated. Nothing to do.",
        (
            "deliveries: wave 1 of “Acme”: 1 may or may not have arrived. Nothing is sent twice; "
            "the question stands in each person's App Home."
        ),
    ]


async def test_reminders_that_may_have_arrived_are_counted_too(office: Office) -> None:
    await office.ask_everyone()
    await office.answer({MAYA: 9, ALICE: 9, CHEN: 9})
    office.slack.faults.drop_after("chat.postMessage", to=office.slack.direct_message_with(BRUNO).id)
    office.clock.forward(days=7)
    await office.tick()

    assert (await lines(office))[11:-1] == [
        (
            "deliveries: wave 1 of “Acme”: 1 reminder may or may not have arrived. Nothing is sent twice; "
            "the question stands in each person's App Home."
        )
    ]


async def test_a_slack_that_takes_nothing_is_told_with_what_mends_it(office: Office) -> None:
    await office.open_wave()
    office.slack.revoked = True
    await office.tick()

    told = (await lines(office))[7]
    assert told.startswith("sending: Nothing has been sent since 2026-11-23 08:00 UTC (token_revoked). ")
    assert "Reinstall the app, then set the new SLACK_BOT_TOKEN. It goes on by itself" in told


async def test_an_open_question_that_slack_never_confirmed_is_to_be_looked_for(office: Office) -> None:
    office.slack.faults.drop_after("chat.postMessage", to=GENERAL)
    await office.ask_everyone(audience=Audience(open_channel=GENERAL))

    assert (await lines(office))[-1] == (
        "digests: The open question of wave 1 of “Acme”, due at 2026-11-23 08:00 UTC, was never confirmed by Slack. "
        "Look whether it is there; it is not posted a second time."
    )


async def test_what_slack_never_confirmed_of_a_case_is_called_what_it_is(office: Office) -> None:
    await ask(office)
    await answer(office)
    office.slack.faults.drop_after("chat.postMessage", to=CARE)
    await office.tick()
    await office.live_until(MONDAY + timedelta(days=3), hours=4)
    office.slack.faults.drop_after("chat.postMessage", to=ALICE)
    await click(office, CHEN, cards(office)[0], TAKE)

    told = [line.partition(", due at ")[0] for line in await lines(office) if "never confirmed" in line]
    assert told == [
        "digests: The card of case 1 of “Acme”",
        "digests: The word to the person of case 1 of “Acme”",
    ]


@pytest.mark.parametrize(
    ("about", "named"),
    [
        ("case:1.handed.2026-11-23T08:00:00+00:00", "case 1 of “Acme”"),
        ("case:7.over.2026-11-23T08:00:00+00:00", "case 7 of a survey that is gone"),
        ("cases:1:uncertain:C1:2026-11-23T08:00:00+00:00", "the follow-up of “Acme”"),
        ("digest:1:2026-11-23T08:00:00+00:00", "the digest of “Acme”"),
        ("secret:9:2026-11-23T08:00:00+00:00", "an opening of a survey that is gone"),
        ("in_quarantine:1", "“Acme”, which found nobody to ask"),
        ("question_uncertain:1", "wave 1 of “Acme”"),
        ("taken_back:7", "a wave that is gone"),
        ("letter:00ff00ff.1:1", "a conversation of wave 1 of “Acme”"),
        ("quote:3:2026-11-23 08:00:00+00:00:delete", "quote 3"),
        ("outage:2026-11-23T08:00:00+00:00", "an hour in which Slack took nothing"),
    ],
)
async def test_a_notice_over_which_a_process_died_is_named_without_its_words(
    office: Office, about: str, named: str
) -> None:
    await ask(office)
    await answer(office)
    await office.tick()
    async with office.books.writing() as session:
        await notices.write(session, office.slack.team_id, MAYA, about, "<@U1ALICE> said 3", office.clock.now)
        [notice] = await notices.waiting(session, office.slack.team_id, 1)
        await notices.claim(session, notice.id, office.clock.now)  # and there it died
    assert await lines(office) == WELL  # it may just be being said
    office.clock.forward(minutes=6)

    [told] = (await lines(office))[12:]
    assert told == (
        f"digests: A notice to a manager about {named}, written at 2026-11-23 08:00 UTC, was never confirmed by Slack. "
        "Ask the managers whether it came; it is not said a second time."
    )
    office.clock.forward(days=8)
    assert await lines(office) == WELL


@pytest.mark.parametrize(
    ("code", "became"),
    [
        (
            "no_reply",
            "was never confirmed by Slack. Ask the managers whether it came; it is not said a second time.",
        ),
        (
            "restricted_action",
            "was not said. Slack does not let the app do this. Ask a workspace admin to allow it.",
        ),
    ],
)
async def test_a_notice_that_slack_did_not_take_is_told(office: Office, code: str, became: str) -> None:
    async with office.books.writing() as session:
        await notices.write(session, office.slack.team_id, MAYA, "digest:1:now", "Look.", office.clock.now)
        [notice] = await notices.waiting(session, office.slack.team_id, 1)
        await notices.claim(session, notice.id, office.clock.now)
        await notices.settle(session, notice.id, office.clock.now, code)

    assert (await lines(office))[-1].endswith(f"written at 2026-11-23 08:00 UTC, {became}")


async def test_a_closed_wave_has_nothing_left_to_mend(office: Office) -> None:
    office.slack.faults.answer("chat.postMessage", "account_inactive", to=ALICE)
    await office.ask_everyone()
    await office.command(MAYA, "close Acme")

    assert await lines(office) == WELL


async def test_a_digest_that_failed_is_told_for_a_week(office: Office) -> None:
    await office.ask_everyone(wave_days=30)
    office.slack.faults.answer("chat.postMessage", "is_archived", to=GENERAL)
    office.clock.forward(days=7)
    await office.tick()

    assert (await lines(office))[12:] == [
        (
            "digests: The digest of “Acme” due at 2026-11-30 08:00 UTC was not posted. "
            "The channel is archived. Unarchive it, or make a survey with another one."
        )
    ]

    office.clock.forward(days=7)
    await office.tick()
    assert await lines(office) == WELL


async def test_a_digest_that_slack_never_confirmed_is_to_be_looked_for(office: Office) -> None:
    await office.ask_everyone(wave_days=30)
    office.slack.faults.drop_after("chat.postMessage", to=GENERAL)
    office.clock.forward(days=7)
    await office.tick()

    assert (await lines(office))[12:] == [
        (
            "digests: The digest of “Acme” due at 2026-11-30 08:00 UTC was never confirmed by Slack. "
            "Look whether it is there; it is not posted a second time."
        )
    ]


async def test_a_report_that_never_reached_its_manager_is_told(office: Office) -> None:
    await office.open_wave()
    # The manager's own question, then what is told of the wave, then who could not be asked.
    office.slack.faults.answer("chat.postMessage", "restricted_action", to=MAYA, times=3)
    await office.tick()

    assert (await lines(office))[-1] == (
        "digests: A message to the manager about wave 1 of “Acme”, due at 2026-11-23 08:00 UTC, was not posted. "
        "Slack does not let the app do this. Ask a workspace admin to allow it."
    )
