"""The blocks the pretend Slack knows, with Slack's limits (docs.slack.dev/reference/block-kit/blocks)."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from .charts import DataVisualization
from .elements import Accessory, ActionElement, ImageElement, Input
from .objects import Id, Mrkdwn, Part, PlainText, SlackFile, TextObject, Url, at_most, without_repeats
from .tables import DataTable, RichText, Table


class Section(Part):
    type: Literal["section"]
    block_id: Id | None = None
    text: Annotated[TextObject, at_most(3000)] | None = None
    fields: list[Annotated[TextObject, at_most(2000)]] | None = Field(
        default=None, min_length=1, max_length=10
    )
    accessory: Accessory | None = None
    expand: bool | None = None

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if self.text is None and self.fields is None:
            message = "missing required field: text or fields"
            raise ValueError(message)
        return self


class Actions(Part):
    type: Literal["actions"]
    block_id: Id | None = None
    elements: list[ActionElement] = Field(min_length=1, max_length=25)

    @model_validator(mode="after")
    def names_each_action_once(self) -> Self:
        without_repeats([element.action_id for element in self.elements], "action_id")
        return self


class Context(Part):
    type: Literal["context"]
    block_id: Id | None = None
    elements: list[Annotated[PlainText | Mrkdwn | ImageElement, Field(discriminator="type")]] = Field(
        min_length=1, max_length=10
    )


class HeaderBlock(Part):
    type: Literal["header"]
    block_id: Id | None = None
    text: Annotated[PlainText, at_most(150)]


class Divider(Part):
    type: Literal["divider"]
    block_id: Id | None = None


class Image(Part):
    type: Literal["image"]
    block_id: Id | None = None
    image_url: Url | None = None
    slack_file: SlackFile | None = None
    alt_text: str = Field(min_length=1, max_length=2000)
    title: Annotated[PlainText, at_most(2000)] | None = None

    @model_validator(mode="after")
    def has_one_source(self) -> Self:
        if (self.image_url is None) == (self.slack_file is None):
            message = "needs either image_url or slack_file"
            raise ValueError(message)
        return self


class InputBlock(Part):
    type: Literal["input"]
    block_id: Id | None = None
    label: Annotated[PlainText, at_most(2000)]
    element: Input
    hint: Annotated[PlainText, at_most(2000)] | None = None
    optional: bool | None = None
    dispatch_action: bool | None = None


class Markdown(Part):
    type: Literal["markdown"]
    block_id: Id | None = None
    text: str = Field(min_length=1, max_length=12_000)


Block: TypeAlias = Annotated[
    Section
    | Actions
    | Context
    | HeaderBlock
    | Divider
    | Image
    | InputBlock
    | Markdown
    | RichText
    | Table
    | DataTable
    | DataVisualization,
    Field(discriminator="type"),
]
