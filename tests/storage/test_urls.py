"""A password is masked wherever in an address it stands, and reaches the driver all the same."""

import pytest

from storage.database.engine import Database
from storage.database.urls import asynchronous, masked, read_url, synchronous
from storage.errors import DatabaseAway

NOBODY = "127.0.0.1:1"
SECRET = [
    f"postgresql://nps:keep-me@{NOBODY}/nps",
    f"postgresql://{NOBODY}/nps?user=nps&password=keep-me",
    f"postgresql://nps@{NOBODY}/nps?sslmode=require&sslpassword=keep-me",
    f"postgres://nps:keep-me@{NOBODY}/nps?password=keep-me&sslpassword=keep-me",
    f"postgresql+psycopg://nps:keep%40me@{NOBODY}/nps",
]


@pytest.mark.parametrize("url", SECRET)
def test_no_way_of_showing_it_shows_the_password(url: str) -> None:
    read = read_url(url)

    for one in (read, asynchronous(read), synchronous(read), read.set(host="db")):
        shown = f"{one!r} {one} {one.render_as_string()}"
        assert "keep" not in shown
        assert "***" in shown
    assert "keep" not in masked(url)
    assert "keep" in read.render_as_string(hide_password=False)


@pytest.mark.parametrize("url", SECRET)
async def test_a_database_that_is_away_names_its_address_without_the_password(url: str) -> None:
    database = Database(url)
    assert "keep" not in repr(database) + repr(database.url)

    with pytest.raises(DatabaseAway) as away:
        await database.ping()

    await database.close()
    assert "keep" not in str(away.value)
    assert NOBODY in str(away.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:keep-me@slack.example/api/", "https://me:***@slack.example/api/"),
        ("https://slack.com/api/?x=a%20b", "https://slack.com/api/?x=a%20b"),
        ("sqlite:///nps.db?timeout=1", "sqlite:///nps.db?timeout=1"),
        ("keep-me", "***"),
        ("postgresql://nps:keep-me@db:port/nps", "***"),
    ],
)
def test_any_address_can_be_shown(url: str, shown: str) -> None:
    assert masked(url) == shown
