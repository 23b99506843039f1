"""Who a survey asks, read from Slack each time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.flows.people import FRESH_FOR, as_person
from bot.flows.services import Services
from bot.rules.eligibility import Candidate, may_invite
from bot.slack import SlackRefused
from storage import people
from storage.tables import Person, Survey

# Asking for each person costs a call; past this many, reading everybody page by page costs fewer.
_ONE_BY_ONE = 20


@dataclass(frozen=True)
class Audience:
    """The user ids to ask, in a steady order, and how many are left out for which reason."""

    invited: list[str]
    left_out: Counter[str]


async def audience_of(services: Services, survey: Survey) -> Audience:
    """Read the members of the survey's channels and the chosen people, and leave out whom we may not ask."""
    wanted = dict.fromkeys(survey.audience.get("people", []))
    for channel in survey.audience.get("channels", []):
        wanted.update(dict.fromkeys([user_id async for user_id in services.slack.members(channel)]))
    known = await _known(services, survey.workspace_id, list(wanted))
    invited, left_out = [], Counter[str]()
    for user_id in wanted:
        somebody = known.get(user_id)
        if somebody is None:
            left_out["unknown"] += 1
            continue
        candidate = Candidate(user_id, is_bot=somebody.is_bot, is_deactivated=somebody.is_deactivated)
        verdict = may_invite(candidate, 0, services.clock(), guests=True)
        if verdict.allowed:
            invited.append(user_id)
        else:
            left_out[str(verdict.reason)] += 1
    return Audience(invited, left_out)


async def _known(services: Services, workspace_id: str, user_ids: list[str]) -> dict[str, Person]:
    now = services.clock()
    async with services.database.reading() as session:
        known = await people.people_of(session, workspace_id, user_ids)
    fresh = {user_id: who for user_id, who in known.items() if now - who.refreshed_at < FRESH_FOR}
    missing = [user_id for user_id in user_ids if user_id not in fresh]
    if missing:
        found = await _ask_slack(services, workspace_id, missing)
        async with services.database.writing() as session:
            await people.remember_many(session, found)
        fresh.update({who.user_id: who for who in found})
    return fresh


async def _ask_slack(services: Services, workspace_id: str, missing: Iterable[str]) -> list[Person]:
    wanted = set(missing)
    if len(wanted) > _ONE_BY_ONE:
        found = [
            as_person(profile, workspace_id, services.clock())
            async for profile in services.slack.profiles()
            if profile.user_id in wanted
        ]
        wanted -= {who.user_id for who in found}
    else:
        found = []
    # People of other companies in a shared channel are not in our list; Slack tells of them one by one.
    for user_id in sorted(wanted):
        try:
            found.append(as_person(await services.slack.profile(user_id), workspace_id, services.clock()))
        except SlackRefused as refusal:
            if refusal.code != "user_not_found":
                raise
    return found
