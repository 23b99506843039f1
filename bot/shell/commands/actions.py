"""`nps-bot actions`: what was done about what people said; made, changed, ended and deleted as in Slack."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for Slack and SQL to be imported

from functools import partial
from typing import Annotated

import typer
from typer.core import TyperGroup

from bot.ids import Field
from bot.shell.commands.survey_settings import Manager
from bot.shell.kit.sentences import AsJson, show
from storage.words import ActionState

ActionNumber = Annotated[int, typer.Argument(help="Which action: its number in nps-bot actions.")]
OfSurvey = Annotated[str, typer.Argument(help="Of this survey alone.")]
Did = Annotated[str | None, typer.Option(help="What you did about it, or will do.")]
StateOption = Annotated[
    ActionState | None, typer.Option(help="How it stands. Nobody reads what was dropped.")
]
DayOption = Annotated[
    str | None,
    typer.Option(help="When it was done, or until when it will be: 2026-11-30, or today."),
]
ReasonOption = Annotated[
    list[str] | None, typer.Option(help="Which reason of the survey it is about. May be repeated.")
]
WaveOption = Annotated[int | None, typer.Option(min=0, help="In which wave people said it; 0 for none.")]
Owner = Annotated[str | None, typer.Option(metavar="USER", help="Who sees to it: a Slack user id.")]


class _ListsByItself(TyperGroup):
    """`nps-bot actions Acme` is `nps-bot actions list Acme`."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


actions = typer.Typer(
    cls=_ListsByItself,
    help="Show what people said and what was done about it.",
    rich_markup_mode=None,
)


@actions.command("list")
def list_all(name: OfSurvey = "", *, as_json: AsJson = False) -> None:
    """Show what people said and what was done. The word list may be left out."""
    from bot.shell.doing import actions as doing
    from bot.shell.kit import with_app

    said = with_app.run(partial(doing.actions, name=name))
    show(said, as_json=as_json)


@actions.command()
def add(  # noqa: PLR0913 - one parameter an option
    name: Annotated[str, typer.Argument(help="Of which survey; not needed when there is only one.")] = "",
    *,
    manager: Manager,
    said: Annotated[str, typer.Option(help="What people said, in your own words: no names, no quotes.")],
    did: Annotated[str, typer.Option(help="What you did about it, or will do.")],
    state: StateOption = None,
    day: DayOption = None,
    reason: ReasonOption = None,
    wave: WaveOption = None,
    owner: Owner = None,
    as_json: AsJson = False,
) -> None:
    """Make an action. Without --state it is planned. People of the survey read it above their next question."""
    from bot.shell.doing import actions as doing
    from bot.shell.kit import with_app

    written = _written(said, did, state, day, reason, wave, owner)
    told = with_app.run(partial(doing.add, user_id=manager, name=name, written=written))
    show(told, as_json=as_json)


@actions.command()
def change(  # noqa: PLR0913 - one parameter an option
    number: ActionNumber,
    *,
    manager: Manager,
    said: Annotated[str | None, typer.Option(help="What people said, in your own words.")] = None,
    did: Did = None,
    state: StateOption = None,
    day: DayOption = None,
    reason: ReasonOption = None,
    wave: WaveOption = None,
    owner: Owner = None,
    as_json: AsJson = False,
) -> None:
    """Change what is said of an action; the rest stays."""
    _change(number, manager, _written(said, did, state, day, reason, wave, owner), as_json=as_json)


@actions.command()
def end(
    number: ActionNumber,
    *,
    manager: Manager,
    dropped: Annotated[bool, typer.Option("--dropped", help="It was not done, and will not be.")] = False,
    day: DayOption = None,
    as_json: AsJson = False,
) -> None:
    """Say that an action is done, or was dropped. Without --day it is done today."""
    state = ActionState.DROPPED if dropped else ActionState.DONE
    written = _written(None, None, state, day or "today", None, None, None)
    _change(number, manager, written, as_json=as_json)


@actions.command()
def delete(number: ActionNumber, *, manager: Manager, as_json: AsJson = False) -> None:
    """Delete an action. Nobody reads it any more."""
    _change(number, manager, {Field.ACTION_DELETE: ["yes"]}, as_json=as_json)


def _change(number: int, manager: str, written: dict[Field, list[str]], *, as_json: bool) -> None:
    from bot.shell.doing import actions as doing
    from bot.shell.kit import with_app

    told = with_app.run(partial(doing.change, user_id=manager, number=number, written=written))
    show(told, as_json=as_json)


def _written(  # noqa: PLR0913, PLR0917 - one parameter an option
    said: str | None,
    did: str | None,
    state: ActionState | None,
    day: str | None,
    reasons: list[str] | None,
    wave: int | None,
    owner: str | None,
) -> dict[Field, list[str]]:
    """Put what was typed as the modal would send it; what was left out stays out."""
    one_each = {
        Field.ACTION_SAID: said,
        Field.ACTION_DID: did,
        Field.ACTION_STATE: state and state.value,
        Field.ACTION_DAY: day,
        Field.ACTION_WAVE: None if wave is None else str(wave),
        Field.ACTION_OWNER: owner,
    }
    written = {field: [text] for field, text in one_each.items() if text is not None}
    return written | ({Field.ACTION_DRIVERS: reasons} if reasons else {})
