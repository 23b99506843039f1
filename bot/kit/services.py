"""What every flow needs, built once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.kit.batching import Batching
from bot.kit.keyed_lock import KeyedLock
from bot.kit.pace import Pace
from bot.slack import Slack
from storage.answers import Refusal, Stored, Tap
from storage.engine import Database
from storage.seen_requests import Seen

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Services:
    """One workspace: the database, Slack, the one clock, and who may manage beside the workspace's admins.

    `pace` is that of all messages which nobody waits for: what a person asked for is said at once.
    `showing` has a turn for each invitation: two taps at once change its message one after the other, each to what
    then stands, so that the message ends with what was stored last.
    """

    workspace_id: str
    database: Database
    slack: Slack
    clock: Clock
    managers: frozenset[str]
    taps: Batching[Tap, Stored | Refusal]
    admissions: Batching[Seen, bool]
    pace: Pace
    showing: KeyedLock = field(default_factory=KeyedLock)
