# ruff: noqa: RUF001 - people write these signs
import json
from typing import Any

import pytest

from bot.importing.cells.drivers import driver_of
from bot.importing.options import Format, Options
from tests.importing.files import EXPORTS, read

EXPECTED: dict[str, dict[str, Any]] = json.loads((EXPORTS / "expected.json").read_text("utf-8"))
LABELS = (
    "Product / service quality", "Customer experience", "Service & support", "Communication & engagement", "Reputation",
)  # fmt: skip
FORMATS = {
    "surveymonkey_two_header_rows.csv": Format.SURVEYMONKEY,
    "google_forms_fr.csv": Format.GOOGLE_FORMS,
    "typeform_current.csv": Format.TYPEFORM,
    "qualtrics_numeric.csv": Format.QUALTRICS,
    "delighted.csv": Format.DELIGHTED,
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_sample_has_its_known_totals(name: str) -> None:
    expected = EXPECTED[name]
    found = read(EXPORTS / name, Options(driver_labels=LABELS if "numeric" in name else ()))
    assert found.format is FORMATS[name]
    assert found.bad == []
    assert found.tally.nps == pytest.approx(expected["nps"], abs=1e-6)
    assert found.tally.display == expected["display"]
    for category in ("promoters", "passives", "detractors"):
        assert getattr(found.tally, category) == expected[category]
    assert found.no_score == expected["no_score"]
    mentions = expected.get("driver_mentions", {})
    assert found.drivers == {driver_of(label): count for label, count in mentions.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_sample_gives_comments_as_they_were_written(name: str) -> None:
    comments = read(EXPORTS / name).comments
    assert comments[0] == 'Love it, "really"'
    assert "Support is slow;\nwaited 3 days" in comments
    assert "=1+1" in comments
    assert "Très déçu – l’outil plante" in comments


def test_previews_and_unfinished_answers_can_be_kept() -> None:
    expected = EXPECTED["qualtrics_numeric.csv"]["if_previews_and_unfinished_kept"]
    found = read(EXPORTS / "qualtrics_numeric.csv", Options(keep_all=True))
    assert (found.tally.promoters, found.tally.passives, found.tally.detractors) == (
        expected["promoters"],
        expected["passives"],
        expected["detractors"],
    )


@pytest.mark.parametrize("name", [name for name in EXPECTED if name != "google_forms_fr.csv"])
def test_each_answer_keeps_the_services_own_id(name: str) -> None:
    answers = read(EXPORTS / name).answers
    assert len({row.row_id for row in answers}) == len(answers)
    assert None not in {row.row_id for row in answers}


def test_each_sample_says_when_and_on_which_line() -> None:
    moments = {name: read(EXPORTS / name).moments[0] for name in EXPECTED}
    assert moments == {
        "surveymonkey_two_header_rows.csv": "2024-10-14T09:10:40+00:00",
        "google_forms_fr.csv": "2024-10-14T09:10:05+00:00",
        "typeform_current.csv": "2024-10-14T09:11:44+00:00",
        "qualtrics_numeric.csv": "2024-10-14T07:11:00+00:00",
        "delighted.csv": "2024-10-14T09:10:00+00:00",
    }
    assert [row.line for row in read(EXPORTS / "delighted.csv").answers] == [
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        10,
        11,
        12,
        13,
    ]
