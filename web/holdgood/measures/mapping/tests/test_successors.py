"""Codes that passed to another."""

import datetime as dt

import pytest

from holdgood.measures import definitions
from holdgood.measures.mapping import Several, successor, successors, ways

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("code", "on", "now"),
    [
        ("RC1", "2020-03-31", "RC1"),
        ("RC1", "2020-04-01", "RC9"),
        ("RGT", "2026-01-01", "RGT"),
        ("RA3", "2020-04-01", "RA7"),
        ("W07", "2026-01-01", "W07"),
    ],
)
def test_a_code_is_its_own_until_the_day_of_the_merger(code: str, on: str, now: str) -> None:
    assert successor(code, DAY(on)) == now


def test_chains_are_followed_to_their_end() -> None:
    every = successors.load()
    chained = next(old for old, changes in every.items() if len(changes) == 1 and changes[0][1] in every)
    middle = every[chained][0][1]
    assert successor(chained, dt.date.max) not in (chained, middle)


def test_a_trust_that_was_divided_has_no_one_successor() -> None:
    assert successor("RW6", DAY("2021-09-30")) == "RW6"
    with pytest.raises(Several, match="R0A and RM3 have its services"):
        successor("RW6", DAY("2021-10-01"))


def test_no_code_goes_round_in_a_circle() -> None:
    for code in successors.load():
        try:
            assert successor(code, dt.date.max)
        except Several:
            continue


def test_every_way_is_of_a_measure_of_the_catalogue_and_its_patterns_can_be_read() -> None:
    assert set(ways.load()) <= set(definitions.load())
    for slug, every in ways.load().items():
        for way in every:
            rate = ways.kind(definitions.load()[slug]) == "number out of number"
            assert way.share or bool(way.denominator) or not rate, slug
            assert (
                ways._matching("|".join(p.lstrip("?*") for p in (*way.numerator, *way.less, *way.share)) or "x", [])
                == []
            )
