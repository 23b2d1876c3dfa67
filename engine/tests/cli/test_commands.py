"""The commands on good files."""

import csv
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from .terminal import months, run, write

VALUES = [10, 12, 11, 13, 12, 10, 11, 30, 31, 29, 30, 32]


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_summary_goes_to_standard_output(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES))
    ended = run("spc", "data.csv", "--direction", "increase", "--target", "5", cwd=tmp_path)
    assert ended.code == 0
    [row] = table(ended.out)
    assert (row["n"], row["assurance"], row["latest_date"]) == ("12", "pass", "2020-12-01")
    assert row["sentence"].endswith(".")


def test_standard_input_is_a_file_too(tmp_path: Path) -> None:
    ended = run("spc", "-", cwd=tmp_path, given=months(VALUES).encode())
    assert table(ended.out)[0]["points"] == "12"


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.xlsx"])
def test_tables_are_written_by_their_ending(tmp_path: Path, name: str) -> None:
    write(tmp_path, months(VALUES, series="A"))
    assert run("spc", "data.csv", "--points", name, cwd=tmp_path).code == 0
    if name.endswith("xlsx"):
        rows = list(openpyxl.load_workbook(tmp_path / name)["points"].values)
        assert rows[0][:3] == ("series", "date", "value")
        assert (len(rows), rows[1][1].year, rows[1][2]) == (13, 2020, 10)
    elif name.endswith("parquet"):
        assert pq.read_table(tmp_path / name).column("value").to_pylist() == VALUES
    else:
        assert [float(row["value"]) for row in table((tmp_path / name).read_text())] == VALUES


def test_the_same_answer_comes_through_every_door(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES, series="A"))
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(months(VALUES, series="A"))):
        book.active.append([row[0], row[1], float(row[2]) if row[2].isdigit() else row[2]])
    book.save(tmp_path / "data.xlsx")
    write(tmp_path, months(VALUES, series="A").replace(",", ";"), "semi.csv")
    write(tmp_path, months(VALUES, series="A").encode("utf-16"), "wide.csv")
    write(tmp_path, b"\xef\xbb\xbf" + months(VALUES, series="A").replace("\n", "\r\n").encode(), "bom.csv")
    answers = {
        name: run("spc", name, cwd=tmp_path).out
        for name in ("data.csv", "data.xlsx", "semi.csv", "wide.csv", "bom.csv")
    }
    assert len(set(answers.values())) == 1
    assert answers["data.csv"]


def test_what_was_converted_is_said_on_standard_error(tmp_path: Path) -> None:
    write(tmp_path, "date,value\nApr-24,95%\nMay-24,90%\nJun-24,80.5%\n")
    ended = run("spc", "data.csv", cwd=tmp_path)
    assert "percentages were read as fractions of 1" in ended.err
    assert table(ended.out)[0]["latest_value"] == "0.805"
    assert table(ended.out)[0]["latest_date"] == "2024-06-01"


def test_phases_come_from_dates_a_file_or_a_column(tmp_path: Path) -> None:
    text = months(VALUES, series="A") + months(VALUES, series="B").split("\n", 1)[1]
    write(tmp_path, text)
    write(tmp_path, "series,date\nB,2020-08-01\n", "phases.csv")
    assert [row["phases"] for row in table(run("spc", "data.csv", "--rebase", "phases.csv", cwd=tmp_path).out)] == [
        "1",
        "2",
    ]
    ended = run("spc", "data.csv", "--rebase", "2020-05-01", "--rebase", "2020-08-01", cwd=tmp_path)
    assert [row["phases"] for row in table(ended.out)] == ["3", "3"]
    write(tmp_path, "date,value,new\n2020-01-01,1,no\n2020-02-01,2,yes\n", "marked.csv")
    assert table(run("spc", "marked.csv", "--rebase", "new", cwd=tmp_path).out)[0]["phases"] == "2"


def test_a_baseline_is_a_number_of_points_or_two_dates(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES))
    for words in ("3", "2020-01-01..2020-03-01"):
        assert table(run("spc", "data.csv", "--baseline", words, cwd=tmp_path).out)[0]["centre"] == "11"


def test_rules_may_be_given_one_by_one(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES))
    assert (
        run("spc", "data.csv", "--rules", "outside,shift:6,two_of_three:2:3:2", "--points", "p.csv", cwd=tmp_path).code
        == 0
    )
    assert "two_of_three" in (tmp_path / "p.csv").read_text().split("\n")[0]


