"""`nps-bot score`: the numbers of the reference cases, and one sentence for whatever cannot be counted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli


def run(*words: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["score", *words], input=given)


def counts(promoters: int, passives: int, detractors: int) -> list[str]:
    return [f"--promoters={promoters}", f"--passives={passives}", f"--detractors={detractors}"]


def data_of(*words: str, given: bytes | None = None) -> dict[str, Any]:
    ran = run(*words, "--json", given=given)
    assert (ran.exit_code, ran.stderr) == (0, "")
    found = json.loads(ran.stdout)
    assert isinstance(found, dict)
    return found


def refusal_of(*words: str, given: bytes | None = None) -> str:
    """Return the one sentence of a refused command."""
    ran = run(*words, given=given)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.endswith("\n")
    assert ran.stderr.count("\n") == 1
    return ran.stderr.rstrip("\n")


def test_counts_give_the_nps_with_its_interval() -> None:
    assert data_of(*counts(15, 9, 6)) == {
        "responses": 30,
        "promoters": 15,
        "passives": 9,
        "detractors": 6,
        "nps": 30.0,
        "display": "+30",
        "low": pytest.approx(0.7, abs=0.5),
        "high": pytest.approx(53.8, abs=0.5),
        "confidence": 0.95,
        "method": "adjusted_wald",
        "population": None,
        "worst_case_low": None,
        "worst_case_high": None,
    }


def test_nobody_has_no_nps_rather_than_0() -> None:
    found = data_of(*counts(0, 0, 0))

    assert [found[name] for name in ("responses", "nps", "display", "low", "high")] == [
        0,
        None,
        "—",
        None,
        None,
    ]


def test_known_members_narrow_the_interval_and_bound_the_worst_case() -> None:
    found = data_of(*counts(15, 9, 6), "--members=40")

    assert (found["method"], found["population"]) == ("predictive", 40)
    assert (round(found["low"]), round(found["high"])) == (16, 43)
    assert (found["worst_case_low"], found["worst_case_high"]) == (-2.5, 47.5)


def test_a_census_is_its_own_interval() -> None:
    found = data_of(*counts(15, 9, 6), "--members=30")

    assert (found["low"], found["high"]) == (30.0, 30.0)
    assert (found["worst_case_low"], found["worst_case_high"]) == (30.0, 30.0)


def test_less_confidence_is_a_narrower_interval() -> None:
    sure, bold = data_of(*counts(15, 9, 6)), data_of(*counts(15, 9, 6), "--confidence=0.8")

    assert bold["confidence"] == 0.8
    assert sure["low"] < bold["low"] < bold["high"] < sure["high"]


def test_versus_tells_the_change_from_the_wave_before() -> None:
    found = data_of(*counts(60, 30, 10), "--versus", "30", "30", "40")

    assert (found["change"], found["verdict"]) == (60.0, "up")
    assert 0 < found["change_low"] < 60 < found["change_high"]
    assert found["z"] > 2.58
    assert found["p_value"] < 0.01


def test_without_versus_nothing_is_said_of_a_change() -> None:
    assert "change" not in data_of(*counts(60, 30, 10))


def test_a_wave_that_nobody_answered_cannot_be_compared_with() -> None:
    found = data_of(*counts(60, 30, 10), "--versus", "0", "0", "0")

    assert [found[name] for name in ("change", "change_low", "change_high", "z", "p_value", "verdict")] == [
        None
    ] * 6


@pytest.mark.parametrize(
    "text", [b"10\n9\n8\n3\n", b"\xef\xbb\xbf10\r\n9\r\n\r\n8\r\n3", b"10, 9; 8\t3", b"  10 9 8 03 "]
)
def test_scores_are_counted_however_they_are_set_apart(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "scores.txt"
    file.write_bytes(text)
    expected = data_of(*counts(2, 1, 1))

    assert data_of("--scores", str(file)) == expected
    assert data_of("--scores=-", given=text) == expected


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("11", "'11'"),
        ("-1", "'-1'"),
        ("9.5", "'9.5'"),
        ("ten", "'ten'"),
        ("\N{FULLWIDTH DIGIT NINE}", "'\N{FULLWIDTH DIGIT NINE}'"),
        ("9" * 5000, f"'{'9' * 20}…'"),
    ],
)
def test_a_word_that_is_no_score_is_quoted_with_its_line(tmp_path: Path, word: str, quoted: str) -> None:
    file = tmp_path / "scores.txt"
    file.write_text(f"9\n\n{word}\n7\n", encoding="utf-8")

    assert refusal_of("--scores", str(file)) == (
        f"{file}, line 3: {quoted} is not a score. A score is a whole number from 0 to 10."
    )


@pytest.mark.parametrize("text", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_a_file_without_scores_is_refused(text: bytes) -> None:
    assert refusal_of("--scores=-", given=text) == (
        "There is no score in standard input: give whole numbers from 0 to 10, one a line."
    )


@pytest.mark.parametrize("binary", [b"9\n\x00\x01\n", b"\x89PNG\r\n", "9\n".encode("utf-16")])
def test_a_binary_file_is_refused(binary: bytes) -> None:
    assert refusal_of("--scores=-", given=binary).endswith("this is not a text file. Give one score a line.")


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"

    assert refusal_of("--scores", str(missing)) == f"{missing} cannot be read: No such file or directory."
    assert refusal_of("--scores", str(tmp_path)) == f"{tmp_path} cannot be read: Is a directory."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (counts(-3, 0, 0), "Promoters must be a whole number, 0 or more, not -3."),
        (
            ["--promoters=3"],
            "Give all three counts, or --scores with a file of scores; not given: --passives, --detractors.",
        ),
        ([*counts(1, 1, 1), "--scores=-"], "Give either counts or --scores, not both."),
        (
            [*counts(1, 1, 1), "--confidence=95"],
            "Confidence must lie between 0 and 1, such as 0.95, not 95.0.",
        ),
        (
            [*counts(1, 1, 1), "--confidence=nan"],
            "Confidence must lie between 0 and 1, such as 0.95, not nan.",
        ),
        ([*counts(1, 1, 1), "--members=2"], "Population is 2, fewer than the 3 who answered."),
        ([*counts(1, 1, 1), "--members=-2"], "Population must be a whole number, 0 or more, not -2."),
        (
            [*counts(1, 1, 1), "--versus", "1", "-1", "1"],
            "Passives must be a whole number, 0 or more, not -1.",
        ),
        (counts(10**400, 1, 1), "These counts are too large to calculate with."),
    ],
)
def test_numbers_that_make_no_sense_are_refused_by_name(words: list[str], sentence: str) -> None:
    assert refusal_of(*words) == sentence


@pytest.mark.parametrize(
    "words", [["--promoters=many"], ["--promoters"], ["--versus", "1", "2"], ["--nonsense"], ["18"]]
)
def test_words_that_make_no_sense_are_refused_in_one_sentence(words: list[str]) -> None:
    assert refusal_of(*words)


def test_people_read_a_small_table_and_two_sentences() -> None:
    ran = run(*counts(15, 9, 6), "--members=40", "--versus", "12", "8", "9")

    assert ran.stdout.splitlines() == [
        "NPS +30  [+16, +43]",
        "Promoters (9 or 10)         15   50%",
        "Passives (7 or 8)            9   30%",
        "Detractors (0 to 6)          6   20%",
        "Answered              30 of 40   75%",
        (
            "[+16, +43] holds the NPS of all 40, if the 10 who did not answer are like the others. "
            "95 of 100 such intervals are right. Whatever they think, it lies within [−3, +48]."
        ),
        "+20 since +10, [−21, +57]: no clear change, chance alone could do this.",
    ]


def test_people_read_what_is_known_when_everyone_answered_and_when_nobody_knows_who_could() -> None:
    assert run(*counts(15, 9, 6), "--members=30").stdout.splitlines()[-1] == (
        "Everyone answered: this is the whole group's NPS."
    )
    assert run(*counts(15, 9, 6), "--confidence=0.9").stdout.splitlines()[-1] == (
        "[+5, +50] holds the NPS of everyone who could have answered, if they are like those who did. "
        "90 of 100 such intervals are right."
    )


def test_too_few_answers_are_not_compared() -> None:
    assert data_of(*counts(4, 0, 0), "--versus", "0", "0", "9")["verdict"] == "too few to compare"


def test_people_read_why_there_is_no_number() -> None:
    assert run(*counts(0, 0, 0)).stdout.splitlines()[-1] == "Nobody answered, so there is no NPS."


def test_the_numbers_do_not_wait_for_slack_and_sql() -> None:
    heavy = {"sqlalchemy", "slack_bolt", "aiohttp", "pydantic", "babel", "rich"}
    asked = f"import sys, bot.__main__; print({heavy!r} & set(sys.modules))"

    assert subprocess.check_output([sys.executable, "-c", asked], text=True) == "set()\n"  # noqa: S603
