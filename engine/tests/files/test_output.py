"""Files written whole or not at all."""

import datetime as dt
import errno
import os
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from plotthedots.errors import BadInput
from plotthedots.files import Role, output

from .reading import table as read

TABLE = pa.table({"series": ["A", "=1+1", None], "value": [0.1, None, 1e300]})
OURS = r"index\.csv|\d+\.svg"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(params=[KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device"), BadInput("no")])
def failure(request: pytest.FixtureRequest) -> BaseException:
    failure: BaseException = request.param
    return failure


def test_what_fails_half_way_leaves_the_former_file_and_nothing_else(tmp_path: Path, failure: BaseException) -> None:
    path = tmp_path / "out.csv"
    path.write_text("as it was")

    def half_way() -> None:
        with output.whole(str(path)) as file:
            file.write(b"half")
            raise failure

    with pytest.raises(type(failure)):
        half_way()
    assert path.read_text() == "as it was"
    assert names(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_a_disk_that_is_full_at_the_last_moment_leaves_the_former_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    places = {"points": str(tmp_path / f"points.{ending}"), "summary": str(tmp_path / "summary.csv")}
    for path in places.values():
        Path(path).write_text("as it was")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        output.write_each(dict.fromkeys(places, TABLE), places)
    assert [Path(path).read_text() for path in places.values()] == ["as it was", "as it was"]
    assert len(names(tmp_path)) == 2


@pytest.mark.parametrize("other", ["nowhere/out.csv", "out.foo", "."])
def test_of_several_outputs_all_are_written_or_none(tmp_path: Path, other: str) -> None:
    with pytest.raises(BadInput):
        output.write_each(
            dict.fromkeys(("points", "summary"), TABLE),
            {"points": str(tmp_path / "points.csv"), "summary": str(tmp_path / other)},
        )
    assert names(tmp_path) == []


def test_a_workbook_takes_several_tables_as_sheets(tmp_path: Path) -> None:
    path = str(tmp_path / "out.xlsx")
    output.write_each({"points": TABLE, "summary": TABLE}, {"points": path, "summary": path})
    assert openpyxl.load_workbook(path).sheetnames == ["points", "summary"]
    with pytest.raises(BadInput, match="only a workbook"):
        output.write_tables({"points": TABLE, "summary": TABLE}, str(tmp_path / "out.csv"))


def test_text_in_a_workbook_is_never_a_formula(tmp_path: Path) -> None:
    words = ["=1+1", "+1", "-1", "@A1", '=HYPERLINK("x")', "plain", "a\x07b"]
    path = tmp_path / "out.xlsx"
    output.write_tables({"t": pa.table({"word": words})}, str(path))
    cells = list(openpyxl.load_workbook(path)["t"]["A"])[1:]
    assert [cell.data_type for cell in cells] == ["s"] * len(words)
    assert [cell.value for cell in cells] == [*words[:-1], "a\N{REPLACEMENT CHARACTER}b"]
    assert [cell.quotePrefix for cell in cells] == [True] * 5 + [False] * 2


@pytest.mark.filterwarnings("error")
def test_a_workbook_on_a_full_disk_ends_in_one_error(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError, match="No space"):
        output._write_workbook({"t": TABLE}, full)  # type: ignore[arg-type]
    assert names(tmp_path) == []


def test_a_table_too_long_for_a_worksheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"holds 1,048,575 rows and this table has 1,048,576: write \.csv or \.parquet"):
        output.write_tables({"t": pa.table({"a": pa.nulls(output.MOST_ROWS)})}, str(tmp_path / "out.xlsx"))
    assert names(tmp_path) == []


@given(values=st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.none(), min_size=1))
def test_numbers_in_csv_are_read_back_exactly(tmp_path_factory: pytest.TempPathFactory, values: list[Any]) -> None:
    path = tmp_path_factory.mktemp("out") / "out.csv"
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=day) for day in range(len(values))]
    output.write_tables({"t": pa.table({"date": days, "value": pa.array(values, pa.float64())})}, str(path))
    assert read(path).to_pydict() == {"date": days, "value": values}


