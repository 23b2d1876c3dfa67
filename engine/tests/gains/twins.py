"""The test and the monitor once more, a series at a time and from whole matrices, as docs/methods/gains.md has them."""

import math
from typing import Any

import numpy as np

from .series import Floats

MODELS = [(0.0, 0.0)] + [(share, kept) for kept in (0.3, 0.6, 0.8, 0.9, 0.97) for share in (0.25, 0.5, 0.75, 1.0)]


def prior(share: float, kept: float) -> float:
    """White noise counts 30 %, of the others those with 0.9 and more half as much each."""
    if share == 0:
        return 0.3
    others = sum(0.5 if other >= 0.9 else 1.0 for _, other in MODELS[1:])
    return 0.7 * (0.5 if kept >= 0.9 else 1.0) / others


def covariance(periods: Any, white: Floats, share: float, kept: float) -> Floats:
    """Of the values in these periods, in units of the variance of the noise."""
    apart = np.abs(np.subtract.outer(periods, periods))
    return np.asarray(share * (kept**apart if kept else (apart == 0).astype(float)) + np.diag((1 - share) * white))


def student_below(value: float, freedom: float) -> float:
    """Wallace's normal deviate of Student's, and Page's of the normal distribution."""
    normal = math.copysign(math.sqrt(max(freedom - 0.5, 0.5) * math.log1p(value**2 / freedom)), value)
    return 0.5 + 0.5 * math.tanh(math.sqrt(2 / math.pi) * (normal + 0.044715 * normal**3))


def marginal(y: Floats, matrix: Floats) -> float:
    """Logarithm of how likely values are, a flat prior on the level and 1/σ on the noise integrated out."""
    one, inverse = np.ones(len(y)), np.linalg.inv(matrix)
    level = one @ inverse @ y / (one @ inverse @ one)
    squares = (y - level) @ inverse @ (y - level)
    size = np.linalg.slogdet(matrix)[1] + math.log(one @ inverse @ one)
    return float(-(size + (len(y) - 1) * math.log(squares)) / 2)


def least_squares(y: Floats, step: Floats, matrix: Floats, spread: float) -> tuple[Floats, Floats, float, float]:
    """Level and change with their covariance (in units of σ²), σ, and the degrees of freedom."""
    columns = np.stack([np.ones(len(y)), step], axis=1)
    inverse = np.linalg.inv(matrix)
    known = columns.T @ inverse @ columns + np.diag([0, spread**-2])
    found = np.linalg.solve(known, columns.T @ inverse @ y)
    squares = y @ inverse @ y - found @ columns.T @ inverse @ y
    freedom = max(len(y) - 1, 1)
    return found, np.linalg.inv(known), math.sqrt(squares / freedom), freedom


def log_sum(values: Any) -> float:
    highest = max(values)
    return float(highest + math.log(sum(math.exp(value - highest) for value in values)))


def weigh(y: Floats, step: Floats, matrix: Floats, start: float, spread: float) -> tuple[float, float, float, float]:
    """Of one model: how likely without and with a change; the change and its scale."""
    without = start + marginal(y, matrix)
    found, inverse, sigma, freedom = least_squares(y, step, matrix, spread)
    scale = sigma * math.sqrt(inverse[1, 1])
    given = start + marginal(y, matrix + spread**2 * np.outer(step, step))
    return without, given + math.log(2 * student_below(found[1] / scale, freedom)), float(found[1]), scale


def odds(values: Floats, white: Floats, before: int, until: int) -> dict[str, float]:
    """By the values up to a period: logarithm of the odds for a change, and over the models the change, its standard
    deviation, the correlation from one period to the next, and how likely a near random walk is."""
    there = np.flatnonzero(values[: until + 1] == values[: until + 1])
    step = (there >= before).astype(np.float64)
    told = [
        weigh(values[there], step, covariance(there, white[there], *model), math.log(prior(*model)), 1.5)
        for model in MODELS
    ]
    given = [one[1] for one in told]
    shares = np.exp(np.array(given) - log_sum(given))
    means, scales = np.array([one[2] for one in told]), np.array([one[3] for one in told])
    freedom = max(len(there) - 1, 1)
    square = shares @ (scales**2 * freedom / max(freedom - 2, 1) + means**2)
    return {
        "log_odds": log_sum(given) - log_sum([one[0] for one in told]),
        "mean": shares @ means,
        "spread": math.sqrt(square - (shares @ means) ** 2),
        "correlation": shares @ [share * kept for share, kept in MODELS],
        "stock": shares @ [kept > 0.95 and share >= 0.75 for share, kept in MODELS],
    }


