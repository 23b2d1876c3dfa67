"""The chance of slipping of each claim that holds: its state now, and the record of those before it."""

import numpy as np

from plotthedots.constants import Flags, Floats, Whole
from plotthedots.forecast.periods import DAYS, MONTHS
from plotthedots.gains import chances
from plotthedots.gains.judge import ESTABLISHED, HOLDING, IMPROVING, LOST, SLIPPING
from plotthedots.gains.standing import DAYS_A_MONTH, Standing

HELD = (ESTABLISHED, HOLDING, IMPROVING)


def by_horizon(standing: Standing, horizons: tuple[int, ...]) -> list[tuple[Floats, Flags]]:
    """By horizon: the chance that each gain leaves *holding*, nan where it does not; and where it is the prior."""
    judged, now = standing.judged, standing.now
    holding = np.isin(now.status, HELD)
    made = []
    for horizon in horizons:
        chance, usual = np.full(len(holding), np.nan), np.zeros(len(holding), dtype=np.bool_)
        if holding.any():
            past = chances.spells(
                np.isin(judged.status, HELD), np.isin(judged.status, (SLIPPING, LOST)), judged.status >= 0, horizon
            )
            months = float(standing.months(np.array([_period(standing) * horizon]))[0])
            rows = np.flatnonzero(holding)
            own = chances.simulate(state(standing, rows, now.column[rows]), horizon)
            before = chances.simulate(state(standing, past.claim, past.column), horizon)
            chance[rows], usual[rows] = chances.recalibrate(own, before, past.left, months)
        made.append((chance, usual))
    return made


def state(standing: Standing, claim: Whole, column: Whole) -> chances.State:
    watch = standing.judged.watch
    assert watch is not None
    row = standing.judged.watched[claim]
    scale = watch.change[row, column] / np.maximum(watch.strength[row, column], 1e-9)
    above = watch.now[row, column] - watch.before[row, column] - watch.change[row, column]
    variance, known = watch.spread[row, column] ** 2, watch.var_now[row, column]
    # What the latest values say, drawn towards the established level by how well that is known.
    share = variance / np.maximum(variance + known, 1e-12)
    spread = np.sqrt(share * known)
    return chances.State(
        watch.worse[row, column], standing.judged.bar[row, column], watch.strength[row, column], share * above / scale,
        spread / scale, watch.correlation[row, column],
    )  # fmt: skip


def _period(standing: Standing) -> float:
    """The usual period, in ticks of the date column."""
    periods = standing.judged.panel.periods
    kind, step = int(np.median(periods.kind)), int(np.median(periods.step))
    ticks = max(periods.ticks, 1)
    if kind == MONTHS:
        return step * DAYS_A_MONTH * ticks
    return step * ticks if kind <= DAYS + 1 else step
