"""What the people of a wave were promised, read from the database alone."""

from bot.reports.rules.gate import Promise
from storage.tables import Survey, Wave


def promise_of(survey: Survey, wave: Wave) -> Promise:
    """Give what a wave's people were told; an imported wave's were told nothing here, and the survey's setting counts."""
    minimum = survey.minimum if wave.label is not None else wave.minimum
    return Promise(wave.kind or survey.kind, minimum, is_anonymous=wave.is_anonymous)
