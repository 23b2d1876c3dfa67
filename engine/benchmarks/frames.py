"""From dataframe to dataframe: `spc(…).points` read, grouping, sorting, names and all; the summary on its own line."""

import gc
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa

import plotthedots as ptd
from report import Report, rate
from series import table
from timing import once

POINTS = 36
KINDS: dict[str, Callable[[pa.Table], Any]] = {
    "pyarrow": lambda made: made,
    "polars": lambda made: pl.from_arrow(made),
    "pandas": lambda made: made.to_pandas(types_mapper=pd.ArrowDtype),
    "pandas, its own types": lambda made: made.to_pandas().astype({"date": "datetime64[us]"}),
}


def points(frame: Any) -> Any:
    return ptd.spc(frame, by="series", direction="increase", target=50).points


def summary(frame: Any) -> Any:
    return ptd.spc(frame, by="series", direction="increase", target=50).summary


def best_of(job: Callable[[Any], Any], frame: Any, rows: int) -> float:
    """Seconds: the best of five; of four where it is not quick (the first waits for the system to give memory)."""
    return min(once(lambda: job(frame)) for _ in range(5 if rows <= 1_000_000 else 4))


def sizes(report: Report, per_point: float, largest: int) -> None:
    rows = []
    size = 10_000
    while size <= largest:
        for mixed in (False, True):
            rows += size_rows(size, per_point, mixed=mixed)
        size *= 10
    report.table(
        f"Frames: {POINTS} points a series, all cores",
        ["points", "frame", "rows", "`.points`, points a second", "times the floor", "`.summary` too, points a second"],
        rows,
    )


def size_rows(size: int, per_point: float, *, mixed: bool) -> list[tuple[str, ...]]:
    made = table(size // POINTS, POINTS, mixed=mixed)
    rows: list[tuple[str, ...]] = []
    for kind, convert in KINDS.items():
        frame = convert(made)
        taken, told = best_of(points, frame, size), best_of(summary, frame, size)
        n = made.num_rows
        rows.append(
            (
                f"{n:,}",
                kind,
                "mixed" if mixed else "in order",
                rate(n, taken),
                f"{per_point * n / taken:.2f}",
                rate(n, told),
            )
        )
    return rows


def memory(report: Report, points_in_all: int) -> None:
    """Peak beyond input and output, measured in a process of its own."""
    command = [sys.executable, __file__, str(points_in_all)]
    beyond, given, result = map(int, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
    report.table(
        f"Memory: {points_in_all:,} points, pyarrow, `.points` read",
        ["input", "output", "peak beyond both", "as a share of the input"],
        [(megabytes(given), megabytes(result), megabytes(beyond), f"{beyond / given:.2f}")],
    )


def megabytes(count: int) -> str:
    return f"{count / 1e6:.0f} MB"


def measure_memory(points_in_all: int) -> tuple[int, int, int]:
    """Bytes: peak beyond what stays with the result in hand, the input, and what the result takes up in memory.

    The result is measured as resident, since a column of nulls alone may hold pages that were never touched.
    """
    points(table(10, POINTS, mixed=False))  # loads what is loaded once
    made = table(points_in_all // POINTS, POINTS, mixed=False)
    pa.default_memory_pool().release_unused()
    before = current()
    reset_peak()
    result = points(made)
    highest = peak()
    gc.collect()
    pa.default_memory_pool().release_unused()
    after = current()
    assert result.num_rows == made.num_rows
    return highest - after, made.nbytes, after - before


def current() -> int:
    return status("VmRSS")


def peak() -> int:
    return status("VmHWM")


def reset_peak() -> None:
    """Linux forgets the peak so far; elsewhere it stays."""
    switch = Path("/proc/self/clear_refs")
    if switch.exists():
        switch.write_text("5", encoding="ascii")


def status(name: str) -> int:
    """Bytes, as Linux tells them; elsewhere the highest so far."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    print(*measure_memory(int(sys.argv[1])))
