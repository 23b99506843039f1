"""A company asks its people while its processes are killed; what must be true afterwards."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.kit.once import NOTHING_TO_SAY
from bot.sandbox.failures.limits import POST
from bot.sandbox.records import Channel, User
from bot.sandbox.server import running
from bot.sandbox.workspace import Sandbox
from storage import surveys, waves
from storage.audience import Audience
from storage.database.engine import Database
from storage.kit import people
from storage.tables import Survey
from storage.waves.closing import close_wave
from storage.words import InvitationState, Kind, RunState
from tests.journeys import books
from tests.journeys.books import Books
from tests.journeys.office import MAYA, furnish
from tests.journeys.process import MovedClock, forge
from tests.journeys.storm import Storm, Trouble

CROWD = "C3CROWD"
ZONES = ("UTC", "Europe/Paris", "Africa/Lagos")
DIGEST_HOURS = (7, 9, 10, 11)
"""On Mondays, by UTC: one is overdue when it begins, the others fall due meanwhile."""
HAVE_LEFT = 3
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Force:
    """How hard it comes: see `Storm.rage`."""

    kills: int
    troubles: tuple[Trouble, ...]
    people: int = 500


async def besiege(database: Database, folder: Path, force: Force) -> None:
    """Let one wave be asked under siege, and reminded in peace; then nobody may be asked twice, or left out."""
    seed = random.randrange(1_000_000)  # noqa: S311 - chance is all we want
    print(f"seed {seed}")  # noqa: T201 - pytest shows it where something fails
    clock = MovedClock(folder / "moved")
    slack, began = Sandbox(clock=clock), clock()
    crowd = _move_in(slack, force.people)
    await _open_for_business(database, slack)

    async with running(slack), forge(clock) as forging:
        storm = Storm(slack, database, clock, forging, crowd, random.Random(seed))  # noqa: S311
        await storm.rage(force.kills, force.troubles, per_life=force.people // force.kills, hours=4)
        under_siege = await books.read(database, slack)
        clock.forward(minutes=6)  # the leases of the dead end
        due = _digests_due(clock(), began)
        await storm.calm(lambda: books.is_everyone_asked(database, len(due)))
        asked = await books.read(database, slack)
        clock.set(began.replace(hour=15) + WEEK)  # in everybody's hours, after everybody's half time
        due += _digests_due(clock(), began + WEEK)
        await storm.calm(lambda: books.is_everyone_reminded(database, len(due)))
    reminded = await books.read(database, slack)

    print(_told(storm, under_siege, asked, reminded))  # noqa: T201
    assert storm.kills == force.kills
    _nobody_is_asked_twice(asked, reminded)
    _nobody_is_left_out(crowd, asked, reminded)
    assert books.lost_answers(reminded.scores, storm.taps) == {}
    _each_digest_stands_once(slack, due, reminded)


def _nobody_is_asked_twice(asked: Books, reminded: Books) -> None:
    assert asked.reminders == {}
    for taken in (reminded.questions, reminded.reminders):
        assert {person: times for person, times in taken.items() if times > 1} == {}


def _nobody_is_left_out(crowd: list[str], asked: Books, reminded: Books) -> None:
    """Everybody who can be reached was: by the question, or where nobody knows of that, by the reminder."""
    gone, here = set(crowd[:HAVE_LEFT]), set(crowd[HAVE_LEFT:])
    assert set(asked.invitations) == set(crowd)
    assert gone <= reminded.in_state(InvitationState.FAILED, InvitationState.UNCERTAIN)
    refused = {person: one.code for person, one in reminded.invitations.items() if one.code}
    assert refused == {person: "account_inactive" for person in refused if person in gone}

    assert here <= reminded.in_state(InvitationState.DELIVERED, InvitationState.ANSWERED)
    surely = asked.in_state(InvitationState.DELIVERED, InvitationState.ANSWERED)
    assert {person for person in surely if asked.questions[person] != 1} == set()
    assert {person for person in here - surely if reminded.reminders[person] != 1} == set()
    unanswered = here - set(reminded.scores)
    assert {person for person in unanswered if reminded.reminders[person] != 1} == set()


def _each_digest_stands_once(slack: Sandbox, due: list[tuple[int, datetime]], reminded: Books) -> None:
    """Where its process died while it spoke nobody knows, and it says so; otherwise it stands, if there is news.

    The crowd answers the first survey. The others have no news in the second week.
    """
    runs = {(one.subject, one.due_at): one for one in reminded.digests}
    for number, (hour, due_at) in enumerate(due):
        survey = DIGEST_HOURS.index(hour) + 1
        run, stands = runs[survey, due_at], _digests_in(slack, hour, due_at)
        if survey > 1 and due_at >= due[0][1] + WEEK:
            assert (run.state, run.code, stands) == (RunState.DONE, NOTHING_TO_SAY, 0), number
        else:
            assert (run.state, stands) in {
                (RunState.DONE, 1),
                (RunState.UNCERTAIN, 0),
                (RunState.UNCERTAIN, 1),
            }, number
    assert len(runs) == len(due)


def _told(storm: Storm, under_siege: Books, asked: Books, reminded: Books) -> str:
    taps = [acknowledged for made in storm.taps.values() for _, acknowledged in made]
    uncertain = asked.in_state(InvitationState.UNCERTAIN)
    return (
        f"{storm.kills} kills; {under_siege.questions.total()} of {len(asked.invitations)} questions under siege; "
        f"{len(uncertain)} uncertain, {sum(asked.questions[one] for one in uncertain)} of them arrived; "
        f"{reminded.reminders.total()} reminders; {sum(taps)} of {len(taps)} taps acknowledged; "
        f"digests {dict(Counter(one.state.value for one in reminded.digests))}"
    )


def _move_in(slack: Sandbox, size: int) -> list[str]:
    """Furnish a workspace with a crowd in one channel; Slack will refuse some of them."""
    furnish(slack)
    crowd = [f"U8{number:04}" for number in range(size)]
    for number, person in enumerate(crowd):
        slack.add_user(User(person, person.lower(), tz=ZONES[number % len(ZONES)]))
    slack.add_channel(Channel(CROWD, "crowd", members=crowd))
    for hour in DIGEST_HOURS:
        slack.add_channel(Channel(_channel(hour), f"digest-{hour}"))
    for person in crowd[:HAVE_LEFT]:
        slack.faults.answer(POST, "account_inactive", to=person, times=None)
    return crowd


async def _open_for_business(database: Database, slack: Sandbox) -> None:
    """Open a wave for the crowd, of which nothing is planned yet, and have a survey for each digest."""
    now = slack.clock()
    async with database.writing() as session:
        await people.ensure_workspace(session, slack.team_id, slack.name)
        for hour in DIGEST_HOURS:
            survey = await surveys.add_survey(session, _survey(slack, hour, now))
            wave = await waves.open_wave(session, survey, MAYA, now, now + 2 * WEEK)
            if hour != DIGEST_HOURS[0]:
                await close_wave(session, wave.id, now)


def _survey(slack: Sandbox, digest_hour: int, now: datetime) -> Survey:
    return Survey(
        workspace_id=slack.team_id,
        name=f"Acme {digest_hour}",
        subject="Acme",
        kind=Kind.CUSTOMERS,
        audience=Audience(channels=(CROWD,)),
        wave_days=14,
        digest_channel=_channel(digest_hour),
        digest_weekday=0,
        digest_hour=digest_hour,
        time_zone="UTC",
        created_by=MAYA,
        created_at=now - timedelta(days=3),
        starts_at=now - timedelta(days=3),
    )


def _channel(digest_hour: int) -> str:
    return f"C4AT{digest_hour}"


def _digests_due(now: datetime, day: datetime) -> list[tuple[int, datetime]]:
    """Return the digests that are due by now on this day: the hour, and when."""
    times = [(hour, day.replace(hour=hour, minute=0, second=0, microsecond=0)) for hour in DIGEST_HOURS]
    return [(hour, due_at) for hour, due_at in times if due_at <= now]


def _digests_in(slack: Sandbox, hour: int, due_at: datetime) -> int:
    """Count the messages that stand in a digest's channel from when it was due until the next is."""
    stand = [float(one.ts) for one in slack.messages(_channel(hour))]
    return len([ts for ts in stand if due_at.timestamp() <= ts < (due_at + WEEK).timestamp()])
