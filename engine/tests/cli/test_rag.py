"""Colours beside dots, from a file to tables, sheets and drawings."""

import csv
import io

import openpyxl
import pytest

from .terminal import run

ROWS = [
    (ward, f"{2024 + month // 12}-{month % 12 + 1:02}-01", 70 + (month * 7 + len(ward)) % 11)
    for ward in ("Ward 1", "Ward 22")
    for month in range(24)
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "waits.csv"
    path.write_text("series,date,value\n" + "".join(f"{ward},{day},{value}\n" for ward, day, value in ROWS))
    return path


ASKED = ("--target", "75", "--direction", "increase", "--amber", "2", "--window", "12")


def test_without_an_output_the_summary_goes_to_standard_output(file):
    ended = run("rag", "waits.csv", *ASKED, cwd=file.parent)
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert [row["series"] for row in rows] == ["Ward 1", "Ward 22"]
    assert all(int(row["green"]) + int(row["amber"]) + int(row["red"]) == 12 for row in rows)
    assert "On 2 charts, over their last 12 months: red asked for an answer" in ended.err


@pytest.mark.usefixtures("file")
def test_a_workbook_holds_points_and_summary(tmp_path):
    out = tmp_path / "colours.xlsx"
    run("rag", "waits.csv", *ASKED, "-o", "colours.xlsx", cwd=tmp_path)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["points", "summary"]
    assert book["points"].max_row == 1 + 2 * 12


@pytest.mark.usefixtures("file")
def test_a_folder_holds_a_picture_a_series_and_an_index(tmp_path):
    run("rag", "waits.csv", *ASKED, "-o", "colours", cwd=tmp_path)
    assert sorted(each.name for each in (tmp_path / "colours").iterdir()) == [
        "0001-ward-1.svg", "0002-ward-22.svg", "index.csv",
    ]  # fmt: skip
    assert "ptd-rag-red" in (tmp_path / "colours" / "0001-ward-1.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("file")
def test_a_file_without_a_target_is_told_so_and_nothing_is_written(tmp_path):
    ended = run("rag", "waits.csv", "-o", "out.csv", cwd=tmp_path)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert "colours need a target" in ended.err
    assert not (tmp_path / "out.csv").exists()
