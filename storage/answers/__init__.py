from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Text, cast, delete, exists, func, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scoring.scale import Category, category_of
from storage import quotes
from storage.answers.stored import AskedRow, StoredTap
from storage.cases import consenting
from storage.database.among import among
from storage.database.text import storable
from storage.database.upsert import insert_absent, insert_or_update, table_of
from storage.kit.seen_requests import Seen, replayed
from storage.privacy.emptied import note_replaced
from storage.tables import Answer, Invitation, Link, Mention, Person, Reminder, Survey, Wave, Webhook
from storage.words import InvitationState, ReminderState


@dataclass(frozen=True, slots=True)
class Tap:
    """One person's click on one score, 0 to 10; `seen` is the request that brought it, admitted with it."""

    invitation_id: int
    workspace_id: str
    user_id: str
    score: int
    seen: Seen | None = None


class AnswerRefusal(StrEnum):
    """Why a tap or a reason was not stored."""

    UNKNOWN_INVITATION = "unknown invitation"
    SOMEONE_ELSES = "someone else's invitation"
    WAVE_CLOSED = "wave closed"
    ALREADY_ANSWERED = "already answered"
    REPLAYED = "replayed"


# Statements about tables, not objects, made once: this is the path that 64 people at once wait on.
_invitations, _waves, _surveys, _answers, _people, _reminders, _links, _webhooks = (
    table_of(model).c for model in (Invitation, Wave, Survey, Answer, Person, Reminder, Link, Webhook)
)


def _looked_up(value: ColumnElement[Any], *which: ColumnElement[bool]) -> ScalarSelect[Any]:
    """Look one value up for each invitation, by the index on it; NULL where there is none.

    Joined, PostgreSQL would read a whole table of which it has no statistics: in the first minute of the first large wave.
    """
    of_it = value.table.c.invitation_id == _invitations.id
    return select_columns(value).where(of_it, *which).limit(1).scalar_subquery()


# One that is just being sent counts: where it stands is not written yet.
_MAY_STAND_ELSEWHERE = or_(
    _invitations.again_ts.is_not(None),
    _invitations.state == InvitationState.CLAIMED,
    _looked_up(_reminders.id, _reminders.state != ReminderState.PLANNED).is_not(None),
)
_SCORE = _looked_up(_answers.score)
_ASKED = (
    select_columns(
        _invitations.id,
        _invitations.workspace_id,
        _invitations.user_id,
        _invitations.wave_id,
        _invitations.state,
        _invitations.channel_id,
        _invitations.message_ts,
        _waves.closes_at,
        _waves.closed_at,
        _waves.is_anonymous,
        # What its people were asked, and not what the survey says since; an older release did not write that down.
        func.coalesce(_waves.subject, _surveys.subject).label("subject"),
        func.coalesce(_waves.kind, _surveys.kind, type_=_waves.kind.type).label("kind"),
        cast(_waves.wording, Text).label("wording"),
        cast(_waves.drivers, Text).label("drivers"),
        _waves.digest_comments,
        _surveys.follow_up_channel,
        _surveys.follow_up_with,
        _MAY_STAND_ELSEWHERE.label("may_stand_elsewhere"),
        exists().where(_links.survey_id == _surveys.id).label("has_links"),
        exists().where(_webhooks.workspace_id == _invitations.workspace_id).label("has_webhooks"),
        _SCORE.label("score"),
        # Their key is the invitation's, which stands there for somebody unknown too.
        _people.locale,
        _people.time_zone,
        _people.refreshed_at,
    )
    .join_from(table_of(Invitation), table_of(Wave), _waves.id == _invitations.wave_id)
    .join(table_of(Survey), _surveys.id == _waves.survey_id)
    .outerjoin(
        table_of(Person),
        (_people.workspace_id == _invitations.workspace_id) & (_people.user_id == _invitations.user_id),
    )
    .where(among(_invitations.id, "ids"))
    # PostgreSQL: the wave cannot close between this look and the commit, so no answer misses the frozen result.
    .with_for_update(read=True, of=table_of(Wave))
)
_MARK_ANSWERED = (
    update(table_of(Invitation)).where(among(_invitations.id, "ids")).values(state=InvitationState.ANSWERED)
)


