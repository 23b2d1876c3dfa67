"""Real and simulated series for measuring forecasts, and the page that the tables are written into.

Real series are read from ../shared/data beside the repository (or HOLDGOOD_DATA); what is not there is said. The M3
series are those the method was developed on. All others were kept back: no constant was set by them.
"""

import csv
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from plotthedots.dates import parse

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("HOLDGOOD_DATA", ROOT.parent / "shared" / "data"))
PAGE = ROOT / "docs" / "methods" / "forecast.md"
SEED = 20_260_401

Floats = npt.NDArray[np.float64]
Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """Values by period, nan where missing; periods are `step` units of `first` apart."""

    name: str
    first: np.datetime64
    values: Floats
    step: int = 1


@dataclass(frozen=True, slots=True)
class Set:
    """Series of one measure."""

    name: str
    series: list[Series]
    season: int
    horizon: int
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Source:
    """Where a measure is found: a file, the columns that name a series, its date, its value, what that is out of."""

    path: str
    by: tuple[str, ...]
    date: str
    value: str
    out_of: str | None = None
    bounds: Bounds = (0, None)
    unit: str = "M"
    zero_is_missing: bool = False


AE = "nhse-ae-trust-panel-2019-2026/england_ae_2019_to_2026.csv"
EARLIER = "nhsrdatasets/ae_attendances.csv"
BEDS = "healthyr-nhs-trust-series/england_critical_general_acute_beds.csv"
RTT = "healthyr-nhs-trust-series/england_rtt_trust_subset.csv"
NATION = "healthyr-nhs-trust-series/england_rtt_overview.csv"
MINDS = "healthyr-nhs-trust-series/england_mental_health_performance.csv"
RESIDE = "healthyr-nhs-trust-series/england_trust_criteria_to_reside_subset.csv"
QUARTERS = "nhse-quarterly-trust-panel/master-quarterly-trust.csv"
TRUST = ("nhs_trust22_code",)

HELD_OUT = {
    "A&E attendances, 2019–26": Source(AE, ("trust_code",), "period", "attendances_type1"),
    "A&E over four hours, 2019–26": Source(
        AE, ("trust_code",), "period", "breaches_4hr_type1", "attendances_type1", (0, 1)
    ),
    "A&E over twelve hours, 2019–26": Source(AE, ("trust_code",), "period", "waits_12hr"),
    "emergency admissions, 2019–26": Source(AE, ("trust_code",), "period", "total_admissions"),
    "A&E attendances, 2016–19": Source(EARLIER, ("org_code", "type"), "period", "attendances"),
    "A&E over four hours, 2016–19": Source(EARLIER, ("org_code", "type"), "period", "breaches", "attendances", (0, 1)),
    "beds occupied, 2022–25": Source(BEDS, TRUST, "date", "general_acute_beds_occupied"),
    "bed occupancy, 2022–25": Source(BEDS, TRUST, "date", "general_acute_beds_occupancy_rate", None, (0, 1)),
    "RTT over 18 weeks, by specialty": Source(RTT, (*TRUST, "treatment"), "date", "waits_over_18_weeks"),
    "RTT over 52 weeks, by specialty": Source(RTT, (*TRUST, "treatment"), "date", "waits_over_52_weeks"),
    "RTT, England, 2007–24": Source(NATION, ("type_of_wait",), "month", "count"),
    "in contact with mental health services": Source(MINDS, ("measure",), "date", "count"),
}
OTHER_PERIODS = {
    "no criteria to reside, daily": Source(
        RESIDE, TRUST, "date", "do_not_meet_criteria_to_reside", None, (0, None), "D", True
    ),
    "no criteria to reside, weekly": Source(
        RESIDE, TRUST, "date", "do_not_meet_criteria_to_reside", None, (0, None), "W", True
    ),
    "bed occupancy, quarterly": Source(QUARTERS, ("org_code",), "period", "kh03_occ_all_rate", None, (0, 1), "Q"),
    "A&E attendances, quarterly": Source(
        QUARTERS, ("org_code",), "period", "ae_type1_attendances", None, (0, None), "Q"
    ),
}
SEASON = {"M": (12, 12), "D": (7, 14), "W": (52, 12), "Q": (4, 4)}  # and horizon


def there() -> bool:
    """Whether the real series are."""
    return DATA.is_dir()


def development() -> Set:
    """The monthly series of the M3 competition that are there, history and holdout joined."""
    values: dict[str, list[float]] = {}
    for row in _rows("m3-monthly-subset/m3_monthly_subset.csv"):
        values.setdefault(row["series"], []).append(float(row["value"]))
    first = np.datetime64("1990-01", "M")
    series = [Series(name, first, np.array(own)) for name, own in sorted(values.items())]
    return Set("M3 (development)", series, 12, 12, (0, None))


