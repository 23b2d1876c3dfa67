"""How a file is laid out: the delimiter by its first rows, the header by its row."""

from pathlib import Path

import pytest

from plotthedots.errors import BadInput
from plotthedots.files import Reading
from plotthedots.files.encodings import open_text
from plotthedots.files.sniff import Layout, layout

from .reading import refused, table, text


def laid_out(folder: Path, content: str, **how: object) -> Layout:
    return layout(open_text(str(text(folder, content)), "ae.csv", ""), "ae.csv", Reading(**how))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\n1,5\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ('a;b\n"x,y";2\n', ";"),
        ('"a;1","b;2"\n"x;y",2\n', ","),
        ("Title, and more\na;b;c\n1;2;3\n", ","),
        ("a,b;c\n1,2;3\n4,5;6\n", ","),
        ("a\n1\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_gives_every_row_the_same_columns(
    tmp_path: Path, content: str, delimiter: str
) -> None:
    assert laid_out(tmp_path, content).delimiter == delimiter


@pytest.mark.parametrize(("said", "delimiter"), [("tab", "\t"), ("\\t", "\t"), ("space", " "), (":", ":")])
def test_a_delimiter_may_be_said_by_word(tmp_path: Path, said: str, delimiter: str) -> None:
    assert laid_out(tmp_path, f"a{delimiter}b\n1{delimiter}2\n", delimiter=said).columns == ["a", "b"]


@pytest.mark.parametrize("said", ["::", "é", "\n", '"', "comma"])
def test_what_cannot_separate_columns_is_refused(tmp_path: Path, said: str) -> None:
    with pytest.raises(BadInput, match="cannot separate columns: expected one character"):
        laid_out(tmp_path, "a,b\n1,2\n", delimiter=said)


def test_names_lose_the_spaces_around_them_and_line_breaks_inside(tmp_path: Path) -> None:
    found = laid_out(tmp_path, ' a ,"attendances\n(type 1)",\n1,2,3\n')
    assert found.columns == ["a", "attendances (type 1)", ""]
    assert found.last_head == 1


@pytest.mark.parametrize(("before", "row"), [("", 1), ("\n\n", 3), (",\n , \n", 3), ('"a title\nof two lines",\n', 2)])
def test_the_header_is_counted_as_a_spreadsheet_counts_rows(tmp_path: Path, before: str, row: int) -> None:
    content = before + "date,value\n2024-01-01,x\n"
    found = laid_out(tmp_path, content, skip=row - 1)
    assert (found.columns, found.last_head) == (["date", "value"], row)
    assert content.encode()[found.start :] == b"2024-01-01,x\n"
    assert f"ae.csv, row {row + 1}, column" in refused(text(tmp_path, content), skip=row - 1)


def test_a_row_to_be_the_header_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert refused(text(tmp_path, '"date",value\n1,2\n'), skip=8) == "ae.csv has no row below row 8 to be the header."


def test_a_quote_that_is_opened_in_the_header_and_never_closed_is_said(tmp_path: Path) -> None:
    content = 'date,"value\n' + "2024-01-01,1\n" * 30_000
    with pytest.raises(BadInput, match=r"a quote \(\"\) in the header is opened and never closed"):
        laid_out(tmp_path, content, delimiter=",")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("date^value^n\n1^2^3\n", "it looks as if \"^\" separates columns: say --delimiter '^'"),
        ("date¦value¦n\n1¦2¦3\n", 'it looks as if "¦" separates columns: save it with commas'),
        ("date value\n1 2\n", "it looks as if spaces separate columns: say --delimiter space"),
    ],
)
def test_a_file_of_one_column_is_looked_at_for_another_delimiter(tmp_path: Path, content: str, said: str) -> None:
    assert said in refused(text(tmp_path, content))


@pytest.mark.parametrize("content", ["date\n2024-01-01\n", "\n\n\n\n\n\ndate\n2024-01-01\n", "a date\n2024-01-01\n"])
def test_a_file_of_one_column_is_one_all_the_same(tmp_path: Path, content: str) -> None:
    assert len(laid_out(tmp_path, content).columns) == 1


def test_a_first_row_longer_than_the_sample_does_not_stop_the_reading(tmp_path: Path) -> None:
    note = "x" * 400_000
    assert table(text(tmp_path, f"date,value,note\n2024-01-01,1,{note}\n2024-02-01,2,\n")).num_rows == 2
