"""What every flow needs, built once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.flows.tapping import TapDesk
from bot.slack import Slack
from storage.engine import Database

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Services:
    """The database, Slack, the one clock, and who may manage beside the workspace's admins."""

    database: Database
    slack: Slack
    clock: Clock
    managers: frozenset[str]
    taps: TapDesk
