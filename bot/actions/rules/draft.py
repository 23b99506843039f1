"""What a manager filled in, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from bot.errors import NpsBotError
from bot.ids import Field
from storage.words import ACTION_LENGTH, ActionState

YES = "yes"


class WrongField(StrEnum):
    """What is wrong with a field."""

    EMPTY = auto()
    TOO_LONG = auto()
    NOT_YET = auto()  # done on a day to come
    NO_DAY = auto()
    CHANGED = auto()  # by somebody else, since the modal opened


class WrongAction(NpsBotError):  # noqa: N818 - a manager's, told beside the fields
    """What was filled in cannot be kept; `errors` says why, by field."""

    def __init__(self, errors: Mapping[Field, WrongField]) -> None:
        super().__init__(", ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """An action as a manager wishes it; `is_gone` when it is to be deleted."""

    said: str
    did: str
    state: ActionState
    day: date
    drivers: tuple[str, ...] = ()
    wave: int | None = None
    owner: str | None = None
    is_gone: bool = False


def draft(written: Mapping[Field, list[str]], today: date) -> ActionDraft:
    """Read what was filled in. Raises WrongAction with what is wrong, by field; ValueError where no form sends such a thing."""
    said, did = (" ".join(_one(written, field).split()) for field in (Field.ACTION_SAID, Field.ACTION_DID))
    errors: dict[Field, WrongField] = {}
    for field, text in ((Field.ACTION_SAID, said), (Field.ACTION_DID, did)):
        if not text:
            errors[field] = WrongField.EMPTY
        elif len(text) > ACTION_LENGTH:
            errors[field] = WrongField.TOO_LONG
    state = ActionState(_one(written, Field.ACTION_STATE))
    chosen = _one(written, Field.ACTION_DAY)
    day = date.fromisoformat(chosen) if chosen else today
    if not chosen:
        errors[Field.ACTION_DAY] = WrongField.NO_DAY
    if state is ActionState.DONE and day > today:
        errors[Field.ACTION_DAY] = WrongField.NOT_YET
    if errors:
        raise WrongAction(errors)
    return ActionDraft(
        said,
        did,
        state,
        day,
        drivers=tuple(written.get(Field.ACTION_DRIVERS, ())),
        wave=int(_one(written, Field.ACTION_WAVE) or 0) or None,
        owner=_one(written, Field.ACTION_OWNER) or None,
        is_gone=YES in written.get(Field.ACTION_DELETE, ()),
    )


def _one(written: Mapping[Field, list[str]], field: Field) -> str:
    return next(iter(written.get(field, ())), "")
