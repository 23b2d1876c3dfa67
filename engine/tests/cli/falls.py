"""Falls of 26 wards, six of which claim a gain, as files of every kind."""

import datetime as dt
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from .terminal import Ended, run

KINDS = ("csv", "parquet", "xlsx")
WARDS = 26
CLAIMED = 6  # wards on which a gain was claimed


def measures() -> pa.Table:
    """Falls of wards: those with a claim fall by half in 2023, on the second of them they come back a year later."""
    rng = np.random.default_rng(3)
    rows = [
        (
            f"Ward {ward:02}",
            dt.date(2021 + month // 12, month % 12 + 1, 1),
            round(
                float(rng.normal(10 - 5 * (ward < CLAIMED and month >= 24 and not (ward == 1 and month >= 36)), 1)), 2
            ),
        )
        for ward in range(WARDS)
        for month in range(48)
    ]
    return pa.table(dict(zip(("ward", "date", "value"), map(list, zip(*rows, strict=True)), strict=True)))


def claims() -> pa.Table:
    wards = [f"Ward {ward:02}" for ward in range(CLAIMED)]
    return pa.table(
        {
            "ward": wards,
            "claimed": [dt.date(2023, 1, 1)] * CLAIMED,
            "gain": [f"Falls {ward[5:]}" for ward in wards],
            "plan": ["yes", "no"] * (CLAIMED // 2),
            "withdrawn_on": [None] * (CLAIMED - 1) + [dt.date(2024, 6, 1)],
        }
    )


def save(table: pa.Table, path: Path) -> None:
    if path.suffix == ".csv":
        arrow_csv.write_csv(table, path)
    elif path.suffix == ".parquet":
        pq.write_table(table, path)
    else:
        book = openpyxl.Workbook()
        book.active.append(table.column_names)
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
            book.active.append(row)
        book.save(path)


def told(*words: str, cwd: Path) -> Ended:
    """A command on the wards that went well."""
    ended = run(*words, "--by", "ward", "--direction", "decrease", cwd=cwd)
    assert ended.code == 0, ended.err
    return ended


GAINS = ("gains", "falls.csv", "--claims", "claims.csv")