async def store_taps(
    session: AsyncSession, taps: Sequence[Tap], now: datetime
) -> list[StoredTap | AnswerRefusal]:
    """Store many taps in four statements and return, in their order, what became of each.

    Of several taps on one invitation the last is stored, and all of them are told so. Scores are 0 to 10: the database
    refuses the whole batch otherwise.
    """
    again = await replayed(session, (tap.seen for tap in taps))
    asked = await _ask(session, {tap.invitation_id for tap in taps})
    refusals = [
        AnswerRefusal.REPLAYED
        if tap.seen in again
        else _refusal(asked.get(tap.invitation_id), tap.workspace_id, tap.user_id, now)
        for tap in taps
    ]
    scores = {
        tap.invitation_id: tap.score for tap, refusal in zip(taps, refusals, strict=True) if refusal is None
    }
    ended = await _store_scores(session, {one: (asked[one], scores[one]) for one in sorted(scores)}, now)
    return [
        refusal or StoredTap(scores[tap.invitation_id], tap.invitation_id in ended, asked[tap.invitation_id])
        for tap, refusal in zip(taps, refusals, strict=True)
    ]


async def record_reason(  # noqa: PLR0913, PLR0917 - the invitation, the person, what they say, and when
    session: AsyncSession,
    invitation_id: int,
    workspace_id: str,
    user_id: str,
    comment: str | None,
    drivers: Iterable[str],
    now: datetime,
) -> bool | AnswerRefusal:
    """Replace the comment and the drivers of an answer. False when no score stands that they could explain."""
    asked = (await _ask(session, {invitation_id})).get(invitation_id)
    if refusal := _refusal(asked, workspace_id, user_id, now):
        return refusal
    given = select(Answer.id, Answer.comment).where(Answer.invitation_id == invitation_id)
    if (answer := (await session.exec(given)).one_or_none()) is None:
        return False
    answer_id, stood = answer
    written = storable(comment or "") or None
    await quotes.words_change(session, answer_id, written)
    explaining = update(Answer).where(col(Answer.id) == answer_id).values(comment=written, changed_at=now)
    await session.exec(explaining)
    await session.exec(delete(Mention).where(col(Mention.answer_id) == answer_id))
    mention = {"answer_id": answer_id, "workspace_id": workspace_id}
    await insert_absent(session, Mention, [{**mention, "driver": driver} for driver in sorted(set(drivers))])
    await consenting.answers_changed(session, [invitation_id])
    if stood not in {None, written}:
        await note_replaced(session, workspace_id, now)
    return True


async def _ask(session: AsyncSession, invitation_ids: Iterable[int]) -> dict[int, AskedRow]:
    connection = await session.connection()
    rows = await connection.execute(_ASKED, {"ids": list(invitation_ids)})
    return {row.id: row for row in rows}


def _refusal(asked: AskedRow | None, workspace_id: str, user_id: str, now: datetime) -> AnswerRefusal | None:
    # An anonymous wave takes ballots. A tap that names one of its questions is forged.
    if asked is None or asked.workspace_id != workspace_id or asked.is_anonymous:
        return AnswerRefusal.UNKNOWN_INVITATION
    if asked.user_id != user_id:
        return AnswerRefusal.SOMEONE_ELSES
    if asked.closed_at is not None or asked.closes_at <= now:
        return AnswerRefusal.WAVE_CLOSED
    return None


async def _store_scores(
    session: AsyncSession, given: Mapping[int, tuple[AskedRow, int]], now: datetime
) -> set[int]:
    """Store them, and return whose consent to be quoted ended with that."""
    answers = [
        {
            "invitation_id": invitation_id,
            "workspace_id": asked.workspace_id,
            "wave_id": asked.wave_id,
            "score": score,
            "answered_at": now,
            "changed_at": now,
        }
        for invitation_id, (asked, score) in given.items()
    ]
    fresh = [one for one, (asked, _) in given.items() if asked.state is not InvitationState.ANSWERED]
    await insert_or_update(
        session,
        Answer,
        answers,
        change=("score", "changed_at"),
        unique=("invitation_id",),
        also=(_MARK_ANSWERED, {"ids": fresh}) if fresh else None,
    )
    changed = [one for one, (asked, score) in given.items() if asked.score not in {None, score}]
    if changed:
        await consenting.answers_changed(session, changed)
    no_promoters = [one for one in changed if category_of(given[one][1]) is not Category.PROMOTER]
    return await quotes.score_changed(session, no_promoters)
