import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.nps import Tally, pooled
from scoring.segments import shrunken
from tests.scoring.strategies import mirror, small_tallies

teams_of_any_size = st.dictionaries(st.sampled_from("abcdefgh"), small_tallies, max_size=8)
answered_teams = teams_of_any_size.filter(lambda teams: any(team.responses for team in teams.values()))


def test_the_formula_by_hand() -> None:
    found = shrunken({"a": Tally(8, 2, 0), "b": Tally(0, 10, 10), "c": Tally(10, 10, 0)})
    assert found is not None
    # Pooled: 18 promoters and 10 detractors of 50. The teams' NPS are 80, -50 and 50.
    variance = 10_000 * (28 / 50 - (8 / 50) ** 2)
    between = (13900 / 3) - variance * (1 / 10 + 1 / 20 + 1 / 20) / 3
    assert found.whole == 16
    assert found.spread == pytest.approx(between**0.5)
    assert [(row.name, row.raw) for row in found.rows] == [("a", 80), ("c", 50), ("b", -50)]
    for row in found.rows:
        weight = between / (between + variance / row.answers.responses)
        assert row.weight == pytest.approx(weight)
        assert row.nps == pytest.approx(16 + weight * (row.raw - 16))


def test_teams_no_further_apart_than_luck_are_given_the_whole() -> None:
    found = shrunken({"a": Tally(3, 2, 0), "b": Tally(2, 2, 1), "c": Tally(2, 3, 0)})
    assert found is not None
    assert not found.differ_measurably
    assert [row.name for row in found.rows] == ["a", "b", "c"]
    assert {row.nps for row in found.rows} == {found.whole}


def test_a_small_team_is_drawn_further_than_a_large_one_and_may_change_its_place() -> None:
    found = shrunken({"few": Tally(4, 1, 0), "many": Tally(75, 20, 5), "sad": Tally(20, 20, 60)})
    assert found is not None
    assert [row.name for row in found.rows] == ["many", "few", "sad"]
    many, few, _ = found.rows
    assert few.raw > many.raw
    assert few.weight < many.weight


def test_one_team_is_the_whole_and_nobody_is_nothing() -> None:
    alone = shrunken({"a": Tally(8, 2, 0)})
    assert alone is not None
    assert (alone.whole, alone.rows[0].nps, alone.differ_measurably) == (80, 80, False)
    assert shrunken({}) is None
    assert shrunken({"a": Tally(0, 0, 0)}) is None


def test_a_team_nobody_answered_in_is_left_out() -> None:
    some = {"a": Tally(8, 2, 0), "b": Tally(1, 2, 7)}
    assert shrunken(some | {"c": Tally(0, 0, 0)}) == shrunken(some)


def test_teams_that_each_agree_with_themselves_stay_nearly_apart() -> None:
    found = shrunken({"yes": Tally(9, 0, 0), "no": Tally(0, 0, 9)})
    assert found is not None
    assert [round(row.nps) for row in found.rows] == [94, -94]


@given(answered_teams)
def test_a_shrunken_nps_lies_between_the_raw_one_and_the_whole(teams: dict[str, Tally]) -> None:
    found = shrunken(teams)
    assert found is not None
    assert found.whole == pooled(teams.values()).nps
    assert {row.name for row in found.rows} == {name for name, team in teams.items() if team.responses}
    for row in found.rows:
        assert 0 <= row.weight < 1
        assert min(row.raw, found.whole) - 1e-9 <= row.nps <= max(row.raw, found.whole) + 1e-9
    in_order = [row.nps for row in found.rows]
    assert in_order == sorted(in_order, reverse=True)


@given(answered_teams)
def test_mirrored_teams_have_mirrored_numbers(teams: dict[str, Tally]) -> None:
    found, mirrored = shrunken(teams), shrunken({name: mirror(team) for name, team in teams.items()})
    assert found is not None
    assert mirrored is not None
    there = {row.name: row.nps for row in found.rows}
    back = {row.name: -row.nps for row in mirrored.rows}
    assert back == pytest.approx(there, abs=1e-6)


@given(answered_teams)
def test_the_order_of_the_teams_changes_no_number(teams: dict[str, Tally]) -> None:
    turned = dict(reversed(teams.items()))
    found, again = shrunken(teams), shrunken(turned)
    assert found is not None
    assert again is not None
    assert {row.name: row.nps for row in again.rows} == pytest.approx(
        {row.name: row.nps for row in found.rows}, abs=1e-6
    )
