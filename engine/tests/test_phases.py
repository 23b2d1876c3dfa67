"""Where phases begin and which rows count, held against the same done series by series."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import phases
from plotthedots.phases import Stretches
from plotthedots.segments import Segments

days = st.lists(st.integers(0, 30), min_size=1, max_size=8, unique=True).map(sorted)
many = st.lists(days, min_size=1, max_size=6)
starts = st.lists(st.integers(-5, 40), max_size=4)


def flat(series: list[list[int]]) -> tuple[Segments, np.ndarray]:
    return Segments.of(np.array([len(one) for one in series])), np.array([day for one in series for day in one])


def begun(own: list[int], dates: list[int]) -> list[bool]:
    """Whether a phase begins at each row: it is the first on or after one of the dates."""
    return [any(day >= date and (row == 0 or own[row - 1] < date) for date in dates) for row, day in enumerate(own)]


@given(many, starts)
def test_a_phase_begins_at_the_first_row_on_or_after_a_date(series: list[list[int]], dates: list[int]) -> None:
    segments, moments = flat(series)
    begins, unused = phases.begins_everywhere(segments, moments, dates)
    assert begins.tolist() == [mark for own in series for mark in begun(own, dates)]
    late = [(place, date) for date in dates for place, own in enumerate(series) if date > own[-1]]
    assert sorted(unused) == sorted(late)


@given(many, st.data())
def test_each_series_may_have_dates_of_its_own(series: list[list[int]], data: st.DataObject) -> None:
    segments, moments = flat(series)
    asked = {place: data.draw(starts) for place in range(0, len(series), 2)}
    begins, unused = phases.begins_at(segments, moments, asked)
    assert begins.tolist() == [mark for place, own in enumerate(series) for mark in begun(own, asked.get(place, []))]
    late = [(place, date) for place, dates in asked.items() for date in dates if date > series[place][-1]]
    assert unused == late


@given(many, st.data())
def test_phases_are_counted_from_one_in_every_series(series: list[list[int]], data: st.DataObject) -> None:
    segments, moments = flat(series)
    marks = data.draw(st.lists(st.booleans(), min_size=len(moments), max_size=len(moments)))
    made = Stretches.of(segments, np.array(marks))
    expected: list[tuple[int, int, int]] = []
    row = 0
    for owner, own in enumerate(series):
        number = 0
        for place in range(len(own)):
            if place == 0 or marks[row]:
                number += 1
                expected.append((owner, number, 0))
            owner_, number_, length = expected[-1]
            expected[-1] = (owner_, number_, length + 1)
            row += 1
    found = zip(made.owner.tolist(), made.number.tolist(), made.phases.lengths.tolist(), strict=True)
    assert list(found) == expected
    last = [max(place for place, phase in enumerate(expected) if phase[0] == owner) for owner in range(len(series))]
    assert made.last_of_series.tolist() == last


def test_without_a_mark_every_series_is_one_phase() -> None:
    segments, _ = flat([[1, 2], [3]])
    made, single = Stretches.of(segments, np.zeros(3, dtype=bool)), Stretches.single(segments)
    for one in (made, single):
        assert one.owner.tolist() == [0, 1]
        assert one.number.tolist() == [1, 1]
        assert one.phases.starts.tolist() == [0, 2]


def test_the_first_rows_of_every_phase_are_counted_not_its_dates() -> None:
    segments, _ = flat([[1, 2, 3], [4], [5, 6]])
    assert phases.first_rows(segments, 2).tolist() == [True, True, False, True, True, True]
    own = segments.spread(np.array([1.0, np.inf, 2.0]))
    assert phases.first_rows(segments, own).tolist() == [True, False, False, True, True, True]


def test_a_baseline_between_dates_has_both_ends_and_leaves_other_phases_alone() -> None:
    segments, moments = flat([[1, 2, 3, 4], [1, 9], [8, 9]])
    stretches = Stretches.of(segments, np.array([0, 0, 1, 0, 0, 0, 0, 0], dtype=bool))
    first, last = np.array([1, 1, 1]), np.array([2, 2, 2])
    counted, none = phases.between_dates(stretches, moments, first, last)
    # The second phase of the first series and the third series have no such row: all of theirs count.
    assert counted.tolist() == [True, True, True, True, True, False, True, True]
    assert none.tolist() == [False, False, True]
