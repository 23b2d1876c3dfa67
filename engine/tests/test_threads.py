"""Jobs on all cores come back in order, and say what went wrong."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots import threads


@given(st.integers(0, 1 << 20))
def test_shares_cover_each_row_once(rows: int) -> None:
    shares = threads.shares(rows)
    assert [part.start for part in shares] == [0, *(part.stop for part in shares[:-1])]
    assert shares[-1].stop == rows


@pytest.mark.parametrize("rows", [10, threads.FEW])
def test_what_jobs_give_comes_in_their_order(rows: int) -> None:
    assert threads.side_by_side([partial(pow, 2, number) for number in range(8)], rows) == [2**n for n in range(8)]
    assert threads.side_by_side([], rows) == []


@pytest.mark.parametrize("rows", [10, threads.FEW])
def test_what_goes_wrong_in_a_job_comes_out(rows: int) -> None:
    with pytest.raises(ZeroDivisionError):
        threads.side_by_side([partial(divmod, 1, divisor) for divisor in (1, 0, 1)], rows)
