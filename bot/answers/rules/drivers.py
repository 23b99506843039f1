"""What an answer is about: the drivers of the score, by the names that people read."""

from bot.mark import mark
from bot.typed import one_line
from bot.wording import Words
from storage.question import Offered
from storage.words import Driver

DRIVER_NAMES = {
    Driver.QUALITY: mark("Product or service quality"),
    Driver.EXPERIENCE: mark("Customer experience"),
    Driver.SUPPORT: mark("Service and support"),
    Driver.COMMUNICATION: mark("Communication and engagement"),
    Driver.REPUTATION: mark("Reputation"),
    Driver.MANAGEMENT: mark("Management and leadership"),
    Driver.WORK: mark("Work and tools"),
    Driver.GROWTH: mark("Growth and recognition"),
    Driver.TEAM: mark("Team and communication"),
    Driver.BALANCE: mark("Balance and pay"),
}


def name_of(driver: Offered, words: Words) -> str:
    """Name a driver in the reader's language, or as its survey named it first; an imported one as it came."""
    if driver.names:
        return one_line(dict(driver.names).get(words.locale.language) or driver.names[0][1])
    return words(DRIVER_NAMES[Driver(driver.key)]) if driver.key in set(Driver) else one_line(driver.key)
