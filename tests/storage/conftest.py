"""An empty database, to be migrated."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, NullPool, create_engine

from storage.database.urls import read_url, synchronous


@pytest.fixture
def engine(empty_database_url: str) -> Iterator[Engine]:
    one = create_engine(synchronous(read_url(empty_database_url)), poolclass=NullPool)
    yield one
    one.dispose()
