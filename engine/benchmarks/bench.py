"""Measures the engine beside the floor and the peers, prints tables and writes build/bench.md.

    make bench            a few minutes
    FULL=1 make bench     the largest shapes whole

The peers live in an environment of their own, because what they ask for need not suit the engine:

    python -m venv .venv-bench && .venv-bench/bin/pip install --require-hashes -r requirements/bench.txt

Forecasts are measured beside StatsForecast where .venv-oracle is (see forecast_accuracy.py).
R peers are measured where Rscript and the packages are there. What is not there is said, never left out in silence.

Figures compare within a run: a shared machine gives a third of spread from run to run.
"""

import os
import platform
from pathlib import Path

import numpy as np

import arrays
import frames
import outputs
import peers
import reports
from plotthedots.batch import cores
from report import Report

OUT = Path(__file__).parent.parent.parent / "build" / "bench.md"


def main() -> None:
    whole = os.environ.get("FULL") == "1"
    report = Report("Speed")
    report.note(
        f"{cores()} cores; Python {platform.python_version()}, NumPy {np.__version__}. Best of several rounds, in turn."
    )
    per_point = arrays.beside_the_floor(report, 30_000)
    arrays.shapes(report, per_point, whole=whole)
    arrays.streamed(report, per_point, points=100_000_000 if whole else 10_000_000)
    frames.sizes(report, per_point, 10_000_000 if whole else 1_000_000)
    frames.memory(report, 10_000_000 if whole else 2_000_000)
    outputs.command_line(report, 1_000_000)
    outputs.charts(report, 500)
    outputs.imports(report)
    reports.formats(report)
    peers.beside_the_engine(report, 1000, 100)
    peers.forecasts(report)
    report.write(OUT)
    print(f"bench: written to build/{OUT.name}")


if __name__ == "__main__":
    main()
