"""What happened before the demo began: three waves, answered by real clicks on an earlier clock."""

from datetime import timedelta

from bot.shell.demo.people import DIGESTS, GENERAL, MANAGER, READER
from bot.shell.demo.stage import Stage

SURVEY = "Team pulse"
WAVE_DAYS = 14
_FORM: dict[str, object] = {
    "name": SURVEY,
    "subject": "Acme",
    "kind": "employees",
    "channels": [GENERAL],
    "wave_days": str(WAVE_DAYS),
    "digest_channel": DIGESTS,
    "digest_weekday": "0",
    "digest_hour": "9",
    "time_zone": "Europe/Paris",
}
# How long ago each wave opened, and the mood people were in.
_WAVES = ((timedelta(weeks=28), 6.6), (timedelta(weeks=18), 7.4), (timedelta(weeks=8), 7.9))
_FRESH = timedelta(hours=20)


async def live_through(stage: Stage) -> None:
    """Play three closed waves and leave a fourth open, answered by some; its newest question waits for the rest."""
    today = stage.clock()
    first = True
    for ago, mood in _WAVES:
        stage.clock.set(today - ago)
        await (open_first(stage) if first else open_next(stage))
        first = False
        await stage.everyone_answers(mood, share=0.8)
        await stage.go_to(today - ago + timedelta(days=8))
        stage.clock.set(today - ago + timedelta(days=WAVE_DAYS, minutes=1))
        await stage.tick()
    stage.clock.set(today - _FRESH)
    await open_next(stage)
    await stage.everyone_answers(8.2, share=0.6, but=(MANAGER, READER))
    stage.clock.set(today)


async def open_first(stage: Stage, **changes: object) -> None:
    """Make a survey in the form of `/nps new` and open its first wave from the preview."""
    await stage.hands.command(MANAGER, GENERAL, "new")
    await stage.slack.until(lambda: stage.slack.modal(MANAGER) is not None)
    await stage.hands.submit(MANAGER, stage.modal_of(MANAGER), _FORM | changes)
    await stage.slack.until(lambda: "submit" in stage.modal_of(MANAGER).definition)
    told = len(stage.slack.direct_messages(MANAGER))
    await stage.hands.submit(MANAGER, stage.modal_of(MANAGER))
    await stage.slack.until(lambda: len(stage.slack.direct_messages(MANAGER)) > told)
    await stage.tick()


async def open_next(stage: Stage) -> None:
    """Open the survey's next wave with `/nps open`."""
    told = len(stage.slack.ephemerals(MANAGER))
    await stage.hands.command(MANAGER, GENERAL, f"open {SURVEY}")
    await stage.slack.until(lambda: len(stage.slack.ephemerals(MANAGER)) > told)
    await stage.tick()
