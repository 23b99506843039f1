"""Slack's words for no: each that can come has one meaning, and a sentence that says what to do."""

import pytest

from bot.kit.views.remedy import SENTENCES
from bot.sandbox.failures.documented import CODES as DOCUMENTED
from bot.sandbox.failures.documented import OF_METHOD
from bot.sandbox.failures.errors import Code
from bot.sandbox.failures.faults import Faults
from bot.sandbox.web_api.dispatch import METHODS
from bot.slack.codes import _WORDS, CODES, Meaning, Remedy, Scope, meaning


def test_every_documented_code_has_its_meaning() -> None:
    assert sorted(DOCUMENTED - set(CODES)) == []


def test_every_word_of_the_pretend_slack_has_its_meaning() -> None:
    assert sorted(set(Code) - set(CODES)) == []


def test_no_code_has_two_meanings() -> None:
    told = [code for codes in _WORDS.values() for code in codes.split()]
    assert len(told) == len(set(told))


def test_every_remedy_has_its_sentence_and_is_somebodys() -> None:
    assert set(SENTENCES) == set(Remedy) - {Remedy.NONE_KNOWN}
    meant = {what for one in CODES.values() for what in (one.remedy, one.of_person, one.of_all) if what}
    assert meant == set(Remedy)


def test_what_somebody_can_mend_has_a_remedy() -> None:
    silent = {one.scope for one in CODES.values() if one.remedy is Remedy.NONE_KNOWN}
    assert silent == {Scope.PLACE, Scope.DRAWING, Scope.OURS}


def test_a_word_that_nobody_has_met_holds_for_one_call_alone() -> None:
    assert meaning("made_up_error") == Meaning(Scope.OURS)


def test_the_pretend_slack_gives_only_words_that_slack_has() -> None:
    with pytest.raises(ValueError, match="'made_up_error' is none of the errors"):
        Faults().answer("chat.postMessage", "made_up_error")
    assert set(OF_METHOD) <= set(METHODS) | {"apps.connections.open"}
