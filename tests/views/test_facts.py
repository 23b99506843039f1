"""A message says the same to everybody: to who sees its blocks and to who hears its text."""

import re
from dataclasses import replace
from types import ModuleType

import pytest

from bot.ids import Field
from bot.kit.views import time_zones
from bot.message import Message
from bot.reports.views import digest, report
from bot.surveys.views import form
from bot.surveys.views.form import FormError
from bot.wording import words_for
from scoring.nps import Tally
from tests.views.examples import EXAMPLES, LOCALES, Example, each_language

ENGLISH = words_for("en-US")
MESSAGES = [each for each in EXAMPLES if "text" in each.rendered()]


@pytest.mark.parametrize("example", MESSAGES, ids=[f"{each.view}-{each.name}" for each in MESSAGES])
@each_language
def test_text_and_blocks_tell_the_same_numbers(example: Example, language: str) -> None:
    rendered = example.rendered(LOCALES[language])
    assert numbers_in(rendered["text"]) == numbers_in(*shown(rendered["blocks"]))


@pytest.mark.parametrize("module", [report, digest])
def test_the_chart_can_be_left_out_and_nothing_else_changes(module: ModuleType) -> None:
    for facts in module.EXAMPLES.values():
        with_chart, without = (module.render(facts, ENGLISH, with_chart=drawn) for drawn in (True, False))
        assert without.text == with_chart.text
        assert without.blocks == [each for each in with_chart.blocks if each["type"] != "data_visualization"]


def test_nobody_answering_is_a_dash_and_no_chart() -> None:
    card = report.render(report.EXAMPLES["nobody yet"], ENGLISH)
    assert card.blocks[0]["text"]["text"] == "Acme customers: NPS —"
    assert "data_visualization" not in types(card)


def test_a_negative_nps_has_a_true_minus_sign() -> None:
    facts = report.EXAMPLES["first wave"]
    card = report.render(replace(facts, wave=replace(facts.wave, tally=Tally(5, 6, 6))), ENGLISH)
    assert card.text.startswith("Acme customers: NPS \N{MINUS SIGN}6\n")


def test_the_report_gives_its_interval_and_its_verdict() -> None:
    text = report.render(report.EXAMPLES["open"], ENGLISH).text
    assert "[+1, +54]" in text
    assert "+20 since wave 2 (+10): no clear change" in text


def test_a_digest_without_news_is_two_lines_and_no_chart() -> None:
    quiet = digest.render(digest.EXAMPLES["nothing new"], ENGLISH)
    assert types(quiet) == ["section"]
    assert len(quiet.text.splitlines()) == 2


def test_a_digest_without_an_open_wave_says_so() -> None:
    assert "No wave is open." in digest.render(digest.EXAMPLES["no wave open"], ENGLISH).text


def test_every_form_error_has_a_sentence() -> None:
    for error in FormError:
        told = form.errors({Field.NAME: error}, ENGLISH)
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
    if part.get("type") in {"mrkdwn", "plain_text"}:
        return [part["text"]]
    drawn = [str(part["value"])] if "value" in part else []
    return drawn + shown(list(part.values()))


def numbers_in(*texts: str) -> set[str]:
    return {number for text in texts for number in re.findall("[+\N{MINUS SIGN}]?\\d+", text)}
