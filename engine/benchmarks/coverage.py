"""How often limits cover and chances come true, measured and written into docs/methods/forecast.md.

    python engine/benchmarks/coverage.py      # about a minute

Each series is forecast from every sixth period (daily: every sixtieth) before its end; only forecasts with the status
ok are judged. Forecasts of one set from one origin share their shocks, so that the standard errors given are those of
the means of such clusters. Forecasts of 2020 and 2021 stand apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from forecast_series import (
    HELD_OUT,
    OTHER_PERIODS,
    SEED,
    SIMULATED,
    Floats,
    Series,
    Set,
    development,
    frame,
    held_out,
    simulated,
    table,
    there,
    what_came,
    write,
)
from plotthedots.forecast import forecast

LEVELS = (80, 95)
LEAST = 20  # values before an origin
MOST = 10  # origins of a set
PANDEMIC = (np.datetime64("2020-03-01"), np.datetime64("2021-12-31"))
LENGTHS = (24, 36, 86)
DRAWN = 400  # simulated series of each kind and length
BINS = np.linspace(0, 1, 11)


@dataclass(slots=True)
class Figures:
    """What became of the forecasts of a set: a part per origin, of arrays (series, leads); nan where nothing came."""

    name: str
    inside: dict[int, list[Floats]] = field(default_factory=lambda: {level: [] for level in LEVELS})
    apart: list[Floats] = field(default_factory=list)  # 1 in 2020 and 2021, else 0
    chance: list[Floats] = field(default_factory=list)
    came_true: list[Floats] = field(default_factory=list)
    share: list[Floats] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)

    def by_lead(self, level: int, apart: bool | None = None) -> Floats:
        """Share inside at each lead."""
        return np.asarray(np.nanmean(np.concatenate(self.parts(level, apart)), axis=0))

    def by_cluster(self, level: int, apart: bool | None = None) -> Floats:
        """Share inside of each origin."""
        means = [np.nanmean(part) for part in self.parts(level, apart) if (part == part).any()]
        return np.array(means)

    def parts(self, level: int, apart: bool | None) -> list[Floats]:
        if apart is None:
            return self.inside[level]
        return [
            np.where(when == apart, part, np.nan) for part, when in zip(self.inside[level], self.apart, strict=True)
        ]


def measure(of: Set) -> Figures:
    made = Figures(of.name)
    every = 60 if of.season == 7 else 2 if of.season == 4 else 6
    first = 12 if of.name.startswith("M3") else of.horizon
    for back in range(first, first + every * MOST, every):
        chosen = [one for one in of.series if _fit(one, back)]
        if chosen:
            _measure(of, chosen, back, made)
    return made


def _fit(one: Series, back: int) -> bool:
    before = one.values[: max(len(one.values) - back, 0)]
    known = before[before == before]
    return bool(len(known) >= LEAST and before[-1] == before[-1])


def _measure(of: Set, chosen: list[Series], back: int, made: Figures) -> None:
    given = frame(chosen, back)
    ends = np.cumsum([len(one.values) - back for one in chosen])
    # The target is the mean of the series so far: which side of it a period falls on is no foregone conclusion.
    pasts = np.split(given["value"], ends[:-1])
    targets = np.array([np.nanmean(own) for own in pasts])
    given["target"] = np.repeat(targets, [len(own) for own in pasts])
    result = forecast(given, by="by", bounds=of.bounds, horizon=of.horizon, target="target", direction="increase")
    points, actual = result.points, what_came(chosen, back, of.horizon)
    statuses = result.record["status"].tolist()
    for status in statuses:
        made.statuses[status] = made.statuses.get(status, 0) + 1
    ok = np.array([status == "ok" for status in statuses])
    actual[~ok] = np.nan
    told = _shaped(points, "mean", actual)
    known = (actual == actual) & (told == told)
    for level in LEVELS:
        lower, upper = (_shaped(points, f"{side}_{level}", actual) for side in ("lower", "upper"))
        slack = 1e-9 * (np.abs(lower) + np.abs(upper))
        inside = (lower - slack <= actual) & (actual <= upper + slack)
        made.inside[level].append(np.where(known, inside, np.nan))
    dates = points["date"].reshape(actual.shape)
    made.apart.append((dates >= PANDEMIC[0]) & (dates <= PANDEMIC[1]))
    made.chance.append(np.where(known, _shaped(points, "chance", actual), np.nan))
    made.came_true.append(np.where(known, actual >= targets[:, None], np.nan))
    shares = [np.nanmean(own[own == own] >= target) for own, target in zip(pasts, targets, strict=True)]
    made.share.append(np.broadcast_to(np.array(shares)[:, None], actual.shape))


def _shaped(points: Any, name: str, like: Floats) -> Floats:
    return np.asarray(points[name].reshape(like.shape))


def per_cent(value: float) -> str:
    return "–" if value != value else f"{100 * value:.1f}"


def row(one: Figures, apart: bool | None = None) -> tuple[str, ...]:
    cells: list[str] = []
    for level in LEVELS:
        clusters, leads = one.by_cluster(level, apart), one.by_lead(level, apart)
        mean = float(np.nanmean(np.concatenate(one.parts(level, apart)))) if len(clusters) else np.nan
        spread = clusters.std(ddof=1) / np.sqrt(len(clusters)) if len(clusters) > 1 else np.nan
        cells += [
            f"{per_cent(mean)} ± {per_cent(spread)}",
            f"{per_cent(np.nanmin(leads))} to {per_cent(np.nanmax(leads))}",
        ]
    judged = sum(int((part == part).sum()) for part in one.parts(80, apart))
    return (one.name, f"{judged:,}", str(len(one.by_cluster(80, apart))), *cells)


COLUMNS = ("series", "forecasts", "origins", "80 %", "by lead", "95 %", "by lead")


def all_sets(parts: list[Figures]) -> Iterator[tuple[str, ...]]:
    """Each set counts the same, by lead and in all, before and after; 2020 and 2021 left out."""
    for level in LEVELS:
        leads = np.array([one.by_lead(level, False) for one in parts])
        yield (f"{level} %", *(per_cent(share) for share in np.nanmean(leads, axis=0)), per_cent(np.nanmean(leads)))


def reliability(parts: list[Figures]) -> list[tuple[str, ...]]:
    """Of the chances given, 2020 and 2021 left out, how many came true."""
    chance, true, apart = (
        np.concatenate([part.ravel() for one in parts for part in getattr(one, name)])
        for name in ("chance", "came_true", "apart")
    )
    made: list[tuple[str, ...]] = []
    for low, high in pairwise(BINS):
        here = (chance >= low) & ((chance < high) | ((high == 1) & (chance <= 1))) & ~apart.astype(np.bool_)
        if here.any():
            cells = (per_cent(chance[here].mean()), per_cent(true[here].mean()), f"{int(here.sum()):,}")
            made.append((f"{100 * low:.0f} to {100 * high:.0f} %", *cells))
    return made


def brier(one: Figures) -> tuple[str, ...]:
    """Brier score on contested periods, ours and the past share's."""
    chance, true, share = (
        np.concatenate([part.ravel() for part in parts]) for parts in (one.chance, one.came_true, one.share)
    )
    contested = (share >= 0.05) & (share <= 0.95) & (chance == chance)
    ours, past = ((guess[contested] - true[contested]) ** 2 for guess in (chance, share))
    flat = int(((share < 0.05) | (share > 0.95))[chance == chance].sum())
    return (one.name, f"{int(contested.sum()):,}", f"{flat:,}", f"{ours.mean():.3f}", f"{past.mean():.3f}")


