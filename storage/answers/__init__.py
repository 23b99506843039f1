import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import cast

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scoring.scale import Category, category_of
from storage import quotes
from storage.answers.asking import InvitationRows, rows_of
from storage.cases import consenting
from storage.database.among import among
from storage.database.text import storable
from storage.database.upsert import insert_absent, insert_or_update, table_of
from storage.kit.people import Addressee
from storage.kit.seen_requests import Seen, replayed
from storage.privacy.emptied import note_replaced
from storage.question import ONCE_OFFERED, Offered, Question, Wording
from storage.tables import Answer, Invitation, Mention
from storage.words import FollowUp, InvitationState, Kind


@dataclass(frozen=True, slots=True)
class Tap:
    """One person's click on one score, 0 to 10; `seen` is the request that brought it, admitted with it."""

    invitation_id: int
    workspace_id: str
    user_id: str
    score: int
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class FollowUpOffer:
    """Where a survey follows people up, and who is asked whether somebody may contact them."""

    channel_id: str
    with_whom: FollowUp

    @classmethod
    def of(cls, channel_id: str | None, with_whom: FollowUp) -> "FollowUpOffer | None":
        """Return what a survey offers; None where it follows nobody up."""
        return cls(channel_id, with_whom) if channel_id else None


@dataclass(frozen=True, slots=True)
class StoredTap:
    """A tap that stands in the database, with what its message needs to say so."""

    score: int
    quoted_no_more: bool
    _asked: InvitationRows = field(repr=False, compare=False)

    @property
    def invitation_id(self) -> int:
        return int(self._asked.invitation.id)

    @property
    def previous_score(self) -> int | None:
        return cast("int | None", self._asked.invitation.score)

    @property
    def channel_id(self) -> str | None:
        return cast("str | None", self._asked.invitation.channel_id)

    @property
    def message_ts(self) -> str | None:
        return cast("str | None", self._asked.invitation.message_ts)

    @property
    def closes_at(self) -> datetime:
        return cast("datetime", self._asked.wave.closes_at)

    @property
    def question(self) -> Question:
        """What was asked. It is read once for all people of a wave, after Slack has its acknowledgement."""
        wave = self._asked.wave
        return _question(wave.kind, wave.subject, wave.wording, wave.drivers)

    @property
    def follow_up(self) -> FollowUpOffer | None:
        return FollowUpOffer.of(self._asked.wave.follow_up_channel, self._asked.wave.follow_up_with)

    @property
    def may_be_quoted(self) -> bool:
        return bool(self._asked.wave.digest_comments)

    @property
    def may_stand_elsewhere(self) -> bool:
        """Whether the question may have come a second time: put off and asked again, or reminded of."""
        return bool(self._asked.invitation.may_stand_elsewhere)

    @property
    def has_links(self) -> bool:
        """Whether the survey has links to offer its promoters."""
        return bool(self._asked.wave.has_links)

    @property
    def has_webhooks(self) -> bool:
        """Whether programs elsewhere may want to hear of it."""
        return bool(self._asked.wave.has_webhooks)

    @property
    def addressee(self) -> Addressee | None:
        """The person, as their message needs them; None where Slack has never told of them."""
        known = self._asked.invitation
        if known.refreshed_at is None:
            return None
        return Addressee(known.workspace_id, known.user_id, known.locale, known.time_zone, known.refreshed_at)


class AnswerRefusal(StrEnum):
    """Why a tap or a reason was not stored."""

    UNKNOWN_INVITATION = "unknown invitation"
    SOMEONE_ELSES = "someone else's invitation"
    WAVE_CLOSED = "wave closed"
    ALREADY_ANSWERED = "already answered"
    REPLAYED = "replayed"


_MARK_ANSWERED = (
    update(table_of(Invitation))
    .where(among(table_of(Invitation).c.id, "ids"))
    .values(state=InvitationState.ANSWERED)
)


async def store_taps(
    session: AsyncSession, taps: Sequence[Tap], now: datetime
) -> list[StoredTap | AnswerRefusal]:
    """Store many taps in five statements and return, in their order, what became of each.

    Of several taps on one invitation the last is stored, and all of them are told so. Scores are 0 to 10: the database
    refuses the whole batch otherwise.
    """
    again = await replayed(session, (tap.seen for tap in taps))
    asked = await rows_of(session, {tap.invitation_id for tap in taps})
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
    asked = (await rows_of(session, {invitation_id})).get(invitation_id)
    if refusal := _refusal(asked, workspace_id, user_id, now):
        return refusal
    if asked is None or (answer_id := asked.invitation.answer_id) is None:
        return False
    written = storable(comment or "") or None
    stood = (await session.exec(select(Answer.comment).where(Answer.id == answer_id))).one()
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


def _refusal(
    asked: InvitationRows | None, workspace_id: str, user_id: str, now: datetime
) -> AnswerRefusal | None:
    # An anonymous wave takes ballots. A tap that names one of its questions is forged.
    if asked is None or asked.invitation.workspace_id != workspace_id or asked.wave.is_anonymous:
        return AnswerRefusal.UNKNOWN_INVITATION
    if asked.invitation.user_id != user_id:
        return AnswerRefusal.SOMEONE_ELSES
    if asked.wave.closed_at is not None or asked.wave.closes_at <= now:
        return AnswerRefusal.WAVE_CLOSED
    return None


async def _store_scores(
    session: AsyncSession, given: Mapping[int, tuple[InvitationRows, int]], now: datetime
) -> set[int]:
    """Store them, and return whose consent to be quoted ended with that."""
    answers = [
        {
            "invitation_id": invitation_id,
            "workspace_id": asked.invitation.workspace_id,
            "wave_id": asked.invitation.wave_id,
            "score": score,
            "answered_at": now,
            "changed_at": now,
        }
        for invitation_id, (asked, score) in given.items()
    ]
    fresh = [
        one for one, (asked, _) in given.items() if asked.invitation.state is not InvitationState.ANSWERED
    ]
    await insert_or_update(
        session,
        Answer,
        answers,
        change=("score", "changed_at"),
        unique=("invitation_id",),
        also=(_MARK_ANSWERED, {"ids": fresh}) if fresh else None,
    )
    changed = [one for one, (asked, score) in given.items() if asked.invitation.score not in {None, score}]
    if changed:
        await consenting.answers_changed(session, changed)
    no_promoters = [one for one in changed if category_of(given[one][1]) is not Category.PROMOTER]
    return await quotes.score_changed(session, no_promoters)


@lru_cache(maxsize=256)
def _question(kind: Kind, subject: str, wording: str | None, drivers: str | None) -> Question:
    """Read a question of which the database gave two parts as the JSON that they are."""
    return Question(
        kind,
        subject,
        Wording.stored(json.loads(wording)) if wording else None,
        tuple(Offered.stored(one) for one in json.loads(drivers or "[]")) or ONCE_OFFERED,
    )
