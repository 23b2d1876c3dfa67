"""The one error: a sentence that says where, and its parts for programs."""

import pickle

import pytest

from plotthedots.errors import BadInput


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (None, None, "found -1."),
        (0, None, "Row 1: found -1."),
        (None, "value", 'Column "value": found -1.'),
        (6, "value", 'Row 7, column "value": found -1.'),
    ],
)
def test_the_place_comes_before_the_problem(row: int | None, column: str | None, sentence: str) -> None:
    assert str(BadInput("found -1.", row=row, column=column)) == sentence


def test_rows_may_be_counted_as_the_reader_of_a_file_sees_them() -> None:
    assert BadInput("found -1.", row=0, column="value").numbered(first=2) == 'Row 2, column "value": found -1.'
    assert BadInput("it is empty.").numbered(first=2) == "it is empty."


def test_a_program_finds_the_parts() -> None:
    problem = BadInput("found -1.", row=3, column="value")
    assert (problem.problem, problem.row, problem.column) == ("found -1.", 3, "value")


def test_it_is_caught_as_a_value_error() -> None:
    with pytest.raises(ValueError, match="Row 1: found -1"):
        raise BadInput("found -1.", row=0)


def test_it_comes_back_from_another_process_with_its_place() -> None:
    again = pickle.loads(pickle.dumps(BadInput("found -1.", row=3, column="value")))
    assert (str(again), again.row, again.column) == ('Row 4, column "value": found -1.', 3, "value")
