"""Numbers as people write them: any ASCII decimal, and nothing that only resembles one."""

import math

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plotthedots import numerals
from plotthedots.errors import BadInput

FINITE = st.floats(allow_nan=False, allow_infinity=False)
DECIMALS = st.from_regex(r"[+-]?([0-9]{1,25}(\.[0-9]{0,25})?|\.[0-9]{1,25})([eE][+-]?[0-9]{1,2})?", fullmatch=True)


def read(*texts: str | None, missing: tuple[str, ...] = ()) -> list[float]:
    values, _ = numerals.parse(pa.array(texts, pa.string()), missing=missing)
    return [float(value) for value in values]


def said(*texts: str) -> str | None:
    return numerals.parse(pa.array(texts))[1]


def refused(*texts: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        numerals.parse(pa.array(texts))
    return caught.value


def attempt(text: str) -> float | BadInput:
    try:
        return read(text)[0]
    except BadInput as problem:
        return problem


@given(values=st.lists(FINITE))
def test_a_number_written_is_the_number_read(values: list[float]) -> None:
    assert read(*map(repr, values)) == values


@given(text=DECIMALS)
@example("1.")
@example(".5")
@example("+1")
@example("-0")
@example("1E5")
@example("9007199254740993")
@example("2.2250738585072011e-308")
def test_a_decimal_is_what_python_makes_of_it(text: str) -> None:
    for row in (text, f" {text}\t"):
        [value] = read(row)
        assert value == float(text)
        assert math.copysign(1, value) == math.copysign(1, float(text))


@given(text=st.text(max_size=10))
@example("1_000")
@example("१२")
@example("\u00a05")
@example("1e400")
def test_any_text_is_a_number_that_python_reads_too_or_a_sentence(text: str) -> None:
    found = attempt(text)
    if isinstance(found, BadInput):
        assert found.row == 0
        assert f'found "{text.strip()}"' in found.problem
    else:
        assert math.isnan(found) if not text.strip() else math.isfinite(found)


def test_an_empty_text_is_a_missing_value() -> None:
    assert np.isnan(read("", "  ", None)).all()
    assert np.isnan(read("1", "")[1])


def test_words_for_missing_count_only_where_they_are_named() -> None:
    assert np.isnan(read("NA", " * ", "-", "1", missing=("NA", "*", "-"))[:3]).all()
    assert np.isnan(read("nan", "1", missing=("nan",))[0])
    problem = refused("1", "NA")
    assert problem.row == 1
    assert problem.problem.endswith("say so: --missing NA")
    assert refused("*").problem.endswith("--missing '*'")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("abc", "expected a number."),
        ("1_000", "underscore"),
        ("nan", "leave the cell empty"),
        ("-inf", "leave the cell empty"),
        ("Infinity", "leave the cell empty"),
        ("१२", "digits 0 to 9"),
        ("１２", "digits 0 to 9"),
        ("TRUE", "truth value"),
        ("#DIV/0!", "spreadsheet's error"),
        ("#N/A", "spreadsheet's error"),
        ("0x10", "hexadecimal"),
        ("1 234", "between thousands"),
        ("1\u202f234", "between thousands"),
        ("1'234", "between thousands"),
        ("£5", "currency"),
        ("5 €", "currency"),
        ("1,5", "decimal comma"),
        ("1.234,5", "decimal comma"),
        ("12,34,567", "do not separate thousands"),
        ("1234,567", "do not separate thousands"),
        ("(5)", "minus sign"),
        ("−5", "another character"),
        ("1e999", "too large"),
        ("-1e999", "too large"),
        ("1e5%", "expected a number"),
        ("5%%", "expected a number"),
        ("1e", "expected a number"),
        (".", "expected a number"),
        ("1 2", "expected a number"),
        ("<5", "expected a number"),
    ],
)
def test_what_only_resembles_a_number_is_refused_with_advice(text: str, advice: str) -> None:
    for before in ([], ["1", "", "2"]):
        problem = refused(*before, text, "3")
        assert problem.row == len(before)
        assert problem.problem.startswith(f'found "{text}", ')
        assert advice in problem.problem


