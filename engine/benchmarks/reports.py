"""Reports of many measures as files: seconds and memory of the command, each in a process of its own.

python engine/benchmarks/reports.py          the table on standard output
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pyarrow import csv

from report import Report
from series import table

MEASURES, POINTS = 60, 36
# What is asked for: seconds, and megabytes at the most.
ASKED = {"html": (None, None), "pdf": (8, 300), "pptx": (3, 300), "xlsx": (3, 300)}
WAYS = ["--target", "50", "--direction", "increase"]
ALL = ["--rag", "--budget", "--forecast", "--side-by-side", "own"]

_ONE = """
import json, resource, sys, time
start, used = time.perf_counter(), time.process_time()
from plotthedots.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code
taken = (time.perf_counter() - start, time.process_time() - used)
print(json.dumps([*taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def formats(report: Report, measures: int = MEASURES) -> None:
    """A row a format: the command from a CSV file to the report, the interpreter's own start left out."""
    rows = []
    with TemporaryDirectory() as folder:
        source = Path(folder) / "measures.csv"
        csv.write_csv(table(measures, POINTS, mixed=False), source)
        for kind, (seconds, megabytes) in ASKED.items():
            asked = " and ".join([f"{seconds} s"] * bool(seconds) + [f"{megabytes} MB"] * bool(megabytes)) or "–"
            rows.append((kind, *_made(source, kind, WAYS), asked))
        rows += [(f"{kind}, all there is", *_made(source, kind, [*WAYS, *ALL]), "–") for kind in ASKED]
    heads = ["format", "seconds", "of a core", "KB", "MB at most", "asked for"]
    report.table(f"Reports of {measures} measures, {POINTS} points each", heads, rows)


def _made(source: Path, kind: str, ways: list[str]) -> tuple[str, ...]:
    """Seconds, seconds of a core, kilobytes written, megabytes at most."""
    out = source.with_suffix(f".{kind}")
    command = [sys.executable, "-c", _ONE, "report", str(source), *ways, "-o", str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    taken, used, most = json.loads(done.stdout.splitlines()[-1])
    return f"{taken:.2f}", f"{used:.2f}", f"{out.stat().st_size / 1024:,.0f}", f"{most:,.0f}"


if __name__ == "__main__":
    formats(Report("Reports"))
