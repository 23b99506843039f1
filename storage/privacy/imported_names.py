"""Who an imported answer names: by Slack's id, or by an address as its file has it; nobody any more, once erased."""

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer

_NOBODYS = 1  # files have whole seconds


async def named(session: AsyncSession, workspace_id: str, person: str) -> tuple[ColumnElement[bool], ...]:
    """Say of an answer that an imported file names this person; an address may be written in any case."""
    imported = col(Answer.workspace_id) == workspace_id, col(Answer.import_key).is_not(None)
    if "@" not in person:
        return *imported, col(Answer.person) == person
    addresses = select(Answer.person).where(*imported, col(Answer.person).contains("@")).distinct()
    found = [one for one in await session.exec(addresses) if one and _plain(one) == _plain(person)]
    return *imported, col(Answer.person).in_(found)


def nobodys_day(opened: datetime) -> datetime:
    """Give the moment of an erased answer: that of its wave's opening, told from others by a microsecond."""
    return opened.replace(microsecond=_NOBODYS)


def is_nobodys(answered_at: datetime) -> bool:
    """Whether what an imported answer of this moment told of its person was erased."""
    return answered_at.microsecond == _NOBODYS


def _plain(address: str) -> str:
    # SQLite makes only the letters of English small.
    return address.strip().casefold()
