"""`nps-bot webhook`: which programs elsewhere hear of answers, waves and digests."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated

import typer

from bot.shell.kit.sentences import AsJson, show
from storage.words import Event

WebhookNumber = Annotated[int, typer.Argument(help="Which webhook: its number in nps-bot webhook list.")]

webhook = typer.Typer(
    help="Let programs elsewhere hear of answers, waves and digests.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


@webhook.command()
def add(
    url: Annotated[str, typer.Argument(help="Where to post: https://…")],
    *,
    event: Annotated[
        list[Event] | None, typer.Option(help="Tell it this event. May be repeated; without it, all.")
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Let the address lie in your own network, and be http.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add a receiver, and print the secret by which it knows us. The secret is shown this once."""
    from bot.shell.doing import webhooks
    from bot.shell.kit import with_app

    said = with_app.run(partial(webhooks.add, url=url, events=event or [], may_be_private=private))
    show(said, as_json=as_json)


@webhook.command("list")
def list_all(*, as_json: AsJson = False) -> None:
    """Show every receiver, and how it stands."""
    from bot.shell.doing import webhooks
    from bot.shell.kit import with_app

    said = with_app.run(webhooks.list_all)
    show(said, as_json=as_json)


@webhook.command("test")
def try_out(number: WebhookNumber, *, as_json: AsJson = False) -> None:
    """Send a receiver an event that means nothing, and say what it answered."""
    from bot.shell.doing import webhooks
    from bot.shell.kit import with_app

    said = with_app.run(partial(webhooks.try_out, number=number))
    show(said, as_json=as_json)


@webhook.command()
def remove(number: WebhookNumber, *, as_json: AsJson = False) -> None:
    """Take a receiver away. What it was still to hear it will not hear."""
    from bot.shell.doing import webhooks
    from bot.shell.kit import with_app

    said = with_app.run(partial(webhooks.remove, number=number))
    show(said, as_json=as_json)


@webhook.command()
def schema() -> None:
    """Print the JSON schemas of what is told, by event."""
    from bot.shell.kit.sentences import print_json
    from bot.webhooks.views import payload

    print_json(payload.schemas())
