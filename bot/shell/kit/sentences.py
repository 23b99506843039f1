"""What every command shares: expected failures are sentences on standard error, data is JSON when asked for."""
# ruff: noqa: PLC0415 - `nps-bot --help` need not wait for json and logging

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException

from bot.errors import NpsBotError
from storage.errors import StorageError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class WrongInput(NpsBotError):  # noqa: N818 - the operator's, not ours
    """What was typed, or a file that was given, cannot be used."""


@dataclass(frozen=True)
class Output:
    """What a command prints: data for programs, a text for people."""

    data: Mapping[str, Any] | Sequence[Any]
    text: str


class Sentences(TyperGroup):
    """Commands that fail with one sentence: exit code 2 for wrong words or input, 1 for whatever else may go wrong."""

    def main(  # Typer's own signature
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002
        **extra: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        try:
            code = super().main(
                args,
                prog_name,
                complete_var,
                False,
                windows_expand_args,
                **extra,
            )
        except (WrongInput, TyperException) as wrong:
            said = wrong.format_message() if isinstance(wrong, TyperException) else str(wrong)
            _fail(said.replace("Value error, ", ""), 2)  # Pydantic's words before ours
        except (NpsBotError, StorageError) as failure:
            _fail(str(failure), 1)
        except Abort:
            _fail("Aborted.", 1)
        except OSError as error:
            if error.errno != errno.ENOSPC or error.filename:
                raise
            _take_nothing_more()
            _fail(f"Standard output cannot be written: {error.strerror}. What was done before stands.", 1)
        if standalone_mode:
            sys.exit(code or 0)
        return code


def show(said: Output, *, as_json: bool) -> None:
    """Print the data as JSON, or the text that a person wants to read."""
    if as_json:
        print_json(said.data)
    else:
        typer.echo(said.text)


def print_json(data: Mapping[str, Any] | Sequence[Any]) -> None:
    """Print data in letters that every terminal and program can read."""
    import json

    typer.echo(json.dumps(data, indent=2))


def hush() -> None:
    """Keep standard error for a command's own sentences: libraries warn of things that no operator has to know."""
    import logging

    logging.disable(logging.CRITICAL)


def as_sentence(error: Exception) -> str:
    """Write an error of the core, which begins small and ends bare, as a sentence."""
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _take_nothing_more() -> None:
    """Let what standard output holds back go nowhere: Python would try again as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _fail(sentence: str, code: int) -> NoReturn:
    if sentence:  # none when the help was shown instead
        typer.echo(sentence, err=True)
    sys.exit(code)
