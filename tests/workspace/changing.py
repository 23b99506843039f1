"""What a manager does with the settings, to its end."""

from typing import Any

from bot.sandbox.records import View
from tests.journeys.hands import click, home_of
from tests.journeys.office import GENERAL, MAYA, Office

SUNDAY_TO_THURSDAY: dict[str, Any] = {
    "working_days": ["6", "0", "1", "2", "3"],
    "opens": "08:00",
    "closes": "16:00",
}


async def settings_form(office: Office, user: str = MAYA, word: str = "settings") -> View:
    await office.driver.command(user, GENERAL, word)
    await office.slack.until(lambda: office.slack.modal(user) is not None)
    return office.modal(user)


async def settings_from_home(office: Office, user: str = MAYA) -> View:
    await click(office, user, await home_of(office, user), "workspace.settings")
    return office.modal(user)


async def send(office: Office, form: View, *, user: str = MAYA, **changes: object) -> str:
    """Send the form with these changes, and return what stands there then; the modal is closed where it was taken."""
    await office.driver.submit(user, form, changes)
    shown = office.modal(user)
    if shown.errors:
        return str(shown.errors)
    await office.driver.close(user, shown)
    return str(shown.blocks[0]["text"]["text"])


async def set_to(office: Office, *, user: str = MAYA, **changes: object) -> str:
    """Change the settings, and return what the manager reads."""
    return await send(office, await settings_form(office, user), user=user, **changes)
