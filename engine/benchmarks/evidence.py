"""Evidence behind the methods: re-run a tenth of the committed tables and compare, or, with FULL=1, all of them.

A study is a module `studies/NAME.py` with `cells()`, the settings of each row; `run(cell, random)`, the figures of
that row; and `pages(rows)`, the tables of the docs made from them. Its rows are committed in `evidence/NAME.csv` with
the seed of each. A row depends on its settings and seed alone, so that any tenth can be re-run by itself.

The tables of false alarms and of the coverage of forecasts are made whole, by scripts of their own, and compared.

    python engine/benchmarks/evidence.py [NAME …]        a tenth of the rows, compared with what is committed
    FULL=1 python engine/benchmarks/evidence.py [NAME …]  all rows, written with the tables of the docs
"""

import csv
import importlib
import multiprocessing
import os
import re
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "methods"
TENTH = 10
CLOSE = 1e-6  # other versions of NumPy may sum in another order
ROUNDED = 0.11  # and round a last figure of a table the other way
TABLES = {"false_alarms": ("rules.md", "false alarms"), "coverage": ("forecast.md", "coverage")}  # quick: run whole

Cell = dict[str, Any]
Figures = dict[str, float]


class Study(Protocol):
    """What a module of `studies` holds."""

    NEEDS_DATA: bool  # real series are read: where they are not there, that is said

    def cells(self) -> list[Cell]: ...
    def run(self, cell: Cell, random: np.random.Generator) -> Figures: ...
    def pages(self, rows: list[dict[str, str]]) -> dict[tuple[str, str], str]: ...


def study(name: str) -> Study:
    return importlib.import_module(f"studies.{name}")  # type: ignore[return-value]


def seed(name: str, cell: Cell) -> int:
    """The seed of a row: its study and settings as text, whatever the order in which rows are made."""
    return zlib.crc32(repr((name, sorted(cell.items()))).encode())


def measure(task: tuple[str, Cell]) -> dict[str, str]:
    name, cell = task
    sown = seed(name, cell)
    began = time.perf_counter()
    with np.errstate(all="ignore"):
        figures = study(name).run(cell, np.random.default_rng(sown))
    seconds = time.perf_counter() - began
    if seconds > 60:
        print(f"  {name} {cell}: {seconds:.0f} s", flush=True)
    return {key: str(value) for key, value in cell.items()} | {"seed": str(sown)} | {
        key: f"{value:.10g}" for key, value in figures.items()
    }  # fmt: skip


def all_names() -> list[str]:
    return sorted(path.stem for path in (HERE / "studies").glob("*.py") if not path.stem.startswith("_"))


def main(names: list[str], full: bool) -> int:
    sys.path.insert(0, str(HERE))
    wrong = 0
    with multiprocessing.get_context("spawn").Pool(2, _find) as pool:
        for name in names or [*TABLES, *all_names()]:
            began = time.perf_counter()
            if name in TABLES:
                wrong += _tables(name, full)
            else:
                wrong += (_write if full else _compare)(name, pool.imap)
            print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
    return int(wrong > 0)


def _find() -> None:
    sys.path.insert(0, str(HERE))


def _tables(name: str, full: bool) -> int:
    """Tables that a script of its own writes: written, or compared number by number."""
    script = importlib.import_module(name)
    if full:
        script.main()
        return 0
    page, region = TABLES[name]
    known = _region(region).search((DOCS / page).read_text(encoding="utf-8"))
    assert known is not None
    made, committed = (re.findall(r"-?[\d,]*\.?\d+", text) for text in (script.text(), known[2]))
    # Without the real series the page holds more than was made.
    pairs = list(zip(made, committed, strict=False))
    wrong = [pair for pair in pairs if abs(float(pair[0].replace(",", "")) - float(pair[1].replace(",", ""))) > ROUNDED]
    part = "" if len(made) == len(committed) else f" (of {len(committed):,}: the real series are not here)"
    print(f"{name}: {len(pairs):,} figures made again{part}, {len(wrong) or 'none'} of them differ {wrong[:5] or ''}")
    return len(wrong)


def _lacks_data(name: str) -> bool:
    from forecast_series import there

    if study(name).NEEDS_DATA and not there():
        print(f"{name}: not re-run, because the real series are not here (shared/data beside the repository)")
        return True
    return False


def _write(name: str, over: Callable[..., Any]) -> int:
    if _lacks_data(name):
        return 0
    cells = study(name).cells()
    rows = []
    for made in over(measure, [(name, cell) for cell in cells]):
        rows.append(made)
        print(f"\r{name}: {len(rows)} of {len(cells)}", end="", file=sys.stderr)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with (HERE / "evidence" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for (page, region), text in study(name).pages(rows).items():
        write(DOCS / page, region, text)
    return 0


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / "evidence" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _compare(name: str, over: Callable[..., Any]) -> int:
    """How many figures of a tenth of the rows differ from those committed."""
    if _lacks_data(name):
        return 0
    committed = {row["seed"]: row for row in rows_of(name)}
    cells = study(name).cells()
    # In the order of their seeds, which have nothing to do with the settings.
    chosen = sorted(cells, key=lambda cell: seed(name, cell))[: -(-len(cells) // TENTH)]
    wrong = 0
    for made in over(measure, [(name, cell) for cell in chosen]):
        known = committed.get(made["seed"])
        if known is None:
            print(f"{name}: no committed row for {made}; run FULL=1 make evidence")
            wrong += 1
            continue
        for key, value in made.items():
            if not _same(value, known[key]):
                print(f"{name}: {key} is {value}, committed is {known[key]} ({made})")
                wrong += 1
    print(f"{name}: {len(chosen)} of {len(committed)} rows re-run, {wrong or 'none'} of their figures differ")
    return wrong


def _same(made: str, known: str) -> bool:
    if made == known:
        return True
    try:
        return abs(float(made) - float(known)) <= CLOSE * max(1.0, abs(float(known)))
    except ValueError:
        return False


def _region(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name}: .*? -->\n)(.*?)(<!-- end of {name} -->)", re.DOTALL)


def write(page: Path, region: str, made: str) -> None:
    """Put a table between its markers on a page of the docs: `<!-- NAME: … -->` and `<!-- end of NAME -->`."""
    text = page.read_text(encoding="utf-8")
    marked = _region(region)
    if not marked.search(text):
        raise SystemExit(f"{page.name} has no region {region}")
    page.write_text(marked.sub(lambda found: f"{found[1]}\n{made}\n\n{found[3]}", text), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], os.environ.get("FULL") == "1"))
