"""Slack took nothing: now and then one process tries whether it does again, first who we are, then one message."""

from bot.delivery.delivering import next_batch
from bot.delivery.rules.probe_times import pause_after
from bot.delivery.sending import send_one
from bot.delivery.views import outage as view
from bot.delivery.views.outage import OutageFacts
from bot.kit.noticing import say
from bot.kit.outage import is_heard
from bot.kit.people import Who, person, words_of, zone_of
from bot.kit.services import Services
from bot.logs import log
from storage import waves
from storage.delivery import outages
from storage.kit import notices
from storage.tables import Outage


async def probe(services: Services) -> None:
    """Try it when that is due. Once Slack takes a message, everything goes on and the managers are told."""
    async with services.database.reading() as session:
        found = await outages.outage(session, services.workspace_id)
    if found is None or found.stopped_at is None:
        return
    now = services.clock()
    async with services.database.writing() as session:
        if not await outages.claim_probe(session, found, now, pause_after(found.probes + 1)):
            return
    if not await is_heard(services) or not await _takes_one_message(services, found):
        log.warning("sending.still_stopped", code=found.code, tries=found.probes + 1)
        return
    async with services.database.writing() as session:
        goes_on = await outages.end(session, services.workspace_id)
    services.line.is_troubled = False
    if goes_on:
        log.info("sending.resumed", code=found.code)


async def _takes_one_message(services: Services, found: Outage) -> bool:
    """Say what waits to be said to a manager, or else send one letter; True when Slack answers, or nothing waits."""
    await _write_to_managers(services, found)
    async with services.database.reading() as session:
        waiting = await notices.waiting(session, services.workspace_id, limit=1)
    for notice in waiting:
        if (answered := await say(services, notice)) is not None:
            return answered
    for letter in (await next_batch(services))[:1]:
        return await send_one(services, letter)
    return True


async def _write_to_managers(services: Services, found: Outage) -> None:
    """Write down, once for each manager of an open wave, that nothing was sent and why."""
    assert found.stopped_at is not None  # noqa: S101 - stopped
    async with services.database.reading() as session:
        running = await waves.open_waves(session, services.workspace_id)
    about = f"outage:{found.stopped_at.isoformat()}"
    for manager in sorted({wave.opened_by for wave in running}):
        somebody = await person(services, Who(services.workspace_id, manager))
        facts = OutageFacts(found.stopped_at.astimezone(zone_of(somebody)), found.code)
        message = view.render(facts, words_of(somebody))
        async with services.database.writing() as session:
            await notices.write(
                session, services.workspace_id, manager, about, message.text, services.clock()
            )