def test_what_is_refused_is_told_in_a_whole_sentence() -> None:
    assert refused("abc").problem == 'found "abc", expected a number.'
    assert refused("१२").problem == 'found "१२", expected a number: write it with the digits 0 to 9.'
    assert refused("n/a").problem == (
        'found "n/a", expected a number. If "n/a" stands for a missing value, say so: --missing n/a'
    )
    assert refused("1e999").problem == 'found "1e999", a number too large to be held.'
    assert refused("95%", "0.9").problem == (
        'found "0.9" where "95%" came before: give every number of the column a % sign, or none.'
    )
    assert refused("1234", "1,234").problem == (
        'found "1,234" where "1234" came before: write every number of 1,000 and more with commas, or none.'
    )


@given(value=st.integers(-(10**12), 10**12), places=st.integers(0, 4))
def test_thousands_commas_are_read_and_said(value: int, places: int) -> None:
    text = f"{value / 10**places:,.{places}f}"
    assert read(text, "7") == [float(text.replace(",", "")), 7]
    assert (said(text, "7") is not None) == ("," in text)


@given(value=st.integers(-(10**9), 10**9), places=st.integers(0, 4))
def test_per_cent_moves_the_point_and_rounds_nothing(value: int, places: int) -> None:
    whole = f"{abs(value):0{places + 1}}"
    text = f"{'-' if value < 0 else ''}{whole[: len(whole) - places]}.{whole[len(whole) - places :]}"
    assert read(f"{text}%") == read(f"{text} %") == [float(f"{text}e-2")]


def test_95_per_cent_is_exactly_what_0_95_is() -> None:
    assert read("95%", "5.5%", "1,250%") == [0.95, 0.055, 12.5]
    assert said("95%") == 'percentages were read as fractions of 1: "95%" is 0.95.'
    assert said("7", "1,234,567.5") == 'commas were read as separators of thousands: "1,234,567.5" is 1234567.5.'
    assert said("1,250%") == (
        'commas were read as separators of thousands: "1,250%" is 1250%; '
        'percentages were read as fractions of 1: "1,250%" is 12.5.'
    )


@pytest.mark.parametrize(
    ("texts", "row"),
    [
        (("95%", "0.9"), 1),
        (("1", "2", "95%"), 2),
        (("1,234", "1234"), 1),
        (("1,234", "-1000"), 1),
        (("1234", "999", "1,234"), 2),
        (("1,200%", "1300%"), 1),
        (("0.9", "1,200%"), 1),
    ],
)
def test_commas_and_per_cent_hold_for_the_whole_column_or_not_at_all(texts: tuple[str, ...], row: int) -> None:
    problem = refused(*texts)
    assert problem.row == row
    assert f'found "{texts[row]}" where' in problem.problem


def test_a_column_read_in_pieces_is_judged_as_one() -> None:
    texts = ["1", "2", "", "1,234", "5", "1300"]
    column = numerals.Column()
    for start in range(0, len(texts), 2):
        column.read(pa.array(texts[start : start + 2]))
    with pytest.raises(BadInput) as caught:
        column.said()
    assert (caught.value.row, caught.value.problem) == (refused(*texts).row, refused(*texts).problem)


@pytest.mark.parametrize(
    ("pieces", "found", "before"),
    [
        ([["1", "2"], ["95%"]], "95%", "1"),
        ([["", "2"], ["95%"]], "95%", "2"),
        ([["1000"], ["1,234"]], "1,234", "1000"),
        ([["-1000"], ["1,234"]], "1,234", "-1000"),
        ([["999"], ["1,234"]], None, None),
        ([["", " "], ["95%"]], None, None),
    ],
)
def test_what_plain_numbers_came_before_is_remembered(
    pieces: list[list[str]], found: str | None, before: str | None
) -> None:
    column = numerals.Column()
    for piece in pieces:
        column.read(pa.array(piece))
    if found is None:
        assert column.said() is not None
    else:
        with pytest.raises(BadInput, match=f'found "{found}" where "{before}" came before: '):
            column.said()


def test_the_row_of_a_later_piece_counts_from_the_start_of_the_column() -> None:
    column = numerals.Column()
    column.read(pa.array(["1", "2", "3"]))
    with pytest.raises(BadInput) as caught:
        column.read(pa.array(["4", "x"]))
    assert caught.value.row == 4


def test_several_chunks_are_one_column() -> None:
    values, _ = numerals.parse(pa.chunked_array([["1", "2"], ["3"]]))
    assert values.tolist() == [1, 2, 3]
    values, sentence = numerals.parse(pa.chunked_array([["1%", "2%"], ["", "4%"]]))
    assert sentence is not None
    assert values[[0, 1, 3]].tolist() == [0.01, 0.02, 0.04]


def test_no_texts_are_no_numbers() -> None:
    assert read() == []
