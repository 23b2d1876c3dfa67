"""What a person waits for: a file in and a summary out, charts as SVG, and the import."""

import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import pyarrow.csv as csv

import plotthedots as ptd
from report import Report, rate
from series import table
from timing import once

POINTS = 36


def command_line(report: Report, points: int) -> None:
    """The command, its start included: CSV in, summary out."""
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "given.csv", Path(folder) / "summary.csv"
        made = table(points // POINTS, POINTS, mixed=False)
        csv.write_csv(made, given)
        command = [sys.executable, "-m", "plotthedots", "spc", str(given), "--by", "series", "--summary", str(out)]
        taken = min(once(partial(subprocess.run, command, check=True, capture_output=True)) for _ in range(2))
        size = f"{given.stat().st_size / 1e6:.0f} MB"
    rows = [(f"{made.num_rows:,}", size, f"{taken:.2f}", rate(made.num_rows, taken))]
    report.table("Command line: CSV to a summary file", ["rows", "size", "seconds", "rows a second"], rows)


def charts(report: Report, count: int) -> None:
    result = ptd.spc(table(count, POINTS, mixed=False), by="series", direction="increase", target=50)
    rows = []
    for name, draw in (("charts", result.to_svg), ("sparklines", result.sparkline)):
        draw(result.series[0])
        taken = sum(once(partial(draw, series)) for series in result.series)
        rows.append((f"{name} of {POINTS} points", f"{count / taken:,.0f}"))
    report.table("SVG", ["", "a second"], rows)


def imports(report: Report) -> None:
    """Medians of whole processes, in turn; the bare interpreter taken away."""
    statements = {
        "numpy": "import numpy",
        "plotthedots": "import plotthedots",
        "plotthedots.spc": "from plotthedots import spc",
        "pandas": "import pandas",
        "polars": "import polars",
    }
    taken: dict[str, list[float]] = {name: [] for name in ("nothing", *statements)}
    for _ in range(7):
        for name in taken:
            command = [sys.executable, "-c", statements.get(name, "pass")]
            taken[name].append(once(partial(subprocess.run, command, check=True)))
    bare = statistics.median(taken["nothing"])
    own = {name: statistics.median(taken[name]) - bare for name in statements}
    rows = [(f"`{statements[name]}`", f"{1000 * own[name]:.0f}", f"{own[name] / own['numpy']:.2f}") for name in own]
    report.table("Import, beyond the interpreter's own start", ["", "milliseconds", "times numpy"], rows)
