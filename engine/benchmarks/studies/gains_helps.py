"""What helps most to tell a gain from drift: the same claims in real series, other models, data, comparisons."""

from collections.abc import Callable

import numpy as np

from evidence import Cell, Figures
from forecast_series import HELD_OUT, OTHER_PERIODS, held_out, table
from plotthedots.gains import evidence as engine
from plotthedots.gains import noise
from plotthedots.gains.judge import ODDS
from studies._planted import Floats, share
from studies.gains_real import _values, _window

NEEDS_DATA = True
LOOKED_AT = 24  # periods since the claim
PLANTED = 2.0
SETS = tuple(name for name in HELD_OUT if "England" not in name and "mental" not in name and "RTT" not in name)
AUTOREGRESSIVE = np.where((noise.SHARE == 0) | (noise.SHARE == 1), 0.0, -50.0)
RANDOM_WALKS = np.where(noise.KEPT >= 0.9, 0.0, -3.0)


def cells() -> list[Cell]:
    return [{"way": way, "set": name} for way in WAYS for name in SETS] + [
        {"way": way, "set": "no criteria to reside"} for way in ("monthly", "weekly")
    ]


def run(cell: Cell, random: np.random.Generator) -> Figures:
    way, name = str(cell["way"]), str(cell["set"])
    if way in ("monthly", "weekly"):
        values, unit, n = _by_week(way == "weekly")
        return _measure(values, n, unit, _as_it_is, noise.PRIOR)
    values, _ = _values(name)
    n = {"12 months before": 12, "36 months before": 36}.get(way, 24 if values.shape[1] > 42 else 18)
    if values.shape[1] < n + 12:
        return {"series": 0.0}
    values, able = _window(values, n)
    values = values[random.permutation(able)]
    prior = {"first-order autocorrelation alone": AUTOREGRESSIVE, "slow drift and random walks above all": RANDOM_WALKS}
    return _measure(values, n, 1.0, WAYS[way], prior.get(way, noise.PRIOR))


def _measure(
    values: Floats, n: int, unit: float | Floats, change: Callable[[Floats, int], Floats], prior: Floats
) -> Figures:
    """Share established within two years: untouched, and with a gain of two sigmas planted, both ways."""
    sigma = np.nanmean(np.abs(np.diff(values[:, :n], axis=1)), axis=1, keepdims=True) / 1.128
    sigma = sigma if isinstance(unit, float) else unit
    false, true, fair = [], [], []
    for better in (1.0, -1.0):
        planted = values.copy()
        planted[:, n:] += better * PLANTED * sigma
        untouched = _highest(better * change(values, n), n, prior)
        # Planted in one series at a time, the others being left as they are.
        with_gain = _highest(better * _one_by_one(planted, values, n, change), n, prior)
        false.append(share(untouched >= ODDS))
        true.append(share(with_gain >= ODDS))
        fair.append(share(with_gain > np.quantile(untouched, 0.95)))
    return {
        "series": float(len(values)), "untouched": float(np.mean(false)), "planted": float(np.mean(true)),
        "fair": float(np.mean(fair)),
    }  # fmt: skip


def _one_by_one(planted: Floats, values: Floats, n: int, change: Callable[[Floats, int], Floats]) -> Floats:
    if change is _less_the_others:
        made = np.empty_like(values)
        for row in range(len(values)):
            made[row] = change(np.vstack([planted[row : row + 1], np.delete(values, row, axis=0)]), n)[0]
        return made
    return change(planted, n)


def _highest(values: Floats, n: int, prior: Floats) -> Floats:
    centre, scale = (
        np.nanmean(values[:, :n], axis=1, keepdims=True),
        np.nanstd(values[:, :n], axis=1, ddof=1, keepdims=True),
    )
    usable = scale[:, 0] > 0
    kept, engine.PRIOR = engine.PRIOR, prior
    try:
        odds = engine.evidence(((values - centre) / scale)[usable], np.ones_like(values[usable]), n).highest
    finally:
        engine.PRIOR = kept
    return np.asarray(odds[:, min(odds.shape[1], LOOKED_AT) - 1])


