"""What an app may answer when Slack asks it for the choices of a menu."""

from typing import Self

from pydantic import Field, ValidationError, model_validator

from bot.sandbox.records import Json

from .objects import OptionGroup, Part, PlainOption


class _Suggestions(Part):
    options: list[PlainOption] | None = Field(default=None, max_length=100)
    option_groups: list[OptionGroup] | None = Field(default=None, max_length=100)

    @model_validator(mode="after")
    def has_one_kind(self) -> Self:
        if (self.options is None) == (self.option_groups is None):
            message = "needs either options or option_groups"
            raise ValueError(message)
        return self


def checked_suggestions(answer: Json) -> Json:
    """Return `{"options": […]}` or `{"option_groups": […]}`, or raise ValueError for what Slack cannot show."""
    try:
        _Suggestions.model_validate(answer)
    except ValidationError as error:
        message = f"Slack cannot show these choices: {error.errors()[0]['msg']}"
        raise ValueError(message) from None
    return answer


def suggested_options(answer: Json) -> list[Json]:
    """Return the options of a checked answer, in groups or not."""
    groups = answer.get("option_groups", ())
    return [*answer.get("options", ()), *(option for group in groups for option in group["options"])]
