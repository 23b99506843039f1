"""Whose a conversation is: opened for that person alone, and for nobody once they have erased themselves."""

from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.sealing import WrongSecret, open_link, seal_link
from bot.logs import log
from storage import threads
from storage.tables import Letter, Survey, Thread, Wave
from storage.threads import links
from storage.words import LetterState


class OwnThread(NamedTuple):
    """One conversation of somebody's, with what they wrote, and what has reached them."""

    survey: Survey
    wave: Wave
    thread: Thread
    letters: list[Letter]


async def own_threads(
    session: AsyncSession, secret: str | None, workspace_id: str, user_id: str
) -> list[OwnThread]:
    """Return the open conversations of a person; none without the secret with which they were sealed."""
    found = await links.links(session, workspace_id)
    theirs = [key for key, link in found.items() if _opened(secret, link) == user_id]
    letters = await threads.letters_of(session, theirs)
    about = await links.surveys_of(session, theirs)
    return [
        OwnThread(*about[key], [one for one in letters.get(key, []) if _is_known_to_them(one)])
        for key in about
    ]


def _is_known_to_them(letter: Letter) -> bool:
    reached = letter.state in {LetterState.DELIVERED, LetterState.UNCERTAIN}
    return reached or not letter.is_from_team


async def forget_links(session: AsyncSession, secret: str | None, workspace_id: str, user_id: str) -> int:
    """Let no conversation be joined to a person who erases themselves; return how many this secret does not open.

    All links are sealed again, and theirs as nobody's: a copy of the database from before and one from after do not
    tell which were theirs.
    """
    old = await links.links(session, workspace_id)
    new = {}
    for key, link in old.items():
        if (somebody := _opened(secret, link)) is not None:
            new[key] = seal_link(secret, "" if somebody == user_id else somebody)
    await links.replace(session, old, new)
    return len(old) - len(new)


def _opened(secret: str | None, link: bytes) -> str | None:
    try:
        return open_link(secret, link)
    except WrongSecret:
        log.error("threads.stay_sealed")
        return None
