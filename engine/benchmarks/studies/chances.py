"""Is the chance of slipping to be believed? Simulated portfolios of gains whose true rate of loss is known."""

from itertools import pairwise

import numpy as np

import plotthedots as ptd
from evidence import Cell, Figures
from forecast_series import table
from plotthedots.gains import ahead
from plotthedots.gains import chances as engine
from studies._planted import STARTS, autocorrelated, judged, statuses

NEEDS_DATA = False
PORTFOLIOS = 30
BEFORE, LENGTH, HORIZON = 24, 84, 12
ORIGINS = (36, 48, 60, 72)  # months since the first claims at which a chance is given: a year apart, none overlaps
BRIER = ("brier", "brier_base", "brier_plain")
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0)


def cells() -> list[Cell]:
    """Portfolios of so many gains, of which a share `rate` is lost each month, at an autocorrelation."""
    return [
        {"gains": gains, "rate": rate, "r": r} for gains in (40, 120) for rate in (0.01, 0.03, 0.06) for r in (0.0, 0.4)
    ]


def run(cell: Cell, random: np.random.Generator) -> Figures:
    gains, rate, r = int(cell["gains"]), float(cell["rate"]), float(cell["r"])
    given: list[tuple[float, float, float, float]] = []
    for _ in range(PORTFOLIOS):
        values = autocorrelated(random, gains, BEFORE + LENGTH, r)
        kept = random.geometric(rate, gains)
        size = random.uniform(1.5, 3.5, gains)
        month = np.arange(LENGTH)
        values[:, BEFORE:] += np.where(month[None, :] < kept[:, None] + 6, size[:, None], 0.0)
        given += _portfolio(values, gains)
    told = np.array(given)
    chance, came, base, plain = told.T
    figures = {
        "pairs": float(len(told)),
        "happened": float(came.mean()),
        "brier": float(np.mean((chance - came) ** 2)),
        "brier_base": float(np.mean((base - came) ** 2)),
        "brier_plain": float(np.mean((plain - came) ** 2)),
        "mean_chance": float(chance.mean()),
    }
    for low, high in pairwise(BINS):
        inside = (chance >= low) & (chance < high)
        figures[f"n_{low:g}"] = float(inside.sum())
        figures[f"said_{low:g}"] = float(chance[inside].mean()) if inside.any() else np.nan
        figures[f"came_{low:g}"] = float(came[inside].mean()) if inside.any() else np.nan
    return figures


def _portfolio(values: np.ndarray, gains: int) -> list[tuple[float, float, float, float]]:
    """(chance given, what came, base rate so far, plain simulation) of each gain that held at each origin."""
    claims = np.arange(gains)
    whole = statuses(judged(values, BEFORE, "M", claims, placebos=None))
    made = []
    for origin in ORIGINS:
        day = (STARTS["M"] + BEFORE + origin - 1).astype("datetime64[D]").astype(object)
        known = judged(values, BEFORE, "M", claims, placebos=None, as_of=day)
        said = np.asarray(known.summary[f"chance_of_slipping_{HORIZON}"])
        base = _base(known)
        rows = np.flatnonzero(said == said)
        plain = engine.simulate(ahead.state(known._standing, rows, known._standing.now.column[rows]), HORIZON)
        for row, simulated in zip(rows, plain, strict=True):
            later = whole[row][origin : origin + HORIZON]
            if len(later) == HORIZON:
                left = any(status in ("slipping", "lost") for status in later)
                made.append((float(said[row]), float(left), base, float(simulated)))
    return made


def _base(known: ptd.Gains) -> float:
    """Share of the past periods of the portfolio in which a gain left *holding*, half an event added."""
    judge = known._judged
    held = np.isin(judge.status, (2, 3, 4))
    left = np.isin(judge.status, (5, 6))
    past = engine.spells(held, left, judge.status >= 0, HORIZON)
    return float((past.left.sum() + 0.5) / (len(past.left) + 1))


def pages(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    brier = [
        (row["gains"], f"{100 * float(row['rate']):.0f} %", row["r"], f"{float(row['pairs']):.0f}",
         f"{100 * float(row['happened']):.0f} %",
         *(f"{float(row[name]):.3f}" for name in BRIER))
        for row in rows
    ]  # fmt: skip
    reliability = []
    for low, high in pairwise(BINS):
        count = np.array([float(row[f"n_{low:g}"]) for row in rows])
        if not count.sum():
            continue
        pair = [
            np.nansum(count * np.nan_to_num([float(row[f"{name}_{low:g}"]) for row in rows])) / count.sum()
            for name in ("said", "came")
        ]
        reliability.append(
            (f"{low:.0%} to {high:.0%}", f"{count.sum():,.0f}", *(f"{100 * share:.1f} %" for share in pair))
        )
    return {
        ("gains.md", "brier"): table(
            (
                "gains",
                "lost a month",
                "autocorrelation",
                "chances given",
                "slipped or lost",
                "Brier",
                "base rate",
                "plain simulation",
            ),
            brier,
        ),
        ("gains.md", "reliability"): table(("chance given", "how often", "mean of it", "what came"), reliability),
    }
