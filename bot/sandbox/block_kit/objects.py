"""Texts, options and confirmations, with Slack's limits (docs.slack.dev/reference/block-kit/composition-objects)."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


class Part(BaseModel):
    """Anything inside a block: unknown fields are refused, as Slack does."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PlainText(Part):
    type: Literal["plain_text"]
    text: str = Field(min_length=1)
    emoji: bool | None = None


class Mrkdwn(Part):
    type: Literal["mrkdwn"]
    text: str = Field(min_length=1)
    verbatim: bool | None = None


TextObject: TypeAlias = Annotated[PlainText | Mrkdwn, Field(discriminator="type")]


def at_most(characters: int) -> AfterValidator:
    """Limit the text inside a text object."""

    def check(value: PlainText | Mrkdwn) -> PlainText | Mrkdwn:
        if len(value.text) > characters:
            message = f"must be less than {characters + 1} characters"
            raise ValueError(message)
        return value

    return AfterValidator(check)


def without_repeats(values: Sequence[str | None], what: str) -> None:
    """Raise ValueError when a name that was given is given twice."""
    given = [value for value in values if value is not None]
    repeated = sorted({value for value in given if given.count(value) > 1})
    if repeated:
        message = f"{what} already exists: {', '.join(repeated)}"
        raise ValueError(message)


Id: TypeAlias = Annotated[str, Field(min_length=1, max_length=255)]
Url: TypeAlias = Annotated[str, Field(min_length=1, max_length=3000)]
Placeholder: TypeAlias = Annotated[PlainText, at_most(150)]


class PlainOption(Part):
    text: Annotated[PlainText, at_most(75)]
    value: str = Field(max_length=150)
    description: Annotated[PlainText, at_most(75)] | None = None


class OverflowOption(PlainOption):
    url: Url | None = None


class RichOption(Part):
    """An option of radio buttons or checkboxes, which may be formatted."""

    text: Annotated[TextObject, at_most(75)]
    value: str = Field(max_length=150)
    description: Annotated[TextObject, at_most(75)] | None = None


class OptionGroup(Part):
    label: Annotated[PlainText, at_most(75)]
    options: list[PlainOption] = Field(min_length=1, max_length=100)


class Confirm(Part):
    title: Annotated[PlainText, at_most(100)]
    text: Annotated[TextObject, at_most(300)]
    confirm: Annotated[PlainText, at_most(30)]
    deny: Annotated[PlainText, at_most(30)]
    style: Literal["primary", "danger"] | None = None


class ConversationFilter(Part):
    include: list[Literal["im", "mpim", "private", "public"]] | None = Field(default=None, min_length=1)
    exclude_external_shared_channels: bool | None = None
    exclude_bot_users: bool | None = None


class DispatchConfig(Part):
    trigger_actions_on: list[Literal["on_enter_pressed", "on_character_entered"]] = Field(
        min_length=1, max_length=2
    )


class SlackFile(Part):
    id: str | None = None
    url: Url | None = None

    @model_validator(mode="after")
    def names_one_file(self) -> Self:
        if (self.id is None) == (self.url is None):
            message = "needs either id or url"
            raise ValueError(message)
        return self
