"""All that is kept about one person goes. What they said in closed waves stays in the counts of the frozen results alone."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import BindParameter, ColumnElement, bindparam, delete, exists, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import actions, quotes, waves
from storage.database.hanging import delete_with_all
from storage.kit import people, workspace_settings
from storage.privacy.cases_erased import erase_cases, forget_who_followed_up
from storage.privacy.emptied import note_emptied
from storage.privacy.erased_messages import note_messages
from storage.privacy.imported_names import named, nobodys_day
from storage.privacy.marks import leave_marks
from storage.reports import results
from storage.tables import (
    Answer,
    ApiQuestion,
    AskedAnonymously,
    Case,
    FormDraft,
    ImportChange,
    Invitation,
    Membership,
    Newcomer,
    Notice,
    Person,
    PersonLeftOut,
    Preference,
    Property,
    Quote,
    Reminder,
    Result,
    Survey,
    Wave,
    WorkspaceSettings,
)
from storage.threads import links
from storage.words import NOBODY, InvitationState


@dataclass(frozen=True, slots=True)
class Held:
    """How much is kept about one person. `manages` counts the surveys and waves that they made or opened, and where they are named a manager."""

    questions: int = 0
    open_answers: int = 0
    closed_answers: int = 0
    comments: int = 0
    imported: int = 0
    manages: int = 0
    wants_none: bool = False
    asked_by_deleted: bool = False
    """By an anonymous survey, so that no other one asks them again at once."""


async def holds(session: AsyncSession, workspace_id: str, user_id: str) -> Held:
    """Count what is kept about a person, and what would go with them."""
    theirs = _theirs(workspace_id, user_id)
    questions = select(func.count()).select_from(Invitation).where(*theirs)
    given = (
        select(
            func.count(col(Answer.id)).filter(col(Wave.closed_at).is_(None)),
            func.count(col(Answer.id)).filter(col(Wave.closed_at).is_not(None)),
            func.count(col(Answer.comment)),
        )
        .join(Invitation, col(Invitation.id) == Answer.invitation_id)
        .join(Wave, col(Wave.id) == Answer.wave_id)
        .where(*theirs)
    )
    imported = select(func.count(col(Answer.id)), func.count(col(Answer.comment))).where(
        *await named(session, workspace_id, user_id)
    )
    made = select(func.count()).where(Survey.workspace_id == workspace_id, Survey.created_by == user_id)
    opened = select(func.count()).where(Wave.workspace_id == workspace_id, Wave.opened_by == user_id)
    is_open, is_closed, comments = (await session.exec(given)).one()
    rows, told = (await session.exec(imported)).one()
    wish = await session.get(Preference, (workspace_id, user_id))
    chosen = await workspace_settings.chosen(session, workspace_id)
    is_named = bool(chosen and user_id in chosen.managers)
    return Held(
        questions=(await session.exec(questions)).one(),
        open_answers=is_open,
        closed_answers=is_closed,
        comments=comments + told,
        imported=rows,
        manages=(await session.exec(made)).one() + (await session.exec(opened)).one() + is_named,
        wants_none=bool(wish and wish.opted_out_at),
        asked_by_deleted=await session.get(AskedAnonymously, (workspace_id, user_id)) is not None,
    )


async def erase_person(session: AsyncSession, workspace_id: str, user_id: str, now: datetime) -> Held:
    """Erase what is kept about a person and return how much it was. What is gone already stays gone.

    A wish not to be asked stays, and so do the names of those who made a survey, opened a wave or are named a manager:
    managers are told how it goes.
    """
    theirs = _theirs(workspace_id, user_id)
    in_them = select(Invitation.wave_id).where(*theirs)
    is_open = (col(Wave.workspace_id) == workspace_id) & col(Wave.closed_at).is_(None)
    # PostgreSQL: taps and what plans hold their wave. They come before this, or find their question gone, and the mark.
    locked = select(Wave).where(col(Wave.id).in_(in_them) | is_open).order_by(col(Wave.id)).with_for_update()
    for wave in (await session.exec(locked)).all():
        await keep_counts(session, wave, now)
    await leave_marks(session, workspace_id, user_id)
    held = await holds(session, workspace_id, user_id)
    known = await people.person(session, workspace_id, user_id)
    await session.exec(
        delete(Membership).where(col(Membership.wave_id).in_(in_them), col(Membership.user_id) == user_id)
    )
    locale = known.locale if known else "en-US"
    await note_messages(session, workspace_id, user_id, locale, now)
    of_them = (col(Case.workspace_id) == workspace_id) & (col(Case.user_id) == user_id)
    await erase_cases(session, workspace_id, of_them, locale, now)
    await forget_who_followed_up(session, workspace_id, user_id)
    await quotes.end(
        session, col(Quote.workspace_id) == workspace_id, col(Quote.user_id) == user_id, is_erased=True
    )
    await quotes.forget_who_picked(session, workspace_id, user_id)
    await actions.forget_owner(session, workspace_id, user_id)
    await links.forget_author(session, workspace_id, user_id)
    await _leave_nobodys(session, theirs)
    await delete_with_all(session, Invitation, theirs[0] & theirs[1])
    await unname_imported(session, await named(session, workspace_id, user_id))
    for model in (Person, Preference, PersonLeftOut, Notice, FormDraft, AskedAnonymously):
        is_theirs = (col(model.workspace_id) == workspace_id) & (col(model.user_id) == user_id)
        if model is Preference:
            is_theirs &= col(Preference.opted_out_at).is_(None)
        if model is Notice:  # what waits to be said is said
            is_theirs &= col(Notice.said_at).is_not(None)
        await session.exec(delete(model).where(is_theirs))
    set_by = update(WorkspaceSettings).where(
        col(WorkspaceSettings.workspace_id) == workspace_id, col(WorkspaceSettings.changed_by) == user_id
    )
    await session.exec(set_by.values(changed_by=None))
    await note_emptied(session, workspace_id, now)
    return held


async def _leave_nobodys(
    session: AsyncSession, theirs: tuple[ColumnElement[bool], ColumnElement[bool]]
) -> None:
    """Let it stand, as nobody's, that one more has answered an open wave to which no answer of theirs can be found.

    Theirs is among the others, and cannot be taken back: without this there would be more answers than people asked.
    """
    answered = select(Answer.id).where(Answer.invitation_id == Invitation.id)
    found = await session.exec(
        select(Invitation, Wave)
        .join(Wave, col(Wave.id) == Invitation.wave_id)
        .where(
            *theirs,
            Invitation.state == InvitationState.ANSWERED,
            col(Wave.closed_at).is_(None),
            ~exists(answered),
        )
    )
    for invitation, wave in found.all():
        for model in (Reminder, Newcomer, ApiQuestion):
            await session.exec(delete(model).where(col(model.invitation_id) == invitation.id))
        changes = {
            "user_id": f"{NOBODY}{token_hex(8)}",
            "channel_id": None,
            "message_ts": None,
            "again_ts": None,
            "snoozed_until": None,
            "delivered_at": invitation.delivered_at and wave.opens_at,
            "claimed_at": invitation.claimed_at and wave.opens_at,
            "send_after": wave.opens_at,
            "time_zone": "UTC",
        }
        await session.exec(update(Invitation).where(col(Invitation.id) == invitation.id).values(**changes))


async def keep_counts(session: AsyncSession, wave: Wave, now: datetime) -> None:
    """Count a closed wave before its answers go, where an older release did not count all that is shown of it."""
    if wave.closed_at is None or wave.label is not None:
        return
    stands = await session.get(Result, wave.id)
    if stands and stands.scores is not None and stands.reasons is not None:
        return
    found = await results.count(
        session, wave, await waves.invited(session, wave), stands.frozen_at if stands else now
    )
    if stands is None or _totals(found) == _totals(stands):
        await results.freeze(session, found)


def _totals(result: Result) -> tuple[int, int, int]:
    return result.promoters, result.passives, result.detractors


async def unname_imported(session: AsyncSession, which: tuple[ColumnElement[bool], ...]) -> None:
    """Leave of these imported answers their score and drivers: nobody's, of no day, without their words."""
    answers = select(Answer.id).where(*which)
    for model in (Property, ImportChange):
        await session.exec(delete(model).where(col(model.answer_id).in_(answers)))
    days = select(Answer.id, col(Wave.opens_at)).join(Wave, col(Wave.id) == Answer.wave_id).where(*which)
    found = (await session.exec(days)).all()
    if not found:
        return
    day: BindParameter[datetime] = bindparam("day")
    unnamed = update(Answer).where(col(Answer.id) == bindparam("answer"))
    connection = await session.connection()
    await connection.execute(
        unnamed.values(person=None, comment=None, answered_at=day, changed_at=day),
        [{"answer": answer_id, "day": nobodys_day(opened)} for answer_id, opened in found],
    )


def _theirs(workspace_id: str, user_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Invitation.workspace_id) == workspace_id, col(Invitation.user_id) == user_id
