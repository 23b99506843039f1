"""Interactive elements, with Slack's limits (docs.slack.dev/reference/block-kit/block-elements)."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from .objects import (
    Confirm,
    ConversationFilter,
    DispatchConfig,
    Id,
    OptionGroup,
    OverflowOption,
    Part,
    Placeholder,
    PlainOption,
    PlainText,
    RichOption,
    SlackFile,
    Url,
    at_most,
)


class Element(Part):
    action_id: Id | None = None


class Button(Element):
    type: Literal["button"]
    text: Annotated[PlainText, at_most(75)]
    url: Url | None = None
    value: str | None = Field(default=None, max_length=2000)
    style: Literal["primary", "danger"] | None = None
    confirm: Confirm | None = None
    accessibility_label: str | None = Field(default=None, max_length=75)


class Overflow(Element):
    type: Literal["overflow"]
    options: list[OverflowOption] = Field(min_length=1, max_length=5)
    confirm: Confirm | None = None


class ImageElement(Part):
    type: Literal["image"]
    image_url: Url | None = None
    slack_file: SlackFile | None = None
    alt_text: str = Field(min_length=1, max_length=2000)


class Choice(Element):
    """What every element that holds a choice shares."""

    confirm: Confirm | None = None
    focus_on_load: bool | None = None


class RadioButtons(Choice):
    type: Literal["radio_buttons"]
    options: list[RichOption] = Field(min_length=1, max_length=10)
    initial_option: RichOption | None = None

    @model_validator(mode="after")
    def begins_with_an_option(self) -> Self:
        _begins_within(self.options, [self.initial_option])
        return self


class Checkboxes(Choice):
    type: Literal["checkboxes"]
    options: list[RichOption] = Field(min_length=1, max_length=10)
    initial_options: list[RichOption] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def begins_with_options(self) -> Self:
        _begins_within(self.options, self.initial_options or [])
        return self


class Menu(Choice):
    placeholder: Placeholder | None = None


class MultiMenu(Menu):
    max_selected_items: int | None = Field(default=None, ge=1)


class StaticSelect(Menu):
    type: Literal["static_select"]
    options: list[PlainOption] | None = Field(default=None, min_length=1, max_length=100)
    option_groups: list[OptionGroup] | None = Field(default=None, min_length=1, max_length=100)
    initial_option: PlainOption | None = None

    @model_validator(mode="after")
    def begins_with_an_option(self) -> Self:
        _begins_within(_listed(self.options, self.option_groups), [self.initial_option])
        return self


class MultiStaticSelect(MultiMenu):
    type: Literal["multi_static_select"]
    options: list[PlainOption] | None = Field(default=None, min_length=1, max_length=100)
    option_groups: list[OptionGroup] | None = Field(default=None, min_length=1, max_length=100)
    initial_options: list[PlainOption] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def begins_with_options(self) -> Self:
        _begins_within(_listed(self.options, self.option_groups), self.initial_options or [])
        return self


class ExternalSelect(Menu):
    type: Literal["external_select"]
    initial_option: PlainOption | None = None
    min_query_length: int | None = Field(default=None, ge=0)


class MultiExternalSelect(MultiMenu):
    type: Literal["multi_external_select"]
    initial_options: list[PlainOption] | None = Field(default=None, min_length=1)
    min_query_length: int | None = Field(default=None, ge=0)


class UsersSelect(Menu):
    type: Literal["users_select"]
    initial_user: str | None = None


class MultiUsersSelect(MultiMenu):
    type: Literal["multi_users_select"]
    initial_users: list[str] | None = None


class ChannelsSelect(Menu):
    type: Literal["channels_select"]
    initial_channel: str | None = None
    response_url_enabled: bool | None = None


class MultiChannelsSelect(MultiMenu):
    type: Literal["multi_channels_select"]
    initial_channels: list[str] | None = None


class ConversationsSelect(Menu):
    type: Literal["conversations_select"]
    initial_conversation: str | None = None
    default_to_current_conversation: bool | None = None
    response_url_enabled: bool | None = None
    filter: ConversationFilter | None = None


class MultiConversationsSelect(MultiMenu):
    type: Literal["multi_conversations_select"]
    initial_conversations: list[str] | None = None
    default_to_current_conversation: bool | None = None
    filter: ConversationFilter | None = None


class DatePicker(Menu):
    type: Literal["datepicker"]
    initial_date: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")


class TimePicker(Menu):
    type: Literal["timepicker"]
    initial_time: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    timezone: str | None = None


class DateTimePicker(Choice):
    type: Literal["datetimepicker"]
    initial_date_time: int | None = Field(default=None, ge=1_000_000_000, le=9_999_999_999)


class TypedInto(Element):
    """What every element that is typed into shares."""

    placeholder: Placeholder | None = None
    focus_on_load: bool | None = None
    dispatch_action_config: DispatchConfig | None = None


class PlainTextInput(TypedInto):
    type: Literal["plain_text_input"]
    initial_value: str | None = Field(default=None, max_length=3000)
    multiline: bool | None = None
    min_length: int | None = Field(default=None, ge=0, le=3000)
    max_length: int | None = Field(default=None, ge=1, le=3000)


class NumberInput(TypedInto):
    type: Literal["number_input"]
    is_decimal_allowed: bool
    initial_value: str | None = None
    min_value: str | None = None
    max_value: str | None = None


class EmailInput(TypedInto):
    type: Literal["email_text_input"]
    initial_value: str | None = None


class UrlInput(TypedInto):
    type: Literal["url_text_input"]
    initial_value: str | None = None


def _listed(options: list[PlainOption] | None, groups: list[OptionGroup] | None) -> list[PlainOption]:
    if (options is None) == (groups is None):
        message = "needs either options or option_groups"
        raise ValueError(message)
    return options or [option for group in groups or [] for option in group.options]


def _begins_within(
    options: Sequence[PlainOption | RichOption], initial: Sequence[PlainOption | RichOption | None]
) -> None:
    if any(option is not None and option not in options for option in initial):
        message = "the initial option must be one of the options"
        raise ValueError(message)


Select: TypeAlias = (
    StaticSelect
    | MultiStaticSelect
    | ExternalSelect
    | MultiExternalSelect
    | UsersSelect
    | MultiUsersSelect
    | ChannelsSelect
    | MultiChannelsSelect
    | ConversationsSelect
    | MultiConversationsSelect
)
Picker: TypeAlias = RadioButtons | Checkboxes | DatePicker | TimePicker
ActionElement: TypeAlias = Annotated[
    Button | Overflow | Select | Picker | DateTimePicker, Field(discriminator="type")
]
Accessory: TypeAlias = Annotated[
    Button | Overflow | ImageElement | Select | Picker, Field(discriminator="type")
]
Input: TypeAlias = Annotated[
    Select | Picker | DateTimePicker | PlainTextInput | NumberInput | EmailInput | UrlInput,
    Field(discriminator="type"),
]
