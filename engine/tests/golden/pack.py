"""Packs the golden tables, CSV files of three reference implementations, into what the tests read.

    python engine/tests/golden/pack.py FOLDER

FOLDER holds `nhsr_plotthedots`, `qicharts2` and `powerbi_spc`, each with its CSV tables. The same
tables give the same bytes: no time and no name goes into a packed file.
"""

import gzip
import sys
from pathlib import Path

REFERENCES = ("nhsr_plotthedots", "qicharts2", "powerbi_spc")
HERE = Path(__file__).parent


def pack(source: Path, to: Path = HERE) -> list[Path]:
    """Compresses every table under `source` into `to`; returns the files written."""
    return [packed(table, to / reference) for reference in REFERENCES for table in tables(source / reference)]


def tables(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"))


def packed(table: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    written = folder / f"{table.name}.gz"
    written.write_bytes(gzip.compress(table.read_bytes(), compresslevel=9, mtime=0))
    return written


if __name__ == "__main__":
    for written in pack(Path(sys.argv[1])):
        print(f"{written.relative_to(HERE)}: {written.stat().st_size:,} bytes")
