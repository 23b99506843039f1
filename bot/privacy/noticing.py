"""The privacy notice, as the settings stand now."""

from bot.kit.people import person, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.privacy.views import notice
from bot.privacy.views.notice import NoticeFacts
from scoring.disclosure import minimum_answers
from storage import api, surveys, waves, webhooks
from storage.database.engine import Database
from storage.kit.people import quarantine_days
from storage.privacy.kept_times import kept_times
from storage.tables import Survey, Wave
from storage.words import Kind


async def show_notice(services: Services, request: Request) -> None:
    """Open the notice in the reader's language."""
    somebody = await person(services, request.who)
    facts = await notice_facts(services.database, services.workspace_id)
    await services.slack.open_view(request.trigger_id, notice.modal(facts, words_of(somebody)))


async def notice_facts(database: Database, workspace_id: str) -> NoticeFacts:
    """Read what the notice says: the settings, the surveys that still ask, and how long the others keep what they hold."""
    async with database.reading() as session:
        found = await surveys.every_survey(session)
        days = await quarantine_days(session, workspace_id)
        hooks = await webhooks.webhooks(session, workspace_id)
        tokens = await api.tokens(session, workspace_id)
        times = await kept_times(session, workspace_id)
        now_open = {one.survey_id: one for one in await waves.open_waves(session, workspace_id)}
    asking = [one for one in found if one.workspace_id == workspace_id and one.ended_at is None]
    # An open wave keeps to what its people were told.
    told = [now_open.get(one.id, one) for one in asking]
    minimums = (
        (one.name, minimum, promise.is_anonymous)
        for one, promise in zip(asking, told, strict=True)
        if (minimum := _minimum_told(one, promise))
    )
    quoted = (one.name for one, promise in zip(asking, told, strict=True) if promise.digest_comments)
    return NoticeFacts(
        quarantine_days=days,
        kept=tuple(sorted(times, key=lambda one: (one[1] is None, one[0]))),
        tells_programs=bool(hooks),
        has_tokens=bool(tokens),
        minimums=tuple(sorted(minimums)),
        quoted=tuple(sorted(quoted)),
    )


def _minimum_told(survey: Survey, promise: Survey | Wave) -> int | None:
    """Give the fewest answers that results show from, where that is not the usual number."""
    customers = (promise.kind or survey.kind) is Kind.CUSTOMERS
    fewest, usual = (
        minimum_answers(one, anonymous=promise.is_anonymous, customers=customers)
        for one in (promise.minimum, None)
    )
    return fewest if fewest != usual else None
