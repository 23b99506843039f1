"""Tables and rich text (docs.slack.dev/reference/block-kit/blocks)."""

from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from .objects import Id, Part


class RichTextElement(Part):
    """A paragraph, list, quote or preformatted part; Slack's leaves are checked by name only."""

    type: Literal["rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"]
    elements: list[dict[str, Any]]
    style: Literal["bullet", "ordered"] | None = None
    indent: int | None = Field(default=None, ge=0, le=8)
    offset: int | None = Field(default=None, ge=0)
    border: int | None = Field(default=None, ge=0, le=1)
    language: str | None = None

    @model_validator(mode="after")
    def holds_known_leaves(self) -> Self:
        leaves = {"text", "link", "emoji", "user", "channel", "usergroup", "date", "broadcast", "color"}
        known = {"rich_text_section"} if self.type == "rich_text_list" else leaves
        for leaf in self.elements:
            if leaf.get("type") not in known:
                message = f"unsupported type: {leaf.get('type')}"
                raise ValueError(message)
        if self.type == "rich_text_list" and self.style is None:
            message = "missing required field: style"
            raise ValueError(message)
        return self


class RichText(Part):
    type: Literal["rich_text"]
    block_id: Id | None = None
    elements: list[RichTextElement] = Field(min_length=1)


class RawText(Part):
    type: Literal["raw_text"]
    text: str = Field(min_length=1)


class RawNumber(Part):
    type: Literal["raw_number"]
    value: int | float
    text: str = Field(min_length=1)


class ColumnSettings(Part):
    align: Literal["left", "center", "right"] | None = None
    is_wrapped: bool | None = None


TableCell: TypeAlias = Annotated[RawText | RichText, Field(discriminator="type")]
DataCell: TypeAlias = Annotated[RawText | RawNumber | RichText, Field(discriminator="type")]


class Table(Part):
    type: Literal["table"]
    block_id: Id | None = None
    rows: list[Annotated[list[TableCell], Field(max_length=20)]] = Field(min_length=1, max_length=100)
    column_settings: list[ColumnSettings | None] | None = Field(default=None, max_length=20)


class DataTable(Part):
    type: Literal["data_table"]
    block_id: Id | None = None
    rows: list[Annotated[list[DataCell], Field(min_length=1, max_length=20)]] = Field(
        min_length=2, max_length=201
    )
    caption: str = Field(min_length=1)
    page_size: int | None = Field(default=None, ge=1, le=100)
    row_header_column_index: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def is_rectangular(self) -> Self:
        columns = len(self.rows[0])
        if any(len(row) != columns for row in self.rows):
            message = "all rows need the same number of columns"
            raise ValueError(message)
        if any(isinstance(cell, RichText) for cell in self.rows[0]):
            message = "header cells cannot contain rich text"
            raise ValueError(message)
        if (self.row_header_column_index or 0) >= columns:
            message = "row_header_column_index is beyond the last column"
            raise ValueError(message)
        characters = sum(
            len(cell.text) for row in self.rows for cell in row if not isinstance(cell, RichText)
        )
        if characters > _CHARACTERS:
            message = f"must be less than {_CHARACTERS + 1} characters"
            raise ValueError(message)
        return self


_CHARACTERS = 20_000
