"""A year of three surveys in fast time: every message that a channel and a manager get, compared whole with a checked list.

After a change that is meant: UPDATE_GOLDEN=1 pytest -m slow tests/journeys/test_a_golden_year.py, and read the difference
as the manager who gets these messages would.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.kit.rules.working_hours import USUAL
from bot.sandbox.form import elements
from bot.sandbox.records import Channel, Message
from bot.shell.demo.events import events_ahead
from storage.audience import Audience
from storage.words import Kind, Rhythm
from tests.journeys.hands import click, colleagues
from tests.journeys.office import ALICE, BRUNO, CHEN, GENERAL, MAYA, MONDAY, Office

GOLDEN = Path(__file__).with_name("a_golden_year.txt")
PARIS = "Europe/Paris"
POULS = "C3POULS"
WIDTH = 160


@dataclass
class Listener:
    """Hears what the channels and the managers get, and writes each message down as it first stands."""

    office: Office
    heard: list[str] = field(default_factory=list)
    known: set[tuple[str, str]] = field(default_factory=set)

    def listen(self) -> None:
        for place, messages in self._places():
            for one in messages:
                if (place, one.ts) not in self.known:
                    self.known.add((place, one.ts))
                    self.heard.append(self._line(place, one))

    def _places(self) -> Iterator[tuple[str, list[Message]]]:
        yield "#general", self.office.slack.messages(GENERAL)
        yield "#pouls", self.office.slack.messages(POULS)
        yield "maya", self.office.slack.direct_messages(MAYA)
        yield "bruno", self.office.slack.direct_messages(BRUNO)

    def _line(self, place: str, message: Message) -> str:
        now = self.office.clock.now.astimezone(ZoneInfo(PARIS))
        first = message.text.splitlines()[0]
        return f"{now:%Y-%m-%d %a %H:%M}  {place:<8}  {_kind(place, message):<8}  {first}"[:WIDTH].rstrip()


def _kind(place: str, message: Message) -> str:
    actions = {element["action_id"] for _, element in elements(message.blocks)}
    if any(one.startswith("answer.score") for one in actions):
        return "reminder" if message.thread_ts else "question"
    if "wave.list" in actions:
        return "progress"
    return "post" if place.startswith("#") else "news"


async def answer_what_is_asked(office: Office, week: int) -> None:
    """Everybody but Chen answers in their way as soon as they are asked."""
    for number, user in enumerate(sorted(office.slack.users)):
        score = 6 + (number + week) % 5
        for one in office.slack.direct_messages(user) if user != CHEN else ():
            actions = {element["action_id"] for _, element in elements(one.blocks)}
            if f"answer.score.{score}" in actions and not one.thread_ts:
                await click(office, user, one, f"answer.score.{score}")


async def next_moment(office: Office) -> datetime:
    """Return when something comes next by itself, or else when the manager begins to work again."""
    now = office.clock.now
    ahead = await events_ahead(office.app.services, now)
    hours = USUAL.window(now, PARIS).opens_at
    return min([*ahead.values(), *([hours] if hours > now else [])])


@pytest.mark.slow
@pytest.mark.parametrize("quarantine_days", [28])
async def test_a_year_of_three_surveys_says_this_and_nothing_else(office: Office) -> None:
    slack = office.slack
    slack.add_user(replace(slack.users[BRUNO], is_admin=True))
    slack.add_channel(Channel(POULS, "pouls", (MAYA, ALICE, BRUNO)))
    staff = colleagues(office, 8)
    team = {
        "kind": Kind.EMPLOYEES,
        "audience": Audience(people=(ALICE, BRUNO, CHEN, *staff[:3])),
        "digest_weekday": 0,
        "digest_hour": 9,
        "time_zone": PARIS,
    }
    pouls = {
        "kind": Kind.CUSTOMERS,
        "audience": Audience(people=tuple(staff[3:6])),
        "digest_channel": POULS,
        "digest_weekday": 4,
        "digest_hour": 16,
        "created_by": BRUNO,
    }
    offsite = {"subject": "the Lisbon offsite", "audience": Audience(people=tuple(staff[6:]))}
    await office.a_survey("Team", rhythm=Rhythm.QUARTERLY, reminders=1, **team)
    await office.a_survey(
        "Pouls", rhythm=Rhythm.WEEKS, every_weeks=1, wave_days=5, reminders=0, **(team | pouls)
    )
    listener = Listener(office)
    await office.command(MAYA, "open Team")
    await office.command(BRUNO, "open Pouls")
    await office.tick()
    listener.listen()
    await answer_what_is_asked(office, 0)
    summer = MONDAY + timedelta(days=200)
    while office.clock.now < MONDAY + timedelta(days=365):
        before, office.clock.now = office.clock.now, await next_moment(office)
        if before < summer <= office.clock.now:
            await office.a_survey("Offsite", wave_days=7, result_at_closing=True, **(team | offsite))
            await office.command(MAYA, "open Offsite")
        await office.tick()
        listener.listen()
        await answer_what_is_asked(office, (office.clock.now - MONDAY).days // 7)
        listener.listen()

    year = "\n".join(listener.heard) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(year, encoding="utf-8")
    assert year == GOLDEN.read_text(encoding="utf-8")
