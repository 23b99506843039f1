"""A message says the same to everybody: to who sees its blocks and to who hears its text."""

import re
from dataclasses import replace
from types import ModuleType

import pytest

from bot.digests.views import digest
from bot.ids import Field
from bot.kit.views import time_zones
from bot.message import Message
from bot.reports.views import report
from bot.reports.views.wave import everything
from bot.surveys.views import form_errors
from bot.surveys.views.form_errors import FormError
from bot.wording import words_for
from scoring.nps import signed
from tests.views.examples import EXAMPLES, LOCALES, Example, each_language

ENGLISH = words_for("en-US")
MESSAGES = [each for each in EXAMPLES if each.is_message]


@pytest.mark.parametrize("example", MESSAGES, ids=[f"{each.view}-{each.name}" for each in MESSAGES])
@each_language
def test_text_and_blocks_tell_the_same_numbers(example: Example, language: str) -> None:
    rendered = example.rendered(LOCALES[language])
    assert numbers_in(rendered["text"]) == numbers_in(*shown(rendered["blocks"]))


@pytest.mark.parametrize("module", [report, digest])
def test_a_line_stands_in_for_the_chart_and_nothing_else_changes(module: ModuleType) -> None:
    for facts in module.EXAMPLES.values():
        with_chart, without = (module.render(facts, ENGLISH, with_chart=drawn) for drawn in (True, False))
        assert without.text == with_chart.text
        assert len(without.blocks) == len(with_chart.blocks)
        for drawn, written in zip(with_chart.blocks, without.blocks, strict=True):
            if drawn["type"] == "data_visualization":
                assert written["text"]["text"].startswith("Answers by score: 0: ")
            else:
                assert written == drawn


def test_nobody_answering_is_a_dash_and_no_chart() -> None:
    card = report.render(report.EXAMPLES["nobody yet"], ENGLISH)
    assert card.blocks[0]["text"]["text"] == "Acme customers: NPS —"
    assert "data_visualization" not in types(card)


def test_a_negative_nps_has_a_true_minus_sign() -> None:
    facts = report.EXAMPLES["closed, customers"]
    worse = everything((6, 0, 0, 0, 0, 0, 0, 6, 0, 0, 5))
    card = report.render(replace(facts, wave=replace(facts.wave, result=worse)), ENGLISH)
    assert card.text.startswith("Acme customers: NPS \N{MINUS SIGN}6\n")


def text_of(example: str) -> str:
    return report.render(report.EXAMPLES[example], ENGLISH).text


def test_the_card_of_customers_says_whom_its_interval_is_about() -> None:
    text = text_of("closed, customers")
    assert (
        "[+1, +54] holds the NPS of everyone who could have answered, if they are like those who did." in text
    )
    assert "95 of 100 such intervals are right." in text
    assert "+20 since wave 2 (+10): no clear change" in text


def test_the_card_of_a_team_speaks_of_the_team_and_bounds_the_silent() -> None:
    text = text_of("closed, overlap")
    assert "[+16, +43] holds the NPS of all 40, if the 10 who did not answer are like the others." in text
    assert "Whatever they think, it lies within [−3, +48]." in text
    assert "26 people answered both times." in text


def test_when_everyone_answered_there_is_no_interval() -> None:
    text = text_of("everyone answered")
    assert "Everyone answered: this is the whole group’s NPS." in text
    assert "[" not in text


@pytest.mark.parametrize("example", [name for name in report.EXAMPLES if name.startswith("open")])
def test_no_open_wave_has_a_verdict(example: str) -> None:
    text = text_of(example)
    own = text.partition("Wave 2, closed")[0]
    assert not any(word in own for word in ("chance", " since ", "too few answers"))


def test_a_hidden_wave_tells_how_far_it_is_and_the_result_before() -> None:
    text = text_of("open, hidden")
    assert text.startswith("Team pulse: 12 of 40 answered\nWave 3, open until December 5, 2025\n")
    assert "The result shows when the wave closes, on December 5, 2025." in text
    assert "Wave 2, closed on November 5, 2025: NPS +10 [" in text


@pytest.mark.parametrize("locale", LOCALES.values())
def test_nobody_is_ever_sure_of_the_true_value(locale: str) -> None:
    said = [
        each.rendered(locale)["text"]
        for each in MESSAGES
        if each.view.startswith(("reports/", "waves/closed"))
    ]
    assert not any(re.search(r"\b(sure|true value|sûre?s?|vraie valeur)\b", text) for text in said)


def test_a_digest_without_news_is_two_lines_and_no_chart() -> None:
    quiet = digest.render(digest.EXAMPLES["nothing new"], ENGLISH)
    assert types(quiet) == ["section"]
    assert len(quiet.text.splitlines()) == 2


def test_a_digest_without_an_open_wave_says_so() -> None:
    assert "No wave is open." in digest.render(digest.EXAMPLES["no wave open"], ENGLISH).text


def test_every_form_error_has_a_sentence() -> None:
    for error in FormError:
        told = form_errors.errors({Field.NAME: error}, ENGLISH)
        assert told.keys() == {"name"}
        assert "{" not in told["name"]


def test_the_form_offers_the_manager_s_own_time_zone_and_at_most_a_hundred() -> None:
    offered = time_zones.offered("Antarctica/Troll")
    assert "Antarctica/Troll" in offered
    assert len(offered) == len(set(offered)) <= 100


def types(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def shown(part: object) -> list[str]:
    """Give all that is to be read in the blocks; a button is to be pressed, and a menu to be opened, not read."""
    if isinstance(part, list):
        return [text for each in part for text in shown(each)]
    if not isinstance(part, dict) or part.get("type") in {"button", "static_select"}:
        return []
    if part.get("type") in {"mrkdwn", "plain_text", "raw_text"}:
        return [part["text"]]
    if part.get("type") == "line":  # of NPS, which are written with their sign
        return [signed(point["value"]) for series in part["series"] for point in series["data"]]
    drawn = [part["label"], str(part["value"])] if "value" in part else []
    return drawn + shown(list(part.values()))


def numbers_in(*texts: str) -> set[str]:
    """Find the numbers; the ids of people, channels and user groups are none."""
    said = [re.sub("<[#@!][^>]*>", "", text) for text in texts]
    return {number for text in said for number in re.findall("[+\N{MINUS SIGN}]?\\d+", text)}
