"""What people said and may be quoted: their consent, and where a manager lets it stand."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from scoring.scale import Category, scores_of
from storage.database.states import in_state
from storage.database.upsert import insert_absent, insert_if_absent
from storage.kit.claims import has_run
from storage.tables import Answer, ErasedMessage, Invitation, Person, Quote, Run, Survey, Wave
from storage.words import QuoteState, RunState

PROMOTERS = scores_of(Category.PROMOTER)
_DEFAULT_LOCALE = "en-US"


class Quoted(NamedTuple):
    """One quote with the words it holds for, and whose question brought them."""

    quote: Quote
    survey: Survey
    comment: str
    invitation_id: int


async def allow(session: AsyncSession, invitation_id: int, now: datetime, *, with_name: bool) -> bool:
    """Let the comment of an answer be quoted; False where there is none, or it is not a promoter's, or anonymous.

    Who allowed it otherwise before, with the name or without, has taken that back.
    """
    question = (
        select(Answer, Invitation.user_id, Wave.survey_id)
        .join(Invitation, col(Invitation.id) == Answer.invitation_id)
        .join(Wave, col(Wave.id) == Answer.wave_id)
        .where(
            Answer.invitation_id == invitation_id,
            col(Answer.comment).is_not(None),
            col(Answer.score).in_(PROMOTERS),
            col(Wave.is_anonymous).is_(False),
        )
    )
    found = (await session.exec(question)).one_or_none()
    if found is None:
        return False
    answer, user_id, survey_id = found
    await end(session, col(Quote.answer_id) == answer.id, col(Quote.with_name) != with_name)
    row = {
        "workspace_id": answer.workspace_id,
        "survey_id": survey_id,
        "answer_id": answer.id,
        "user_id": user_id,
        "with_name": with_name,
        "given_at": now,
        "state": QuoteState.OFFERED,
    }
    await insert_if_absent(session, Quote, row)
    return True


async def take_back(session: AsyncSession, invitation_id: int) -> bool:
    """End the consent of one answer; False where none stands."""
    return bool(await end(session, _of_invitations([invitation_id])))


async def score_changed(session: AsyncSession, invitation_ids: Collection[int]) -> set[int]:
    """End the consent of those whose answer is no promoter's any more, and return whose that was."""
    return await end(session, _of_invitations(invitation_ids)) if invitation_ids else set()


async def words_change(session: AsyncSession, answer_id: int, comment: str | None) -> None:
    """End the consent of an answer that is about to get other words: it was given for those that stand."""
    await end(session, col(Quote.answer_id) == answer_id, col(Answer.comment).is_distinct_from(comment))


async def end(session: AsyncSession, *which: ColumnElement[bool], is_erased: bool = False) -> set[int]:
    """Delete quotes, note where they stand, so that those messages say so, and return of which questions they were.

    `which` may speak of the answers as well. The messages say that the quote was taken back or, with `is_erased`, that what stood there was erased.
    """
    question = (
        select(Quote, Answer.invitation_id, Person.locale)
        .join(Answer, col(Answer.id) == Quote.answer_id)
        .join(Survey, col(Survey.id) == Quote.survey_id)
        .outerjoin(
            Person,
            (col(Person.workspace_id) == Survey.workspace_id) & (col(Person.user_id) == Survey.created_by),
        )
        .where(*which)
        .order_by(col(Quote.id))
        .with_for_update(of=Quote)
    )
    found = (await session.exec(question)).all()
    for quote, _, locale in found:
        if quote.channel_id and quote.message_ts:
            await _note(session, quote, quote.channel_id, quote.message_ts, locale, is_erased=is_erased)
    await session.exec(delete(Quote).where(col(Quote.id).in_([quote.id for quote, _, _ in found])))
    return {invitation_id for _, invitation_id, _ in found if invitation_id}


