"""Columns of a result: each kind of frame gets what it keeps, and arrays that nobody else holds."""

from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.columns import Repeated, columns_like

texts = st.lists(st.text(max_size=20), min_size=1, max_size=5)


@given(texts, st.data(), st.sampled_from([pa.string(), pa.large_string()]), st.sampled_from([np.int8, np.int64]))
def test_polars_reads_the_text_that_is_repeated(words: list[str], data: st.DataObject, kind: Any, whole: Any) -> None:
    codes = data.draw(st.lists(st.integers(-1, len(words) - 1), max_size=20))
    column = Repeated(pa.array(words, kind), np.array(codes, dtype=whole))
    expected = [None if code < 0 else words[code] for code in codes]
    assert column.written_out().type == kind
    assert column.written_out().to_pylist() == expected
    column.views().validate(full=True)
    assert pl.Series(pl.from_arrow(column.views())).to_list() == expected


def test_what_is_no_text_is_written_out_for_polars_too() -> None:
    column = Repeated(pa.array([5, 7]), np.array([1, 0, -1]))
    assert column.views().equals(pa.array([7, 5, None]))


@pytest.mark.parametrize("kind", ["dict", "pandas", "pyarrow", "polars"])
def test_every_kind_gets_the_columns_in_their_order(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plotthedots.threads.FEW", 1)
    given = {
        "one": np.array([1.0, np.nan]),
        "none": np.broadcast_to(np.nan, 2),
        "same": np.broadcast_to(3.0, 2),
        "made": lambda: np.array([4, 5]),
        "word": Repeated(pa.array(["a", "b"]), np.array([1, 0])),
    }
    made = columns_like(kind, given, 2)
    assert list(made) == list(given)
    found = {name: list(pa.array(column, from_pandas=True).to_pylist()) for name, column in made.items()}
    assert found == {"one": [1.0, None], "none": [None] * 2, "same": [3.0] * 2, "made": [4, 5], "word": ["b", "a"]}


@pytest.mark.parametrize("kind", ["dict", "pandas"])
def test_arrays_can_be_written_to_and_are_nobody_elses(kind: str) -> None:
    held = np.array([1.0, 2.0])
    made = columns_like(kind, {"held": held, "same": np.broadcast_to(3.0, 2), "made": lambda: np.zeros(2)}, 2)
    for column in made.values():
        column[:] = 9.0
    assert held.tolist() == [1.0, 2.0]
