"""A tap that was stored, and what its message needs to say so."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from storage.kit.people import Addressee
from storage.question import ONCE_OFFERED, Offered, Question, Wording
from storage.words import FollowUp, Kind

AskedRow = Row[*tuple[Any, ...]]
"""An invitation with its wave, its survey, the answer given so far and what we know of the person."""


@dataclass(frozen=True, slots=True)
class FollowUpOffer:
    """Where a survey follows people up, and who is asked whether somebody may contact them."""

    channel_id: str
    with_whom: FollowUp

    @classmethod
    def of(cls, channel_id: str | None, with_whom: FollowUp) -> "FollowUpOffer | None":
        """Return what a survey offers; None where it follows nobody up."""
        return cls(channel_id, with_whom) if channel_id else None


@dataclass(frozen=True, slots=True)
class StoredTap:
    """A tap that stands in the database, with what its message needs to say so."""

    score: int
    quoted_no_more: bool
    asked: AskedRow = field(repr=False)

    @property
    def invitation_id(self) -> int:
        return int(self.asked.id)

    @property
    def previous_score(self) -> int | None:
        """What stood before this tap."""
        score: int | None = self.asked.score
        return score

    @property
    def closes_at(self) -> datetime:
        moment: datetime = self.asked.closes_at
        return moment

    @property
    def channel_id(self) -> str | None:
        channel: str | None = self.asked.channel_id
        return channel

    @property
    def message_ts(self) -> str | None:
        """The message that asked; None where Slack never confirmed it."""
        message: str | None = self.asked.message_ts
        return message

    @property
    def follow_up(self) -> FollowUpOffer | None:
        return FollowUpOffer.of(self.asked.follow_up_channel, self.asked.follow_up_with)

    @property
    def may_be_quoted(self) -> bool:
        return bool(self.asked.digest_comments)

    @property
    def question(self) -> Question:
        """What was asked. It is read once for all people of a wave, after Slack has its acknowledgement."""
        return _question(self.asked.kind, self.asked.subject, self.asked.wording, self.asked.drivers)

    @property
    def may_stand_elsewhere(self) -> bool:
        """Whether the question may have come a second time: put off and asked again, or reminded of."""
        return bool(self.asked.may_stand_elsewhere)

    @property
    def has_links(self) -> bool:
        """Whether the survey has links to offer its promoters."""
        return bool(self.asked.has_links)

    @property
    def has_webhooks(self) -> bool:
        """Whether programs elsewhere may want to hear of it."""
        return bool(self.asked.has_webhooks)

    @property
    def addressee(self) -> Addressee | None:
        """The person, as their message needs them; None where Slack has never told of them."""
        known = self.asked
        if known.refreshed_at is None:
            return None
        return Addressee(known.workspace_id, known.user_id, known.locale, known.time_zone, known.refreshed_at)


@lru_cache(maxsize=256)
def _question(kind: Kind, subject: str, wording: str | None, drivers: str | None) -> Question:
    """Read a question of which the database gave two parts as the JSON that they are."""
    return Question(
        kind,
        subject,
        Wording.stored(json.loads(wording)) if wording else None,
        tuple(Offered.stored(one) for one in json.loads(drivers or "[]")) or ONCE_OFFERED,
    )
