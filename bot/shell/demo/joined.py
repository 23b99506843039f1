"""A look through the whole database and all of Slack for what joins an anonymous answer to its person."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import SQLModel

from bot.sandbox.records import Message
from bot.shell.demo.stage import Stage


async def where_it_stands(on: Stage, comment: str) -> set[str]:
    """Return the tables, and the conversations of Slack, in which a comment can be read."""
    found = {f"messages in {one.channel}" for one in _messages(on) if comment in str(one)}
    async with on.app.services.database.reading() as session:
        connection = await session.connection()
        for table in SQLModel.metadata.sorted_tables:
            rows = await connection.execute(select(table))
            found |= {table.name for row in rows if comment in str(row)}
    return found


def common_columns() -> set[str]:
    """Return what a ballot and an invitation are told of alike."""
    ballots, people = (SQLModel.metadata.tables[name].columns.keys() for name in ("ballots", "invitations"))
    return set(ballots) & set(people)


def _messages(on: Stage) -> Iterable[Message]:
    for user in on.slack.users:
        yield from on.slack.direct_messages(user)
        yield from on.slack.ephemerals(user)
    for channel in on.slack.channels:
        yield from on.slack.messages(channel)
