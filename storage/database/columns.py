"""What our columns are made of, the same on every database."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, Index, String, TypeDecorator, text
from sqlmodel import SQLModel

from storage.question import Offered, Wording

# One rule for every constraint's name, so that a migration and an error message can both speak of it.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Our code and the database make rows, and pydantic checks none: what would check them is not built.
SQLModel.model_config["defer_build"] = True

LONG_AGO = "'2000-01-01 00:00:00'"
"""A time that has come, whatever the clock says."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC. A naive one is refused rather than guessed at."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"{value!r} has no time zone: give an aware datetime"
            raise ValueError(message)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """Text that is a word of one vocabulary; the database does not hold it to that."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else self.words(value)


class OrNone(TypeDecorator[str]):
    """Text that may be missing, in a column that once had to have it: empty text stands for none.

    SQLite can let go of NOT NULL only by copying the whole table.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str:  # noqa: ARG002 - SQLAlchemy's signature
        return value or ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return value or None


class CountsBy(TypeDecorator[dict[StrEnum, int]]):
    """How many of each word of one vocabulary, as JSON. A word that a later release wrote is passed over."""

    impl = JSON
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_result_value(self, value: Any, dialect: Dialect) -> dict[StrEnum, int] | None:  # noqa: ANN401, ARG002 - JSON; SQLAlchemy's signature
        return None if value is None else {word: value[word] for word in self.words if word in value}


class WordingColumn(TypeDecorator[Wording]):
    """How a question is worded, as JSON; NULL where a release before it stored the question."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Wording | None, dialect: Dialect) -> dict[str, Any] | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else value.as_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> Wording | None:  # noqa: ANN401, ARG002 - JSON; SQLAlchemy's signature
        return None if value is None else Wording.stored(value)


class OfferedColumn(TypeDecorator[tuple[Offered, ...]]):
    """What people may tick, as JSON: [["quality", []], ["Tools", [["en", "Tools"], ["fr", "Outils"]]]]; NULL likewise."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: tuple[Offered, ...] | None, dialect: Dialect) -> list[Any] | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else [one.as_json() for one in value]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Offered, ...] | None:  # noqa: ANN401, ARG002 - JSON; SQLAlchemy's signature
        return None if value is None else tuple(Offered.stored(one) for one in value)


class NamesColumn(TypeDecorator[tuple[tuple[str, str], ...]]):
    """Names by language, as JSON: [["en", "Tools"], ["fr", "Outils"]]."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[tuple[str, str], ...] | None, dialect: Dialect) -> list[Any]:  # noqa: ARG002 - SQLAlchemy's signature
        return [list(one) for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[tuple[str, str], ...]:  # noqa: ANN401, ARG002 - JSON; SQLAlchemy's signature
        return tuple((language, name) for language, name in value)


OptionalJson = JSON(none_as_null=True)
"""A list or a dictionary; None is NULL, and not the word null."""


def one_of(words: type[StrEnum], name: str) -> Enum:
    """Text that the database holds to the words of an enum, by a CHECK named `name`, the same on every database."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )


def by_default(value: str) -> dict[str, Any]:
    """Let the database fill in a column that the release before, which still runs while this one starts, does not know."""
    return {"server_default": text(value)}


def index_where(name: str, condition: str, *columns: str, unique: bool = False) -> Index:
    """Index those rows alone that meet the condition: few, however long the history."""
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def index_of_state(name: str, state: str, *columns: str) -> Index:
    """Index the rows in one state alone."""
    return index_where(name, f"state = '{state}'", *columns)
