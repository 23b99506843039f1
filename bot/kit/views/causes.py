"""What was behind a low score, by the names that people read."""

from bot.mark import mark
from storage.words import CaseCause

CAUSES = {
    CaseCause.BROKEN: mark("Something did not work"),
    CaseCause.MISSING: mark("Something is missing"),
    CaseCause.SLOW: mark("It took too long"),
    CaseCause.MISTAKE: mark("We made a mistake"),
    CaseCause.MISUNDERSTOOD: mark("We explained it badly"),
    CaseCause.PRICE: mark("Price or conditions"),
    CaseCause.OTHER: mark("Something else"),
}
