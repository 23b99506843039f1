from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import answers, counts
from storage.answers import AnswerRefusal, Tap, counting, reading
from storage.answers.stored import StoredTap
from storage.database.engine import Database
from storage.delivery import invitations
from storage.kit import claims, people
from storage.kit.people import Addressee
from storage.question import Question, usual
from storage.tables import Invitation, Wave
from storage.waves.closing import close_wave
from storage.words import InvitationState, Kind
from tests.builders import MONDAY, WORKSPACE, a_person, a_tap, a_wave, invitations_of, states_of
from tests.storage.plans import plans_of

HOUR = timedelta(hours=1)


async def three(session: AsyncSession) -> tuple[Wave, list[Invitation]]:
    wave = await a_wave(session, ["U1", "U2", "U3"])
    return wave, [one for _, one in sorted((await invitations_of(session, wave)).items())]


async def explain(
    session: AsyncSession, invitation: Invitation, comment: str | None, drivers: list[str]
) -> bool | AnswerRefusal:
    return await answers.record_reason(
        session, invitation.id, WORKSPACE, invitation.user_id, comment, drivers, MONDAY + HOUR
    )


async def test_taps_of_many_people_are_stored_and_answered_in_their_order(database: Database) -> None:
    async with database.writing() as session:
        wave, (one, two, three_) = await three(session)
        taps = [a_tap(three_, 0), a_tap(one, 10), a_tap(two, 7)]
        outcomes = await answers.store_taps(session, taps, MONDAY)
    async with database.reading() as session:
        assert await counting.score_counts(session, wave.id) == {0: 1, 7: 1, 10: 1}
        counts = await states_of(session, wave)
    assert [(one.invitation_id, one.score) for one in outcomes if isinstance(one, StoredTap)] == [
        (tap.invitation_id, tap.score) for tap in taps
    ]
    assert counts[InvitationState.ANSWERED] == 3


async def test_a_stored_tap_carries_all_that_its_message_says(database: Database) -> None:
    async with database.writing() as session:
        wave, (one, *_) = await three(session)
        await claims.claim_invitation(session, one.id, MONDAY)
        await invitations.record_delivered(session, one.id, "D1", "1712.0001", MONDAY)
        await answers.store_taps(session, [a_tap(one, 3)], MONDAY)
        known = a_person("U1", locale="fr-FR", time_zone="Europe/Paris", is_admin=True, is_guest=True)
        await people.remember(session, known)
    async with database.writing() as session:
        outcomes = await answers.store_taps(session, [a_tap(one, 9)], MONDAY + HOUR)
    (stored,) = outcomes
    assert isinstance(stored, StoredTap)
    assert (stored.score, stored.previous_score, stored.closes_at) == (9, 3, wave.closes_at)
    assert stored.question == Question(Kind.EMPLOYEES, "Acme", drivers=usual(Kind.EMPLOYEES))
    assert (stored.channel_id, stored.message_ts) == ("D1", "1712.0001")
    assert stored.addressee == Addressee(
        known.workspace_id, "U1", "fr-FR", "Europe/Paris", known.refreshed_at
    )


async def test_a_changed_mind_keeps_the_first_time_and_the_reason(database: Database) -> None:
    async with database.writing() as session:
        wave, (one, *_) = await three(session)
        await answers.store_taps(session, [a_tap(one, 3)], MONDAY)
        await explain(session, one, "Too slow", ["quality"])
        await answers.store_taps(session, [a_tap(one, 9)], MONDAY + 2 * HOUR)
    async with database.reading() as session:
        found = await reading.answer_of(session, one.id)
        assert await counting.score_counts(session, wave.id) == {9: 1}
    assert found is not None
    answer, drivers = found
    assert (answer.score, answer.comment, drivers) == (9, "Too slow", ["quality"])
    assert (answer.answered_at, answer.changed_at) == (MONDAY, MONDAY + 2 * HOUR)


