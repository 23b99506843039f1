"""What managers have typed into forms that are still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.privacy.emptied import note_emptied
from storage.tables import FormDraft

KEPT_FOR = timedelta(days=2)

KeptFields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class KeptForm:
    """One form as far as it is filled in; `survey_id` is the survey that it changes, None for a new one."""

    id: int
    survey_id: int | None
    written: KeptFields


async def begin(  # noqa: PLR0913, PLR0917 - whose form, of which survey, with what in it, and when
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    survey_id: int | None,
    written: KeptFields,
    now: datetime,
) -> KeptForm:
    """Keep what a form begins with, and forget those that nobody has touched for long."""
    await forget_abandoned(session, workspace_id, now)
    row = FormDraft(
        workspace_id=workspace_id,
        user_id=user_id,
        survey_id=survey_id,
        written={field: list(texts) for field, texts in written.items()},
        changed_at=now,
    )
    session.add(row)
    await session.flush()
    return KeptForm(row.id, survey_id, row.written)


async def forget_abandoned(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Forget the forms that nobody has touched for long."""
    abandoned = col(FormDraft.workspace_id) == workspace_id, col(FormDraft.changed_at) < now - KEPT_FOR
    if (await session.exec(delete(FormDraft).where(*abandoned))).rowcount:
        await note_emptied(session, workspace_id, now)


async def kept(session: AsyncSession, workspace_id: str, user_id: str, draft_id: int) -> KeptForm | None:
    """Return somebody's own form; None when it was sent, or is forgotten."""
    found = await session.exec(
        select(FormDraft).where(
            FormDraft.id == draft_id, FormDraft.workspace_id == workspace_id, FormDraft.user_id == user_id
        )
    )
    row = found.one_or_none()
    return KeptForm(row.id, row.survey_id, row.written) if row else None


async def keep(session: AsyncSession, draft_id: int, written: KeptFields, now: datetime) -> bool:
    """Keep what is typed now. False when the form was sent meanwhile."""
    keeping = update(FormDraft).where(col(FormDraft.id) == draft_id)
    texts = {field: list(said) for field, said in written.items()}
    return (await session.exec(keeping.values(written=texts, changed_at=now))).rowcount == 1


async def take(session: AsyncSession, draft_id: int) -> bool:
    """Take a form that is sent: of two who do so at once, one gets it."""
    return (await session.exec(delete(FormDraft).where(col(FormDraft.id) == draft_id))).rowcount == 1
