"""The five promises, each checked against what Slack shows and what the database holds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlmodel import select

from bot.delivery.report import DELIVERY_REPORT
from bot.digests.posting import WEEKLY_DIGEST
from bot.kit.once import NOTHING_TO_SAY
from bot.kit.rules.asking import day_free
from bot.kit.rules.calendar import known_zone, latest_due
from storage.database.engine import Database
from storage.tables import Answer, Invitation, Run, Survey, Wave
from storage.words import InvitationState, LeftOutBecause, RunState
from tests.journeys.office import GENERAL
from tests.simulation.company import NAMES, SURVEYS, Company, channel_of

UNSETTLED = (InvitationState.PLANNED, InvitationState.CLAIMED)
IN_DOUBT = (InvitationState.FAILED, InvitationState.UNCERTAIN)


@dataclass(frozen=True)
class Rows:
    """What the database holds at one moment, by id, of all workspaces."""

    surveys: dict[int, Survey]
    waves: dict[int, Wave]
    invitations: dict[int, Invitation]
    answers: dict[int, Answer]
    runs: dict[int, Run]


async def read(database: Database) -> Rows:
    async with database.reading() as session:
        surveys = {row.id: row for row in await session.exec(select(Survey))}
        waves = {row.id: row for row in await session.exec(select(Wave))}
        invitations = {row.id: row for row in await session.exec(select(Invitation))}
        answers = {row.id: row for row in await session.exec(select(Answer))}
        runs = {row.id: row for row in await session.exec(select(Run))}
    return Rows(surveys, waves, invitations, answers, runs)


def nobody_is_asked_twice(company: Company, quarantine_days: int) -> None:
    """Once per wave, and reminded once; both once more for each time that somebody put it off.

    And of two surveys not within the quarantine, nor anything when they want no more.
    """
    questions = company.questions()
    times = Counter((one.invitation, one.is_reminder) for one in company.askings)
    twice = {one: many for one, many in times.items() if many > 1 + company.put_off[one[0]]}
    assert twice == {}, f"asked or reminded twice: {twice}"
    assert company.disturbed == [], f"asked although they want no more: {company.disturbed}"
    for person in {one.person for one in questions}:
        zone, known = company.slack.users[person].tz, set[int]()
        for before, now in pairwise(one for one in questions if one.person == person):
            known.add(before.invitation)
            day = now.at.astimezone(known_zone(zone)).date()
            is_free = now.invitation in known or day >= day_free(before.at, quarantine_days, zone)
            assert is_free, f"{person} is asked within the quarantine: {before.at}, {now.at}"


def no_acknowledged_answer_is_lost(company: Company, rows: Rows) -> None:
    scores: dict[int | None, int] = {
        row.invitation_id: row.score
        for row in rows.answers.values()
        if row.invitation_id and rows.invitations[row.invitation_id].workspace_id == company.slack.team_id
    }
    wrong = {
        invitation: (scores.get(invitation), may_stand)
        for invitation, may_stand in company.may_stand.items()
        if scores.get(invitation) not in may_stand
    }
    assert wrong == {}, f"an answer is lost: {wrong}"
    assert set(scores) <= set(company.may_stand), f"an answer that nobody gave: {scores}"


def one_digest_per_due_time(company: Company, rows: Rows) -> None:
    runs = {
        (run.subject, run.due_at): run
        for run in rows.runs.values()
        if run.job == WEEKLY_DIGEST and run.workspace_id == company.slack.team_id
    }
    stands = Counter[tuple[int, datetime]]()
    for survey in _surveys(company, rows):
        weekday, hour, zone = survey.digest_weekday, survey.digest_hour, survey.time_zone
        for at in company.posted[channel_of(survey.name)]:
            stands[survey.id, latest_due(weekday, hour, zone, at)] += 1
    twice = {key: times for key, times in stands.items() if times > 1}
    assert twice == {}, f"a digest twice: {twice}"
    assert set(stands) <= set(runs), f"a digest that nobody claimed: {set(stands) - set(runs)}"
    said = {key for key, run in runs.items() if run.state is RunState.DONE and run.code != NOTHING_TO_SAY}
    assert said <= set(stands), f"a digest that never came: {said - set(stands)}"
    assert set(company.posted) <= {channel_of(name) for name in SURVEYS}, "something in another channel"


def nothing_of_another_workspace(company: Company, rows: Rows) -> None:
    [other] = [name for name in NAMES if name != company.name]
    told = [one for one in company.seen if other in f"{one.text} {one.blocks}"]
    assert told == [], f"something of another workspace: {told}"
    home = company.slack.team_id
    strange = [one for one in company.askings if rows.invitations[one.invitation].workspace_id != home]
    assert strange == [], f"a question of another workspace: {strange}"
    for wave in rows.waves.values():
        assert wave.workspace_id == rows.surveys[wave.survey_id].workspace_id
    for one in rows.invitations.values():
        assert one.workspace_id == rows.waves[one.wave_id].workspace_id


def forgotten(company: Company, rows: Rows, waves: Sequence[int]) -> list[str]:
    """Return who of these waves is neither asked, nor in doubt and told of, nor left out for a reason."""
    ours = [rows.waves[one] for one in waves if one in rows.waves]
    return [
        f"wave {wave.id}: {what}"
        for wave in ours
        if wave.workspace_id == company.slack.team_id
        for what in _forgotten_of(company, rows, wave)
    ]


def _forgotten_of(company: Company, rows: Rows, wave: Wave) -> Iterator[str]:
    invited = [row for row in rows.invitations.values() if row.wave_id == wave.id]
    arrived = {one.invitation for one in company.questions()}
    for row in invited:
        if row.state in UNSETTLED:
            yield f"{row.user_id} is {row.state}"
        elif row.state is InvitationState.DELIVERED and row.id not in arrived:
            yield f"{row.user_id} never got the question"
    if wave.closed_at:
        return
    counted, audience = len(invited) + sum(wave.left_out.values()), company.slack.channels[GENERAL].members
    if wave.planned_at is None or counted != len(audience):
        yield f"{counted} of {len(audience)} are planned"
    for row in invited:
        has_reason = row.code in set(LeftOutBecause)
        if row.state is InvitationState.EXPIRED and row.id not in arrived and not has_reason:
            yield f"{row.user_id} was not asked, and nobody knows why"
    reported = {run.subject for run in rows.runs.values() if run.job == DELIVERY_REPORT}
    if any(row.state in IN_DOUBT for row in invited) and wave.id not in reported:
        yield "nobody was told who could not be asked"


def without_a_digest(company: Company, rows: Rows, due: datetime) -> list[str]:
    """Return the surveys that have asked, and have no settled digest that was due then."""
    asking = {wave.survey_id for wave in rows.waves.values() if wave.opens_at < due}
    settled = {
        run.subject
        for run in rows.runs.values()
        if run.job == WEEKLY_DIGEST and run.due_at == due and run.state is not RunState.CLAIMED
    }
    return [one.name for one in _surveys(company, rows) if one.id in asking - settled]


def _surveys(company: Company, rows: Rows) -> list[Survey]:
    return [one for one in rows.surveys.values() if one.workspace_id == company.slack.team_id]
