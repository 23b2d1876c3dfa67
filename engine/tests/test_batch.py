"""Blocks: whole phases, every row once, and the same answer however they are cut and shared out."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import batch as batches
from plotthedots.batch import Batch
from plotthedots.segments import Segments

lengths_of_phases = st.lists(st.integers(1, 40), min_size=1, max_size=30)


def batch(lengths: list[int]) -> Batch:
    phases = Segments.of(np.array(lengths))
    value = np.arange(phases.rows, dtype=np.float64)
    return Batch(phases, value, denominator=value + 1, counted=value % 3 != 0, ghost=value % 5 == 0)


@given(lengths_of_phases, st.integers(1, 100))
def test_blocks_are_whole_phases_and_cover_each_once(lengths: list[int], rows: int) -> None:
    ranges = list(batches.blocks(batch(lengths).phases, rows))
    assert [phase for first, last in ranges for phase in range(first, last)] == list(range(len(lengths)))
    for first, last in ranges:
        assert sum(lengths[first:last]) <= rows or last == first + 1


@given(lengths_of_phases, st.data())
def test_a_cut_is_a_batch_of_its_own(lengths: list[int], data: st.DataObject) -> None:
    whole = batch(lengths)
    first = data.draw(st.integers(0, len(lengths) - 1))
    last = data.draw(st.integers(first + 1, len(lengths)))
    part, rows, phases = whole.cut(first, last)
    assert part.phases.lengths.tolist() == lengths[first:last]
    assert part.phases.starts[0] == 0
    assert (phases.start, phases.stop) == (first, last)
    for name in ("value", "denominator", "counted", "ghost"):
        assert (getattr(part, name) == getattr(whole, name)[rows]).all()
    assert part.numerator is part.size is part.spread is part.centre is None


@pytest.mark.parametrize("threads", [None, 1, 2, 7])
@pytest.mark.parametrize("count", [1, 3, 50])
def test_every_row_is_worked_on_once_by_any_number_of_threads(
    monkeypatch: pytest.MonkeyPatch, threads: int | None, count: int
) -> None:
    monkeypatch.setattr(batches, "rows_per_block", lambda _: 64)
    whole = batch([1 + n % 40 for n in range(count)])
    seen = np.zeros(whole.phases.rows, dtype=np.int64)

    def work(part: Batch, rows: slice, _: slice) -> None:
        seen[rows] += part.value.astype(np.int64) + 1

    batches.in_blocks(whole, work, threads=threads)
    assert (seen == whole.value + 1).all()


def test_what_goes_wrong_in_a_thread_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "rows_per_block", lambda _: 1)

    def work(part: Batch, rows: slice, _: slice) -> None:
        del part
        if rows.start == 2 and threading.current_thread() is not threading.main_thread():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        batches.in_blocks(batch([1] * 6), work, threads=2)


def test_nought_of_nought_is_missing_without_a_warning() -> None:
    found = np.zeros(4)

    def work(part: Batch, rows: slice, _: slice) -> None:
        found[rows] = (part.value - part.value) / (part.value - part.value)

    batches.in_blocks(batch([4]), work)
    assert np.isnan(found).all()


def test_a_family_that_needs_denominators_finds_them() -> None:
    assert batch([2]).exposure.tolist() == [1.0, 2.0]


def test_there_is_at_least_one_core() -> None:
    assert batches.cores() >= 1
