"""What the app says back to an interaction: in the reply to a slash command, or at a response URL."""

from dataclasses import replace

from bot.sandbox.records import Json
from bot.sandbox.wire.tickets import ResponseUrl
from bot.sandbox.workspace import Sandbox

from .call import Arguments
from .chat import composed


def respond(sandbox: Sandbox, place: ResponseUrl, said: Json) -> None:
    """Post, replace or delete as the app asks; raise SlackError for what Slack would refuse."""
    original = sandbox.found(place.channel, place.ts) if place.ts else None
    if said.get("delete_original") and original is not None:
        sandbox.forget(original)
        return
    message = composed(sandbox, place.channel, Arguments(said))
    if said.get("replace_original") and original is not None:
        sandbox.keep(replace(original, text=message.text, blocks=message.blocks, edited=True))
        return
    everyone = said.get("response_type") == "in_channel"
    sandbox.post(replace(message, ephemeral_to=None if everyone else place.user))
