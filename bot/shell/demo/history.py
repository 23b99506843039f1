"""What happened before the demo began, by real clicks on an earlier clock: three waves, an anonymous one, and a fourth.

In the third somebody is called back, and something is done about what they said; in the fourth somebody is to be called.
"""

from datetime import datetime, timedelta

from bot.answers.rules.snoozing import Later
from bot.shell.demo import story
from bot.shell.demo.events import ClockEvent
from bot.shell.demo.filling_in import fill_in
from bot.shell.demo.people import (
    CARE,
    DIGESTS,
    DONE,
    GENERAL,
    MANAGER,
    READER,
    SLEEPER,
    UNHEARD,
    UPSET,
    Opinion,
    opinion,
)
from bot.shell.demo.stage import Stage
from storage.words import CaseCause, Driver, Kind, Rhythm

SURVEY = "Team pulse"
ANONYMOUS = "How we work"
WAVE_DAYS = 14
_WEEKS = 13
_FORM: dict[str, object] = {
    "name": SURVEY,
    "subject": "Acme",
    "kind": Kind.EMPLOYEES,
    "anonymity": "named",
    "channels": [GENERAL],
    "rhythm": Rhythm.WEEKS,
    "every_weeks": str(_WEEKS),
    "wave_days": str(WAVE_DAYS),
    "reminders": "1",
    "digest_channel": DIGESTS,
    "digest_weekday": "0",
    "digest_hour": "9",
    "follow_up_channel": CARE,
    "time_zone": "Europe/Paris",
}
SAID, DID = "We hear about decisions too late.", "Each decision stands in #general on the day it is made."
"""What Maya tells those who are asked; it stands above the question that waits for Amélie."""
# The mood people were in. The first wave was opened by hand, the others have opened by themselves.
_MOODS = (6.6, 7.4, 7.9)
_EVERY = timedelta(weeks=_WEEKS)
_MONDAY = 0


async def live_through(stage: Stage) -> None:
    """Play three closed waves and leave a fourth open, answered by some; its newest question waits for the rest."""
    today = stage.clock()
    # Opened on the working day before, it has reached everybody by now, in every time zone.
    ago = timedelta(days=3 if today.weekday() == _MONDAY else 1) - timedelta(hours=1)
    for number, mood in enumerate(_MOODS):
        opens_at = today - ago - (len(_MOODS) - number) * _EVERY
        stage.clock.set(opens_at)
        if number == 0:
            await open_first(stage)
        await stage.go_to(opens_at + ago)
        if number == len(_MOODS) - 1:
            await _somebody_is_called_back(stage)
        await stage.everyone_answers(mood, share=0.8, but=(READER,))
        # Past half time: everybody who has not answered was reminded, she among them.
        await stage.go_to(opens_at + timedelta(days=WAVE_DAYS * 2 // 3))
        await stage.answer(READER, opinion(stage.slack.users[READER], mood, stage.dice))
        if closes_at := await stage.next_event(ClockEvent.CLOSING):
            await stage.go_to(closes_at)
    await story.something_is_done(stage, SURVEY, SAID, DID, Driver.MANAGEMENT)
    await ask_anonymously(stage, today - ago - timedelta(weeks=1))
    stage.clock.set(today - ago)
    await stage.go_to(today)
    unowned = Opinion(4, "Tickets wait for days and nobody owns them.", (Driver.WORK,), may_contact=True)
    await story.take(stage, MANAGER, await story.may_be_contacted(stage, UNHEARD, unowned))
    await stage.everyone_answers(8.2, share=0.6, but=(MANAGER, READER, SLEEPER, DONE))
    await stage.put_off(SLEEPER, Later.NEXT_WEEK)
    await stage.stop_asking(DONE)
    await stage.tick()


async def ask_anonymously(stage: Stage, opens_at: datetime) -> None:
    """Open an anonymous wave that lasts for a month. Some have cast their ballots; she has not."""
    stage.clock.set(opens_at)
    await open_first(
        stage, name=ANONYMOUS, anonymity="anonymous", rhythm=Rhythm.ONCE, every_weeks="1", wave_days="28"
    )
    await stage.go_to(opens_at + timedelta(days=1))
    await stage.everyone_answers(7.6, share=0.7, but=(MANAGER, READER))


async def _somebody_is_called_back(stage: Stage) -> None:
    """Let a detractor ask to be contacted, and Maya take the case, call, and close it."""
    late = Opinion(3, "On apprend les décisions trop tard.", (Driver.MANAGEMENT,), may_contact=True)
    card = await story.may_be_contacted(stage, UPSET, late)
    await story.take(stage, MANAGER, card)
    # At half past nine in Paris it is night in Toronto: he reads later who will call.
    await stage.go_to(stage.clock() + timedelta(hours=8))
    note = "We called. Decisions are to be told on the day they are made."
    await story.close(stage, MANAGER, card, CaseCause.MISUNDERSTOOD, note)


async def open_first(stage: Stage, **changes: object) -> None:
    """Make a survey in the form of `/nps new` and open its first wave from the preview."""
    await stage.hands.command(MANAGER, GENERAL, "new")
    await stage.slack.until(lambda: stage.slack.modal(MANAGER) is not None)
    await fill_in(stage.hands, stage.slack, MANAGER, _FORM | changes)
    await stage.slack.until(lambda: "submit" in stage.modal_of(MANAGER).definition)
    told = len(stage.slack.direct_messages(MANAGER))
    await stage.hands.submit(MANAGER, stage.modal_of(MANAGER))
    await stage.slack.until(lambda: len(stage.slack.direct_messages(MANAGER)) > told)
    await stage.tick()
