"""The peers, in the same run and on the same series as the engine: frame in, points out."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pyarrow.csv as csv

from frames import points as engine
from report import Report, rate
from series import table
from timing import once

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PYTHON_PEERS = ("abspc", "pycontrolcharts")
R_PEERS = (
    ("NHSRplotthedots", "together"),
    ("NHSRplotthedots", "each"),
    ("qicharts2", "together"),
    ("qicharts2", "each"),
)
POINTS = 36


def interpreter() -> str:
    """The peers' own environment where there is one: what they ask for need not suit the engine."""
    own = ROOT / ".venv-bench" / "bin" / "python"
    return str(own) if own.exists() else sys.executable


def beside_the_engine(report: Report, series: int, few: int) -> None:
    made = table(series, POINTS, mixed=False)
    taken = min(once(lambda: engine(made)) for _ in range(5))
    rows = [("plotthedots, one call", rate(made.num_rows, taken), "1")]
    with tempfile.TemporaryDirectory() as folder:
        many, some = Path(folder) / "many.csv", Path(folder) / "some.csv"
        csv.write_csv(made, many)
        csv.write_csv(table(few, POINTS, mixed=False), some)
        python = {name: said([interpreter(), str(HERE / "peer.py"), name, str(many), "3"]) for name in PYTHON_PEERS}
        found = {f"{name}, a call a series": one for name, one in python.items()}
        found |= {called(name, how): r_peer(name, how, some) for name, how in R_PEERS}
    rows += [row(name, one, made.num_rows / taken) for name, one in found.items()]
    report.table(
        f"Peers: {series:,} series of {POINTS} points (R: {few})", ["", "points a second", "the engine is"], rows
    )


def forecasts(report: Report) -> None:
    """Accuracy and speed beside StatsForecast's AutoTheta and AutoETS, where the oracle's environment is."""
    own = ROOT / ".venv-oracle" / "bin" / "python"
    if not own.exists():
        report.note("Forecasts beside StatsForecast: not measured: there is no .venv-oracle (forecast_accuracy.py).")
        return
    code = (
        "import forecast_accuracy as a; print(a.text() if a.there() else 'not measured: the real series are not here')"
    )
    done = subprocess.run([str(own), "-W", "ignore", "-c", code], cwd=HERE, capture_output=True, text=True, check=False)
    report.note("## Forecasts beside StatsForecast: mean absolute scaled error, and speed\n")
    report.note(done.stdout.strip() or f"it failed: {done.stderr.strip()[-200:]}")


def called(name: str, how: str) -> str:
    return f"{name}, {'one call' if how == 'together' else 'a call a series'}"


def r_peer(name: str, how: str, file: Path) -> dict[str, Any]:
    if shutil.which("Rscript") is None:
        return {"skipped": "there is no Rscript"}
    return said(["Rscript", str(HERE / "peer.R"), name, str(file), "1", how])


def said(command: list[str]) -> dict[str, Any]:
    """The one line of JSON that a peer's script prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        return {"skipped": f"it failed: {last[:100]}"}
    line: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return line


def row(name: str, found: dict[str, Any], ours: float) -> tuple[str, str, str]:
    if "skipped" in found:
        return name, f"not measured: {found['skipped']}", ""
    each = found["points"] / found["seconds"]
    return f"{name} ({found['version']})", rate(found["points"], found["seconds"]), f"{ours / each:,.0f} times as fast"
