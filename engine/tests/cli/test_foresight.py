"""forecast, gains and budget: from files of every kind, to tables, sheets and drawings; wrong files in one sentence."""

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from plotthedots.budget import signal_budget
from plotthedots.cli.commands import cli
from plotthedots.forecast import forecast
from plotthedots.gains import gains

from .falls import CLAIMED, GAINS, KINDS, WARDS, claims, measures, save, told
from .terminal import run, write


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# The same answer through every door


@pytest.mark.parametrize("command", [("forecast", "--target", "6"), ("budget",), ("gains", "--claims", "claims.csv")])
def test_every_kind_of_file_gives_the_same_answer(folder: Path, command: tuple[str, ...]) -> None:
    answers = {told(command[0], f"falls.{kind}", *command[1:], cwd=folder).out for kind in KINDS}
    assert len(answers) == 1
    assert len(table(answers.pop())) >= CLAIMED


def test_every_kind_of_claims_gives_the_same_answer(folder: Path) -> None:
    answers = {told("gains", "falls.csv", "--claims", f"claims.{kind}", cwd=folder).out for kind in KINDS}
    assert len(answers) == 1
    rows = table(answers.pop())
    assert [row["status"] for row in rows] == ["holding", "lost", "holding", "holding", "holding", "withdrawn"]


def test_the_command_says_what_the_engine_says(folder: Path) -> None:
    judged = gains(measures(), claims(), by="ward", direction="decrease").summary
    said = table(told(*GAINS, cwd=folder).out)
    assert [row["sentence"] for row in said] == judged.column("sentence").to_pylist()
    points = forecast(measures(), by="ward", direction="decrease").points
    made = table(told("forecast", "falls.csv", cwd=folder).out)
    assert [float(row["mean"]) for row in made] == pytest.approx(points.column("mean").to_pylist())


def test_numbers_that_name_series_meet_texts_that_do(tmp_path: Path) -> None:
    number = pa.array([int(ward[5:]) for ward in measures().column("ward").to_pylist()])
    save(measures().set_column(0, "ward", number), tmp_path / "falls.parquet")
    write(tmp_path, "ward,claimed\n0,2023-01-01\n1,2023-01-01\n", "claims.csv")
    assert len(table(told("gains", "falls.parquet", "--claims", "claims.csv", cwd=tmp_path).out)) == 2
    save(measures().set_column(0, "ward", number), tmp_path / "falls.csv")
    save(pa.table({"ward": [0, 1], "claimed": [dt.date(2023, 1, 1)] * 2}), tmp_path / "claims.xlsx")
    assert len(table(told("gains", "falls.csv", "--claims", "claims.xlsx", cwd=tmp_path).out)) == 2


# Outputs


def test_tables_go_where_they_are_asked_to(folder: Path, tmp_path: Path) -> None:
    where = str(tmp_path)
    told("forecast", "falls.csv", "-o", f"{where}/points.csv", "--record", f"{where}/record.parquet", cwd=folder)
    assert len(table((tmp_path / "points.csv").read_text())) == 12 * WARDS
    assert pq.read_table(tmp_path / "record.parquet").num_rows == WARDS
    told(*GAINS, "-o", f"{where}/g.csv", "--history", f"{where}/h.csv", "--survival", f"{where}/s.csv", cwd=folder)
    assert len(table((tmp_path / "g.csv").read_text())) == CLAIMED
    assert set(table((tmp_path / "h.csv").read_text())[0]) >= {"gain", "status", "retained", "centre"}
    assert list(table((tmp_path / "s.csv").read_text())[0]) == [
        "time",
        "at_risk",
        "events",
        "survival",
        "lower",
        "upper",
    ]
    told("budget", "falls.csv", "-o", f"{where}/b.csv", cwd=folder)
    assert list(table((tmp_path / "b.csv").read_text())[0]) == ["ward", "p_value", "q_value", "shown", "is_new"]


