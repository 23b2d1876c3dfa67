"""Reports of many measures as files: seconds and memory, each format in a process of its own.

python engine/benchmarks/reports.py          the table on standard output
"""

import json
import subprocess
import sys
from pathlib import Path

from report import Report

MEASURES, POINTS = 60, 36
# What is asked for: seconds, and megabytes at the most.
ASKED = {"html": (None, None), "pdf": (8, 300), "pptx": (3, None), "xlsx": (3, None)}

_ONE = """
import json, resource, sys, time
import plotthedots as ptd
from plotthedots import report
from series import table
kind, measures, points = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
result = ptd.spc(table(measures, points, mixed=False), by="series", target=50, direction="increase")
start, used = time.perf_counter(), time.process_time()
made = getattr(report, kind)(result, title="Board")
made = made if isinstance(made, bytes) else "".join(made).encode()
taken = (time.perf_counter() - start, time.process_time() - used)
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([*taken, len(made) / 1024, most]))
"""


def formats(report: Report, measures: int = MEASURES) -> None:
    """A row a format; the time is from the result to the bytes, the import of what makes them included."""
    rows = []
    for kind, (seconds, megabytes) in ASKED.items():
        command = [sys.executable, "-c", _ONE, kind, str(measures), str(POINTS)]
        done = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parent)
        taken, used, size, most = json.loads(done.stdout)
        asked = " and ".join([f"{seconds} s" if seconds else "", f"{megabytes} MB" if megabytes else ""]).strip(" and")
        rows.append((kind, f"{taken:.2f}", f"{used:.2f}", f"{size:,.0f}", f"{most:,.0f}", asked or "–"))
    heads = ["format", "seconds", "of a core", "KB", "MB at most", "asked for"]
    report.table(f"Reports of {measures} measures, {POINTS} points each", heads, rows)


if __name__ == "__main__":
    formats(Report("Reports"))
