"""forecast, gains and budget: from files of every kind, to tables, sheets and drawings; wrong files in one sentence."""

import csv
import datetime as dt
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest

from plotthedots.budget import signal_budget
from plotthedots.cli.commands import cli
from plotthedots.forecast import forecast
from plotthedots.gains import gains

from .terminal import Ended, run, write

KINDS = ("csv", "parquet", "xlsx")
WARDS = 26
CLAIMED = 6  # wards on which a gain was claimed


def measures() -> pa.Table:
    """Falls of wards: those with a claim fall by half in 2023, on the second of them they come back a year later."""
    rng = np.random.default_rng(3)
    rows = [
        (
            f"Ward {ward:02}",
            dt.date(2021 + month // 12, month % 12 + 1, 1),
            round(
                float(rng.normal(10 - 5 * (ward < CLAIMED and month >= 24 and not (ward == 1 and month >= 36)), 1)), 2
            ),
        )
        for ward in range(WARDS)
        for month in range(48)
    ]
    return pa.table(dict(zip(("ward", "date", "value"), map(list, zip(*rows, strict=True)), strict=True)))


def claims() -> pa.Table:
    wards = [f"Ward {ward:02}" for ward in range(CLAIMED)]
    return pa.table(
        {
            "ward": wards,
            "claimed": [dt.date(2023, 1, 1)] * CLAIMED,
            "gain": [f"Falls {ward[5:]}" for ward in wards],
            "plan": ["yes", "no"] * (CLAIMED // 2),
            "withdrawn_on": [None] * (CLAIMED - 1) + [dt.date(2024, 6, 1)],
        }
    )


def save(table: pa.Table, path: Path) -> None:
    if path.suffix == ".csv":
        arrow_csv.write_csv(table, path)
    elif path.suffix == ".parquet":
        pq.write_table(table, path)
    else:
        book = openpyxl.Workbook()
        book.active.append(table.column_names)
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
            book.active.append(row)
        book.save(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("falls")
    for kind in KINDS:
        save(measures(), made / f"falls.{kind}")
        save(claims(), made / f"claims.{kind}")
    return made


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def told(*words: str, cwd: Path) -> Ended:
    """A command on the wards that went well."""
    ended = run(*words, "--by", "ward", "--direction", "decrease", cwd=cwd)
    assert ended.code == 0, ended.err
    return ended


GAINS = ("gains", "falls.csv", "--claims", "claims.csv")


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


# What is wrong

HEAD = "ward,claimed,gain,direction,baseline_from,withdrawn_on\n"
WRONG_CLAIMS = {
    "empty": ("", "claims.csv is empty."),
    "header only": (HEAD, "claims.csv holds a header and no rows."),
    "no date": ("ward,gain\nWard 01,x\n", 'claims.csv has no column "claimed"'),
    "no series": ("claimed\n2023-01-01\n", 'claims.csv has no column "ward"'),
    "unknown ward": (
        HEAD + "Ward 01,2023-01-01,a,,,\nWrad 02,2023-01-01,b,,,\n",
        'claims.csv, row 3, column "ward": found "Wrad 02", expected a series of the frame. Did you mean "Ward 02"?',
    ),
    "no such day": (HEAD + "Ward 01,2023-02-30,a,,,\n", 'claims.csv, row 2, column "claimed": found "2023-02-30"'),
    "missing date": (HEAD + "Ward 01,2023-01-01,a,,,\nWard 02,,b,,,\n", 'claims.csv, row 3, column "claimed"'),
    "second date": (
        HEAD + "Ward 01,2023-01-01,a,,,\nWard 02,2023-01-01,b,,,soon\n",
        'claims.csv, row 3, column "withdrawn_on": found "soon"',
    ),
    "name twice": (
        HEAD + "Ward 01,2023-01-01,a,,,\nWard 02,2023-01-01,a,,,\n",
        'claims.csv, row 3, column "gain": found "a" a second time',
    ),
    "direction": (HEAD + "Ward 01,2023-01-01,a,down,,\n", 'claims.csv, row 2, column "direction": found "down"'),
    "ragged": (HEAD + "Ward 01,2023-01-01,a\n", "claims.csv, row 2: found 3 columns, expected 6"),
    "not text": (b"\x00\x01\x02", "claims.csv"),
}


@pytest.mark.parametrize("kind", WRONG_CLAIMS)
def test_wrong_claims_are_named_by_file_and_line_and_write_nothing(folder: Path, tmp_path: Path, kind: str) -> None:
    content, said = WRONG_CLAIMS[kind]
    (tmp_path / "falls.csv").write_bytes((folder / "falls.csv").read_bytes())
    write(tmp_path, content, "claims.csv")
    (tmp_path / "out.csv").write_text("as it was")
    words = ("--by", "ward", "--direction", "decrease", "-o", "out.csv", "--survival", "s.svg")
    ended = run(*GAINS, *words, cwd=tmp_path)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert said in ended.err
    assert (tmp_path / "out.csv").read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.csv", "falls.csv", "out.csv"]
    report = run("report", "falls.csv", "--claims", "claims.csv", *words[:4], "-o", "out.html", cwd=tmp_path)
    assert (report.code, said in report.err, (tmp_path / "out.html").exists()) == (2, True, False)


def test_wrong_rows_of_other_kinds_of_file_are_named_as_a_person_sees_them(folder: Path, tmp_path: Path) -> None:
    wrong = claims().slice(0, 2).set_column(0, "ward", pa.array(["Ward 01", "Ward 99"]))
    save(wrong, tmp_path / "claims.parquet")
    save(wrong, tmp_path / "claims.xlsx")
    words = ("gains", str(folder / "falls.csv"), "--by", "ward", "--direction", "decrease", "--claims")
    assert 'claims.parquet, row 2, column "ward": found "Ward 99"' in run(*words, "claims.parquet", cwd=tmp_path).err
    assert 'claims.xlsx, row 3, column "ward": found "Ward 99"' in run(*words, "claims.xlsx", cwd=tmp_path).err


@pytest.mark.parametrize("command", [("forecast",), ("budget",), ("gains", "--claims", "claims.csv")])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ward,date,value\nWard 01,2024-01-01,abc\n", 'falls.csv, row 2, column "value": found "abc"'),
        (
            "ward,date,value\nWard 01,2024-01-01,1\nWard 01,2024-01-01,2\n",
            'row 3, column "date": found 2024-01-01 of Ward 01 a second',
        ),
        ("", "falls.csv is empty."),
    ],
)
def test_wrong_measures_are_named_too(
    tmp_path: Path, folder: Path, command: tuple[str, ...], content: str, said: str
) -> None:
    write(tmp_path, content, "falls.csv")
    (tmp_path / "claims.csv").write_bytes((folder / "claims.csv").read_bytes())
    words = (command[0], "falls.csv", *command[1:], "--by", "ward", "--direction", "decrease", "-o", "out.xlsx")
    ended = run(*words, cwd=tmp_path)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert said in ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.csv", "falls.csv"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gains", "falls.csv"], "found neither"),
        ([*GAINS, "--claimed", "2023-01-01"], "found both"),
        (["gains", "falls.csv", "--claimed", "soon"], '--claimed: found "soon"'),
        (["gains", "falls.csv", "--claimed", "2023-01-01", "--direction", "neutral"], "--claimed 2023-01-01: found"),
        (
            ["gains", "falls.csv", "--claims", "clams.csv"],
            'clams.csv: there is no such file. Did you mean "claims.csv"',
        ),
        ([*GAINS, "--placebos", "flls.csv"], "flls.csv: there is no such file"),
        ([*GAINS, "--placebos", "claims.csv"], 'claims.csv has no column "date"'),
        ([*GAINS, "--conditions", "paln"], 'did you mean "plan"'),
        ([*GAINS, "--horizons", "many"], '--horizons: found "many"'),
        ([*GAINS, "--horizons", "0"], "found 0, expected whole numbers"),
        ([*GAINS, "--as-of", "later"], "as_of"),
        ([*GAINS, "--gain", "Fals 01", "-o", "x.svg"], 'no gain "Fals 01". Did you mean "Falls 01"?'),
        ([*GAINS, "-o", "x.pptx"], ".svg, .png or .pdf"),
        ([*GAINS, "-o", "x.odd"], "expected .csv, .parquet or .xlsx"),
        ([*GAINS, "-o", "claims.csv"], "claims.csv is the file that is read"),
        ([*GAINS, "-o", "x.csv", "--history", "x.csv"], "same name"),
        ([*GAINS, "-o", "x.csv", "--survival", "nowhere/s.svg"], "there is no folder"),
        ([*GAINS, "--chart", "s"], "s"),
        (["gains", "-", "--claims", "-"], "standard input is one file"),
        (["forecast", "falls.csv", "--bounds", "low"], "0..1"),
        (["forecast", "falls.csv", "--levels", "2"], "levels"),
        (["forecast", "falls.csv", "--horizon", "0"], "horizon"),
        (["forecast", "falls.csv", "--method", "magic"], "magic"),
        (["forecast", "falls.csv", "--series", "Ward 1", "-o", "x.svg"], "no series"),
        (["forecast", "falls.csv", "-o", "x.csv", "--record", "x.odd"], "expected .csv, .parquet or .xlsx"),
        (["budget", "falls.csv", "-o", "x.svg"], "a budget is a table"),
        (["budget", "falls.csv", "--share", "2"], "share"),
        (["report", "falls.csv", "--forecast", "--chart", "mr", "-o", "x.html"], "shows spread, not a level"),
        (["report", "falls.csv", "--claims", "claims.csv", "-o", "claims.csv"], "written as .html"),
    ],
)
def test_wrong_words_get_a_sentence_and_write_nothing(
    folder: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    for name in ("falls.csv", "claims.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    way = [] if "neutral" in words else ["--direction", "decrease"]
    ended = run(*words, "--by", "ward", *way, cwd=tmp_path)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended.err
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.csv", "falls.csv"]


def test_standard_output_closed_early_is_no_error(folder: Path) -> None:
    for words in ("gains falls.csv --claims claims.csv", "forecast falls.csv", "budget falls.csv"):
        script = f"{sys.executable} -m plotthedots {words} --by ward --direction decrease | head -1 >/dev/null"
        command = ["bash", "-o", "pipefail", "-c", script]
        ended = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
        assert (ended.returncode, b"Traceback" in ended.stderr) == (0, False)


@pytest.mark.parametrize("words", [["forecast", "-"], ["gains", "-", "--claims", "claims.csv"], ["budget", "-"]])
def test_an_interruption_leaves_nothing_behind(tmp_path: Path, folder: Path, words: list[str]) -> None:
    """Standard input is held open, so that the command is at work when it is stopped."""
    (tmp_path / "out.csv").write_text("as it was")
    (tmp_path / "claims.csv").write_bytes((folder / "claims.csv").read_bytes())
    command = [sys.executable, "-m", "plotthedots", *words, "--by", "ward", "--direction", "decrease", "-o", "out.csv"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        running.stdin.write((folder / "falls.csv").read_bytes())
        running.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(timeout=2)
        os.kill(running.pid, signal.SIGINT)
        assert running.wait(timeout=20) == 130
        assert b"Traceback" not in running.stderr.read()
    assert (tmp_path / "out.csv").read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.csv", "out.csv"]


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
