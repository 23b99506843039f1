"""What is shown of segments, and of the whole, never lets a few people be computed by subtraction."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations, compress, product
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.disclosure import (
    MINIMUM_ANSWERS,
    Hiding,
    bounded_nps,
    why_counts_hidden,
    why_groups_hidden,
    why_segment_hidden,
    why_segments_hidden,
)
from scoring.nps import Tally, pooled, tally
from tests.scoring.strategies import few, small_tallies

Person = TypeVar("Person")

segments = st.dictionaries(st.sampled_from("abcdef"), small_tallies, max_size=6)
minimums = st.sampled_from([3, 5, 8])
people = st.integers(min_value=0, max_value=29)
groups = st.dictionaries(st.sampled_from("abcd"), st.frozensets(people), max_size=4)
everyone = st.dictionaries(people, st.integers(min_value=0, max_value=10))


def mixed(answers: int) -> Tally:
    """Give a third of each category, as far as it goes."""
    return Tally(answers - 2 * (answers // 3), answers // 3, answers // 3)


def hidden_groups(
    members: Mapping[str, Collection[Person]], scores: Mapping[Person, int], minimum: int = MINIMUM_ANSWERS
) -> dict[str, Hiding | None]:
    """Say who is in each group, and what they answered: those who did not answer count nowhere."""
    cells: dict[frozenset[str], list[int]] = {}
    for person, score in scores.items():
        inside = frozenset(name for name, group in members.items() if person in group)
        cells.setdefault(inside, []).append(score)
    return why_groups_hidden(members, {inside: tally(those) for inside, those in cells.items()}, minimum)


def shown_of(hiding: dict[str, Hiding | None]) -> list[str]:
    return [segment for segment, reason in hiding.items() if reason is None]


def minus(total: Tally, part: Tally) -> Tally:
    return Tally(
        total.promoters - part.promoters, total.passives - part.passives, total.detractors - part.detractors
    )


@pytest.mark.parametrize(
    ("segment", "total", "reason"),
    [
        (4, 30, Hiding.TOO_FEW_ANSWERS),
        (5, 30, None),
        (25, 30, None),
        (26, 30, Hiding.TOO_FEW_OTHERS),
        (29, 30, Hiding.TOO_FEW_OTHERS),
        (30, 30, None),
    ],
)
def test_a_segment_is_hidden_when_it_or_its_complement_is_small(
    segment: int, total: int, reason: Hiding | None
) -> None:
    part = mixed(segment)
    whole = pooled([part, mixed(total - segment)])
    assert why_segment_hidden(part, whole) is reason


def test_a_segment_is_hidden_when_it_or_its_complement_nearly_agrees() -> None:
    happy = Tally(9, 1, 0)
    assert why_segment_hidden(happy, pooled([happy, mixed(12)])) is Hiding.NEARLY_UNANIMOUS
    assert bounded_nps(happy) == "≥ +80"
    assert why_segment_hidden(mixed(12), pooled([happy, mixed(12)])) is Hiding.PROTECTS_ANOTHER


def test_the_next_smallest_goes_too_when_the_hidden_ones_are_few() -> None:
    assert why_segments_hidden({"Paris": mixed(20), "Lyon": mixed(9), "Nice": mixed(3)}) == {
        "Paris": None,
        "Lyon": Hiding.PROTECTS_ANOTHER,
        "Nice": Hiding.TOO_FEW_ANSWERS,
    }


def test_of_equal_ones_the_first_named_goes() -> None:
    hiding = why_segments_hidden({"Nice": mixed(3), "Paris": mixed(9), "Lyon": mixed(9)})
    assert shown_of(hiding) == ["Lyon"]


def test_small_segments_that_add_up_hide_each_other() -> None:
    teams = {"Paris": mixed(20), "Lyon": mixed(9), "Nice": mixed(3), "Metz": mixed(3)}
    assert shown_of(why_segments_hidden(teams)) == ["Paris", "Lyon"]


def test_small_segments_that_all_agree_need_one_more() -> None:
    teams = {"Paris": mixed(20), "Lyon": mixed(9), "Nice": Tally(0, 0, 3), "Metz": Tally(0, 0, 3)}
    assert why_segments_hidden(teams) == {
        "Paris": None,
        "Lyon": Hiding.PROTECTS_ANOTHER,
        "Nice": Hiding.TOO_FEW_ANSWERS,
        "Metz": Hiding.TOO_FEW_ANSWERS,
    }


def test_a_segment_nobody_answered_in_endangers_no_other() -> None:
    assert why_segments_hidden({"Paris": mixed(20), "Nice": mixed(0)}) == {
        "Paris": None,
        "Nice": Hiding.TOO_FEW_ANSWERS,
    }


def test_a_survey_without_a_minimum_hides_no_segment() -> None:
    teams = {"Paris": mixed(20), "Lyon": Tally(1, 0, 0), "Nice": mixed(0)}
    assert set(why_segments_hidden(teams, minimum=0).values()) == {None}
    scores = {"Ann": 9, "Bo": 3}
    assert hidden_groups({"Ann alone": ["Ann"]}, scores, minimum=0) == {"Ann alone": None}


@given(segments, minimums)
def test_no_sum_or_difference_of_what_is_shown_is_of_a_few_or_of_people_who_agree(
    teams: dict[str, Tally], minimum: int
) -> None:
    hiding = why_segments_hidden(teams, minimum)
    assert list(hiding) == list(teams)
    shown, total = [teams[name] for name in shown_of(hiding)], pooled(teams.values())
    for some in subsets(shown):
        for computed in (pooled(some), minus(total, pooled(some))):
            if computed.responses and computed != total:
                assert computed.responses >= minimum
                assert why_counts_hidden(computed) is None


@given(segments, minimums)
def test_every_hidden_segment_has_a_reason_that_is_true(teams: dict[str, Tally], minimum: int) -> None:
    total = pooled(teams.values())
    for name, reason in why_segments_hidden(teams, minimum).items():
        others = total.responses - teams[name].responses
        if reason is Hiding.TOO_FEW_ANSWERS:
            assert teams[name].responses < minimum
        if reason is Hiding.TOO_FEW_OTHERS:
            assert 0 < others < minimum
        if reason is Hiding.NEARLY_UNANIMOUS:
            assert why_counts_hidden(teams[name])
        if reason is Hiding.PROTECTS_ANOTHER:
            assert others > 0


def test_nested_groups_do_not_tell_the_one_who_is_in_only_one() -> None:
    scores = {person: (3, 8, 10)[person % 3] for person in range(40)}
    hiding = hidden_groups({"managers": range(11), "managers but one": range(10)}, scores)
    assert hiding == {"managers": None, "managers but one": Hiding.PROTECTS_ANOTHER}


def test_two_groups_and_their_union_do_not_tell_the_one_who_is_in_neither() -> None:
    scores = {person: (3, 8, 10)[person % 3] for person in range(40)}
    hiding = hidden_groups({"a": range(10), "b": range(10, 20), "both and one": range(21)}, scores)
    assert hiding == {"a": None, "b": Hiding.PROTECTS_ANOTHER, "both and one": None}


def test_those_who_did_not_answer_count_nowhere() -> None:
    scores = {person: (3, 8, 10)[person % 3] for person in range(20)}
    hiding = hidden_groups({"asked": [*range(4), *range(50, 90)]}, scores)
    assert hiding == {"asked": Hiding.TOO_FEW_ANSWERS}


@given(groups, everyone, minimums)
def test_no_sum_of_overlapping_groups_is_of_a_few_or_of_people_who_agree(
    members: dict[str, frozenset[int]], scores: dict[int, int], minimum: int
) -> None:
    hiding = hidden_groups(members, scores, minimum)
    assert list(hiding) == list(members)
    shown = [members[name] & scores.keys() for name in shown_of(hiding)]
    for found in computable([*shown, frozenset(scores)]):
        if found != scores.keys():
            assert len(found) >= minimum
            assert why_counts_hidden(tally(scores[person] for person in found)) is None


@given(st.lists(few, min_size=2, max_size=5), st.randoms())
def test_groups_that_do_not_overlap_are_as_safe_as_segments(sizes: list[int], rng: Random) -> None:
    scores: dict[int, int] = {}
    members: dict[str, list[int]] = {}
    for place, size in enumerate(sizes):
        members[str(place)] = [100 * place + person for person in range(size)]
        scores |= {person: rng.randrange(11) for person in members[str(place)]}
    teams = {name: tally(scores[person] for person in team) for name, team in members.items()}
    by_people, by_counts = hidden_groups(members, scores), why_segments_hidden(teams)
    assert len(shown_of(by_people)) <= len(shown_of(by_counts))
    for name, reason in by_counts.items():
        if reason not in {None, Hiding.PROTECTS_ANOTHER}:
            assert by_people[name] is reason


def test_impossible_counts_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="more than the total"):
        why_segment_hidden(Tally(6, 0, 0), Tally(5, 9, 9))


def subsets(parts: list[Tally]) -> Iterator[tuple[Tally, ...]]:
    for size in range(len(parts) + 1):
        yield from combinations(parts, size)


def computable(known: list[frozenset[int]]) -> Iterator[frozenset[int]]:
    """Every group that is a sum of known ones, each taken up to twice, added or subtracted."""
    cells: dict[tuple[bool, ...], set[int]] = {}
    for person in frozenset[int]().union(*known):
        cells.setdefault(tuple(person in group for group in known), set()).add(person)
    for factors in product(range(-2, 3), repeat=len(known)):
        times = [sum(compress(factors, signature)) for signature in cells]
        if set(times) in ({0, 1}, {1}):
            yield frozenset().union(*compress(cells.values(), times))
