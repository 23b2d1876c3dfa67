"""report --watch: made again after each change, whatever went wrong before, until it is interrupted."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from .terminal import months, run, write

PATIENCE = 60  # seconds


@contextmanager
def watching(folder: Path, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "plotthedots", "report", *words, "--watch"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def becomes(true: Callable[[], bool]) -> bool:
    until = monotonic() + PATIENCE
    while not true() and monotonic() < until:
        sleep(0.05)
    return true()


def says(file: Path, words: str) -> Callable[[], bool]:
    return lambda: file.is_file() and words in file.read_text()


def changed(folder: Path, text: str, name: str = "data.csv") -> None:
    """Written anew, and later by the clock: two writes may fall on one tick of it."""
    write(folder, text, name)
    later = (folder / name).stat().st_mtime + 2
    os.utime(folder / name, (later, later))


def test_a_report_follows_its_pack_and_its_file_past_mistakes_until_it_is_interrupted(tmp_path: Path) -> None:
    write(tmp_path, months([1, 2, 3] * 6))
    write(tmp_path, 'title = "First"\n[data]\nfile = "data.csv"\n', "pack.toml")
    out = tmp_path / "out.html"
    with watching(tmp_path, "--pack", "pack.toml", "-o", "out.html") as process:
        assert becomes(says(out, "First"))
        changed(tmp_path, 'title = "Second"\n[data]\nfile = "data.csv"\n', "pack.toml")
        assert becomes(says(out, "Second"))
        changed(tmp_path, "date,value\n2020-01-01,many\n")
        sleep(1)
        changed(tmp_path, months([1, 2, 3] * 6 + [77]))
        assert becomes(says(out, "77"))
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=PATIENCE)[1].decode()
    assert process.returncode == 0
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-"], "--watch looks at files, and standard input is none: name a file."),
        ([], "there is no FILE to watch: name it, or a --pack whose [data] says file."),
    ],
)
def test_what_cannot_be_watched_is_said_at_once(tmp_path: Path, words: list[str], said: str) -> None:
    ended = run("report", *words, "--watch", "-o", "out.html", cwd=tmp_path)
    assert (ended.code, ended.err) == (2, f"plotthedots: {said}\n")
