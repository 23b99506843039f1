"""`nps-bot demo`."""

from bot.sandbox.workspace import Sandbox  # noqa: F401
