"""What is sealed is opened to the letter, and every ballot is as long as every other."""

from bot.ballots.rules.limits import COMMENT_LENGTH
from bot.ballots.sealing import new_keys, seal, unlock, unseal
from storage.ballots.opening import Opened
from storage.words import MOST_DRIVERS, NAME_LENGTH

SECRET = "not in the database"


def test_the_longest_comment_and_the_longest_reasons_come_back_whole() -> None:
    keys = new_keys(SECRET)
    reasons = tuple("🌧" * (NAME_LENGTH - 1) + str(number) for number in range(MOST_DRIVERS))
    beyond = Opened(3, "🌧" * (COMMENT_LENGTH + 9), reasons)  # no window of Slack's would send it
    fullest, emptiest = Opened(3, "🌧" * COMMENT_LENGTH, reasons), Opened(3, None, ())

    sealed = [seal(keys.public, one) for one in (fullest, beyond, emptiest)]

    assert unseal(unlock(SECRET, keys.locked), sealed) == [fullest, fullest, emptiest]
    assert len({len(one) for one in sealed}) == 1
