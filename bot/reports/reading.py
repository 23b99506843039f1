"""Somebody wants to read of a survey: who they are, as what they read, and which survey they mean."""

from typing import NamedTuple

from bot.kit.finding import survey_to_read
from bot.kit.people import person_with_role
from bot.kit.request import Request
from bot.kit.rules.command import Verb
from bot.kit.services import Services
from bot.reports.results import who_reads
from bot.reports.rules.gate import Reader
from storage.tables import Person, Survey


class Reading(NamedTuple):
    """One person, as what they read, and the survey."""

    somebody: Person
    reader: Reader
    survey: Survey


async def begin_reading(services: Services, request: Request, which: str | int, verb: Verb) -> Reading:
    """Find the survey with this name, or with the id in a button; without either the one with the newest wave.

    Raises Refused, and for a guest before anything is said of surveys.
    """
    somebody = await person_with_role(services, request.who)
    reader = await who_reads(services, somebody)
    return Reading(somebody, reader, await survey_to_read(services, somebody, which, verb))
