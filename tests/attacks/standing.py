"""What must stand in the database whatever strangers send: what others said, who was asked, another workspace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select as all_of
from sqlmodel import SQLModel, select

from bot.sandbox.records import Message
from storage.tables import Answer, Invitation, Mention, Newcomer, Person, Preference, Survey, Wave
from storage.words import NAME_LENGTH
from tests import builders
from tests.journeys.office import ALICE, MAYA, Office
from tests.journeys.stored import Said

ELSEWHERE = "T0OTHER"
"""Another workspace in the same database."""
THEIRS = "Nobody of ours may read this"
"""What stands in its rows, and in no request that is made here."""
THEIR_ID = 1
"""Of its survey, its wave, its invitation and its answer: it was here first."""


class SaidNow(NamedTuple):
    """One answer of somebody."""

    id: int
    score: int
    comment: str | None
    changed_at: datetime


@dataclass(frozen=True)
class Stands:
    """What no attack may change: another workspace's rows, who was asked, and that the waves are open."""

    theirs: Mapping[str, list[Any]]
    asked: Mapping[int, frozenset[str]]
    open_waves: frozenset[int]


async def furnish_elsewhere(office: Office) -> None:
    """Let another workspace ask and answer. The person asked has the same id as Alice here."""
    now = office.clock.now
    async with office.books.writing() as session:
        survey = await builders.a_stored_survey(
            session, "Elsewhere", workspace_id=ELSEWHERE, subject=THEIRS, created_by=MAYA, starts_at=now
        )
        wave = await builders.a_wave(session, (ALICE,), survey=survey, opens_at=now)
        invitation = (await builders.invitations_of(session, wave))[ALICE]
        session.add(
            Answer(
                invitation_id=invitation.id,
                workspace_id=ELSEWHERE,
                wave_id=wave.id,
                score=6,
                comment=THEIRS,
                answered_at=now,
                changed_at=now,
            )
        )
        assert (survey.id, wave.id, invitation.id) == (THEIR_ID, THEIR_ID, THEIR_ID)


async def what_stands(office: Office) -> Stands:
    theirs = dict[str, list[Any]]()
    async with office.books.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            if "workspace_id" in table.c:
                everything = all_of(*table.c).where(table.c.workspace_id == ELSEWHERE)
                found = await (await session.connection()).execute(everything)
                theirs[table.name] = sorted(found, key=repr)
    invitations, waves = await office.rows(Invitation), await office.rows(Wave)
    surveys = {survey.id: survey for survey in await office.rows(Survey)}
    return Stands(
        theirs,
        {
            wave.id: frozenset(one.user_id for one in invitations if one.wave_id == wave.id)
            for wave in waves
            if not surveys[wave.survey_id].audience.open_channel
        },
        frozenset(wave.id for wave in waves if wave.closed_at is None),
    )


async def rows_by_person(office: Office) -> dict[str, frozenset[object]]:
    """Return all that stands in the database by what each person has done: their answers, and when to ask them."""
    async with office.books.reading() as session:
        invitations = {one.id: one for one in await session.exec(select(Invitation))}
        answers = {one.id: one for one in await session.exec(select(Answer))}
        mentions = list(await session.exec(select(Mention)))
        preferences = list(await session.exec(select(Preference)))
    facts: dict[str, set[object]] = {}
    asked_by_answer = {}
    for one in invitations.values():
        facts.setdefault(one.user_id, set()).add(("asked", one.id, one.state, one.snoozed_until))
    for answer in answers.values():
        assert answer.invitation_id is not None
        asked_by_answer[answer.id] = invitations[answer.invitation_id].user_id
        said = SaidNow(answer.id, answer.score, answer.comment, answer.changed_at)
        facts[asked_by_answer[answer.id]].add(said)
    for mention in mentions:
        facts[asked_by_answer[mention.answer_id]].add(("ticked", mention.answer_id, mention.driver))
    for preference in preferences:
        facts.setdefault(preference.user_id, set()).add(("prefers", preference.opted_out_at))
    return {person: frozenset(found) for person, found in facts.items()}


async def look_at_every_row(office: Office) -> None:
    """Look for what is nobody's, or not storable everywhere."""
    ours = office.slack.team_id
    async with office.books.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            if "workspace_id" in table.c:
                found = await session.exec(select(table.c.workspace_id).distinct())
                assert set(found) <= {ours, ELSEWHERE}, table.name
    for survey in await office.rows(Survey):
        assert survey.created_by == MAYA
        assert 1 <= len(survey.name) <= NAME_LENGTH
        assert "\0" not in survey.name
    assert {wave.opened_by for wave in await office.rows(Wave) if wave.workspace_id == ours} == {MAYA}
    known = set(office.slack.users)
    assert {one.user_id for one in await office.rows(Person)} <= known
    assert {one.user_id for one in await office.rows(Invitation)} <= known
    assert await office.rows(Newcomer) == []
    for said in (await office.answers()).values():
        _look_at_answer(said)


def _look_at_answer(said: Said) -> None:
    assert 0 <= said.score <= 10
    assert "\0" not in (said.comment or "")


def look_at_slack(office: Office) -> None:
    """Look for another workspace in all that Slack was told since the last look, and forget what only one person saw."""
    views = [view for stack in office.slack.modals.values() for view in stack]
    messages = [one for place in office.slack.posted.values() for one in place.values()]
    for told in (*office.slack.requests, *views, *office.slack.homes.values(), *messages):
        assert THEIRS not in repr(told)
    for message in filter(_is_for_one, messages):
        office.slack.forget(message)
    office.slack.requests.clear()


def _is_for_one(message: Message) -> bool:
    return message.ephemeral_to is not None