class _Account:
    """The level holds, or it moved by so much one way, since the last fresh start."""

    def __init__(self) -> None:
        self.holds, self.moved, self.odds, self.since = [0.0] * 21, [0.0] * 21, 0.0, -1

    def restart(self, period: int) -> bool:
        if self.odds > 0:
            return False
        self.holds, self.moved, self.odds, self.since = [0.0] * 21, [0.0] * 21, 0.0, period
        return True


def watch(values: Floats, before: int, established: int, cap: float) -> list[dict[str, Any]]:
    """The monitors for a fall and for a further gain, and the level learnt, at each period from establishment on."""
    fall, rise = _Account(), _Account()
    made: list[dict[str, Any]] = []
    level: dict[str, Any] = {}
    up = 0
    for period in range(established, len(values)):
        there = np.flatnonzero(values[: period + 1] == values[: period + 1])
        seen = there[-1] == period
        if period > established and seen:
            _judge(values, there, before, level, fall, -1.0, 1.0, cap)
            _judge(values, there, before, level, rise, 1.0, 0.5, cap)
        calm = fall.restart(period), rise.restart(period)
        up = 0 if calm[0] else up + int(seen)
        fresh = period == established or (calm[0] and (calm[1] or period <= established + 12))
        if fresh:
            level = _learn(values, there, before)
        told = _levels(values, there, before, level, fresh, up)
        if up >= 8:
            told |= _three_levels(values, there, before, fall.since)
        made.append({"worse": fall.odds, "better": rise.odds} | told)
    return made


def _levels(values: Floats, there: Any, before: int, level: dict[str, Any], fresh: bool, up: int) -> dict[str, float]:
    """The level learnt over the models, and where the latest values lie: eight while the monitor is up, else twelve."""
    shares = np.exp(np.array(level["log"]) - log_sum(level["log"]))
    sigma, change, first = (np.array(level[name]) for name in ("sigma", "change", "level"))
    inverse = np.array(level["inverse"])
    wider = level["freedom"] / max(level["freedom"] - 2, 1)
    moved, start = shares @ change, shares @ first
    var_moved = shares @ (sigma**2 * inverse[:, 1, 1] * wider + change**2) - moved**2
    var_start = shares @ (sigma**2 * inverse[:, 0, 0] * wider + first**2) - start**2
    both = shares @ (sigma**2 * inverse[:, 0, 1] * wider + first * change) - moved * start
    latest = values[there[there >= before]][-(8 if up else 12) :]
    alone = [covariance(np.arange(len(latest)), np.ones(len(latest)), *model).mean() for model in MODELS]
    var_now = shares @ (sigma**2 * wider * alone)
    shared = min(var_now, max(var_moved - var_start, 0)) if fresh else 0.0
    return {
        "before": start, "change": moved, "spread": math.sqrt(var_moved), "now": latest.mean(), "var_now": var_now,
        "freedom": level["freedom"], "correlation": shares @ [share * kept for share, kept in MODELS],
        "strength": shares @ (change / sigma), "above": latest.mean() - start, "under": moved,
        "var_above": var_now + var_start, "var_under": var_moved, "together": shared - both,
    }  # fmt: skip


def _three_levels(values: Floats, there: Any, before: int, since: int) -> dict[str, float]:
    """Before, established and since the monitor left zero, all at once."""
    columns = np.stack([np.ones(len(there)), there >= before, there > since], axis=1).astype(np.float64)
    y, freedom = values[there], max(len(there) - 2, 1)
    logs, under, above, own = [], [], [], []
    for model in MODELS:
        inverse = np.linalg.inv(covariance(there, np.ones(len(there)), *model))
        known = columns.T @ inverse @ columns + np.diag([0, 1.3**-2, 0])
        found = np.linalg.solve(known, columns.T @ inverse @ y)
        squares = y @ inverse @ y - found @ columns.T @ inverse @ y
        size = np.linalg.slogdet(known)[1] - np.linalg.slogdet(inverse)[1]
        logs.append(math.log(prior(*model)) - (size + freedom * math.log(squares)) / 2)
        spread = np.linalg.inv(known) * squares / max(freedom - 2, 1)
        under.append(found[1])
        above.append(found[1] + found[2])
        own.append([spread[1, 1], spread[1:, 1:].sum(), spread[1, 1] + spread[1, 2]])
    shares = np.exp(np.array(logs) - log_sum(logs))
    low, high = np.array(under), np.array(above)
    one, two, both = shares @ np.array(own)
    return {
        "under": shares @ low, "above": shares @ high, "var_under": one + shares @ low**2 - (shares @ low) ** 2,
        "var_above": two + shares @ high**2 - (shares @ high) ** 2,
        "together": both + shares @ (low * high) - (shares @ low) * (shares @ high),
    }  # fmt: skip


