"""`nps-bot survey`: make surveys and steer their waves, under the same rules as in Slack."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated

import typer

from bot.shell.commands.survey_settings import Manager, create, edit
from bot.shell.kit.sentences import AsJson, show

SurveyName = Annotated[str, typer.Argument(help="Which survey; not needed when only one is meant.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask first.")]

survey = typer.Typer(
    help="Make surveys and steer their waves. The rules are the same as in Slack.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
survey.command()(create)
survey.command()(edit)


@survey.command("list")
def list_all(*, as_json: AsJson = False) -> None:
    """Show every survey and how it stands."""
    from bot.shell.doing.surveys import survey as surveys
    from bot.shell.kit import with_app

    said = with_app.run(surveys.list_all)
    show(said, as_json=as_json)


@survey.command("open")
def open_wave(name: SurveyName = "", *, manager: Manager, yes: Yes = False, as_json: AsJson = False) -> None:
    """Open a survey's next wave, after asking. The clock sends the questions."""
    from bot.shell.doing.surveys import waves
    from bot.shell.kit import with_app

    said = with_app.run(partial(waves.open_wave, user_id=manager, name=name, yes=yes))
    show(said, as_json=as_json)


@survey.command("close")
def close_wave(name: SurveyName = "", *, manager: Manager, yes: Yes = False, as_json: AsJson = False) -> None:
    """Close a survey's open wave, after asking, and show its result."""
    from bot.shell.doing.surveys import waves
    from bot.shell.kit import with_app

    said = with_app.run(partial(waves.close_wave, user_id=manager, name=name, yes=yes))
    show(said, as_json=as_json)


@survey.command()
def reopen(name: SurveyName = "", *, manager: Manager, yes: Yes = False, as_json: AsJson = False) -> None:
    """Open a wave that closed early again, within a week."""
    from bot.shell.doing.surveys import waves
    from bot.shell.kit import with_app

    said = with_app.run(partial(waves.reopen_wave, user_id=manager, name=name, yes=yes))
    show(said, as_json=as_json)


@survey.command()
def end(name: SurveyName = "", *, manager: Manager, yes: Yes = False, as_json: AsJson = False) -> None:
    """End a survey, after asking. It opens no more waves, and its results stay."""
    from bot.shell.doing.surveys import life
    from bot.shell.kit import with_app

    said = with_app.run(partial(life.end, user_id=manager, name=name, yes=yes))
    show(said, as_json=as_json)


@survey.command()
def delete(
    name: Annotated[str, typer.Argument(help="Which survey: its whole name.")],
    *,
    manager: Manager,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Delete a survey with all its answers, after asking. Export them first with nps-bot export."""
    from bot.shell.doing.surveys import life
    from bot.shell.kit import with_app

    said = with_app.run(partial(life.delete, user_id=manager, name=name, yes=yes))
    show(said, as_json=as_json)


@survey.command("waves")
def show_waves(*, as_json: AsJson = False) -> None:
    """Show how far each open wave has come, and what opens next."""
    from bot.shell.doing.surveys import steering
    from bot.shell.kit import with_app

    said = with_app.run(steering.waves)
    show(said, as_json=as_json)


@survey.command()
def pause(name: SurveyName = "", *, manager: Manager, as_json: AsJson = False) -> None:
    """Send nothing more of a survey until it is resumed."""
    from bot.shell.doing.surveys import steering
    from bot.shell.kit import with_app

    said = with_app.run(partial(steering.pause, user_id=manager, name=name))
    show(said, as_json=as_json)


@survey.command()
def resume(name: SurveyName = "", *, manager: Manager, as_json: AsJson = False) -> None:
    """Let a paused survey go on where it stopped."""
    from bot.shell.doing.surveys import steering
    from bot.shell.kit import with_app

    said = with_app.run(partial(steering.resume, user_id=manager, name=name))
    show(said, as_json=as_json)


@survey.command()
def resend(
    name: Annotated[str, typer.Argument(help="Which survey.")],
    *,
    manager: Manager,
    as_json: AsJson = False,
) -> None:
    """Send again to the people that Slack refused. Do it when that is mended."""
    from bot.shell.doing.surveys import steering
    from bot.shell.kit import with_app

    said = with_app.run(partial(steering.resend, user_id=manager, name=name))
    show(said, as_json=as_json)