async def of_invitation(session: AsyncSession, invitation_id: int) -> Quote | None:
    """Return the consent that stands for one answer."""
    question = select(Quote).join(Answer, col(Answer.id) == Quote.answer_id)
    return (await session.exec(question.where(_of_invitations([invitation_id])))).one_or_none()


async def of_answers(session: AsyncSession, answer_ids: Collection[int]) -> dict[int, Quote]:
    """Return by answer the quotes of these."""
    found = await session.exec(select(Quote).where(col(Quote.answer_id).in_(answer_ids)))
    return {one.answer_id: one for one in found.all()}


async def of_person(session: AsyncSession, workspace_id: str, user_id: str, limit: int) -> list[Quoted]:
    """Return where one person may be quoted, the newest first."""
    theirs = (Quote.workspace_id == workspace_id, Quote.user_id == user_id)
    return await _quoted(session, *theirs, newest_first=True, limit=limit)


async def quoted(session: AsyncSession, quote_id: int) -> Quoted | None:
    """Return a quote with its words; None where there is none any more."""
    found = await _quoted(session, Quote.id == quote_id, limit=1)
    return found[0] if found else None


async def pick(session: AsyncSession, quote: Quote, by: str, channel_id: str | None, now: datetime) -> bool:
    """Let a quote come in a channel, or in none with the next digest. False when it is picked already, or gone."""
    values = {"state": QuoteState.PICKED, "picked_by": by, "picked_at": now, "channel_id": channel_id}
    return await _change(session, quote.id, col(Quote.state) == QuoteState.OFFERED, **values)


async def put_back(session: AsyncSession, quote: Quote) -> bool:
    """Let a quote come nowhere, although it was picked. False when it stands somewhere, or is picked again."""
    return await _change(session, quote.id, *_as_picked(quote), **_OFFERED)


async def take_down(session: AsyncSession, quote: Quote) -> bool:
    """Let a quote stand nowhere any more: its message says so. False when it does not stand as it was read."""
    as_it_was = (col(Quote.state) == QuoteState.POSTED, col(Quote.picked_at) == quote.picked_at)
    channel_id, message_ts = quote.channel_id, quote.message_ts
    if not await _change(session, quote.id, *as_it_was, **_OFFERED):
        return False
    if channel_id and message_ts:
        await _note(session, quote, channel_id, message_ts, await _locale(session, quote.survey_id))
    return True


async def to_post(
    session: AsyncSession, workspace_id: str, digest: str, job: str, limit: int
) -> list[Quoted]:
    """Return the quotes that are due, the oldest first: picked for a channel, or before the last digest of its survey.

    `digest` and `job` are the names in the ledger of the digest and of what posts quotes; one whose run has ended is
    left out, and so are those of a survey that is paused.
    """
    came = exists(
        select(Run.id).where(
            Run.workspace_id == Quote.workspace_id,
            Run.job == digest,
            Run.subject == Quote.survey_id,
            Run.state != RunState.CLAIMED,
            col(Run.claimed_at) >= col(Quote.picked_at),
        )
    )
    is_due = or_(col(Quote.channel_id).is_not(None), came)
    picked = (
        Quote.workspace_id == workspace_id,
        in_state(Quote.state, QuoteState.PICKED),
        col(Survey.paused_at).is_(None),
    )
    return await _quoted(session, *picked, is_due, ~_has_run(job, None), limit=limit)


async def in_doubt(session: AsyncSession, workspace_id: str, job: str, limit: int) -> list[Quoted]:
    """Return the quotes of which nobody knows whether they stand where they were to be posted."""
    picked = (Quote.workspace_id == workspace_id, in_state(Quote.state, QuoteState.PICKED))
    return await _quoted(session, *picked, _has_run(job, RunState.UNCERTAIN), limit=limit)