def test_a_target_may_be_a_number_or_a_column(tmp_path: Path) -> None:
    write(tmp_path, "date,value,aim\n2024-01-01,1,5\n2024-02-01,2,6\n")
    assert table(run("spc", "data.csv", "--target", "aim", cwd=tmp_path).out)[0]["target"] == "6"
    assert table(run("spc", "data.csv", "--target", "1e1", cwd=tmp_path).out)[0]["target"] == "10"


def test_one_series_is_drawn_to_a_file_and_many_to_a_folder(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES, series="Ward 7/8") + months(VALUES, series="B").split("\n", 1)[1])
    ended = run("chart", "data.csv", "-o", "one.svg", cwd=tmp_path)
    assert (ended.code, "there are 2 series" in ended.err) == (2, True)
    assert run("chart", "data.csv", "--series", "B", "-o", "one.svg", cwd=tmp_path).code == 0
    assert (tmp_path / "one.svg").read_text().startswith("<svg")
    for _ in range(2):  # the second time replaces the first
        assert run("chart", "data.csv", "-o", "charts", cwd=tmp_path).code == 0
    assert sorted(path.name for path in (tmp_path / "charts").iterdir()) == [
        "0001-b.svg",
        "0002-ward-7-8.svg",
        "index.csv",
    ]
    assert table((tmp_path / "charts" / "index.csv").read_text())[1]["series"] == "Ward 7/8"


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES, series="A"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    ended = run("chart", "data.csv", "-o", "mine", cwd=tmp_path)
    assert (ended.code, "holds other files" in ended.err) == (2, True)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_the_report_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES, series="A"))
    assert run("report", "data.csv", "-o", "report.html", "--title", "Falls & more", cwd=tmp_path).code == 0
    text = (tmp_path / "report.html").read_text()
    assert "Falls &amp; more" in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "<script" not in text


def test_rare_events_go_through_a_pipe(tmp_path: Path) -> None:
    write(tmp_path, "series,date\nA,2024-01-01\nA,2024-01-11\nA,2024-03-01\n")
    gaps = run("between", "data.csv", "--until", "2024-06-01", cwd=tmp_path)
    assert [row["value"] for row in table(gaps.out)] == ["10", "50", "92"]
    charted = run("spc", "-", "--chart", "t", cwd=tmp_path, given=gaps.out.encode())
    assert charted.code == 0


def test_example_data_come_with_the_package(tmp_path: Path) -> None:
    assert run("example", "-o", "ae.csv", cwd=tmp_path).code == 0
    assert (tmp_path / "ae.csv").read_text().startswith("period,org_code,type,attendances,breaches,admissions\n")


def test_standard_output_closed_early_is_no_error(tmp_path: Path) -> None:
    script = f"{sys.executable} -m plotthedots example | head -1"
    ended = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=60
    )
    assert ended.stderr == b""
    assert ended.returncode == 0


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path, unbuffered: str) -> None:
    write(tmp_path, months(VALUES))
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "plotthedots", "spc", "data.csv"]
        ended = subprocess.run(
            command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr.decode() == "plotthedots: no space left on device; nothing was written.\n"


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    """Standard input is held open, so that the command is at work when it is stopped."""
    (tmp_path / "out.csv").write_text("as it was")
    command = [sys.executable, "-m", "plotthedots", "spc", "-", "--summary", "out.csv"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        running.stdin.write(months(VALUES).encode())
        running.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(timeout=2)
        os.kill(running.pid, signal.SIGINT)
        assert running.wait(timeout=20) == 130
        assert b"Traceback" not in running.stderr.read()
    assert (tmp_path / "out.csv").read_text() == "as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_an_output_keeps_the_mode_of_the_file_it_replaces_and_follows_links(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES))
    (tmp_path / "real.csv").write_text("")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert run("spc", "data.csv", "--summary", "link.csv", cwd=tmp_path).code == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "real.csv").read_text().startswith('"phase"')


def test_text_that_looks_like_a_formula_stays_text_in_a_workbook(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES, series="=1+1"))
    assert run("spc", "data.csv", "--summary", "out.xlsx", cwd=tmp_path).code == 0
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["summary"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("values", [[5], [5] * 20, [5, "", "", 7]])
def test_odd_series_are_charted_all_the_same(tmp_path: Path, values: list[object]) -> None:
    write(tmp_path, months(values))
    assert run("spc", "data.csv", cwd=tmp_path).code == 0
    assert run("chart", "data.csv", "-o", "one.svg", cwd=tmp_path).code == 0
    assert run("report", "data.csv", "-o", "one.html", cwd=tmp_path).code == 0


def test_help_is_quick_and_has_an_example_for_every_command(tmp_path: Path) -> None:
    code = "import sys; import plotthedots.cli.commands; assert not {'numpy', 'pyarrow', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    for command in ("spc", "chart", "report", "between", "example"):
        assert "Example: plotthedots" in " ".join(run(command, "--help", cwd=tmp_path).out.split())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(tmp_path: Path, shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PLOTTHEDOTS_COMPLETE", f"{shell}_source")
    assert "plotthedots" in run(cwd=tmp_path).out


def test_several_tables_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES))
    assert run("spc", "data.csv", "--points", "points.csv", "--summary", "out.odd", cwd=tmp_path).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]
    assert run("spc", "data.csv", "--points", "all.xlsx", "--summary", "all.xlsx", cwd=tmp_path).code == 0
    assert openpyxl.load_workbook(tmp_path / "all.xlsx").sheetnames == ["points", "summary"]


