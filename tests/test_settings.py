"""Settings: each wrong one is named with what to do, and no secret is ever shown."""

from pathlib import Path

import pytest

from bot import settings
from bot.errors import SettingsError

TOKEN, SECRET = "xoxb-keep-me", "keep-me-too"
RIGHT = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
OTHERS = (
    "SLACK_APP_TOKEN",
    "SLACK_API_URL",
    "DATABASE_URL",
    "PORT",
    "HOST",
    "NPS_QUARANTINE_DAYS",
    "NPS_GRACE_DAYS",
    "NPS_MESSAGES_PER_MINUTE",
    "NPS_MANAGERS",
    "NPS_METRICS_TOKEN",
    "NPS_METRICS_PORT",
)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An empty folder and nothing but the two settings that everyone needs."""
    monkeypatch.chdir(tmp_path)
    for name in OTHERS:
        monkeypatch.delenv(name, raising=False)
    for name, value in RIGHT.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def refusal(environment: pytest.MonkeyPatch, **given: str) -> str:
    for name, value in given.items():
        environment.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        settings.load()
    return str(caught.value)


def test_two_settings_are_enough() -> None:
    read = settings.load()

    assert read.slack_api_url == "https://slack.com/api/"
    assert read.database_url == "sqlite:///nps.db"
    assert (read.host, read.port) == ("127.0.0.1", 3000)
    assert (read.nps_quarantine_days, read.nps_messages_per_minute) == (90, 300)
    assert read.nps_managers == frozenset()


def test_settings_may_stand_in_a_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-from-file\nSOMETHING_ELSE=1\n")

    assert settings.load().slack_bot_token.get_secret_value() == "xoxb-from-file"


def test_an_app_token_is_a_way_in_too(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_SIGNING_SECRET")
    environment.setenv("SLACK_APP_TOKEN", "xapp-1")

    assert settings.load().slack_signing_secret is None


def test_managers_are_ids_with_commas_between(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("NPS_MANAGERS", " U1, U2 ,,U1 ")

    assert settings.load().nps_managers == {"U1", "U2"}


def test_an_api_address_ends_with_a_slash(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_API_URL", "https://slack-gov.com/api")

    assert settings.load().slack_api_url == "https://slack-gov.com/api/"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NPS_QUARANTINE_DAYS", 0),
        ("NPS_QUARANTINE_DAYS", 365),
        ("NPS_MESSAGES_PER_MINUTE", 10),
        ("NPS_MESSAGES_PER_MINUTE", 60_000),
    ],
)
def test_the_quarantine_and_the_pace_reach_as_far_as_they_may(
    environment: pytest.MonkeyPatch, name: str, value: int
) -> None:
    environment.setenv(name, str(value))

    assert getattr(settings.load(), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "value", "wrong", "remedy"),
    [
        ("SLACK_BOT_TOKEN", "keep-me", "does not begin with xoxb-", "copy it from OAuth & Permissions"),
        ("SLACK_APP_TOKEN", "keep-me", "does not begin with xapp-", "copy it from Basic Information"),
        ("SLACK_SIGNING_SECRET", "", "is missing", "copy it from Basic Information"),
        ("SLACK_API_URL", "slack.com/api", "is not a web address", "give a web address such as https://"),
        ("PORT", "http", "valid integer", "give a number from 1 to 65535"),
        ("PORT", "65536", "less than or equal to 65535", "give a number from 1 to 65535"),
        ("HOST", "", "at least 1 character", "give an address to listen on such as 127.0.0.1"),
        ("NPS_MANAGERS", "maya", "holds what is no user id (“maya”)", "give Slack user ids with commas"),
        ("NPS_MANAGERS", "U1,@hugo,ana", "is no user id (“@hugo”, “ana”)", "give Slack user ids with commas"),
        ("NPS_MANAGERS", "keep-me" * 4, "(a word of 28 characters)", "give Slack user ids with commas"),
        ("NPS_QUARANTINE_DAYS", "-1", "greater than or equal to 0", "give the days from one question"),
        ("NPS_QUARANTINE_DAYS", "366", "less than or equal to 365", "give the days from one question"),
        ("NPS_QUARANTINE_DAYS", "a year", "valid integer", "give the days from one question"),
        ("NPS_MESSAGES_PER_MINUTE", "9", "greater than or equal to 10", "give how many messages Slack"),
        ("NPS_MESSAGES_PER_MINUTE", "60001", "less than or equal to 60000", "give how many messages Slack"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong_and_what_to_do(
    environment: pytest.MonkeyPatch, name: str, value: str, wrong: str, remedy: str
) -> None:
    named, _, advice = refusal(environment, **{name: value}).partition(": ")

    assert named.startswith(f"{name} ")
    assert wrong in named
    assert advice.startswith(remedy)
    assert "\n" not in advice


def test_every_wrong_setting_is_named_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    said = refusal(environment, PORT="0", SLACK_API_URL="ftp://slack.com")

    assert [line.split()[0] for line in said.splitlines()] == ["SLACK_BOT_TOKEN", "SLACK_API_URL", "PORT"]
    assert said.startswith("SLACK_BOT_TOKEN is missing: copy it")


def test_all_that_is_missing_is_named_at_once(environment: pytest.MonkeyPatch) -> None:
    for name in RIGHT:
        environment.delenv(name)

    assert refusal(environment).splitlines() == [
        "SLACK_BOT_TOKEN is missing: copy it from OAuth & Permissions of your Slack app; it begins with xoxb-.",
        "SLACK_SIGNING_SECRET is missing: copy it from Basic Information of your Slack app; with SLACK_APP_TOKEN it is not needed.",
    ]


def test_beside_a_wrong_app_token_no_signing_secret_is_asked_for(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("SLACK_SIGNING_SECRET")

    (line,) = refusal(environment, SLACK_APP_TOKEN="keep-me").splitlines()
    assert line.startswith("SLACK_APP_TOKEN does not begin with xapp-")


@pytest.mark.parametrize(
    "junk", ["keep me", "SLACK_BOT_TOKEN: keep-me", "NPS_MANAGERS", "PORT='keep-me", "=keep-me"]
)
def test_a_junk_line_of_the_file_is_named_by_its_number_and_not_quoted(
    environment: pytest.MonkeyPatch, tmp_path: Path, junk: str
) -> None:
    (tmp_path / ".env").write_text(f"# ours\n\nHOST=127.0.0.1\n\n{junk}\nNPS_QUARANTINE_DAYS=30\n")

    said = refusal(environment)
    assert said == ".env, line 5 is not a setting: write NAME=value, or # before what is a remark."
    with pytest.raises(SettingsError, match="line 5"):
        settings.load_database()


def test_a_junk_line_is_named_beside_the_wrong_settings(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("junk\n")

    assert [line.split()[0] for line in refusal(environment, PORT="0").splitlines()] == [".env,", "PORT"]


def test_a_file_that_begins_with_a_mark_is_read_all_the_same(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.delenv("SLACK_BOT_TOKEN")
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfSLACK_BOT_TOKEN=xoxb-from-file\r\nHOST=::1\r\n")

    read = settings.load()
    assert (read.slack_bot_token.get_secret_value(), read.host) == ("xoxb-from-file", "::1")


def test_a_file_that_is_no_text_is_a_sentence(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"HOST=\xff\xfe")

    assert refusal(environment).startswith(".env is not text in UTF-8: ")


def test_secrets_are_never_shown(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("SLACK_APP_TOKEN", "xapp-keep-me")
    read = settings.load()

    assert "keep-me" not in f"{read} {read!r} {read.model_dump()} {read.model_dump_json()}"


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_a_wrong_secret_is_not_quoted(environment: pytest.MonkeyPatch, name: str) -> None:
    assert "keep-me" not in refusal(environment, **{name: "keep-me"})


def test_a_token_of_the_environment_is_not_sent_where_only_a_file_says(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("slack_api_url=https://elsewhere.example/api/\n")

    with pytest.raises(SettingsError) as caught:
        settings.load()

    assert str(caught.value) == (
        "SLACK_API_URL stands in .env alone, and SLACK_BOT_TOKEN in the environment: set them in one place, "
        "so that a file in some folder cannot send your token elsewhere."
    )


@pytest.mark.parametrize("where", ["environment", "file"])
def test_token_and_address_from_one_place_are_taken(
    environment: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    address = "https://slack-gov.com/api/"
    lines = [f"SLACK_API_URL={address}"]
    if where == "environment":
        environment.setenv("SLACK_API_URL", address)
    else:
        environment.delenv("SLACK_BOT_TOKEN")
        lines.append(f"SLACK_BOT_TOKEN={TOKEN}")
    (tmp_path / ".env").write_text("\n".join(lines))

    assert settings.load().slack_api_url == address


def test_no_secret_shows_when_settings_are_printed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "postgresql://nps:keep-me@db/nps?sslpassword=keep-me")
    environment.setenv("SLACK_API_URL", "https://me:keep-me@slack.example/api")
    environment.setenv("NPS_METRICS_TOKEN", "keep-me-keep-me-keep-me")

    read = settings.load()

    assert "keep-me" not in f"{read!r} {read} {settings.load_database()!r}"
    assert "postgresql://nps:***@db/nps?sslpassword=***" in repr(read)
    assert read.database_url == "postgresql://nps:keep-me@db/nps?sslpassword=keep-me"


@pytest.mark.parametrize("token", ["", "keep-me"])
def test_a_token_that_can_be_guessed_is_refused(environment: pytest.MonkeyPatch, token: str) -> None:
    said = refusal(environment, NPS_METRICS_TOKEN=token)

    assert said.endswith(
        "give a word of at least 16 characters that nobody guesses, as openssl rand -hex 16 prints."
    )
    assert not token or token not in said
