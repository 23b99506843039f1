"""One wave, as programs read it: the command line's JSON."""

from typing import Any

from bot.reports.rules.scored import scored
from bot.reports.views.wave import WaveFacts, who_answered_both
from scoring.confidence import DEFAULT_CONFIDENCE


def wave_data(wave: WaveFacts) -> dict[str, Any]:
    """Say of a wave what `nps-bot score --json` says of counts, and more; what is hidden is null."""
    result = wave.result
    before = wave.before.result.tally if wave.before and not wave.is_open else None
    numbers = (
        scored(result.tally, DEFAULT_CONFIDENCE, result.population, before, who_answered_both(wave)).data()
        if result.tally
        else {
            "responses": result.answered,
            "nps": None,
            "display": result.nps,
        }
    )
    return {
        "wave": wave.label or wave.number,
        "is_open": wave.is_open,
        "closes": wave.closes.isoformat(),
        "invited": result.invited,
        "hidden": list(result.hidden),
        **numbers,
    }
