"""`nps-bot manifest`: the app's manifest, ready to paste at api.slack.com/apps."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for what writes it

from typing import Annotated

import typer

from bot.shell.kit.sentences import WrongInput, print_json


def manifest(
    *,
    url: Annotated[
        str | None, typer.Option(help="Where Slack reaches nps-bot, such as https://nps.example.com.")
    ] = None,
    socket_mode: Annotated[
        bool, typer.Option("--socket-mode", help="Let nps-bot call Slack instead; needs SLACK_APP_TOKEN.")
    ] = False,
    match_email: Annotated[
        bool,
        typer.Option("--match-email", help="Ask for e-mail addresses, for `nps-bot import --match email`."),
    ] = False,
    workflow_step: Annotated[
        bool,
        typer.Option(
            "--workflow-step",
            help="Offer “Ask the NPS question” in Slack's Workflow Builder. This needs a paid plan, makes the app "
            "org-ready, and lets whoever builds workflows ask people.",
        ),
    ] = False,
) -> None:
    """Print the manifest of the Slack app, as JSON."""
    from bot.shell.doing.manifest import app_manifest, events_url, with_step

    if url is None and not socket_mode:
        message = "Slack must know where to reach nps-bot: give --url https://…, or --socket-mode if it has no address."
        raise WrongInput(message)
    printed = app_manifest(url and events_url(url), socket_mode=socket_mode, match_email=match_email)
    print_json(with_step(printed) if workflow_step else printed)