def statuses(parts: list[Figures]) -> list[tuple[str, ...]]:
    names = ("ok", "short", "constant", "broken")
    return [(one.name, *(f"{one.statuses.get(name, 0):,}" for name in names)) for one in parts]


def simulation() -> str:
    rows = []
    for name in SIMULATED:
        for length in LENGTHS:
            of = simulated(name, DRAWN, length + 12)
            made = Figures(f"{name}; {length} months")
            _measure(of, of.series, 12, made)
            rows.append(tuple(cell.split(" ±")[0] for cell in row(made) if cell != "1"))
    return table(tuple(column for column in COLUMNS if column != "origins"), rows)


def real() -> list[str]:
    first = measure(development())
    monthly = [measure(of) for of in held_out(HELD_OUT)]
    others = [measure(of) for of in held_out(OTHER_PERIODS)]
    pandemic = [one for one in monthly if len(one.by_cluster(80, True))]
    told = ("chance given", "mean chance", "came true", "forecasts")
    leads = ("lead", *(str(lead) for lead in range(1, 13)), "all")
    return [
        "Series of development, then those kept back, without the forecasts of March 2020 to December 2021:",
        table(COLUMNS, [row(first), *(row(one, False) for one in [*monthly, *others])]),
        "Monthly sets kept back, each counting the same, by lead:",
        table(leads, list(all_sets(monthly))),
        "March 2020 to December 2021, forecast from before and within:",
        table(COLUMNS, [row(one, True) for one in pandemic]),
        "Statuses at these origins (rows without a last value are not counted):",
        table(("series", "ok", "short", "constant", "broken"), statuses([first, *monthly, *others])),
        "Chance of a period at or above the mean so far, monthly sets kept back but for twelve-hour waits:",
        table(told, reliability([one for one in monthly if "twelve" not in one.name])),
        "The same of twelve-hour waits:",
        table(told, reliability([one for one in monthly if "twelve" in one.name])),
        "Brier score of it on contested periods, beside that of the series' own past share:",
        table(
            ("series", "contested", "not contested", "ours", "past share"), [brier(one) for one in [*monthly, *others]]
        ),
    ]


def text() -> str:
    """All tables of the page, without those of the real series where these are not there."""
    parts = [
        f"Seed {SEED}.",
        f"Simulated, {DRAWN} series of each kind and length, forecast twelve months on:",
        simulation(),
    ]
    return "\n\n".join([*parts, *(real() if there() else [])])


def main() -> None:
    made = text()
    print(made)
    if there():
        write("coverage", made)
    else:
        print("coverage: ../shared/data is not there (nor HOLDGOOD_DATA); the page is left as it was")


if __name__ == "__main__":
    main()
