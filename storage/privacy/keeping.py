"""All that is kept about one person, as it stands in the tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import actions, quotes
from storage.kit import people, workspace_settings
from storage.privacy.cases_erased import KeptCase, kept_cases, kept_steps
from storage.privacy.imported_names import named
from storage.tables import (
    Action,
    Answer,
    ApiQuestion,
    AskedAnonymously,
    CaseEvent,
    FormDraft,
    Invitation,
    Letter,
    Membership,
    Mention,
    Notice,
    Person,
    PersonLeftOut,
    Preference,
    Property,
    Quote,
    Reminder,
    Survey,
    Wave,
    WorkspaceSettings,
)
from storage.threads import links


@dataclass(frozen=True)
class KeptQuestion:
    """One question to the person, with what reminded of it, and what they said."""

    survey: Survey
    wave: Wave
    invitation: Invitation
    reminders: Sequence[Reminder] = ()
    answer: Answer | None = None
    drivers: Sequence[str] = ()
    parts: Sequence[str] = ()
    keys: Sequence[str] = ()
    """Under which a program asked for it."""
    quote: Quote | None = None


@dataclass(frozen=True)
class KeptAnswer:
    """One answer that a file brought, and that names the person."""

    survey: Survey
    wave: Wave
    answer: Answer
    drivers: Sequence[str] = ()
    properties: Sequence[Property] = ()


@dataclass(frozen=True)
class KeptAboutPerson:
    """Everything about one person, whatever table holds it."""

    person: Person | None
    preference: Preference | None
    questions: Sequence[KeptQuestion]
    imported: Sequence[KeptAnswer]
    left_out: Sequence[PersonLeftOut]
    notices: Sequence[Notice]
    made: Sequence[Survey]
    opened: Sequence[tuple[Survey, Wave]]
    chosen: Sequence[Survey]
    settings: WorkspaceSettings | None
    cases: Sequence[KeptCase] = ()
    steps: Sequence[CaseEvent] = ()
    actions: Sequence[tuple[Action, Survey]] = ()
    letters: Sequence[tuple[Letter, Survey]] = ()
    """What they wrote back as a manager."""
    drafts: Sequence[FormDraft] = ()
    picked: Sequence[tuple[Quote, Survey]] = ()
    """Quotes of others that they picked."""
    by_deleted: AskedAnonymously | None = None


async def kept_about(session: AsyncSession, workspace_id: str, user_id: str) -> KeptAboutPerson:
    """Read all that is kept about a person."""
    surveys = (
        await session.exec(select(Survey).where(Survey.workspace_id == workspace_id).order_by(col(Survey.id)))
    ).all()
    opened = await session.exec(
        select(Survey, Wave)
        .join(Wave, col(Wave.survey_id) == Survey.id)
        .where(Wave.workspace_id == workspace_id, Wave.opened_by == user_id)
        .order_by(col(Wave.id))
    )
    left_out = await session.exec(
        select(PersonLeftOut).where(
            PersonLeftOut.workspace_id == workspace_id, PersonLeftOut.user_id == user_id
        )
    )
    notices = await session.exec(
        select(Notice)
        .where(Notice.workspace_id == workspace_id, Notice.user_id == user_id)
        .order_by(col(Notice.id))
    )
    drafts = await session.exec(
        select(FormDraft)
        .where(FormDraft.workspace_id == workspace_id, FormDraft.user_id == user_id)
        .order_by(col(FormDraft.id))
    )
    return KeptAboutPerson(
        person=await people.person(session, workspace_id, user_id),
        preference=await session.get(Preference, (workspace_id, user_id)),
        questions=await _questions(session, workspace_id, user_id),
        imported=await _imported(session, workspace_id, user_id),
        left_out=left_out.all(),
        notices=notices.all(),
        made=[one for one in surveys if one.created_by == user_id],
        opened=[(survey, wave) for survey, wave in opened],
        settings=await workspace_settings.chosen(session, workspace_id),
        chosen=[one for one in surveys if user_id in one.audience.people],
        cases=await kept_cases(session, workspace_id, user_id),
        steps=await kept_steps(session, workspace_id, user_id),
        actions=await actions.owned_by(session, workspace_id, user_id),
        letters=await links.written_by(session, workspace_id, user_id),
        drafts=drafts.all(),
        picked=await quotes.picked_by(session, workspace_id, user_id),
        by_deleted=await session.get(AskedAnonymously, (workspace_id, user_id)),
    )


async def _questions(session: AsyncSession, workspace_id: str, user_id: str) -> list[KeptQuestion]:
    rows = await session.exec(
        select(Survey, Wave, Invitation, Answer)
        .join(Wave, col(Wave.survey_id) == Survey.id)
        .join(Invitation, col(Invitation.wave_id) == Wave.id)
        .outerjoin(Answer, col(Answer.invitation_id) == Invitation.id)
        .where(Invitation.workspace_id == workspace_id, Invitation.user_id == user_id)
        .order_by(col(Invitation.id))
    )
    return [
        KeptQuestion(
            survey,
            wave,
            invitation,
            await _reminders(session, invitation.id),
            answer,
            await _drivers(session, answer.id) if answer else (),
            await _parts(session, wave.id, user_id),
            await _keys(session, invitation.id),
            await quotes.of_invitation(session, invitation.id) if answer else None,
        )
        for survey, wave, invitation, answer in rows.all()
    ]


async def _imported(session: AsyncSession, workspace_id: str, user_id: str) -> list[KeptAnswer]:
    rows = await session.exec(
        select(Survey, Wave, Answer)
        .join(Wave, col(Wave.survey_id) == Survey.id)
        .join(Answer, col(Answer.wave_id) == Wave.id)
        .where(*await named(session, workspace_id, user_id))
        .order_by(col(Answer.id))
    )
    found = []
    for survey, wave, answer in rows.all():
        told = select(Property).where(Property.answer_id == answer.id).order_by(Property.name)
        properties = (await session.exec(told)).all()
        found.append(KeptAnswer(survey, wave, answer, await _drivers(session, answer.id), properties))
    return found


async def _reminders(session: AsyncSession, invitation_id: int) -> Sequence[Reminder]:
    of_it = select(Reminder).where(Reminder.invitation_id == invitation_id)
    return (await session.exec(of_it.order_by(col(Reminder.number)))).all()


async def _parts(session: AsyncSession, wave_id: int, user_id: str) -> Sequence[str]:
    inside = select(Membership.part).where(Membership.wave_id == wave_id, Membership.user_id == user_id)
    return (await session.exec(inside.order_by(Membership.part))).all()


async def _keys(session: AsyncSession, invitation_id: int) -> Sequence[str]:
    return (
        await session.exec(select(ApiQuestion.key).where(ApiQuestion.invitation_id == invitation_id))
    ).all()


async def _drivers(session: AsyncSession, answer_id: int) -> Sequence[str]:
    ticked = select(Mention.driver).where(Mention.answer_id == answer_id).order_by(Mention.driver)
    return (await session.exec(ticked)).all()
