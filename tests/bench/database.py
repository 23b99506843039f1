"""A company that waits to be clicked on, in a database; and what stands there afterwards."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import String, cast, literal, update
from sqlmodel import select

from storage import migrate
from storage.database.engine import Database
from storage.kit import people
from storage.tables import Answer, Invitation
from storage.words import InvitationState
from tests.bench.ballots import an_anonymous_wave, ballots_astray
from tests.bench.clicks import CHANNEL, MESSAGE_TS, Click, user_id
from tests.builders import a_person, a_wave


async def prepare(url: str, some: Sequence[Click], ballots: Sequence[Click] = ()) -> None:
    """Migrate, open one wave, and an anonymous one for ballots, and deliver the invitations that will be answered."""
    migrate.upgrade(url)
    now = datetime.now(UTC)
    invited = [user_id(click.invitation_id) for click in some]
    database = Database(url)
    async with database.writing() as session:
        await a_wave(session, invited, opens_at=now - timedelta(hours=1))
        if ballots:
            await an_anonymous_wave(session, ballots, now - timedelta(hours=1))
        await people.remember_many(session, [a_person(one, refreshed_at=now) for one in invited])
        here = {"state": InvitationState.DELIVERED, "channel_id": CHANNEL}
        ts = literal(MESSAGE_TS) + cast(Invitation.id, String)
        await session.exec(update(Invitation).values(**here, message_ts=ts, delivered_at=now))
    await database.close()


async def astray(url: str, acknowledged: Sequence[Click], ballots: Sequence[Click] = ()) -> int:
    """Count the answers that differ from what was acknowledged."""
    database = Database(url)
    async with database.reading() as session:
        stored = dict((await session.exec(select(Answer.invitation_id, Answer.score))).all())
    lost = await ballots_astray(database, ballots) if ballots else 0
    await database.close()
    made = {click.invitation_id: click.score for click in acknowledged}
    return len(made.items() ^ stored.items()) + lost