def test_another_table_alone_leaves_standard_output_empty(folder: Path, tmp_path: Path) -> None:
    assert told("forecast", "falls.csv", "--record", f"{tmp_path}/record.csv", cwd=folder).out == ""
    assert told(*GAINS, "--survival", f"{tmp_path}/s.svg", cwd=folder).out == ""
    assert told(*GAINS, "-o", "-", cwd=folder).out.startswith('"ward","gain","status"')


def test_a_workbook_holds_all_tables_as_sheets(folder: Path, tmp_path: Path) -> None:
    told("forecast", "falls.csv", "-o", f"{tmp_path}/f.xlsx", cwd=folder)
    assert openpyxl.load_workbook(tmp_path / "f.xlsx").sheetnames == ["points", "record"]
    told(*GAINS, "-o", f"{tmp_path}/g.xlsx", cwd=folder)
    assert openpyxl.load_workbook(tmp_path / "g.xlsx").sheetnames == ["summary", "history", "survival"]
    told(*GAINS, "-o", f"{tmp_path}/g.xlsx", "--history", f"{tmp_path}/h.csv", cwd=folder)
    assert openpyxl.load_workbook(tmp_path / "g.xlsx").sheetnames == ["summary", "survival"]


def test_one_is_drawn_to_a_file_and_many_to_a_folder(folder: Path, tmp_path: Path) -> None:
    for words, named, count in (
        (("forecast", "falls.csv"), ("--series", "Ward 03"), WARDS),
        (GAINS, ("--gain", "Falls 01"), CLAIMED),
    ):
        many = run(*words, "--by", "ward", "--direction", "decrease", "-o", f"{tmp_path}/one.svg", cwd=folder)
        assert (many.code, f"there are {count}" in many.err) == (2, True)
        told(*words, *named, "-o", f"{tmp_path}/one.svg", cwd=folder)
        assert named[1] in (tmp_path / "one.svg").read_text()
        (tmp_path / "one.svg").unlink()
        told(*words, "-o", f"{tmp_path}/{words[0]}", cwd=folder)
        names = sorted(path.name for path in (tmp_path / words[0]).iterdir())
        assert (len(names), names[-1]) == (count + 1, "index.csv")
        assert table((tmp_path / words[0] / "index.csv").read_text())[0]["sentence"].endswith(".")


def test_the_life_and_the_survival_of_gains_are_drawn(folder: Path, tmp_path: Path) -> None:
    told(*GAINS, "--survival", f"{tmp_path}/s.svg", "--survival-by", "plan", "--width", "400", cwd=folder)
    drawn = (tmp_path / "s.svg").read_text()
    assert 'width="400"' in drawn
    told(*GAINS, "--gain", "Falls 01", "-o", f"{tmp_path}/life.svg", "--title", "Lost & found", cwd=folder)
    assert "<title" in (tmp_path / "life.svg").read_text()
    assert "Lost &amp; found" in (tmp_path / "life.svg").read_text()


def test_sentences_are_said_on_standard_error(folder: Path) -> None:
    assert told(*GAINS, cwd=folder).err.startswith("plotthedots: note: Of 6 claims of improvement, 4 hold,")
    assert f"All {WARDS} series have a forecast." in told("forecast", "falls.csv", cwd=folder).err
    assert f"of {WARDS} charts signal" in told("budget", "falls.csv", cwd=folder).err


# Options


def test_several_values_may_follow_an_option(folder: Path) -> None:
    head = told(*GAINS, "--horizons", "2", "4", cwd=folder).out.split("\n")[0]
    assert [name for name in head.split(",") if "slipping" in name] == [
        '"chance_of_slipping_2"',
        '"chance_of_slipping_4"',
    ]
    for words in (("--levels", "0.5", "0.9"), ("--levels", "0.5,0.9"), ("--levels", "0.5", "--levels", "0.9")):
        head = told("forecast", "falls.csv", *words, cwd=folder).out.split("\n")[0]
        assert '"lower_50","upper_50","lower_90","upper_90"' in head
    before = run("forecast", "--levels", "0.5", "0.9", "falls.csv", "--by", "ward", cwd=folder)
    assert (before.code, '"lower_90"' in before.out) == (0, True)


