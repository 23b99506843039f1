"""`nps-bot sample-size`: the sample sizes of the statistics, and one sentence for what cannot be told."""

import json

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["sample-size", *words])


def test_a_team_needs_fewer_answers_than_a_crowd() -> None:
    team, crowd = run("--margin=10", "--members=50", "--json"), run("--margin=10", "--json")

    assert json.loads(team.stdout) == {
        "margin": 10.0,
        "members": 50,
        "confidence": 0.95,
        "answers": 45,
        "detectable_change": pytest.approx(38.07, abs=0.01),
    }
    assert json.loads(crowd.stdout)["answers"] == 382


def test_people_read_two_sentences() -> None:
    assert run("--margin=10", "--members=50").stdout.splitlines() == [
        "45 of 50 answers put the NPS within ±10 points, with 95% confidence.",
        "Two waves of 50 answers tell a change of about 38 points from chance.",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--margin=0"], "Margin must be more than 0 and at most 100 points, not 0.0."),
        (["--margin=nan"], "Margin must be more than 0 and at most 100 points, not nan."),
        (["--margin=10", "--members=-1"], "Members must be a whole number, 0 or more, not -1."),
        (
            ["--margin=10", "--confidence=1"],
            "Confidence must lie between 0 and 1, such as 0.95, not 1.0.",
        ),
        ([], "Missing option '--margin'."),
    ],
)
def test_what_cannot_be_planned_is_refused_in_one_sentence(words: list[str], sentence: str) -> None:
    ran = run(*words)

    assert (ran.exit_code, ran.stdout, ran.stderr) == (2, "", f"{sentence}\n")


def test_its_first_name_is_understood_and_no_longer_shown() -> None:
    first = CliRunner().invoke(cli, ["plan", "--margin=10"])

    assert (first.exit_code, first.stdout) == (0, run("--margin=10").stdout)
    shown = CliRunner().invoke(cli, ["--help"]).stdout
    assert "sample-size" in shown
    assert " plan " not in shown
