"""What Slack tells of many people, kept for a day."""

from collections.abc import AsyncIterator, Iterable, Sequence

from bot.kit.people import FRESH_FOR, as_person
from bot.kit.services import Services
from bot.slack import Profile, SlackRefused
from bot.slack_codes import Scope, meaning
from storage import people
from storage.tables import Person

# Asking for each person costs a call; past this many, reading everybody page by page costs fewer.
_ONE_BY_ONE = 20


class Directory:
    """Looks people up for one piece of work, and reads the whole workspace at most once for it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._everybody_read = False

    async def look_up(self, user_ids: Sequence[str]) -> dict[str, Person]:
        """Return by user id the people that Slack knows, as it described them within a day. Raises SlackError."""
        found = await self._fresh(user_ids)
        if len(user_ids) - len(found) > _ONE_BY_ONE and not self._everybody_read:
            async for _ in self.everybody():
                pass
            found = await self._fresh(user_ids)
        # People of other companies in a shared channel are not in our list; Slack tells of them one by one.
        strangers = [user_id for user_id in user_ids if user_id not in found]
        profiles = [profile async for profile in self._one_by_one(strangers)]
        return found | {one.user_id: one for one in await self._remembered(profiles)}

    async def everybody(self) -> AsyncIterator[list[Person]]:
        """Read the whole workspace, page by page. Raises SlackError."""
        async for profiles in self._services.slack.profiles():
            yield await self._remembered(profiles)
        self._everybody_read = True

    async def _fresh(self, user_ids: Sequence[str]) -> dict[str, Person]:
        oldest = self._services.clock() - FRESH_FOR
        async with self._services.database.reading() as session:
            known = await people.people_of(session, self._services.workspace_id, user_ids)
        return {user_id: who for user_id, who in known.items() if who.refreshed_at > oldest}

    async def _one_by_one(self, user_ids: Iterable[str]) -> AsyncIterator[Profile]:
        for user_id in user_ids:
            try:
                yield await self._services.slack.profile(user_id)
            except SlackRefused as refusal:
                if meaning(refusal.code).scope is not Scope.PERSON:
                    raise

    async def _remembered(self, profiles: Iterable[Profile]) -> list[Person]:
        now, workspace_id = self._services.clock(), self._services.workspace_id
        found = [as_person(profile, workspace_id, now) for profile in profiles]
        async with self._services.database.writing() as session:
            await people.remember_many(session, found)
        return found
