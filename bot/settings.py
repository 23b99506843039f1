"""Settings from the environment (or a `.env` file), checked at start."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TypeVar

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from storage.database.urls import masked
from storage.words import GRACE_DAYS, MOST_QUARANTINE_DAYS, QUARANTINE_DAYS

_WHAT_TO_DO = {
    "SLACK_BOT_TOKEN": "copy it from OAuth & Permissions of your Slack app; it begins with xoxb-",
    "SLACK_SIGNING_SECRET": "copy it from Basic Information of your Slack app; with SLACK_APP_TOKEN it is not needed",
    "SLACK_APP_TOKEN": "copy it from Basic Information, App-Level Tokens; it begins with xapp-",
    "SLACK_API_URL": "give a web address such as https://slack.com/api/",
    "DATABASE_URL": "give sqlite:///nps.db or postgresql://user:password@host/name",
    "PORT": "give a number from 1 to 65535",
    "HOST": "give an address to listen on such as 127.0.0.1",
    "NPS_QUARANTINE_DAYS": f"give the days from one question to a person to the next, from 0 to {MOST_QUARANTINE_DAYS}",
    "NPS_GRACE_DAYS": "give the days that data are kept once the app was removed, from 1 to 3650",
    "NPS_MESSAGES_PER_MINUTE": "give how many messages Slack shall take from us in a minute, from 10 to 60000",
    "NPS_METRICS_TOKEN": "give a word of at least 16 characters that nobody guesses, as openssl rand -hex 16 prints",
    "NPS_METRICS_PORT": "give a number from 1 to 65535, another than PORT's",
    "NPS_SECRET": "give at least 32 characters that nobody guesses, as openssl rand -hex 32 prints, and keep a copy apart from the database",
    "NPS_MANAGERS": "give Slack user ids with commas between, such as U012AB3CD,U045EF6GH; a profile's ⋮ menu copies one",
}


_FILE = Path(".env")
_ENCODING = "utf-8-sig"  # some editors put a mark before the first letter
# U012AB3CD; of a workspace in an Enterprise organisation W012A3CDE: docs.slack.dev/reference/objects/user-object
_USER_ID = re.compile(r"[UW][A-Z0-9]+")
_LONGEST_QUOTE = 21
"""Characters that a handle in Slack may have. What is longer may be a secret in the wrong place."""


class MaskedSettings(BaseSettings):
    """Settings that show no password, also where an address holds one."""

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        for name, value in super().__repr_args__():
            yield name, masked(str(value)) if name in {"database_url", "slack_api_url"} else value


class DatabaseSettings(MaskedSettings):
    """All that a command needs which does not speak to Slack."""

    model_config = SettingsConfigDict(
        env_file=_FILE, env_file_encoding=_ENCODING, extra="ignore", hide_input_in_errors=True, frozen=True
    )

    database_url: str = "sqlite:///nps.db"


class PrivacySettings(DatabaseSettings):
    """What it takes to find all that is kept about a person, threads under anonymous comments too."""

    # Opens the ballots of anonymous waves. It must not stand in the database, nor beside its backups.
    nps_secret: SecretStr | None = Field(default=None, min_length=32)

    @property
    def secret(self) -> str | None:
        return self.nps_secret.get_secret_value() if self.nps_secret else None


class Settings(PrivacySettings):
    """What the operator decides. Secrets never show when printed."""

    slack_bot_token: SecretStr
    slack_app_token: SecretStr | None = None
    # Looked at after the app token, without which it is needed.
    slack_signing_secret: SecretStr | None = Field(default=None, validate_default=True)
    slack_api_url: str = "https://slack.com/api/"
    port: int = Field(default=3000, ge=1, le=65535)
    host: str = Field(default="127.0.0.1", min_length=1)
    nps_quarantine_days: int = Field(default=QUARANTINE_DAYS, ge=0, le=MOST_QUARANTINE_DAYS)
    nps_grace_days: int = Field(default=GRACE_DAYS, ge=1, le=3650)
    # Slack publishes "several hundred" for a whole workspace, and a message a second for each conversation.
    nps_messages_per_minute: int = Field(default=300, ge=10, le=60_000)
    # Counts over time would tell strangers when somebody answers: no page without it.
    nps_metrics_token: SecretStr | None = Field(default=None, min_length=16)
    nps_metrics_port: int | None = Field(default=None, ge=1, le=65535)
    nps_managers: Annotated[frozenset[str], NoDecode] = frozenset()

    @field_validator("nps_managers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value
        )

    @field_validator("nps_managers")
    @classmethod
    def _user_ids(cls, value: frozenset[str]) -> frozenset[str]:
        if wrong := sorted(word for word in value if not _USER_ID.fullmatch(word)):
            named = ", ".join(
                f"“{word}”" if len(word) <= _LONGEST_QUOTE else f"a word of {len(word)} characters"
                for word in wrong
            )
            message = f"holds what is no user id ({named})"
            raise ValueError(message)
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def _bot_token(cls, value: SecretStr) -> SecretStr:
        return _beginning(value, "xoxb-")

    @field_validator("slack_app_token")
    @classmethod
    def _app_token(cls, value: SecretStr | None) -> SecretStr | None:
        return value and _beginning(value, "xapp-")

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            message = "is not a web address"
            raise ValueError(message)
        return value if value.endswith("/") else value + "/"

    @field_validator("slack_signing_secret")
    @classmethod
    def _one_way_in(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        # An app token that is wrong is not among the data: it is told by itself.
        has_app_token = bool(info.data.get("slack_app_token", "told"))
        if not has_app_token and not (value and value.get_secret_value()):
            message = "is missing"
            raise ValueError(message)
        return value


def _beginning(value: SecretStr, prefix: str) -> SecretStr:
    if not value.get_secret_value().startswith(prefix):
        message = f"does not begin with {prefix}"
        raise ValueError(message)
    return value


Loaded = TypeVar("Loaded", bound=BaseSettings)


def load() -> Settings:
    """Read the settings, or raise a SettingsError that names each wrong one and what to do."""
    return _read(Settings)


def load_database() -> DatabaseSettings:
    """Read what a command needs which does not speak to Slack. Raises SettingsError."""
    return _read(DatabaseSettings)


def load_privacy() -> PrivacySettings:
    """Read what a command needs which finds or erases all that is kept about a person. Raises SettingsError."""
    return _read(PrivacySettings)


def _read(kind: type[Loaded]) -> Loaded:
    try:
        wrong = [*_junk(), *misdirection()]
    except UnicodeDecodeError:
        message = f"{_FILE} is not text in UTF-8: save it as such, with a line NAME=value for each setting."
        raise SettingsError(message) from None
    except OSError as error:
        message = (
            f"{_FILE} cannot be read ({error.strerror or error}): let the user who runs nps-bot read it."
        )
        raise SettingsError(message) from None
    try:
        settings = kind()
    except ValidationError as error:
        wrong += map(_sentence, error.errors())
    else:
        if not wrong:
            return settings
    raise SettingsError("\n".join(wrong))


def _junk() -> Iterator[str]:
    """Name each line of the file that sets nothing, without what it says: that may be half a secret."""
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # it would say less of the same
    if not _FILE.is_file():
        return
    with _FILE.open(encoding=_ENCODING) as file:
        for line in parse_stream(file):
            if line.error or (line.key is not None and line.value is None):
                # What was read may begin with the empty lines above it.
                above = line.original.string[: -len(line.original.string.lstrip())]
                number = line.original.line + above.count("\n")
                yield f"{_FILE}, line {number} is not a setting: write NAME=value, or # before what is a remark."


def misdirection() -> list[str]:
    """Say so where a token of the environment would go where only the file says: the folder may be anybody's."""
    environment = {name.upper() for name in os.environ}
    try:
        file = {name.upper() for name in dotenv_values(_FILE, encoding=_ENCODING)}
    except (OSError, UnicodeDecodeError):  # told elsewhere
        return []
    told = environment & {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
    if not told or "SLACK_API_URL" in environment or "SLACK_API_URL" not in file:
        return []
    named = " and ".join(sorted(told))
    sentence = (
        f"SLACK_API_URL stands in {_FILE} alone, and {named} in the environment: set them in one place, "
        "so that a file in some folder cannot send your token elsewhere."
    )
    return [sentence]


def _sentence(problem: object) -> str:
    assert isinstance(problem, dict)  # noqa: S101 - pydantic's ErrorDetails
    name = str(problem["loc"][0]).upper()
    what = "is missing" if problem["type"] == "missing" else str(problem["msg"]).removeprefix("Value error, ")
    return f"{name} {what[0].lower() + what[1:]}: {_WHAT_TO_DO[name]}."
