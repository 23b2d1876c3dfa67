"""Rows in order: series first, then dates, rows of one date as they stood."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import frame, ordering
from plotthedots.constants import Whole
from plotthedots.errors import BadInput

MICROSECONDS_A_DAY = ordering.MICROSECONDS_A_DAY

days = st.integers(-200_000, 200_000)
# Days, midnights in microseconds, moments, and whole numbers that fill all of 64 bits.
moments = st.one_of(
    days,
    days.map(lambda day: day * MICROSECONDS_A_DAY),
    st.integers(-(2**50), 2**50),
    st.integers(-(2**62), 2**62),
)
owners = st.one_of(st.integers(0, 3), st.integers(0, 2**40))
rows = st.one_of(
    *(
        st.lists(st.tuples(owner, moment), min_size=1, max_size=30)
        for owner, moment in (
            (owners, moments),
            (st.integers(0, 3), days),
            (st.integers(0, 3), st.integers(-4, 4)),  # few dates: every one has its place
            (st.integers(0, 3), days.map(lambda day: day * MICROSECONDS_A_DAY)),
            (st.integers(0, 2**40), st.integers(-(2**38), 2**38)),
        )
    )
)


def whole(values: list[int]) -> Whole:
    return np.array(values, dtype=np.int64)


@pytest.fixture(scope="module", params=["one share", "three shares"], autouse=True)
def _in_shares(request: pytest.FixtureRequest) -> Iterator[None]:
    """All of it by one core, and handed out to three however few rows there are."""
    few = 1 << 16 if request.param == "one share" else 1
    with mock.patch("plotthedots.threads.FEW", few), mock.patch("plotthedots.threads.cores", return_value=3):
        yield


def placed(by: dict[str, list[Any]], dates: list[int]) -> ordering.Order:
    """The order of rows with these names and dates."""
    table = frame.read(by | {"date": dates}, [*by, "date"])
    return ordering.order(table, list(by), whole(dates))


@given(rows)
def test_one_packed_number_sorts_as_two_keys_do(drawn: list[tuple[int, int]]) -> None:
    owner, moment = whole([row[0] for row in drawn]), whole([row[1] for row in drawn])
    before = owner.copy(), moment.copy()
    assert ordering.sorted_rows(owner, moment).tolist() == np.lexsort((moment, owner)).tolist()
    assert (owner == before[0]).all()
    assert (moment == before[1]).all()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 3)), min_size=1, max_size=40, unique=True), st.randoms())
def test_rows_put_in_their_places_stand_as_sorted_ones_do(drawn: list[tuple[int, int]], random: Any) -> None:
    random.shuffle(drawn)
    owner, moment = whole([row[0] for row in drawn]), whole([row[1] for row in drawn])
    sorts = ordering.sorted_rows(owner, moment).tolist()
    with mock.patch("plotthedots.ordering.PLACES_A_ROW", 0):
        assert ordering.sorted_rows(owner, moment).tolist() == sorts
    assert [drawn[row] for row in sorts] == sorted(drawn)


names = st.sampled_from(["b", "B", "a", "Ward 10", "Ward 9", "é", "\U0001f600", ""])


@given(st.lists(st.tuples(names, st.integers(-2, 2), st.integers(0, 5)), min_size=1, max_size=30))
def test_rows_are_ordered_as_python_orders_their_names_and_dates(drawn: list[tuple[str, int, int]]) -> None:
    made = placed({"name": [row[0] for row in drawn], "code": [row[1] for row in drawn]}, [row[2] for row in drawn])
    expected = sorted(range(len(drawn)), key=lambda row: drawn[row])
    assert made.take(np.arange(len(drawn))).tolist() == expected
    assert [made.original(row) for row in range(len(drawn))] == expected
    series = sorted({row[:2] for row in drawn})
    assert ordering.labels(made, ["name", "code"]) == series
    assert made.series.lengths.tolist() == [sum(row[:2] == one for row in drawn) for one in series]


@given(st.lists(st.tuples(names, st.integers(0, 5)), min_size=1, max_size=30))
def test_one_column_of_names_orders_as_several_do(drawn: list[tuple[str, int]]) -> None:
    made = placed({"name": [row[0] for row in drawn]}, [row[1] for row in drawn])
    assert made.take(np.arange(len(drawn))).tolist() == sorted(range(len(drawn)), key=lambda row: drawn[row])
    assert ordering.labels(made, ["name"]) == sorted({row[0] for row in drawn})


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_without_names_all_rows_are_one_series(dates: list[int]) -> None:
    made = placed({}, dates)
    assert made.take(whole(dates)).tolist() == sorted(dates)
    assert ordering.labels(made, []) == [""]


@pytest.mark.parametrize("by", [{}, {"name": ["a"] * 3 + ["b"] * 3}, {"name": ["a"] * 6, "code": [1, 1, 1, 2, 2, 2]}])
def test_rows_in_order_are_left_where_they_stand(by: dict[str, list[Any]]) -> None:
    made = placed(by, [1, 2, 3, 1, 2, 3] if by else [1, 1, 2, 3, 5, 8])
    values = np.zeros(6)
    assert made.rows is None
    assert made.take(values) is values


@pytest.mark.parametrize(
    ("by", "where"),
    [
        ({"name": ["b"] * 3 + ["a"] * 3}, [3, 4, 5, 0, 1, 2]),
        ({"name": ["a"] * 6, "code": [1, 1, 1, 0, 0, 0]}, [3, 4, 5, 0, 1, 2]),
        ({"name": ["a"] * 2 + ["b"] * 2 + ["a"] * 2}, [0, 1, 4, 5, 2, 3]),
    ],
)
def test_series_that_stand_together_but_not_in_their_order_are_put_in_it(
    by: dict[str, list[Any]], where: list[int]
) -> None:
    assert placed(by, [1, 2, 3, 4, 5, 6]).take(np.arange(6)).tolist() == where


def test_numbers_are_ordered_by_size_and_dates_by_time() -> None:
    assert ordering.labels(placed({"code": [10, 9, -1]}, [1, 1, 1]), ["code"]) == [-1, 9, 10]
    assert ordering.labels(placed({"code": [1.5, -2.0, 0.0]}, [1, 1, 1]), ["code"]) == [-2.0, 0.0, 1.5]


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans(), names), min_size=1, max_size=30))
def test_several_columns_of_names_order_alike_whether_few_names_meet_or_many(
    drawn: list[tuple[int, bool, str]],
) -> None:
    by = {name: [row[place] for row in drawn] for place, name in enumerate(("code", "flag", "name"))}
    for places in (0, 1000):
        with mock.patch("plotthedots.ordering.PLACES_A_ROW", places):
            made = placed(by, [0] * len(drawn))
        assert ordering.labels(made, list(by)) == sorted(set(drawn))
        assert made.take(np.arange(len(drawn))).tolist() == sorted(range(len(drawn)), key=lambda row: drawn[row])


def test_very_many_columns_of_names_do_not_overflow() -> None:
    by: dict[str, list[Any]] = {f"c{place}": list(range(100)) for place in range(12)}
    assert placed(by, [0] * 100).series.lengths.tolist() == [1] * 100


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_name_that_is_missing_is_told_by_row(missing: float | None) -> None:
    table = frame.Table("dict", {"code": pa.array([1.0, missing, 2.0])}, ["code"], 3, False, [])
    with pytest.raises(BadInput, match='Row 2, column "code": the name of the series is missing'):
        ordering.order(table, ["code"], whole([1, 2, 3]))
