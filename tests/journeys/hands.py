"""What people do while a wave runs, each done to its end, and what they then see."""

from copy import deepcopy
from dataclasses import replace
from datetime import datetime

from bot.sandbox.form import elements
from bot.sandbox.records import ApiCall, Message, User, View
from storage.audience import Audience
from storage.words import InvitationState
from tests.journeys.office import GENERAL, Office, listeners_finish

POST, UPDATE = "chat.postMessage", "chat.update"
LATER, NOW, STOP, AGAIN = "invitation.later", "invitation.now", "preference.stop", "preference.ask_again"
WATCH, PAUSE, RESUME = "wave.list", "wave.pause", "wave.resume"
RESEND, CLOSE = "wave.resend", "wave.close"


async def click(
    office: Office, user: str, seen: Message | View, action: str, value: str | None = None
) -> None:
    """Use a button, or choose a value in a menu, and wait until all that follows is done."""
    await office.driver.click(user, seen, action, value)
    await listeners_finish()


async def put_off(office: Office, user: str, later: str) -> None:
    """Choose to be asked later: `hour`, `tomorrow` or `next_week`."""
    invitation = (await office.invitations())[user].id
    await click(office, user, office.question(user), LATER, f"{invitation}:{later}")


async def home_of(office: Office, user: str) -> View:
    """Open App Home and return what stands there."""
    await office.driver.open_home(user)
    await listeners_finish()
    shown = office.slack.home(user)
    assert shown is not None
    return shown


async def go_to(office: Office, moment: datetime) -> None:
    """Let the clock show this moment, and do what is due then."""
    office.clock.now = moment
    await office.tick()


async def state_of(office: Office, user: str) -> InvitationState:
    return (await office.invitations())[user].state


def actions(seen: Message | View) -> set[str]:
    """Return the action ids of everything that can be used."""
    return {element["action_id"] for _, element in elements(seen.blocks)}


def forged(seen: Message, action: str, value: str) -> Message:
    """Return the message with a value of somebody's own making in one of its buttons, or in every option of a menu."""
    blocks = deepcopy(seen.blocks)
    for _, element in elements(blocks):
        if element["action_id"] == action:
            for holder in element.get("options", [element]):
                holder["value"] = value
    return replace(seen, blocks=blocks)


def posts_to(office: Office, user: str) -> list[ApiCall]:
    """Return what was posted to this person, and not what Slack refused."""
    places = {user, office.slack.direct_message_with(user).id}
    return [one for one in office.calls(POST) if one.arguments["channel"] in places and one.error is None]


def edits(office: Office, message: Message) -> list[ApiCall]:
    """Return each change that the app asked of this message, refused or not."""
    return [one for one in office.calls(UPDATE) if one.arguments["ts"] == message.ts]


def colleagues(office: Office, number: int, tz: str = "Europe/Paris") -> list[str]:
    """Hire so many more people, none of them in a channel, and return their ids."""
    people = [User(f"U9{one:03}", f"colleague{one}", tz=tz) for one in range(number)]
    return [office.slack.add_user(one).id for one in people]


def those_asked(office: Office) -> list[str]:
    """Return the user id that each question went to, once for each time."""
    return sorted(
        one.arguments["channel"]
        for one in office.calls(POST)
        if one.error is None and "answer.score.9" in str(one.arguments["blocks"])
    )


async def open_in(office: Office, channel: str = GENERAL, *, wave_days: int = 14, reminders: int = 1) -> None:
    """Open a wave that anyone in this channel may answer, and let the clock look once."""
    audience = Audience(open_channel=channel)
    await office.ask_everyone(audience=audience, wave_days=wave_days, reminders=reminders)


def questions(office: Office, channel: str = GENERAL) -> list[Message]:
    """Return what everyone in the channel sees, but for the weekly digest."""
    return [one for one in office.slack.messages(channel) if "recommend" in one.text]


def posted(office: Office, channel: str = GENERAL) -> Message:
    """Return the one question that everyone in the channel sees."""
    [message] = questions(office, channel)
    return message
