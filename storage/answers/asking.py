"""What people were asked whose taps or reasons came, read in two statements however many came together."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Row, Text, cast, exists, func, or_
from sqlalchemy import select as select_columns
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database.among import among
from storage.database.upsert import table_of
from storage.tables import Answer, Invitation, Link, Person, Reminder, Survey, Wave, Webhook
from storage.words import InvitationState, ReminderState


class InvitationRows(NamedTuple):
    """What one person was asked, a row of `_INVITED`, and what their whole wave was, one of `_WAVES`."""

    invitation: Row[*tuple[Any, ...]]
    wave: Row[*tuple[Any, ...]]


# Statements about tables, not objects, made once: this is the path that 64 people at once wait on.
_invitations, _waves, _surveys, _answers, _people, _reminders, _links, _webhooks = (
    table_of(model).c for model in (Invitation, Wave, Survey, Answer, Person, Reminder, Link, Webhook)
)
# One that is just being sent counts: where it stands is not written yet.
_MAY_STAND_ELSEWHERE = or_(
    _invitations.again_ts.is_not(None),
    _invitations.state == InvitationState.CLAIMED,
    exists().where(_reminders.invitation_id == _invitations.id, _reminders.state != ReminderState.PLANNED),
)
_INVITED = (
    select_columns(
        _invitations.id,
        _invitations.workspace_id,
        _invitations.user_id,
        _invitations.wave_id,
        _invitations.state,
        _invitations.channel_id,
        _invitations.message_ts,
        _MAY_STAND_ELSEWHERE.label("may_stand_elsewhere"),
        _answers.id.label("answer_id"),
        _answers.score,
        # Their key is the invitation's, which stands there for somebody unknown too.
        _people.locale,
        _people.time_zone,
        _people.refreshed_at,
    )
    .join_from(
        table_of(Invitation), table_of(Answer), _answers.invitation_id == _invitations.id, isouter=True
    )
    .outerjoin(
        table_of(Person),
        (_people.workspace_id == _invitations.workspace_id) & (_people.user_id == _invitations.user_id),
    )
    .where(among(_invitations.id, "ids"))
)
# Read once for all who tap on one wave, and not with each of them.
_WAVES = (
    select_columns(
        _waves.id,
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
        exists().where(_links.survey_id == _surveys.id).label("has_links"),
        exists().where(_webhooks.workspace_id == _waves.workspace_id).label("has_webhooks"),
    )
    .join_from(table_of(Wave), table_of(Survey), _surveys.id == _waves.survey_id)
    .where(among(_waves.id, "ids"))
    # PostgreSQL: the wave cannot close between this look and the commit, so no answer misses the frozen result.
    .with_for_update(read=True, of=table_of(Wave))
)


async def rows_of(session: AsyncSession, invitation_ids: Iterable[int]) -> dict[int, InvitationRows]:
    """Return the invitations that there are of these, by id. On PostgreSQL none of their waves closes before the commit."""
    connection = await session.connection()
    invited = (await connection.execute(_INVITED, {"ids": list(invitation_ids)})).all()
    if not invited:
        return {}
    of_waves = sorted({row.wave_id for row in invited})
    waves = {row.id: row for row in await connection.execute(_WAVES, {"ids": of_waves})}
    return {row.id: InvitationRows(row, waves[row.wave_id]) for row in invited}
