"""Ballots as Slack sends them: one person, one modal, one submission, one signature each; and what is stored of them."""

import json
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.ballots.sealing import new_keys, unlock, unseal
from bot.ballots.views import ballot
from bot.ballots.views.ballot import BallotFacts
from bot.ids import Field
from bot.sandbox import form
from bot.sandbox.driving import payloads
from bot.sandbox.records import Json, User, View
from bot.sandbox.workspace import Sandbox
from bot.wording import words_for
from scoring.scale import HIGHEST, LOWEST
from storage.ballots import opening
from storage.ballots.opening import Opened
from storage.database.engine import Database
from storage.question import Question, usual
from storage.tables import BallotKey, Invitation, SealedBallot, Wave
from storage.words import InvitationState, Kind
from tests.bench.clicks import CHANNEL, MESSAGE_TS, Click, user_id
from tests.bench.servers import NPS_SECRET
from tests.builders import a_stored_survey, a_wave

# What each person's own is put in place of: rendering one modal a person would outlast the measurement.
_PERSON, _INVITATION, _WAVE, _COMMENT = "U0SOMEBODY", 987654321, 2, "What somebody says"


def ballots(count: int, first: int) -> list[Click]:
    """Let `count` people send one ballot each, on the invitations from `first` on."""
    payload_of = {score: _payload(score) for score in range(LOWEST, HIGHEST + 1)}
    return [_ballot(first + number, user_id(number + 1), payload_of) for number in range(count)]


def _ballot(invitation_id: int, person: str, payload_of: dict[int, str]) -> Click:
    score = invitation_id % (HIGHEST + 1)
    own = (
        payload_of[score]
        .replace(_PERSON, person)
        .replace(str(_INVITATION), str(invitation_id))
        .replace(_COMMENT, _said(invitation_id).comment or "")
    )
    return Click(invitation_id, score, f"trigger.{invitation_id}", urlencode({"payload": own}))


def _said(invitation_id: int) -> Opened:
    return Opened(invitation_id % (HIGHEST + 1), f"What {invitation_id} says", ("team",))


def _payload(score: int) -> str:
    sandbox = Sandbox(url="http://127.0.0.1:1")
    sandbox.add_user(User(_PERSON, "somebody"))
    asked = Question(Kind.EMPLOYEES, "Acme", drivers=usual(Kind.EMPLOYEES))
    facts = BallotFacts(_INVITATION, _WAVE, asked, score, (CHANNEL, f"{MESSAGE_TS}{_INVITATION}"))
    modal = View("V0BALLOT", _PERSON, ballot.render(facts, words_for("en-US")), "1.hash", "V0BALLOT")
    drivers = form.element(modal.blocks, Field.DRIVERS)[1]["options"]
    values: dict[str, dict[str, Json]] = {
        Field.COMMENT: {Field.COMMENT: {"value": _COMMENT}},
        Field.DRIVERS: {
            Field.DRIVERS: {"selected_options": [one for one in drivers if one["value"] == "team"]}
        },
    }
    payload = payloads.view_submission(sandbox, _PERSON, modal, form.state_of(modal.blocks, values))
    return json.dumps(payload)


async def an_anonymous_wave(session: AsyncSession, some: Sequence[Click], now: datetime) -> Wave:
    """Open the wave whose invitations the ballots answer."""
    survey = await a_stored_survey(session, "Pulse", is_anonymous=True)
    people = [user_id(number + 1) for number in range(len(some))]
    wave = await a_wave(session, people, survey=survey, opens_at=now)
    keys = new_keys(NPS_SECRET)
    await opening.add_key(session, wave, keys.public, keys.locked)
    return wave


async def ballots_astray(database: Database, acknowledged: Sequence[Click]) -> int:
    """Count the ballots that differ from those that were acknowledged, and the people who count as absent."""
    async with database.reading() as session:
        keys = (await session.exec(select(BallotKey))).one()
        sealed = (await session.exec(select(SealedBallot.sealed))).all()
        answered = select(func.count()).where(
            Invitation.wave_id == keys.wave_id, Invitation.state == InvitationState.ANSWERED
        )
        took_part = (await session.exec(answered)).one()
    assert keys.private_key
    stored = unseal(unlock(NPS_SECRET, keys.private_key), sealed)
    wrong = {_said(one.invitation_id) for one in acknowledged} ^ set(stored)
    return len(wrong) + abs(len(acknowledged) - len(stored)) + abs(len(acknowledged) - took_part)