def test_times_are_written_without_fractions_they_do_not_have(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    for moment, said in (
        (dt.datetime(2024, 1, 1, 9, 30), "2024-01-01 09:30:00"),
        (dt.datetime(2024, 1, 1, 9, 30, 0, 5), "2024-01-01 09:30:00.000005"),
    ):
        output.write_tables({"t": pa.table({"at": [moment]})}, str(path))
        assert path.read_text() == f'"at"\n{said}\n'
        assert read(path, {"at": Role.DATE}).column("at").to_pylist() == [moment]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    output.write_tables({"t": TABLE}, str(tmp_path / "out.parquet"))
    assert parquet.read_table(tmp_path / "out.parquet").equals(TABLE)


def test_a_new_file_may_be_read_as_any_new_file_may(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    output.write_tables({"t": TABLE}, str(tmp_path / "out.csv"))
    assert (tmp_path / "out.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_of_ones_own_files_is_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "charts"
    for contents in (["index.csv", "1.svg", "2.svg"], ["index.csv", "1.svg"]):
        with output.whole_folder(str(folder), ours=OURS) as made:
            for name in contents:
                (made / name).write_text("new")
        assert names(folder) == sorted(contents)
    assert names(tmp_path) == ["charts"]


@pytest.mark.parametrize("other", ["thesis.txt", "1.svg.bak", "more"])
def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path, other: str) -> None:
    folder = tmp_path / "charts"
    folder.mkdir()
    (folder / "index.csv").write_text("mine")
    (folder / other).mkdir() if other == "more" else (folder / other).write_text("mine")
    with (
        pytest.raises(BadInput, match=f"holds other files, such as {other}"),
        output.whole_folder(str(folder), ours=OURS),
    ):
        pass
    assert names(folder) == sorted(["index.csv", other])


def test_a_folder_that_fails_half_way_is_as_it_was(tmp_path: Path, failure: BaseException) -> None:
    folder = tmp_path / "charts"
    folder.mkdir()
    (folder / "index.csv").write_text("as it was")

    def half_way() -> None:
        with output.whole_folder(str(folder), ours=OURS) as made:
            (made / "1.svg").write_text("half")
            raise failure

    with pytest.raises(type(failure)):
        half_way()
    assert names(tmp_path) == ["charts"]
    assert names(folder) == ["index.csv"]


def test_an_empty_folder_is_filled_and_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    with output.whole_folder(str(tmp_path / "charts"), ours=OURS) as made:
        (made / "index.csv").write_text("new")
    assert names(tmp_path / "charts") == ["index.csv"]
    for path, said in ((tmp_path / "charts" / "index.csv", "is a file"), (tmp_path / "no" / "charts", "no folder")):
        with pytest.raises(BadInput, match=said), output.whole_folder(str(path), ours=OURS):
            pass


def test_names_of_columns_in_a_workbook_are_text_too(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    output.write_tables({"t": pa.table({"=1+1": [1], "a\x07b": [2]})}, str(path))
    cells = list(openpyxl.load_workbook(path)["t"][1])
    assert [(cell.data_type, cell.value) for cell in cells] == [("s", "=1+1"), ("s", "a\N{REPLACEMENT CHARACTER}b")]


def test_moments_in_utc_go_into_every_kind_of_file(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 1, 1, 9, 30)
    made = pa.table({"at": pa.array([moment], pa.timestamp("us", "UTC")), "value": [1]})
    for ending in ("csv", "parquet", "xlsx"):
        path = tmp_path / f"out.{ending}"
        output.write_tables({"t": made}, str(path))
        [found] = read(path, {"at": Role.DATE}).column("at").to_pylist()
        assert found.replace(tzinfo=None) == moment


def test_nanoseconds_are_written_where_there_are_any(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    output.write_tables({"t": pa.table({"at": pa.array([1], pa.timestamp("ns"))})}, str(path))
    assert path.read_text() == '"at"\n1970-01-01 00:00:00.000000001\n'


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        output.write_tables({"t": pa.table({"a": [1]})}, str(pipe))
        assert os.read(reader, 100) == b'"a"\n1\n'
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    with output.whole("/dev/null") as nothing:
        nothing.write(b"x")
    assert Path("/dev/null").is_char_device()
