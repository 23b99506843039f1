"""What every flow needs, built once by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.kit.concurrency.afterwards import Afterwards
from bot.kit.concurrency.attention import Attention
from bot.kit.concurrency.batching import Batching
from bot.kit.concurrency.keyed_lock import KeyedLock
from bot.kit.concurrency.lookups import Lookups
from bot.kit.concurrency.pace import SpeakingTurns
from bot.kit.rules.installation import Installation
from bot.outward import Outward
from bot.slack.client import Slack
from storage.answers import AnswerRefusal, Tap
from storage.answers.stored import StoredTap
from storage.ballots.casting import Box, Cast
from storage.database.engine import Database
from storage.kit.seen_requests import Seen
from storage.words import GRACE_DAYS

Clock = Callable[[], datetime]


@dataclass
class Line:
    """The way to Slack, as this process knows it: whether the latest message was not taken."""

    is_troubled: bool = False


@dataclass(frozen=True)
class Members:
    """Who is in a user group, as Slack said then."""

    user_ids: frozenset[str]
    told_at: datetime


@dataclass(frozen=True)
class Services:
    """One workspace: the database, Slack, the one clock, and who may manage by the environment's word.

    `pace` is that of all messages which nobody waits for: what a person asked for is said at once.
    `secret` opens the ballots of anonymous waves; None where the operator gave none.
    `showing` has a turn for each invitation: two taps at once change its message one after the other, each to what
    then stands, so that the message ends with what was stored last. `cases_shown` has one for each case, likewise.
    `progress_seen` has, by an open wave's id, what the message to its manager was made of when that was found to say it.
    `boxes` has, by an anonymous wave's id, where its ballots go.
    `grace` is how long the data of a workspace that has removed the app are kept.
    `enterprise_id` is that of the organization of Enterprise Grid to which the workspace belongs, if it does.
    """

    workspace_id: str
    database: Database
    slack: Slack
    clock: Clock
    managers: frozenset[str]
    taps: Batching[Tap, StoredTap | AnswerRefusal]
    ballots: Batching[Cast, AnswerRefusal | None]
    admissions: Batching[Seen, bool]
    afterwards: Afterwards
    pace: SpeakingTurns
    outward: Outward
    secret: str | None = field(default=None, repr=False)
    showing: KeyedLock = field(default_factory=KeyedLock)
    cases_shown: KeyedLock = field(default_factory=KeyedLock)
    attention: Attention = field(default_factory=Attention)
    lookups: Lookups = field(default_factory=Lookups)
    line: Line = field(default_factory=Line)
    boxes: dict[int, Box] = field(default_factory=dict)
    groups: dict[str, Members] = field(default_factory=dict)
    progress_seen: dict[int, tuple[object, ...]] = field(default_factory=dict)
    enterprise_id: str | None = None
    grace: timedelta = timedelta(days=GRACE_DAYS)

    @property
    def installation(self) -> Installation:
        """Where the app is installed."""
        return Installation(self.workspace_id, self.enterprise_id)