async def test_of_several_taps_on_one_message_the_last_stands_and_all_are_told_so(database: Database) -> None:
    async with database.writing() as session:
        wave, (one, two, _) = await three(session)
        taps = [a_tap(one, 2), a_tap(two, 5), a_tap(one, 8)]
        outcomes = await answers.store_taps(session, taps, MONDAY)
        assert await counting.score_counts(session, wave.id) == {5: 1, 8: 1}
    assert [one.score for one in outcomes if isinstance(one, StoredTap)] == [8, 5, 8]


async def test_a_tap_that_may_not_be_stored_is_refused_and_the_others_are_stored(database: Database) -> None:
    async with database.writing() as session:
        wave, (one, two, _) = await three(session)
        outcomes = await answers.store_taps(
            session,
            [
                Tap(404, WORKSPACE, "U1", 9),
                Tap(one.id, "T0OTHER", "U1", 9),
                Tap(one.id, WORKSPACE, "U2", 9),
                a_tap(two, 6),
            ],
            MONDAY,
        )
        assert await counting.score_counts(session, wave.id) == {6: 1}
    *refused, stored = outcomes
    assert refused == [AnswerRefusal.UNKNOWN_INVITATION] * 2 + [AnswerRefusal.SOMEONE_ELSES]
    assert isinstance(stored, StoredTap)


async def test_no_taps_are_no_trouble(database: Database) -> None:
    async with database.writing() as session:
        assert await answers.store_taps(session, [], MONDAY) == []


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "due to close"])
async def test_nothing_is_stored_once_the_wave_is_over(database: Database, *, closed: bool) -> None:
    async with database.writing() as session:
        wave, (one, two, _) = await three(session)
        await answers.store_taps(session, [a_tap(one, 3)], MONDAY)
        now = wave.closes_at
        if closed:
            now = MONDAY + HOUR
            await close_wave(session, wave.id, now)
    async with database.writing() as session:
        refused = await answers.store_taps(session, [a_tap(one, 9), a_tap(two, 9)], now)
        reason = await answers.record_reason(session, one.id, WORKSPACE, "U1", "Late", ["quality"], now)
    async with database.reading() as session:
        assert await counting.score_counts(session, wave.id) == {3: 1}
        assert await counting.comment_count(session, wave.id) == 0
        assert await counting.driver_counts(session, wave.id) == []
    assert [*refused, reason] == [AnswerRefusal.WAVE_CLOSED] * 3


async def test_the_last_moment_of_a_wave_still_counts(database: Database) -> None:
    async with database.writing() as session:
        wave, (one, *_) = await three(session)
        last_moment = wave.closes_at - timedelta(microseconds=1)
        (outcome,) = await answers.store_taps(session, [a_tap(one, 9)], last_moment)
    assert isinstance(outcome, StoredTap)


async def test_a_score_out_of_range_stores_nothing_of_its_batch(database: Database) -> None:
    async with database.writing() as session:
        wave, (one, two, _) = await three(session)
    async with database.writing() as session:
        with pytest.raises(IntegrityError, match="score_0_to_10"):
            await answers.store_taps(session, [a_tap(one, 9), a_tap(two, 11)], MONDAY)
        await session.rollback()
    async with database.reading() as session:
        assert await counting.score_counts(session, wave.id) == {}


async def test_a_reason_replaces_the_one_before(database: Database) -> None:
    async with database.writing() as session:
        _, (one, *_) = await three(session)
        await answers.store_taps(session, [a_tap(one, 9)], MONDAY)
        assert await explain(session, one, "  Kind people ", ["support", "quality", "support"]) is True
        first = await reading.answer_of(session, one.id)
        assert first is not None
        assert (first[0].comment, first[1]) == ("Kind people", ["quality", "support"])
        await explain(session, one, " ", ["experience"])
    async with database.reading() as session:
        found = await reading.answer_of(session, one.id)
    assert found is not None
    assert (found[0].comment, found[1]) == (None, ["experience"])
    assert (found[0].score, found[0].changed_at) == (9, MONDAY + HOUR)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "Ça va 😀\n<!channel> & 'co'; DROP TABLE answers",
            "Ça va 😀\n<!channel> & 'co'; DROP TABLE answers",
        ),
        ("one\0two", "onetwo"),
        ("half \ud83d a face", "half  a face"),
        ("\0 \n", None),
    ],
)
async def test_whatever_a_person_types_is_kept_as_far_as_it_is_text(
    database: Database, typed: str, kept: str | None
) -> None:
    async with database.writing() as session:
        _, (one, *_) = await three(session)
        await answers.store_taps(session, [a_tap(one, 9)], MONDAY)
        await explain(session, one, typed, [])
    async with database.reading() as session:
        found = await reading.answer_of(session, one.id)
    assert found is not None
    assert found[0].comment == kept


