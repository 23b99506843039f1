"""Who a survey asks, as its maker chose: one value, kept as JSON in one column."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from sqlalchemy import JSON, ColumnElement, Dialect, SQLColumnExpression, TypeDecorator, type_coerce


@dataclass(frozen=True, slots=True)
class Audience:
    """Slack's ids of those to ask. `open_channel` is where one open question stands instead, for anyone there."""

    channels: tuple[str, ...] = ()
    user_groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    everyone: bool = False
    guests: bool = False
    open_channel: str | None = None

    @property
    def asks_people(self) -> bool:
        """Whether it names anybody to send a direct message to."""
        return bool(self.channels or self.user_groups or self.people or self.everyone)

    @property
    def parts(self) -> tuple[str, ...]:
        """The channels and user groups by which its result can be read: several, or none."""
        parts = tuple(dict.fromkeys((*self.channels, *self.user_groups)))
        return parts if len(parts) > 1 else ()

    def as_json(self) -> dict[str, Any]:
        """Give what a row holds, and what commands print: ids in lists, by the names above."""
        return {name: list(ids) if isinstance(ids, tuple) else ids for name, ids in asdict(self).items()}

    @classmethod
    def stored(cls, row: Mapping[str, Any]) -> Self:
        """Read a row. What it does not name is empty, and what this release does not know is passed over."""
        known: dict[str, Any] = {one.name: row[one.name] for one in fields(cls) if one.name in row}
        frozen: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in known.items()
        }
        return cls(**frozen)


class AudienceColumn(TypeDecorator[Audience]):
    """An audience as JSON: {"channels": ["C…"], "user_groups": ["S…"], "people": ["U…"], "everyone": false, …}."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Audience | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - JSON; SQLAlchemy's signature
        return None if value is None else value.as_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> Audience | None:  # noqa: ANN401, ARG002 - JSON; SQLAlchemy's signature
        return None if value is None else Audience.stored(value)


def is_a_channel(audience: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """Say of a column of audiences that one open question stands in a channel, for anyone there."""
    channel: ColumnElement[str] = type_coerce(audience, JSON)["open_channel"].as_string()
    return channel.is_not(None)
