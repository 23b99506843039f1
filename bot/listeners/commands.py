"""`/nps …`: acknowledged at once, then handed to whoever knows the word."""

from slack_bolt.async_app import AsyncAck

from bot.flows.services import Services
from bot.listeners import reporting, surveying
from bot.listeners.body import Body, command_text
from bot.rules.command import Verb, parse


async def nps_typed(services: Services, ack: AsyncAck, body: Body) -> None:
    await ack()
    command = parse(command_text(body))
    match command.verb:
        case Verb.REPORT:
            await reporting.report_asked(services, body, command.name)
        case Verb.LIST:
            await reporting.list_asked(services, body)
        case Verb.HELP:
            await reporting.help_asked(services, body)
        case Verb.NEW:
            await surveying.survey_wished(services, body)
        case Verb.OPEN:
            await surveying.opening_asked(services, body, command.name)
        case Verb.CLOSE:
            await surveying.closing_asked(services, body, command.name)
        case Verb.EXPORT:
            await reporting.export_asked(services, body, command.name)
