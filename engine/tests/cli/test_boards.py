"""board: all series in one picture, of every kind."""

from pathlib import Path

import pytest

from .terminal import run, write

WAITS = "series,date,value\n" + "".join(
    f"{ward},2024-{month:02}-01,{month % 5 + 10 * place}\n" for place, ward in enumerate("AB") for month in range(1, 13)
)
WAYS = ("--target", "9", "--direction", "decrease")


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_board_is_written_as_every_kind_of_picture(tmp_path: Path, kind: str, begins: bytes) -> None:
    ended = run("board", write(tmp_path, WAITS), *WAYS, "-o", f"board.{kind}", cwd=tmp_path)
    assert (ended.code, ended.out) == (0, "")
    assert (tmp_path / f"board.{kind}").read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("kind", "title"),
    [("overview", "Measures, a row each"), ("multiples", "Charts side by side"), ("grid", "Measures by assurance")],
)
def test_each_kind_of_board_is_drawn_on_standard_output(tmp_path: Path, kind: str, title: str) -> None:
    ended = run("board", write(tmp_path, WAITS), *WAYS, "--as", kind, "-o", "-", cwd=tmp_path)
    assert ended.code == 0
    assert title in ended.out


def test_chosen_series_stand_in_their_order(tmp_path: Path) -> None:
    ended = run("board", write(tmp_path, WAITS), *WAYS, "--series", "B", "--series", "A", "-o", "-", cwd=tmp_path)
    assert ended.out.index(">B</text>") < ended.out.index(">A</text>")


@pytest.mark.parametrize("name", ["board.csv", "folder"])
def test_a_board_is_a_picture(tmp_path: Path, name: str) -> None:
    ended = run("board", write(tmp_path, WAITS), "-o", name, cwd=tmp_path)
    assert ended.code == 2
    assert f"{name}: a board is a picture: expected .svg, .png or .pdf." in " ".join(ended.err.split())
