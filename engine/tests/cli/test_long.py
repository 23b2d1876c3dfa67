"""What takes minutes: very many rows and series, and a process killed while it writes."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import csv

pytestmark = pytest.mark.long

ROWS = 10_000_000


def big(path: Path, rows: int, each: int) -> None:
    """A CSV of so many rows, `each` a series."""
    series = np.arange(rows) // each
    days = np.datetime64("2000-01-01") + np.arange(rows) % each
    values = np.random.default_rng(1).normal(50, 5, rows).round(2)
    table = pa.table({"series": pa.array(series).cast(pa.string()), "date": pa.array(days), "value": pa.array(values)})
    csv.write_csv(table, path, csv.WriteOptions(quoting_style="none"))


def test_ten_million_rows_take_bounded_memory(tmp_path: Path) -> None:
    """The text of the file is never held whole: about 170 bytes a row are the columns, the lines and the advice."""
    big(tmp_path / "big.csv", ROWS, 1000)
    code = (
        "import resource, sys; from plotthedots.cli import _run;"
        "sys.argv = ['plotthedots', 'spc', 'big.csv', '--summary', 's.csv'];"
        "code = _run(); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True, timeout=600)
    assert int(done.stdout) * 1024 < 2e9
    assert len((tmp_path / "s.csv").read_text().splitlines()) == 10_001


def test_a_hundred_thousand_series_are_summed_up(tmp_path: Path) -> None:
    big(tmp_path / "many.csv", 300_000, 3)
    subprocess.run(
        [sys.executable, "-m", "plotthedots", "spc", "many.csv", "--summary", "s.parquet"],
        cwd=tmp_path,
        check=True,
        timeout=600,
    )
    assert pa.parquet.read_table(tmp_path / "s.parquet").num_rows == 100_000


@pytest.mark.parametrize("name", ["points.csv", "points.parquet"])
def test_a_process_killed_while_it_writes_leaves_the_former_output(tmp_path: Path, name: str) -> None:
    big(tmp_path / "big.csv", 400_000, 40)
    (tmp_path / name).write_text("as it was")
    for wait in np.linspace(0.3, 2.5, 8):
        command = [sys.executable, "-m", "plotthedots", "spc", "big.csv", "--points", name]
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as running:
            try:
                running.wait(timeout=float(wait))
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGKILL)
        content = (tmp_path / name).read_bytes()
        whole = content.count(b"\n") == 400_001 if name.endswith("csv") else content[:4] == content[-4:] == b"PAR1"
        assert content == b"as it was" or whole


def test_memory_is_counted_in_kilobytes_here() -> None:
    """The limit above reads `ru_maxrss` as Linux gives it."""
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 10_000
