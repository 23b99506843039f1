"""People that imported answers name by their e-mail address, linked to people of Slack."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.importing.imported_answers import Linked
from storage.tables import Answer, Wave

_AT_ONCE = 5_000


async def link_people(session: AsyncSession, survey_id: int, slack_ids: Mapping[str, str]) -> Linked:
    """Name people by their Slack user id in all imported answers of the survey, where `slack_ids` has their address.

    The addresses in `slack_ids` are in lower case. People with another address keep it as their name.
    """
    people, known, last = set[str](), set[str](), 0
    while page := await _named_by_address(session, survey_id, last):
        last = page[-1][0]
        people.update(address for _, address in page)
        found = [(answer_id, address) for answer_id, address in page if address in slack_ids]
        known.update(address for _, address in found)
        await _name(session, [(answer_id, slack_ids[address]) for answer_id, address in found])
    return Linked(len(people), len(known))


async def _named_by_address(session: AsyncSession, survey_id: int, last: int) -> Sequence[tuple[int, str]]:
    """Return the next answers after the id `last`, each with the address that stands there for its person."""
    question = (
        select(Answer.id, col(Answer.person))
        .join_from(Answer, Wave, col(Answer.wave_id) == col(Wave.id))
        .where(
            Wave.survey_id == survey_id,
            col(Answer.import_key).is_not(None),
            col(Answer.person).contains("@"),
            col(Answer.id) > last,
        )
        .order_by(col(Answer.id))
        .limit(_AT_ONCE)
    )
    return [
        (answer_id, (person or "").strip().casefold()) for answer_id, person in await session.exec(question)
    ]


async def _name(session: AsyncSession, people: Sequence[tuple[int, str]]) -> None:
    if not people:
        return
    named = update(Answer).where(col(Answer.id) == bindparam("answer")).values(person=bindparam("user_id"))
    connection = await session.connection()
    await connection.execute(
        named, [{"answer": answer_id, "user_id": user_id} for answer_id, user_id in people]
    )
