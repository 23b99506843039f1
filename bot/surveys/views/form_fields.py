"""The inputs that a form is made of; each is named by its field, as block and as action."""

from collections.abc import Mapping, Sequence

from slackblocks import (
    Block,
    CheckboxGroup,
    ConversationFilter,
    ConversationMultiSelectMenu,
    ConversationSelectMenu,
    Element,
    InputBlock,
    NumberInput,
    Option,
    PlainText,
    PlainTextInput,
    RadioButtonGroup,
    StaticSelectMenu,
)

from bot.ids import Field
from bot.surveys.rules.steps import CHOICES
from bot.wording import Words
from storage.question import QUESTION_LENGTH
from storage.words import NAME_LENGTH


def labelled(
    field: Field, label: str, element: Element, *, hint: str | None = None, optional: bool = False
) -> Block:
    """Put an element into an input block, with the field as its block_id; it must be filled in unless `optional`.

    Slack tells at once of a choice that brings other fields.
    """
    return InputBlock(
        label=label,
        element=element,
        block_id=field,
        hint=hint,
        optional=optional,
        dispatch_action=field in CHOICES,
    )


def name_input(field: Field, typed: str, placeholder: str) -> Element:
    """Take one line of at most `NAME_LENGTH` characters; what was typed before is cut to that."""
    return PlainTextInput(
        action_id=field,
        initial_value=typed[:NAME_LENGTH] or None,
        max_length=NAME_LENGTH,
        placeholder=placeholder,
    )


def question_input(field: Field, typed: str, usual: str) -> Element:
    """Take a whole question; `usual` shows what is asked without one."""
    return PlainTextInput(
        action_id=field,
        initial_value=typed[:QUESTION_LENGTH] or None,
        max_length=QUESTION_LENGTH,
        placeholder=usual,
    )


def number_input(field: Field, typed: str, most: int) -> Element:
    """Take a whole number from 1 on."""
    return NumberInput(
        is_decimal_allowed=False,
        action_id=field,
        initial_value=typed if typed.isascii() and typed.isdigit() else None,
        min_value=1,
        max_value=most,
    )


def menu(field: Field, labels: Mapping[str, str], chosen: str) -> Element:
    """Offer `labels`, which pairs each value with its words; the first of them where `chosen` is none of the values."""
    options = {value: Option(text=PlainText(label), value=value) for value, label in labels.items()}
    return StaticSelectMenu(
        field,
        options=list(options.values()),
        initial_option=options.get(chosen) or next(iter(options.values())),
    )


def radio(field: Field, labels: Mapping[str, Option], chosen: str) -> Element:
    """Offer options to choose one of, all to be seen; the first of them where `chosen` is none of the values."""
    first = next(iter(labels.values()))
    return RadioButtonGroup(field, options=list(labels.values()), initial_option=labels.get(chosen) or first)


def boxes(field: Field, labels: Mapping[str, Option], ticked: Sequence[str]) -> Element:
    """Offer boxes to tick."""
    chosen = [option for value, option in labels.items() if value in ticked]
    return CheckboxGroup(action_id=field, options=list(labels.values()), initial_options=chosen or None)


def channel_menu(field: Field, chosen: str | None, words: Words) -> Element:
    """Offer the public and private channels, to choose one; `chosen` is an id or None."""
    return ConversationSelectMenu(
        action_id=field,
        initial_conversation=chosen,
        filter=_only_channels(),
        placeholder=words("A channel"),
    )


def channels_menu(field: Field, chosen: Sequence[str], words: Words) -> Element:
    """Offer the public and private channels, to choose several; `chosen` holds ids."""
    return ConversationMultiSelectMenu(
        action_id=field,
        initial_conversations=list(chosen) or None,
        filter=_only_channels(),
        placeholder=words("Channels"),
    )


def _only_channels() -> ConversationFilter:
    return ConversationFilter(include=["public", "private"], exclude_bot_users=True)