def test_series_may_be_told_apart_by_several_columns_at_once(tmp_path: Path) -> None:
    write(
        tmp_path, "site,ward,date,value\n" + "".join(f"A,{w},2024-{m:02}-01,{m}\n" for w in "xy" for m in range(1, 13))
    )
    assert len(table(run("spc", "data.csv", "--by", "site", "ward", cwd=tmp_path).out)) == 2


def test_one_date_claims_every_series(folder: Path) -> None:
    rows = table(told("gains", "falls.csv", "--claimed", "January 2023", cwd=folder).out)
    assert len(rows) == WARDS
    assert rows[0]["gain"] == "Ward 00 · 2023-01-01"


def test_placebos_may_be_a_file_or_none(folder: Path, tmp_path: Path) -> None:
    words = ("gains", "falls.csv", "--claims", "claims.csv")
    none = table(told(*words, "--no-placebos", cwd=folder).out)
    assert {row["placebos"] for row in none} == {"0"}
    other = table(told(*words, "--placebos", "falls.parquet", cwd=folder).out)
    assert {row["placebos"] for row in other} != {"0"}
    both = run(*words, "--placebos", "falls.csv", "--no-placebos", "--by", "ward", cwd=folder)
    assert (both.code, "exclude each other" in both.err) == (2, True)
    del tmp_path


def test_nothing_after_as_of_is_looked_at(folder: Path) -> None:
    rows = table(told(*GAINS, "--as-of", "2023-06-30", cwd=folder).out)
    assert all(row["since"] <= "2023-06-30" for row in rows)


def test_bounds_keep_forecasts_within(folder: Path) -> None:
    rows = table(told("forecast", "falls.csv", "--bounds", "0..", cwd=folder).out)
    assert min(float(row["lower_95"]) for row in rows) >= 0


def test_the_claims_may_be_another_sheet_of_the_same_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "measures"
    for sheet, rows in ((book.active, measures()), (book.create_sheet("claims"), claims())):
        sheet.append(rows.column_names)
        for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
            sheet.append(row)
    book.save(tmp_path / "all.xlsx")
    words = ("gains", "all.xlsx", "--sheet", "measures", "--claims", "all.xlsx", "--claims-sheet", "claims")
    assert len(table(told(*words, cwd=tmp_path).out)) == CLAIMED


def test_every_keyword_has_its_flag() -> None:
    for name, function in (("forecast", forecast), ("gains", gains)):
        flags = {option.name for option in cli.commands[name].params}
        assert set(function.__kwdefaults__ or {}) - {"chart"} <= flags
    assert {"window", "share", "method"} <= {option.name for option in cli.commands["budget"].params}
    assert signal_budget.__defaults__ == (12, 0.1, "bh")


def test_every_command_has_an_example(tmp_path: Path) -> None:
    for command in ("forecast", "gains", "budget"):
        assert f"Example: plotthedots {command}" in " ".join(run(command, "--help", cwd=tmp_path).out.split())


# The report


def test_the_report_takes_claims_a_forecast_and_a_budget(folder: Path, tmp_path: Path) -> None:
    words = (
        "report",
        "falls.csv",
        "--claims",
        "claims.csv",
        "--forecast",
        "--horizon",
        "3",
        "--budget",
        "--target",
        "6",
    )
    told(*words, "-o", f"{tmp_path}/report.html", cwd=folder)
    text = (tmp_path / "report.html").read_text()
    assert "Of 6 claims of improvement, 4 hold" in text
    assert text.count("<h3>What comes next</h3>") == WARDS
    assert "Signals to spend time on" in text
