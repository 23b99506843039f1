"""Settings from the environment (or a `.env` file), checked at start."""

from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from storage.words import MOST_QUARANTINE_DAYS, QUARANTINE_DAYS

_WHAT_TO_DO = {
    "SLACK_BOT_TOKEN": "copy it from OAuth & Permissions of your Slack app; it begins with xoxb-",
    "SLACK_SIGNING_SECRET": "copy it from Basic Information of your Slack app; with SLACK_APP_TOKEN it is not needed",
    "SLACK_APP_TOKEN": "copy it from Basic Information, App-Level Tokens; it begins with xapp-",
    "SLACK_API_URL": "give a web address such as https://slack.com/api/",
    "DATABASE_URL": "give sqlite:///nps.db or postgresql://user:password@host/name",
    "PORT": "give a number from 1 to 65535",
    "HOST": "give an address to listen on such as 127.0.0.1",
    "NPS_QUARANTINE_DAYS": f"give the days from one question to a person to the next, from 0 to {MOST_QUARANTINE_DAYS}",
    "NPS_MESSAGES_PER_MINUTE": "give how many messages Slack shall take from us in a minute, from 10 to 60000",
    "NPS_MANAGERS": "give Slack user ids with commas between: U012AB3CD,U045EF6GH",
}


class DatabaseSettings(BaseSettings):
    """All that a command needs which does not speak to Slack."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", hide_input_in_errors=True, frozen=True)

    database_url: str = "sqlite:///nps.db"


class Settings(DatabaseSettings):
    """What the operator decides. Secrets never show when printed."""

    slack_bot_token: SecretStr
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    port: int = Field(default=3000, ge=1, le=65535)
    host: str = Field(default="127.0.0.1", min_length=1)
    nps_quarantine_days: int = Field(default=QUARANTINE_DAYS, ge=0, le=MOST_QUARANTINE_DAYS)
    # Slack publishes "several hundred" for a whole workspace, and a message a second for each conversation.
    nps_messages_per_minute: int = Field(default=300, ge=10, le=60_000)
    nps_managers: Annotated[frozenset[str], NoDecode] = frozenset()

    @field_validator("nps_managers", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value
        )

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

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if not self.slack_app_token and not (
            self.slack_signing_secret and self.slack_signing_secret.get_secret_value()
        ):
            message = "SLACK_SIGNING_SECRET is missing"
            raise ValueError(message)
        return self


def _beginning(value: SecretStr, prefix: str) -> SecretStr:
    if not value.get_secret_value().startswith(prefix):
        message = f"does not begin with {prefix}"
        raise ValueError(message)
    return value


def load() -> Settings:
    """Read the settings, or raise a SettingsError that names each wrong one and what to do."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(problem) for problem in error.errors())) from None


def _sentence(problem: object) -> str:
    assert isinstance(problem, dict)  # noqa: S101 - pydantic's ErrorDetails
    name = str(problem["loc"][0]).upper() if problem["loc"] else "SLACK_SIGNING_SECRET"
    said = str(problem["msg"]).removeprefix("Value error, ")
    what = "is missing" if problem["type"] == "missing" or said.endswith("is missing") else said
    return f"{name} {what[0].lower() + what[1:]}: {_WHAT_TO_DO[name]}."