def test_a_folder_of_charts_with_a_file_of_ones_own_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, months(VALUES))
    assert run("chart", "data.csv", "-o", "charts", cwd=tmp_path).code == 0
    (tmp_path / "charts" / "thesis.txt").write_text("precious")
    ended = run("chart", "data.csv", "-o", "charts", cwd=tmp_path)
    assert (ended.code, "holds other files, such as thesis.txt" in ended.err) == (2, True)
    assert (tmp_path / "charts" / "thesis.txt").read_text() == "precious"


@pytest.mark.parametrize(("closed", "code"), [(">&-", 2), ("2>&-", 0), ("<&-", 2)])
def test_closed_standard_streams_end_without_a_traceback(tmp_path: Path, closed: str, code: int) -> None:
    write(tmp_path, months(VALUES))
    file = "-" if closed == "<&-" else "data.csv"
    script = f"{sys.executable} -m plotthedots spc {file} {closed}"
    ended = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr


def test_what_a_cell_holds_cannot_break_a_sentence_or_steer_a_terminal(tmp_path: Path) -> None:
    write(tmp_path, 'date,value\n2024-01-01,"\x1b[2Ja\nb"\n')
    ended = run("spc", "data.csv", cwd=tmp_path)
    assert (ended.code, ended.err.count("\n"), "\x1b" in ended.err) == (2, 1, False)
    assert r'found "\x1b[2Ja\nb"' in ended.err


@pytest.mark.parametrize(("kind", "mark"), [("parquet", b"PAR1"), ("xlsx", b"PK")])
def test_standard_input_and_output_may_be_parquet_or_a_workbook(tmp_path: Path, kind: str, mark: bytes) -> None:
    write(tmp_path, months(VALUES, series="A"))
    command = [sys.executable, "-m", "plotthedots", "between", "data.csv", "--format", kind]
    piped = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=60).stdout
    assert piped.startswith(mark)
    (tmp_path / f"gaps.{kind}").write_bytes(piped)
    again = run("spc", "-", "--format", kind, "--summary", "s.csv", cwd=tmp_path, given=piped)
    assert (again.code, again.err) == (0, "")
    assert run("spc", f"gaps.{kind}", cwd=tmp_path).out == (tmp_path / "s.csv").read_text()


@pytest.mark.parametrize(("name", "mark"), [("one.png", b"\x89PNG"), ("one.pdf", b"%PDF"), ("one.svg", b"<svg")])
def test_one_chart_is_drawn_by_its_ending(tmp_path: Path, name: str, mark: bytes) -> None:
    write(tmp_path, months(VALUES, series="A"))
    ended = run("chart", "data.csv", "-o", name, cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(mark)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "out.html", "--paper", "slides"], "--paper is of a PDF"),
        (["-o", "out.pdf", "--template", "own.pptx"], "--template is of slides"),
        (["-o", "out.pptx", "--template", "own.pptx"], "there is no such template"),
        (["-o", "out.pdf", "--paper", "a3"], "a3"),
        (["-o", "out.docx"], "written as .html, .pdf, .pptx or .xlsx"),
    ],
)
def test_a_report_that_cannot_be_as_asked_writes_nothing(tmp_path: Path, words: list[str], said: str) -> None:
    write(tmp_path, months(VALUES, series="A"))
    ended = run("report", "data.csv", *words, cwd=tmp_path)
    assert (ended.code, said in ended.err) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]
