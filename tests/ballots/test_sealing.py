"""What is sealed is opened to the letter, and every ballot is as long as every other."""

from bot.ballots.rules.limits import COMMENT_LENGTH
from bot.ballots.sealing import new_keys, open_link, seal, seal_link, unlock, unseal
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


def test_a_link_travels_in_a_ballot_of_the_same_length() -> None:
    keys, link = new_keys(SECRET), seal_link(SECRET, "U0001")
    said = Opened(10, "🌧" * COMMENT_LENGTH, ("support", "quality"), link)
    without = said._replace(link=None)

    sealed = [seal(keys.public, one) for one in (said, without)]

    assert unseal(unlock(SECRET, keys.locked), sealed) == [said, without]
    assert len({len(one) for one in sealed}) == 1
    assert open_link(SECRET, link) == "U0001"


def test_where_there_is_no_room_for_both_the_comment_loses_its_last_letters() -> None:
    keys = new_keys(SECRET)
    reasons = tuple("🌧" * (NAME_LENGTH + 3) + str(number) for number in range(MOST_DRIVERS))
    fullest = Opened(3, "🌧" * COMMENT_LENGTH, reasons, seal_link(SECRET, "U0001"))

    sealed = [seal(keys.public, one) for one in (fullest, Opened(3, None, ()))]

    [opened, _] = unseal(unlock(SECRET, keys.locked), sealed)
    assert (opened.drivers, opened.link) == (fullest.drivers, fullest.link)
    assert opened.comment
    assert COMMENT_LENGTH - 60 < len(opened.comment) < COMMENT_LENGTH
    assert len({len(one) for one in sealed}) == 1
