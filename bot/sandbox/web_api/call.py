"""One Web API request as a method sees it: its arguments, whichever way they were sent."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.sandbox.failures.errors import Code, refused
from bot.sandbox.records import Json
from bot.sandbox.workspace import Sandbox


@dataclass(frozen=True)
class Arguments:
    """What the app sent, without its token."""

    values: Json

    def text(self, name: str) -> str:
        """Return a required argument, or raise SlackError("invalid_arguments")."""
        value = self.maybe(name)
        if value is None:
            raise refused(Code.INVALID_ARGUMENTS, [f"missing required field: {name}"])
        return value

    def maybe(self, name: str) -> str | None:
        value = self.values.get(name)
        return None if value in (None, "") else str(value)

    def flag(self, name: str) -> bool:
        return str(self.values.get(name)).lower() in {"1", "true"}

    def whole(self, name: str, default: int) -> int:
        try:
            return int(self.values.get(name) or default)
        except ValueError:
            raise refused(Code.INVALID_ARGUMENTS, [f"must be an integer: {name}"]) from None

    def structure(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        """Return an argument that is JSON; form-encoded requests carry it as text."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise refused(Code.INVALID_ARGUMENTS, [f"must be JSON: {name}"]) from None


MethodHandler: TypeAlias = Callable[[Sandbox, Arguments], Json]


@dataclass(frozen=True)
class Method:
    """A Web API method and the scope its token needs, None when any token will do."""

    answer: MethodHandler
    scope: str | None = None
