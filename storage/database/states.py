"""States written out in a statement, so that the index of the rows in them alone serves: databases do not look into values."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlmodel import col


def in_state(column: Any, state: StrEnum) -> ColumnElement[bool]:  # noqa: ANN401 - an attribute of any table
    """Say that a row is in this state."""
    return col(column) == literal(state.value, literal_execute=True)


def not_in_state(column: Any, state: StrEnum) -> ColumnElement[bool]:  # noqa: ANN401 - an attribute of any table
    """Say that a row is in another state."""
    return col(column) != literal(state.value, literal_execute=True)
