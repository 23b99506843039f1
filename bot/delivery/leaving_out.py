"""Who was to be asked and, as Slack says when their message is to go, is not asked any more."""

from collections.abc import Sequence

from bot.delivery.letters import InvitationLetter, Letter, ReminderLetter
from bot.kit.rules.asking import not_asked_because
from bot.kit.services import Services
from bot.logs import log
from storage import delivery
from storage.words import LeftOutBecause


async def leave_out(services: Services, letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters to people who may still be asked. The others are never sent."""
    going: list[Letter] = []
    staying: dict[type[Letter], dict[int, LeftOutBecause]] = {InvitationLetter: {}, ReminderLetter: {}}
    for letter in letters:
        survey = letter.asked.survey
        if because := not_asked_because(letter.somebody, survey.kind, guests=survey.audience.guests):
            staying[type(letter)][letter.row.id] = because
        else:
            going.append(letter)
    if len(going) < len(letters):
        async with services.database.writing() as session:
            for kind, because_of in staying.items():
                await delivery.leave_out(session, kind.table, because_of)
        log.info("letters.left_out", count=len(letters) - len(going))
    return going