def _learn(values: Floats, there: Any, before: int) -> dict[str, Any]:
    step = (there >= before).astype(np.float64)
    made: dict[str, Any] = {"level": [], "change": [], "sigma": [], "log": [], "inverse": [], "freedom": len(there) - 1}
    for model in MODELS:
        matrix = covariance(there, np.ones(len(there)), *model)
        found, inverse, sigma, _ = least_squares(values[there], step, matrix, 1.3)
        made["level"].append(found[0])
        made["change"].append(found[1])
        made["sigma"].append(sigma)
        made["inverse"].append(inverse)
        made["log"].append(weigh(values[there], step, matrix, math.log(prior(*model)), 1.3)[1])
    return made


def _judge(
    values: Floats,
    there: Any,
    before: int,
    level: dict[str, Any],
    account: _Account,
    sign: float,
    part: float,
    cap: float,
) -> None:
    shares = np.exp(np.array(level["log"]) - log_sum(level["log"]))
    size = max(part * float(shares @ level["change"]), float(shares @ level["sigma"]))
    for place, model in enumerate(MODELS):
        matrix = covariance(there, np.ones(len(there)), *model)
        # The latest value as the earlier ones foretell it, and what a move since the fresh start would add.
        pull = np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1])
        variance = (matrix[-1, -1] - pull @ matrix[:-1, -1]) * level["sigma"][place] ** 2
        apart = values[there] - level["level"][place] - level["change"][place] * (there >= before)
        moved = (there > account.since).astype(np.float64)
        error, response = apart[-1] - pull @ apart[:-1], moved[-1] - pull @ moved[:-1]
        account.holds[place] += _density(error, variance, level["freedom"])
        account.moved[place] += _density(error - sign * size * response, variance, level["freedom"])
    account.odds = log_sum(np.add(level["log"], account.moved)) - log_sum(np.add(level["log"], account.holds))
    if account.odds > cap:
        account.moved = [one - (account.odds - cap) for one in account.moved]
        account.odds = cap


def _density(error: float, variance: float, freedom: float) -> float:
    return -(freedom + 1) / 2 * math.log1p(error**2 / (freedom * variance))


def kaplan_meier(time: Floats, event: Any, entry: Floats, fewest: int = 5) -> list[tuple[float, int, int, float]]:
    """Time, at risk, events, survival; from the first moment at which so many are watched."""
    lives = list(zip(time, event, entry, strict=True))
    begins = [moment for moment in sorted(entry) if sum(e <= moment < t for t, _, e in lives) >= fewest]
    if not begins:
        return []
    made, survival = [(begins[0], sum(e <= begins[0] < t for t, _, e in lives), 0, 1.0)], 1.0
    for moment in sorted({t for t, lost, _ in lives if lost and t > begins[0]}):
        risk = sum(e < moment <= t for t, _, e in lives)
        gone = sum(bool(lost) and t == moment for t, lost, _ in lives)
        survival *= 1 - gone / risk
        made.append((moment, risk, gone, survival))
    return made


def log_rank(time: Floats, event: Any, entry: Floats, group: Any, strata: Any) -> float:
    """The statistic for two groups, stratum by stratum: observed less expected of the first, squared over variance."""
    apart, variance = 0.0, 0.0
    for stratum in set(strata):
        lives = [
            (t, lost, e, g) for t, lost, e, g, s in zip(time, event, entry, group, strata, strict=True) if s == stratum
        ]
        for moment in {t for t, lost, _, _ in lives if lost}:
            risk = [(t, lost, g) for t, lost, e, g in lives if e < moment <= t]
            n, first = len(risk), sum(g == 0 for _, _, g in risk)
            gone = [g for t, lost, g in risk if lost and t == moment]
            apart += sum(g == 0 for g in gone) - len(gone) * first / n
            if n > 1:
                variance += len(gone) * first / n * (1 - first / n) * (n - len(gone)) / (n - 1)
    return apart**2 / variance