def _as_it_is(values: Floats, n: int) -> Floats:  # noqa: ARG001 - one signature for every way
    return values


def _less_the_others(values: Floats, n: int) -> Floats:
    """What is left of each series after a line through the mean of the others, fitted before the claim."""
    centre, scale = np.nanmean(values[:, :n], axis=1, keepdims=True), np.nanstd(values[:, :n], axis=1, keepdims=True)
    alike = np.where(scale > 0, (values - centre) / np.where(scale > 0, scale, 1), np.nan)
    total, count = np.nansum(alike, axis=0), np.isfinite(alike).sum(axis=0)
    others = (total - np.nan_to_num(alike)) / np.maximum(count - np.isfinite(alike), 1)
    both = np.isfinite(alike[:, :n])
    x, y = np.where(both, others[:, :n], 0.0), np.where(both, alike[:, :n], 0.0)
    slope = (x * y).sum(axis=1) / np.maximum((x * x).sum(axis=1), 1e-9)
    return np.asarray(alike - slope[:, None] * others)


def _clipped(values: Floats, n: int) -> Floats:
    """Values no further from the mean before than three standard deviations before: no outlier counts for more."""
    centre, scale = np.nanmean(values[:, :n], axis=1, keepdims=True), np.nanstd(values[:, :n], axis=1, keepdims=True)
    return np.clip(values, centre - 3 * scale, centre + 3 * scale)


def _pooled(values: Floats, n: int) -> Floats:
    """Means of four series, each in its own standard deviations: a change made in four wards at once."""
    centre, scale = np.nanmean(values[:, :n], axis=1, keepdims=True), np.nanstd(values[:, :n], axis=1, keepdims=True)
    alike = (values - centre) / np.where(scale > 0, scale, np.nan)
    return np.asarray(np.nanmean(alike[: len(alike) // 4 * 4].reshape(-1, 4, values.shape[1]), axis=1))


WAYS: dict[str, Callable[[Floats, int], Floats]] = {
    "as it is built": _as_it_is,
    "first-order autocorrelation alone": _as_it_is,
    "slow drift and random walks above all": _as_it_is,
    "less a line through the mean of the others": _less_the_others,
    "outliers held to three sigmas": _clipped,
    "12 months before": _as_it_is,
    "36 months before": _as_it_is,
    "four series with the same change": _pooled,
}


def _by_week(weekly: bool) -> tuple[Floats, Floats, int]:
    """Patients without criteria to reside, by week or by four weeks, a year before the claim; the gain is the same."""
    name = "no criteria to reside, weekly"
    made = next(iter(held_out({name: OTHER_PERIODS[name]})))
    length = min(len(one.values) for one in made.series if len(one.values) >= 100) // 4 * 4
    values = np.stack([one.values[:length] for one in made.series if len(one.values) >= 100])
    values = values[np.isfinite(values).mean(axis=1) > 0.9]
    four = np.nanmean(values.reshape(len(values), -1, 4), axis=2)
    unit = np.nanmean(np.abs(np.diff(four[:, :13], axis=1)), axis=1, keepdims=True) / 1.128
    return (values, unit, 52) if weekly else (four, unit, 13)


def pages(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    told = []
    for way in (*WAYS, "monthly", "weekly"):
        own = [row for row in rows if row["way"] == way and row.get("untouched")]
        if not own:
            continue
        label = {"monthly": "one set by four weeks (no criteria to reside)", "weekly": "the same by week"}.get(way, way)
        told.append(
            (
                label,
                str(len(own)),
                *(
                    f"{100 * np.mean([float(row[name]) for row in own]):.1f} %"
                    for name in ("untouched", "planted", "fair")
                ),
            )
        )
    return {
        ("gains.md", "helps"): table(
            (
                "what is done",
                "sets",
                "untouched: established within two years",
                "two sigmas planted",
                "the same, were 5 % of the untouched let through",
            ),
            told,
        )
    }
