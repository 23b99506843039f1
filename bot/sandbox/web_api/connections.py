"""apps.connections.open: the ticket to Socket Mode."""

import secrets

from bot.sandbox.records import Json
from bot.sandbox.workspace import Sandbox

from .call import Arguments


def open_connection(sandbox: Sandbox, _given: Arguments) -> Json:
    ticket = secrets.token_hex(12)
    sandbox.socket_tickets.add(ticket)
    return {"url": f"{sandbox.url.replace('http', 'ws', 1)}/socket?ticket={ticket}"}
