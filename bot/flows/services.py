"""What every flow needs, built once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.flows.tapping import TapDesk
from bot.flows.turns import Turns
from bot.slack import Slack
from storage.engine import Database

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Services:
    """The database, Slack, the one clock, and who may manage beside the workspace's admins.

    `showing` has a turn for each invitation: two taps at once change its message one after the other, each to what
    then stands, so that the message ends with what was stored last.
    """

    database: Database
    slack: Slack
    clock: Clock
    managers: frozenset[str]
    taps: TapDesk
    showing: Turns = field(default_factory=Turns)
