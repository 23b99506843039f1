"""What Slack tells of many people, kept for a day; for minutes when they are about to be asked."""

from collections.abc import AsyncGenerator, AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import timedelta
from types import MappingProxyType

from bot.kit.concurrency.ahead import ahead
from bot.kit.people import FRESH_FOR, as_known, is_fresh
from bot.kit.services import Services
from bot.slack.codes import Scope, meaning
from bot.slack.errors import SlackRefused
from bot.slack.objects import Profile
from storage.kit import people
from storage.kit.people import KnownPerson

# Asking for each person costs a call; past this many, reading everybody page by page costs fewer.
_ONE_BY_ONE = 20
# Only Slack's list tells who has never signed in. Most workspaces are read with one page of it.
_LOOKED_INTO = 2
_SOON = timedelta(minutes=15)
_PAGE = 1000
# Slack gives a page of its list in three seconds, so reading it again and again takes a twentieth of the time.
_EACH_PAGE = timedelta(minutes=1)


def fresh_before_sending(people: int) -> timedelta:
    """Return how old Slack's word on somebody may be as they are asked, in a workspace where we know so many people.

    >>> str(fresh_before_sending(300)), str(fresh_before_sending(100_000))
    ('0:15:00', '1:40:00')
    """
    return max(_SOON, _EACH_PAGE * (people / _PAGE))


class Directory:
    """Looks people up for one piece of work, and reads the whole workspace at most once for it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._everybody_read = False

    async def look_up(self, user_ids: Sequence[str]) -> dict[str, KnownPerson]:
        """Return by user id the people that Slack knows, as it described them within a day. Raises SlackError."""
        return await self._look_up(user_ids, await self._known(user_ids))

    async def look_up_all(
        self, pages: AsyncIterator[Sequence[str]]
    ) -> AsyncGenerator[tuple[Sequence[str], dict[str, KnownPerson]], None]:
        """Give all of some people, as `look_up` gives those of one page. Raises SlackError.

        Where many are new to us they come as Slack's list of everybody is read, and not after it: that takes minutes.
        """
        async for user_ids in pages:
            known = await self._known(user_ids)
            missing = _missing(user_ids, self._fresh(known, FRESH_FOR))
            if self._everybody_read or len(missing) <= _ONE_BY_ONE:
                yield user_ids, await self._look_up(user_ids, known)
                continue
            waiting = {*user_ids, *[user_id async for more in pages for user_id in more]}
            async for found in self._among_everybody(waiting):
                waiting -= found.keys()
                yield list(found), found
            rest = sorted(waiting)
            for start in range(0, len(rest), _PAGE):
                some = rest[start : start + _PAGE]
                yield some, await self.look_up(some)

    async def _among_everybody(self, wanted: Collection[str]) -> AsyncGenerator[dict[str, KnownPerson], None]:
        """Read the whole workspace, and give those of it who are wanted, by full pages; the last of them are not given."""
        found: dict[str, KnownPerson] = {}
        async with aclosing(self.everybody()) as listed:
            async for page in listed:
                found |= {one.user_id: one for one in page if one.user_id in wanted}
                if len(found) >= _PAGE:
                    yield found
                    found = {}

    async def _look_up(
        self, user_ids: Sequence[str], known: Mapping[str, KnownPerson]
    ) -> dict[str, KnownPerson]:
        if not self._everybody_read and (missing := _missing(user_ids, self._fresh(known, FRESH_FOR))):
            await self._look_into_the_list(missing)
            known = await self._known(user_ids)
        return await self._with_each_missing(user_ids, known, FRESH_FOR)

    async def look_up_before_sending(self, user_ids: Sequence[str]) -> dict[str, KnownPerson]:
        """Return by user id the people that Slack knows, as it described them a short time ago. Raises SlackError."""
        async with self._services.database.reading() as session:
            known_in_all = await people.people_count(session, self._services.workspace_id)
        fresh_for = fresh_before_sending(known_in_all)
        known = await self._known(user_ids)
        missing = _missing(user_ids, self._fresh(known, fresh_for))
        if len([one for one in missing if one not in known or not known[one].is_stranger]) > _ONE_BY_ONE:
            async for _ in self.everybody():
                pass
            known = await self._known(user_ids)
        return await self._with_each_missing(user_ids, known, fresh_for)

    async def everybody(self, *, to_the_end: bool = True) -> AsyncGenerator[list[KnownPerson], None]:
        """Read the whole workspace, page by page, and ahead where it is read `to_the_end`. Raises SlackError."""
        listed = self._services.slack.profiles()
        async with aclosing(ahead(listed) if to_the_end else listed) as pages:
            async for profiles in pages:
                yield await self._remembered(profiles)
        self._everybody_read = True

    async def _look_into_the_list(self, missing: set[str]) -> None:
        """Read Slack's list of people: to its end where many are missing, else a little, until all of them are found."""
        is_worth_it, pages = len(missing) > _ONE_BY_ONE, 0
        async with aclosing(self.everybody(to_the_end=is_worth_it)) as listed:
            async for page in listed:
                missing -= {one.user_id for one in page}
                pages += 1
                if not is_worth_it and (not missing or pages == _LOOKED_INTO):
                    return

    async def _known(self, user_ids: Sequence[str]) -> dict[str, KnownPerson]:
        async with self._services.database.reading() as session:
            return await people.people_of(session, self._services.workspace_id, user_ids)

    def _fresh(self, known: Mapping[str, KnownPerson], fresh_for: timedelta) -> dict[str, KnownPerson]:
        """Return the people that Slack described within that time; for people of other companies, within a day."""
        now = self._services.clock()
        return {
            user_id: who
            for user_id, who in known.items()
            if is_fresh(who, now, FRESH_FOR if who.is_stranger else fresh_for)
        }

    async def _with_each_missing(
        self, user_ids: Sequence[str], known: Mapping[str, KnownPerson], fresh_for: timedelta
    ) -> dict[str, KnownPerson]:
        """Add those that Slack describes only one by one: its list leaves out people of other companies in shared channels."""
        found = self._fresh(known, fresh_for)
        missing = _missing(user_ids, found)
        profiles = [profile async for profile in self._one_by_one(one for one in user_ids if one in missing)]
        return found | {one.user_id: one for one in await self._remembered(profiles, known)}

    async def _one_by_one(self, user_ids: Iterable[str]) -> AsyncIterator[Profile]:
        for user_id in user_ids:
            try:
                yield await self._services.slack.profile(user_id)
            except SlackRefused as refusal:
                if meaning(refusal.code).scope is not Scope.PERSON:
                    raise

    async def _remembered(
        self, profiles: Iterable[Profile], known: Mapping[str, KnownPerson] = MappingProxyType({})
    ) -> list[KnownPerson]:
        """Store what Slack says. Where it does not say who has never signed in, what it said before of the `known` holds."""
        now = self._services.clock()
        found = [
            as_known(
                self._services,
                profile,
                now,
                has_never_signed_in=profile.has_never_signed_in
                if profile.has_never_signed_in is not None
                else profile.user_id in known and known[profile.user_id].has_never_signed_in,
            )
            for profile in profiles
        ]
        async with self._services.database.writing() as session:
            await people.remember_many(session, found)
        return found


def _missing(user_ids: Sequence[str], found: Mapping[str, KnownPerson]) -> set[str]:
    return {user_id for user_id in user_ids if user_id not in found}