def held_out(sources: dict[str, Source]) -> Iterator[Set]:
    for name, source in sources.items():
        season, horizon = SEASON[source.unit]
        yield Set(name, _read(source), season, horizon, source.bounds)


def _rows(path: str) -> Iterator[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _read(source: Source) -> list[Series]:
    rows = list(_rows(source.path))
    texts = list(dict.fromkeys(row[source.date] for row in rows))
    day_of = dict(zip(texts, parse(texts), strict=True))
    found: dict[str, dict[int, list[float]]] = {}
    for row in rows:
        number = _number(row[source.value])
        if source.out_of:
            out_of = _number(row[source.out_of])
            number = number / out_of if out_of > 0 else np.nan
        if number < 0 or (source.zero_is_missing and number == 0):
            number = np.nan
        name = " · ".join(row[column] for column in source.by)
        found.setdefault(name, {}).setdefault(_period(day_of[row[source.date]], source.unit), []).append(number)
    return [_series(name, own, source.unit) for name, own in sorted(found.items())]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan


def _period(day: np.datetime64, unit: str) -> int:
    if unit == "W":
        return int((day.astype("datetime64[D]").astype(np.int64) + 3) // 7)
    if unit == "Q":
        return int(day.astype("datetime64[M]").astype(np.int64) // 3)
    return int(day.astype(f"datetime64[{unit}]").astype(np.int64))


def _series(name: str, own: dict[int, list[float]], unit: str) -> Series:
    first, last = min(own), max(own)
    values = np.full(last - first + 1, np.nan)
    for period, numbers in own.items():
        known = [number for number in numbers if number == number]
        whole_week = unit != "W" or len(known) >= 4
        values[period - first] = np.mean(known) if known and whole_week else np.nan
    if unit == "W":
        return Series(name, np.datetime64(first * 7 - 3, "D"), values, 7)
    if unit == "Q":
        return Series(name, np.datetime64(first * 3, "M"), values, 3)
    return Series(name, np.datetime64(first, "D" if unit == "D" else "M"), values)


def frame(chosen: list[Series], back: int) -> dict[str, Any]:
    """A frame of what was known `back` periods before the end of each series."""
    known = [one.values[: len(one.values) - back] for one in chosen]
    dates = [
        (one.first + one.step * np.arange(len(own))).astype("datetime64[D]")
        for one, own in zip(chosen, known, strict=True)
    ]
    names = [one.name for one, own in zip(chosen, known, strict=True) for _ in own]
    return {"by": names, "date": np.concatenate(dates), "value": np.concatenate(known)}


def what_came(chosen: list[Series], back: int, horizon: int) -> Floats:
    """The values of the `horizon` periods after that (series, leads); nan where none came."""
    made = np.full((len(chosen), horizon), np.nan)
    for row, one in enumerate(chosen):
        after = one.values[len(one.values) - back :][:horizon]
        made[row, : len(after)] = after
    return made


SIMULATED: dict[str, Callable[[np.random.Generator, tuple[int, int]], Floats]] = {
    "stable, normal": lambda random, shape: random.normal(50, 5, shape),
    "autocorrelation 0.6": lambda random, shape: correlated(random, shape, 0.6),
    "random walk": lambda random, shape: random.normal(0, 1, shape).cumsum(axis=1),
    "seasonal": lambda random, shape: random.normal(50, 3, shape) + 5 * np.sin(np.arange(shape[1]) * np.pi / 6),
    "counts, mean 20": lambda random, shape: random.poisson(20, shape).astype(np.float64),
    "180 of 200": lambda random, shape: random.binomial(200, 0.9, shape) / 200,
    "rare events, mean 1.5": lambda random, shape: random.poisson(1.5, shape).astype(np.float64),
}


def correlated(random: np.random.Generator, shape: tuple[int, int], r: float) -> Floats:
    """AR(1), begun in its long-run distribution."""
    values = random.normal(size=shape)
    values[:, 0] /= np.sqrt(1 - r * r)
    for column in range(1, shape[1]):
        values[:, column] += r * values[:, column - 1]
    return values


def simulated(name: str, count: int, length: int) -> Set:
    random = np.random.default_rng([SEED, length, *name.encode()])
    drawn = SIMULATED[name](random, (count, length))
    first = np.datetime64("2015-01", "M")
    bounds: Bounds = (0, 1) if "of 200" in name else (0, None) if "mean" in name else (None, None)
    return Set(name, [Series(f"{i:04}", first, own) for i, own in enumerate(drawn)], 12, 12, bounds)


def table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [columns, ("---", *["---:"] * (len(columns) - 1)), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def write(region: str, made: str) -> None:
    """Put tables between their markers on the page."""
    page = PAGE.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- {region}: .*? -->\n)(.*?)(<!-- end of {region} -->)", re.DOTALL)
    PAGE.write_text(marked.sub(lambda found: f"{found[1]}\n{made}\n\n{found[3]}", page), encoding="utf-8")
    print(f"{region}: written into {PAGE.name}")
