"""Mappings as JSON: the same again, and a sentence for whatever else somebody stored."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdgood.measures import mapping
from holdgood.measures.mapping import Amount, Column, Mapping, Only, Places, Value, When, WrongMapping
from holdgood.measures.mapping.tests.factories import FALLS, HEADS, ROWS, grid

TEXT = st.text(max_size=30)
COLUMN = st.builds(Column, TEXT, st.integers(0, 999))
AMOUNT = st.builds(Amount, st.lists(COLUMN, min_size=1, max_size=3).map(tuple), st.lists(COLUMN, max_size=2).map(tuple))
SLUG = st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,8})?\Z")
VALUE = st.builds(
    Value, SLUG, st.sampled_from(["day", "week", "month", "quarter", "year"]),
    st.sampled_from(["number out of number", "count", "score"]), AMOUNT, AMOUNT,
    st.sampled_from([Decimal(1), Decimal(100), Decimal("0.01")]), st.lists(TEXT, max_size=2).map(tuple),
)  # fmt: skip
WHEN = st.one_of(
    st.builds(When, st.just("column"), COLUMN),
    st.builds(When, st.just("year and month"), COLUMN, COLUMN),
    st.builds(When, st.just("cell"), cell=st.tuples(st.integers(1, 900), st.integers(0, 99)), beside=TEXT),
    st.builds(When, st.sampled_from(["sheet", "file", "told"])),
)
MAPPING = st.builds(
    Mapping, st.text(min_size=1, max_size=20).filter(str.strip), TEXT, st.sampled_from([(1,), (15, 16), (1, 5)]),
    st.lists(TEXT, max_size=5).map(tuple), st.builds(Places, COLUMN, st.none() | COLUMN, TEXT), WHEN,
    st.lists(VALUE, min_size=1, max_size=3).map(tuple),
    st.lists(st.builds(Only, COLUMN, st.lists(TEXT, min_size=1, max_size=2).map(tuple)), max_size=2).map(tuple),
    st.none() | COLUMN, add_up=st.booleans(), successors=st.sampled_from(["no", "from the day", "always"]),
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=8,
)  # fmt: skip
MADE = mapping.to_dict(mapping.suggest(grid(HEADS, *ROWS), (FALLS,)).mapping)


@given(MAPPING)
@settings(max_examples=100, deadline=None)
def test_a_mapping_comes_back_from_json_as_it_was(made: Mapping) -> None:
    assert mapping.from_dict(json.loads(json.dumps(mapping.to_dict(made)))) == made


@given(st.sampled_from(sorted(MADE)), ANYTHING)
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_a_field_is_a_mapping_or_a_sentence(key: str, value: object) -> None:
    try:
        mapping.from_dict({**MADE, key: value})
    except WrongMapping as problem:
        said = str(problem)
    else:
        return
    assert said.endswith(".")


@given(ANYTHING)
@settings(deadline=None)
def test_what_is_no_table_is_a_sentence(value: object) -> None:
    with pytest.raises(WrongMapping):
        mapping.from_dict(value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"values": []}, "names no numbers"),
        ({"heads": []}, "names no row of heads"),
        ({"heads": [5, 2]}, "not the upper one first"),
        ({"places": {"column": None, "names": None, "one": ""}}, "does not say of which place"),
        ({"when": {"kind": "column"}}, "said to stand in a column"),
        ({"when": {"kind": "soon"}}, "one of column, year and month"),
        ({"values": [{**MADE["values"][0], "denominator": None}]}, "a percentage alone is not taken"),
        ({"values": [{**MADE["values"][0], "times": "0"}]}, "no number other than 0"),
        ({"values": [{**MADE["values"][0], "measure": "Falls!"}]}, "is no measure's slug"),
        ({"only": [{"column": {"head": "Type", "at": 1}, "values": []}]}, "no value of it is named"),
        ({"when": {"kind": "across"}}, "Name no column for them"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(changes: dict, said: str) -> None:
    with pytest.raises(WrongMapping, match=said):
        mapping.from_dict({**MADE, **changes})


CELL = st.none() | TEXT | st.booleans() | st.decimals(allow_nan=False, allow_infinity=False) | st.dates()


@given(st.lists(st.lists(CELL, max_size=6).map(tuple), max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_table_ends_in_anything_but_sentences(rows: list[tuple]) -> None:
    """Suggested, applied and compared: whatever the cells hold."""
    found = grid(HEADS, *ROWS[:1], *rows)
    made = mapping.from_dict(MADE)
    mapping.apply(found, made)
    mapping.apply(grid(*rows), made)
    mapping.changed(made, grid(*rows))
    suggested = mapping.suggest(grid(*rows), (FALLS,)).mapping
    if suggested is not None:
        mapping.apply(grid(*rows), suggested, told="April 2024", place="RGT")
