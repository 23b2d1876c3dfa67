"""forecast, gains and budget: wrong files and wrong words in one sentence, nothing written, nothing left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from .falls import GAINS, claims, save
from .terminal import run, write

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
