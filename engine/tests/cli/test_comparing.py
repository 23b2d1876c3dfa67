"""funnel and pareto: from files to tables, sheets and drawings; wrong files in one sentence."""

import csv
import io
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from plotthedots.cli.commands import cli
from plotthedots.funnel import funnel
from plotthedots.pareto import pareto

from .terminal import run, write

AREAS = (
    "area,value,denominator\n" + "".join(f"Ward {place},{place + 20},400\n" for place in range(12)) + "Out,120,400\n"
)
CAUSES = "cause,count\nBed,50\nTransport,30\nNotes,20\n"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_funnel_without_an_output_is_a_table_on_standard_output(tmp_path: Path) -> None:
    ended = run("funnel", write(tmp_path, AREAS), "--direction", "decrease", cwd=tmp_path)
    assert ended.code == 0
    assert {row["area"]: row["out"] for row in rows(ended.out)}["Out"] == "1"
    assert "1 of 13 areas is above the 99.8% limits (a concern)" in ended.err


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_points_are_written_to_every_kind_of_table(tmp_path: Path, kind: str) -> None:
    ended = run("funnel", write(tmp_path, AREAS), "-o", f"out.{kind}", cwd=tmp_path)
    assert (ended.code, ended.out) == (0, "")
    path = tmp_path / f"out.{kind}"
    if kind == "csv":
        assert len(rows(path.read_text())) == 13
    elif kind == "parquet":
        assert pq.read_table(path).column("out").to_pylist().count(1) == 1
    else:
        assert openpyxl.load_workbook(path).sheetnames == ["points", "summary"]


def test_a_funnel_is_drawn(tmp_path: Path) -> None:
    ended = run("funnel", write(tmp_path, AREAS), "-o", "f.svg", "--width", "400", "--title", "Falls", cwd=tmp_path)
    assert ended.code == 0
    drawn = (tmp_path / "f.svg").read_text()
    assert 'width="400"' in drawn
    assert ">Falls</text>" in drawn


def test_options_of_the_funnel_reach_it(tmp_path: Path) -> None:
    file = write(tmp_path, "ward,site,falls,days\nA,x,3,1000\nA,x,4,1000\nB,y,9,1500\nC,y,1,10\n")
    words = "--by ward site --value falls --denominator days --chart u --multiply 1000 --aggregate sum --minimum 100"
    ended = run("funnel", file, *words.split(), "--centre", "3", "--out", "0.95", "--summary", "-", cwd=tmp_path)
    made = rows(ended.out)[0]
    assert (ended.code, made["areas"], made["judged"], made["centre"]) == (0, "3", "2", "3")
    assert "95% limits" in made["sentence"]


def test_a_pareto_chart_counts_rows_where_there_is_no_count(tmp_path: Path) -> None:
    ended = run("pareto", write(tmp_path, "reason\nB\nA\nA\n"), "--cause", "reason", cwd=tmp_path)
    assert [(row["cause"], row["count"]) for row in rows(ended.out)] == [("A", "2"), ("B", "1")]


def test_a_pareto_chart_is_drawn_and_summed_up(tmp_path: Path) -> None:
    ended = run("pareto", write(tmp_path, CAUSES), "-o", "p.svg", "--summary", "s.csv", "--most", "2", cwd=tmp_path)
    assert ended.code == 0
    assert "2 other causes" in (tmp_path / "p.svg").read_text()
    assert rows((tmp_path / "s.csv").read_text())[0]["vital"] == "2"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("funnel", "data.csv", "--value", "falls"), 'no column "falls"'),
        (("funnel", "data.csv", "--centre", "2"), "centre: found 2.0, expected a share above 0 and below 1."),
        (("funnel", "data.csv", "-o", "data.csv"), "data.csv is the file that is read"),
        (("funnel", "data.csv", "-o", "folder"), "folder: there is one chart: expected .svg, .png or .pdf."),
        (("pareto", "data.csv"), 'no column "cause"'),
        (("pareto", "bad.csv"), 'bad.csv, row 3, column "count": found -3, expected a count of 0 or more.'),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    write(tmp_path, AREAS)
    write(tmp_path, "cause,count\na,1\nb,-3\n", "bad.csv")
    before = sorted(tmp_path.iterdir())
    ended = run(*words, cwd=tmp_path)
    assert ended.code == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(("command", "function"), [("funnel", funnel), ("pareto", pareto)])
def test_every_keyword_has_its_flag(command: str, function: object) -> None:
    flags = {option.name for option in cli.commands[command].params}
    keywords = set(function.__kwdefaults__) - {"chart"}  # type: ignore[attr-defined]
    assert keywords <= flags


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("command", ["funnel", "pareto"])
def test_comparisons_are_written_as_every_kind_of_picture(
    tmp_path: Path, command: str, kind: str, begins: bytes
) -> None:
    file = write(tmp_path, AREAS if command == "funnel" else CAUSES)
    ended = run(command, file, "-o", f"out.{kind}", cwd=tmp_path)
    assert (ended.code, ended.out) == (0, "")
    assert (tmp_path / f"out.{kind}").read_bytes().startswith(begins)
