"""What one step of a survey's form shows: what was typed so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.ids import Field
from bot.surveys.rules.steps import Step


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One step of a form. `user_groups_offered` pairs the id of each group with its name; `told` stands above it all."""

    draft_id: int
    step: Step
    written: Mapping[Field, Sequence[str]]
    is_new: bool = True
    user_groups_offered: tuple[tuple[str, str], ...] = ()
    told: str = ""

    def one(self, field: Field) -> str:
        """Return what stands in a field that takes one text; nothing where nothing does."""
        texts = self.every(field)
        return texts[0] if texts else ""

    def every(self, field: Field) -> tuple[str, ...]:
        """Return what stands in a field that takes several."""
        return tuple(self.written.get(field, ()))
