"""What one step of a survey's form shows: what was typed so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.ids import Field
from bot.surveys.rules.steps import FormStep
from bot.surveys.views.form_errors import FormError
from storage.words import MOST_WAVE_DAYS


@dataclass(frozen=True, slots=True)
class SurveyFormFacts:
    """One step of a form. `user_groups_offered` pairs the id of each group with its name; `wrong` stands above it all.

    `can_be_anonymous` is false where nothing could seal answers.
    """

    draft_id: int
    step: FormStep
    written: Mapping[Field, Sequence[str]]
    is_new: bool = True
    user_groups_offered: tuple[tuple[str, str], ...] = ()
    wrong: Mapping[Field, FormError] = field(default_factory=dict[Field, FormError])
    longest_wave: int = MOST_WAVE_DAYS
    can_be_anonymous: bool = False

    def one(self, field: Field) -> str:
        """Return what stands in a field that takes one text; nothing where nothing does."""
        texts = self.every(field)
        return texts[0] if texts else ""

    def every(self, field: Field) -> tuple[str, ...]:
        """Return what stands in a field that takes several."""
        return tuple(self.written.get(field, ()))
