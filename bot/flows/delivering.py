"""Planned invitations go out: claim, commit, speak, record."""

import asyncio
from collections import Counter
from datetime import timedelta
from functools import partial

from bot.flows.asking import Asked, question
from bot.flows.ledger import Due, once
from bot.flows.people import Who, person, words_of
from bot.flows.services import Services
from bot.logs import log
from bot.slack import Posted, SlackBusy, SlackRefused, SlackUnsure
from bot.views import delivery
from bot.views.delivery import DeliveryFacts
from bot.views.message import Message
from storage import claims, invitations, surveys, waves
from storage.tables import Invitation, InvitationState, Wave

BATCH = 50
# Longer than any call to Slack may take: a claim older than this belongs to a process that is gone.
LEASE = timedelta(minutes=5)
DELIVERY_REPORT = "delivery_report"


async def deliver_waiting(services: Services) -> None:
    """Send every planned invitation once; stop early when Slack is away, since the next run goes on."""
    async with services.database.writing() as session:
        lost = await invitations.mark_abandoned(session, services.clock() - LEASE)
    if lost:
        log.warning("invitations.uncertain", count=lost)
    while batch := await _waiting(services):
        for waiting in batch:
            try:
                await _deliver(services, waiting)
            except SlackBusy as error:
                log.warning("delivery.waits", code=error.code, seconds=error.retry_after)
                if error.retry_after is None:
                    return
                await asyncio.sleep(error.retry_after)


async def _waiting(services: Services) -> list[Invitation]:
    now = services.clock()
    async with services.database.reading() as session:
        return [
            one
            for workspace_id in await invitations.workspaces_with_work(session, now)
            for one in await invitations.waiting(session, workspace_id, now, BATCH)
        ]


async def _deliver(services: Services, waiting: Invitation) -> None:
    invitation_id = waiting.id
    async with services.database.writing() as session:
        if not await claims.claim_invitation(session, invitation_id, services.clock()):
            return  # another clock process has it
    try:
        posted = await _ask(services, waiting, invitation_id)
    except SlackBusy:
        async with services.database.writing() as session:
            await invitations.put_back(session, invitation_id)
        raise
    except SlackRefused as error:
        async with services.database.writing() as session:
            await invitations.record_failed(session, invitation_id, error.code)
        log.warning("invitation.failed", invitation=invitation_id, code=error.code)
    except SlackUnsure as error:
        async with services.database.writing() as session:
            await invitations.record_uncertain(session, invitation_id)
        log.warning("invitation.uncertain", invitation=invitation_id, code=error.code)
    else:
        async with services.database.writing() as session:
            await invitations.record_delivered(
                session, invitation_id, posted.channel_id, posted.ts, services.clock()
            )
        log.info("invitation.delivered", invitation=invitation_id)


async def _ask(services: Services, waiting: Invitation, invitation_id: int) -> Posted:
    async with services.database.reading() as session:
        found = await invitations.invitation_with_wave(session, invitation_id)
    assert found is not None  # noqa: S101 - foreign keys hold it
    somebody = await person(services, Who(waiting.workspace_id, waiting.user_id))
    asked = Asked(*found)
    return await services.slack.post(waiting.user_id, question(asked, somebody))


async def report_deliveries(services: Services) -> None:
    """Tell the manager of each open wave, once, who could not be asked and what to do about it."""
    async with services.database.reading() as session:
        counted = [
            (wave, await invitations.delivery_counts(session, wave.id))
            for wave in await waves.open_waves(session)
        ]
    for wave, counts in counted:
        sending = counts[InvitationState.PLANNED] + counts[InvitationState.CLAIMED]
        missed = counts[InvitationState.FAILED] + counts[InvitationState.UNCERTAIN]
        if missed and not sending:
            await once(
                services,
                Due(wave.workspace_id, DELIVERY_REPORT, wave.id, wave.opens_at),
                partial(_problems, services, wave, counts),
                partial(services.slack.post, wave.opened_by),
            )


async def _problems(services: Services, wave: Wave, counts: dict[InvitationState, int]) -> Message:
    async with services.database.reading() as session:
        failed = await invitations.failures(session, wave.id)
        survey = await surveys.survey(session, wave.survey_id)
    assert survey is not None  # noqa: S101 - foreign keys hold it
    facts = DeliveryFacts(
        survey_name=survey.name,
        wave_number=wave.number,
        invitations=sum(counts.values()),
        failures=tuple(Counter(invitation.reason or "unknown" for invitation in failed).most_common()),
        uncertain=counts[InvitationState.UNCERTAIN],
    )
    return delivery.render(facts, words_of(await person(services, Who(wave.workspace_id, wave.opened_by))))
