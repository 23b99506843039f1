"""Whether a reason that something was done about is named less: from the wave in which people said it to a later one."""

from dataclasses import dataclass
from datetime import date

from bot.reports.rules.gate import Released
from scoring.shares import ShareChange, share_change


@dataclass(frozen=True, slots=True)
class Moved:
    """A driver that was acted upon on a day, since a wave; `change` is None while no wave has opened since."""

    driver: str
    day: date
    wave: int
    change: ShareChange | None = None


def moved(driver: str, then: Released, now: Released) -> ShareChange | None:
    """Compare the driver's share among detractors in two waves; None where the gate hides a wave, or one has no detractor."""
    before, after = _share(driver, then), _share(driver, now)
    return share_change(before, after) if before and after else None


def _share(driver: str, result: Released) -> tuple[int, int] | None:
    if result.drivers is None or result.tally is None:
        return None
    shown = (one for one in result.drivers.shown if one.name == driver)
    found = next(shown, None)
    return (found.ticked.detractors, result.tally.detractors) if found else None