async def record_posted(session: AsyncSession, quote: Quote, channel_id: str, message_ts: str | None) -> bool:
    """Record where a quote stands, without `message_ts` where it may stand.

    False when it was taken back meanwhile: then its message is noted, and comes to say so.
    """
    place = {"channel_id": channel_id, "message_ts": message_ts, "state": QuoteState.POSTED}
    if await _change(session, quote.id, *_as_picked(quote), **place):
        return True
    if message_ts:
        await _note(session, quote, channel_id, message_ts, await _locale(session, quote.survey_id))
    return False


async def picked_by(session: AsyncSession, workspace_id: str, user_id: str) -> Sequence[tuple[Quote, Survey]]:
    """Return the quotes that somebody picked, each with its survey."""
    by_them = (Quote.workspace_id == workspace_id, Quote.picked_by == user_id)
    question = select(Quote, Survey).join(Survey, col(Survey.id) == Quote.survey_id).where(*by_them)
    return (await session.exec(question.order_by(col(Quote.id)))).all()


async def forget_who_picked(session: AsyncSession, workspace_id: str, user_id: str) -> None:
    """Forget which quotes somebody picked."""
    by_them = (col(Quote.workspace_id) == workspace_id, col(Quote.picked_by) == user_id)
    await session.exec(update(Quote).where(*by_them).values(picked_by=None))


_OFFERED = {
    "state": QuoteState.OFFERED,
    "picked_by": None,
    "picked_at": None,
    "channel_id": None,
    "message_ts": None,
}


def _as_picked(quote: Quote) -> tuple[ColumnElement[bool], ...]:
    return col(Quote.state) == QuoteState.PICKED, col(Quote.picked_at) == quote.picked_at


def _of_invitations(invitation_ids: Collection[int]) -> ColumnElement[bool]:
    return col(Answer.invitation_id).in_(invitation_ids)


def _has_run(job: str, state: RunState | None) -> ColumnElement[bool]:
    """Say of a quote that its run has ended, in this state or in any."""
    ended = col(Run.state) == state if state else col(Run.state) != RunState.CLAIMED
    return has_run(job, Quote.workspace_id, Quote.id, Quote.picked_at, ended)


async def _quoted(
    session: AsyncSession, *which: ColumnElement[bool] | bool, limit: int, newest_first: bool = False
) -> list[Quoted]:
    question = (
        select(Quote, Survey, Answer.comment, Answer.invitation_id)
        .join(Survey, col(Survey.id) == Quote.survey_id)
        .join(Answer, col(Answer.id) == Quote.answer_id)
        .where(*which)
        .order_by(col(Quote.id).desc() if newest_first else col(Quote.id))
        .limit(limit)
    )
    rows = (await session.exec(question)).all()
    return [
        Quoted(quote, survey, comment, invitation_id)
        for quote, survey, comment, invitation_id in rows
        if comment and invitation_id
    ]


async def _locale(session: AsyncSession, survey_id: int) -> str:
    """Return the language of a survey's maker, in which its channels are spoken to."""
    made = (
        select(Person.locale)
        .join(
            Survey,
            (col(Survey.workspace_id) == Person.workspace_id) & (col(Survey.created_by) == Person.user_id),
        )
        .where(Survey.id == survey_id)
    )
    return (await session.exec(made)).one_or_none() or _DEFAULT_LOCALE


async def _note(  # noqa: PLR0913 - a place is two words
    session: AsyncSession,
    quote: Quote,
    channel_id: str,
    message_ts: str,
    locale: str | None,
    *,
    is_erased: bool = False,
) -> None:
    row = {
        "workspace_id": quote.workspace_id,
        "channel_id": channel_id,
        "message_ts": message_ts,
        "locale": locale or _DEFAULT_LOCALE,
        "is_quote": not is_erased,
    }
    await insert_absent(session, ErasedMessage, [row])


async def _change(
    session: AsyncSession, quote_id: int, *where: ColumnElement[bool], **values: object
) -> bool:
    changing = update(Quote).where(col(Quote.id) == quote_id, *where).values(**values)
    return (await session.exec(changing)).rowcount == 1
