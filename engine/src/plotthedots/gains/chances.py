"""How likely a gain is to leave *holding* within the next periods: simulated, then set right by gains that closed.

A plain simulation draws where the level may be and runs the monitor on. It knows nothing of why gains are lost, so it
is recalibrated on what came of gains before: pairs of chance and outcome over periods that do not overlap. Under
`FEWEST` events it is not used at all: the prior is given, a constant rate that is gamma distributed (4.5 events in 180
months).
"""

from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Flags, Floats, Whole

EVENTS, MONTHS = 4.5, 180.0  # the prior rate of leaving *holding*
FEWEST = 20  # events from which the record of closed gains counts
DRAWS = 400
SEED = 20_260_401
SLOPE, SLOPE_SPREAD = 0.3, 0.2  # prior of how far the simulation may be believed


@dataclass(frozen=True, slots=True)
class State:
    """Of gains at a moment, in standard deviations of the noise: where the monitor stands, what it must pass, how
    large the gain is, how far the level lies above the one established (below 0: worse), how sure that is, correlation.
    """

    worse: Floats
    bar: Floats
    strength: Floats
    above: Floats
    spread: Floats
    correlation: Floats


def prior(months: float) -> float:
    """Chance of an event within so many months by the prior alone."""
    return float(1 - (MONTHS / (MONTHS + months)) ** EVENTS)


def simulate(state: State, periods: int) -> Floats:
    """Share of draws in which each gain's monitor passes its bar within so many periods if nothing more happens."""
    random = np.random.default_rng(SEED)
    count = len(state.worse)
    innovation = np.sqrt(np.maximum(1 - state.correlation**2, 0.05))[:, None]
    slow = (1 - state.correlation[:, None]) / innovation
    shift = np.maximum(state.strength, 1.0)[:, None] * slow
    # The same draws for all, so that a chance depends on the gain's own state, not on its place among others.
    level = (state.above[:, None] + state.spread[:, None] * random.normal(size=DRAWS)) * slow
    monitor = np.repeat(state.worse[:, None], DRAWS, axis=1)
    passed = np.zeros((count, DRAWS), dtype=np.bool_)
    for _ in range(periods):
        value = level + random.normal(size=DRAWS)
        monitor = np.maximum(monitor - shift * value - shift**2 / 2, 0)
        passed |= monitor >= state.bar[:, None]
    return np.asarray(passed.mean(axis=1))


def recalibrate(chance: Floats, past: Floats, outcome: Flags, months: float) -> tuple[Floats, Flags]:
    """Chances set right by past ones and their outcomes (logistic, with priors); and which of them are the prior's."""
    if outcome.sum() < FEWEST:
        return np.full(len(chance), prior(months)), np.ones(len(chance), dtype=np.bool_)
    usual = prior(months)
    centre = _logit(past).mean()
    x = _logit(past) - centre
    start = float(np.log(usual / (1 - usual)))
    line, slope = start, SLOPE
    # The prior of the line is worth the months behind the prior rate.
    pull = MONTHS / months * usual * (1 - usual)
    for _ in range(50):
        fitted = 1 / (1 + np.exp(-(line + slope * x)))
        weight = fitted * (1 - fitted)
        gradient = np.array(
            [(outcome - fitted).sum() - pull * (line - start),
             ((outcome - fitted) * x).sum() - (slope - SLOPE) / SLOPE_SPREAD**2]
        )  # fmt: skip
        curve = np.array([[weight.sum() + pull, (weight * x).sum()],
                          [(weight * x).sum(), (weight * x * x).sum() + SLOPE_SPREAD**-2]])  # fmt: skip
        step = np.linalg.solve(curve, gradient)
        line, slope = line + step[0], slope + step[1]
        if np.abs(step).max() < 1e-10:
            break
    made = 1 / (1 + np.exp(-(line + slope * (_logit(chance) - centre))))
    return np.asarray(made), np.zeros(len(chance), dtype=np.bool_)


def _logit(chance: Floats) -> Floats:
    safe = np.clip(chance, 0.5 / DRAWS, 1 - 0.5 / DRAWS)
    return np.asarray(np.log(safe / (1 - safe)))


@dataclass(frozen=True, slots=True)
class Spells:
    """Moments of past gains while they held, that do not overlap: which claim, which column, whether it then left."""

    claim: Whole
    column: Whole
    left: Flags


def spells(holding: Flags, left: Flags, seen: Flags, periods: int) -> Spells:
    """Every `periods`-th moment of each holding spell whose outcome is known.

    `holding` says at which columns a claim held, `left` at which it had slipped or was lost, `seen` at which there are
    observations.
    """
    found: list[tuple[int, int, bool]] = []
    for claim in np.flatnonzero(holding.any(axis=1)):
        last = int(np.flatnonzero(seen[claim])[-1])
        column = int(holding[claim].argmax())
        while column <= last:
            if not holding[claim, column]:
                column += 1
                continue
            if column + periods > last:  # not over: to count only those that have left already would be to choose
                break
            ahead = left[claim, column + 1 : column + 1 + periods]
            found.append((int(claim), column, bool(ahead.any())))
            column += 1 + int(ahead.argmax()) if ahead.any() else periods
    made = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Spells(made[:, 0], made[:, 1], made[:, 2] == 1)
