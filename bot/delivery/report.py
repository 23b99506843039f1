"""Who could not be asked: told once to the manager of the wave, when nearly all are."""

from datetime import timedelta
from functools import partial

from bot.delivery.views import report
from bot.delivery.views.report import DeliveryFacts
from bot.kit.once import DueRun, once
from bot.kit.people import Who, person, words_of
from bot.kit.services import Services
from bot.message import Message
from storage import surveys
from storage.delivery import invitations
from storage.tables import Wave
from storage.waves.progress import Progress, progress, troubled_waves

# Over a long weekend. People who are asked later, when their quarantine ends, are not waited for.
SOON = timedelta(days=4)

DELIVERY_REPORT = "delivery_report"


async def report_deliveries(services: Services) -> None:
    """Tell the manager of each open wave, once, who could not be asked and what to do about it."""
    async with services.database.reading() as session:
        counted = [
            (wave, await progress(session, wave.id))
            for wave in await troubled_waves(session, services.workspace_id, DELIVERY_REPORT)
            if not await invitations.is_any_due(session, wave.id, services.clock() + SOON)
        ]
    for wave, counts in counted:
        if (counts.failed or counts.uncertain) and not counts.claimed:
            await once(
                services,
                DueRun(wave.workspace_id, DELIVERY_REPORT, wave.id, wave.opens_at),
                partial(_problems, services, wave, counts),
                partial(services.slack.post, wave.opened_by),
            )


async def _problems(services: Services, wave: Wave, counts: Progress) -> Message:
    async with services.database.reading() as session:
        survey = await surveys.survey(session, wave.survey_id)
    assert survey is not None  # noqa: S101 - foreign keys hold it
    facts = DeliveryFacts(
        survey_name=survey.name,
        wave_number=wave.number,
        invitations=counts.people,
        failures=tuple(counts.failed.items()),
        uncertain=counts.uncertain,
    )
    return report.render(facts, words_of(await person(services, Who(wave.workspace_id, wave.opened_by))))
