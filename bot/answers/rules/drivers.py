"""What an answer is about: the drivers of the score, by the names that people read."""

from bot.mark import mark
from storage.words import Driver

DRIVER_NAMES = {
    Driver.QUALITY: mark("Product or service quality"),
    Driver.EXPERIENCE: mark("Customer experience"),
    Driver.SUPPORT: mark("Service and support"),
    Driver.COMMUNICATION: mark("Communication and engagement"),
    Driver.REPUTATION: mark("Reputation"),
}
