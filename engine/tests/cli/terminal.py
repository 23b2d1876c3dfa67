"""The command line as a person meets it: a real process, its output, its exit code."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(*words: str, cwd: Path, given: bytes = b"") -> Ended:
    """Run `plotthedots` with these words in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "plotthedots", *words],
        cwd=cwd,
        input=given,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def write(folder: Path, text: str | bytes, name: str = "data.csv") -> str:
    """A file in the folder; gives its name."""
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def months(values: list[object], *, series: str = "") -> str:
    """A CSV of one series, a row a month."""
    head, lead = ("series,", f"{series},") if series else ("", "")
    rows = [f"{lead}{2020 + i // 12}-{i % 12 + 1:02}-01,{value}" for i, value in enumerate(values)]
    return "\n".join([f"{head}date,value", *rows]) + "\n"
