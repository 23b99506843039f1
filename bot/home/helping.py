"""`/nps help`: what this person may type."""

from bot.home.views import help as help_view
from bot.kit.people import is_manager, person_with_role, words_of
from bot.kit.request import Request
from bot.kit.services import Services
from bot.kit.speaking import reply


async def show_help(services: Services, request: Request) -> None:
    """Answer with what this person may type."""
    somebody = await person_with_role(services, request.who)
    facts = help_view.HelpFacts(is_manager=await is_manager(services, somebody))
    await reply(services, request, help_view.render(facts, words_of(somebody)))