async def test_a_reason_belongs_to_the_person_who_gave_the_score(database: Database) -> None:
    async with database.writing() as session:
        _, (one, two, _) = await three(session)
        await answers.store_taps(session, [a_tap(one, 9)], MONDAY)
        refused = [
            await answers.record_reason(session, one.id, WORKSPACE, "U2", "Mine!", [], MONDAY),
            await answers.record_reason(session, one.id, "T0OTHER", "U1", "Mine!", [], MONDAY),
            await answers.record_reason(session, 404, WORKSPACE, "U1", "Mine!", [], MONDAY),
        ]
        assert await explain(session, two, "I have not tapped yet", ["quality"]) is False
        assert await reading.answer_of(session, two.id) is None
        assert await counting.comment_count(session, one.wave_id) == 0
    assert refused == [
        AnswerRefusal.SOMEONE_ELSES,
        AnswerRefusal.UNKNOWN_INVITATION,
        AnswerRefusal.UNKNOWN_INVITATION,
    ]


async def test_what_a_digest_counts_is_of_its_wave_alone(database: Database) -> None:
    async with database.writing() as session:
        before, (old, *_) = await three(session)
        await answers.store_taps(session, [a_tap(old, 1)], MONDAY)
        await explain(session, old, "Before", ["reputation"])
        await close_wave(session, before.id, MONDAY + HOUR)
        found = await invitations.invitation_with_wave(session, old.id)
        assert found is not None
        wave = await a_wave(session, ["U1", "U2", "U3"], survey=found[2], opens_at=MONDAY + HOUR)
        invited = await invitations_of(session, wave)
        one, two, third = (invited[who] for who in ("U1", "U2", "U3"))
        await answers.store_taps(session, [a_tap(one, 9)], MONDAY + HOUR)
        await answers.store_taps(session, [a_tap(two, 4), a_tap(third, 4)], MONDAY + 3 * HOUR)
        await explain(session, one, "Kind", ["support", "quality"])
        await explain(session, two, None, ["support"])
        await answers.record_reason(session, third.id, WORKSPACE, "U3", "Slow", [], MONDAY + 4 * HOUR)
    async with database.reading() as session:
        assert await counting.score_counts(session, wave.id) == {4: 2, 9: 1}
        assert await counts.answers_since(session, wave.id, MONDAY + 3 * HOUR) == 2
        assert await counts.answers_since(session, wave.id, MONDAY) == 3
        assert await counting.comment_count(session, wave.id) == 2
        assert await counting.driver_counts(session, wave.id) == [("support", 2), ("quality", 1)]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite plans without statistics
async def test_taps_read_no_other_answers_while_postgresql_has_no_statistics(database: Database) -> None:
    """In the first minute of a first large wave, each batch read all answers that were there."""
    plans: list[str] = []
    async with database.writing() as session:
        wave = await a_wave(session, [f"U{number}" for number in range(2000)])
        taps = [a_tap(one, 9) for one in (await invitations_of(session, wave)).values()]
        await answers.store_taps(session, taps[64:], MONDAY)
        async with plans_of(session, plans):
            outcomes = await answers.store_taps(session, taps[:64], MONDAY)
    assert all(isinstance(one, StoredTap) for one in outcomes)
    [asked] = [plan for plan in plans if "answers" in plan and "ModifyTable" not in plan]
    assert "'Index Name': 'one_answer_per_invitation'" in asked
    assert "'Index Name': 'one_reminder_per_invitation_and_number'" in asked
