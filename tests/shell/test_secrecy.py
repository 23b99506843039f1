"""The doctor names files that others may read, and secrets that travel or stand where they are seen."""

from pathlib import Path

import pytest

from bot.shell.doctor.secrecy import examine

SLACK = "https://slack.com/api/"


def says(database_url: str, slack_api_url: str, folder: Path) -> list[str]:
    return [one.line for one in examine(database_url, slack_api_url, folder / ".env")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (".env", "nps.db", "nps.db-wal"):
        (tmp_path / name).touch(mode=0o600)
    return tmp_path


def test_it_is_silent_where_all_is_well(folder: Path) -> None:
    assert says(f"sqlite:///{folder}/nps.db", SLACK, folder) == []
    assert says(f"sqlite:///{folder}/missing.db", SLACK, folder / "nowhere") == []


@pytest.mark.parametrize("name", [".env", "nps.db", "nps.db-wal"])
def test_a_file_that_everybody_may_read_is_named_with_what_closes_it(folder: Path, name: str) -> None:
    (folder / name).chmod(0o644)

    assert says(f"sqlite:///{folder}/nps.db", SLACK, folder) == [
        (
            f"secrecy: Every user of this machine may read {folder / name}. "
            f"Close it to them: chmod 600 {folder / name}"
        )
    ]


def test_a_password_in_the_query_has_a_better_place(folder: Path) -> None:
    [said] = says("postgresql://db/nps?password=keep-me", SLACK, folder)

    assert said.startswith("secrecy: DATABASE_URL has its password in the query")
    assert "keep-me" not in said


@pytest.mark.parametrize(
    ("url", "is_told"),
    [
        ("http://slack.example/api/", True),
        ("http://10.0.0.1/api/", True),
        ("http://127.0.0.1:3001/api/", False),
        ("http://localhost/api/", False),
        ("http://[::1]:3001/api/", False),
        ("https://slack-gov.com/api/", False),
    ],
)
def test_a_token_does_not_travel_in_the_clear(folder: Path, url: str, is_told: bool) -> None:  # noqa: FBT001 - a parameter of the test
    said = says("postgresql://db/nps", url, folder)

    assert said == (
        ["secrecy: SLACK_API_URL begins with http://, so the token can be read on its way. Write https://."]
        if is_told
        else []
    )


@pytest.mark.parametrize("head", [b"SQLite format 3\0...", b"PGDMP..."])
def test_a_backup_beside_the_database_that_everybody_may_read_is_named(folder: Path, head: bytes) -> None:
    backup = folder / "monday.backup"
    backup.write_bytes(head)
    backup.chmod(0o600)
    assert says(f"sqlite:///{folder}/nps.db", SLACK, folder) == []
    backup.chmod(0o644)
    [said] = says(f"sqlite:///{folder}/nps.db", SLACK, folder)
    assert said.endswith(f"chmod 600 {backup}")


def test_a_file_of_another_kind_is_left_alone(folder: Path) -> None:
    (folder / "notes.txt").write_text("SQLite is nice")
    (folder / "notes.txt").chmod(0o644)
    (folder / "PGDMP").mkdir()
    assert says(f"sqlite:///{folder}/nps.db", SLACK, folder) == []


def test_a_database_that_its_group_may_read_is_named(folder: Path) -> None:
    (folder / "nps.db").chmod(0o640)
    [said] = says(f"sqlite:///{folder}/nps.db", SLACK, folder)
    assert said.startswith("secrecy: Every user of the group of")
