"""Operating characteristics of gains on simulated series: who is fooled, what is seen and when, what cannot be told."""

import numpy as np

import plotthedots as ptd
from evidence import Cell, Figures
from forecast_series import table
from studies._planted import (
    NEVER,
    Flags,
    Floats,
    Whole,
    autocorrelated,
    dates,
    first,
    judged,
    median,
    share,
    statuses,
)

NEEDS_DATA = False
SERIES = 1_000
AFTER, MORE = 36, 24  # observations in which a gain may be established, and for which it is then followed
KNOWN = 12  # observations after establishment that the later of the two kinds of loss waits for
DECAY = 24  # observations over which a slow loss takes all
RULES = ("outside", "shift", "trend", "two_of_three")


def cells() -> list[Cell]:
    return [
        {"unit": unit, "n": n, "r": r, "effect": effect}
        for unit in ("M", "W")
        for n in (12, 24, 36)
        for r in (0.0, 0.3, 0.6, 0.8)
        for effect in (0.0, 0.5, 1.0, 2.0, 3.0)
    ]


def run(cell: Cell, random: np.random.Generator) -> Figures:
    n, effect, unit = int(cell["n"]), float(cell["effect"]), str(cell["unit"])
    noise = autocorrelated(random, SERIES, n + AFTER + KNOWN + 2 * MORE, float(cell["r"]))
    within = noise[:, : n + AFTER].copy()
    within[:, n:] += effect
    told = statuses(_made(within, n, unit))
    established = first(told, {"established"})
    figures = {f"established_{k}": share(established <= k) for k in (6, 12, 24, AFTER)}
    rules = _rules(within, n)
    figures |= {f"rules_{k}": share(rules <= k) for k in (6, 12, 24, AFTER)}
    figures["not_shown"] = share([own[23] == "not_shown" for own in told])
    figures["cannot_tell"] = share([own[23] in ("claimed", "signalled") for own in told])
    own = np.flatnonzero(established <= AFTER)
    figures["followed"] = float(len(own))
    if effect and len(own) >= 50:
        figures |= _fates(noise[own], n, effect, established[own], unit)
    return figures


def _made(values: Floats, n: int, unit: str) -> ptd.Gains:
    return judged(values, n, unit, np.arange(len(values)), placebos=None)


def _rules(values: Floats, n: int) -> Whole:
    """Observation after the claim at which the chart's own rules, limits from before, first mark an improvement."""
    signal = _marked(values, n, "improvement")[:, n:]
    return np.where(signal.any(axis=1), signal.argmax(axis=1) + 1, NEVER)


def _marked(values: Floats, n: int, point: str) -> Flags:
    """Points marked, limits from the first n; a run is seen at its last point alone, as on the day."""
    count, length = values.shape
    frame = {
        "series": np.repeat(np.arange(count), length),
        "date": np.tile(dates("M", length), count),
        "value": values.ravel(),
        "after": np.tile(np.arange(length) == n, count),
    }
    made = ptd.spc(frame, by="series", baseline=n, direction="increase").points
    way = 1 if point == "improvement" else -1
    seen = np.zeros(values.shape, dtype=np.bool_)
    for rule, least in (("outside", 1), ("shift", 7), ("trend", 7), ("two_of_three", 2)):
        fired = np.asarray(made[rule]).reshape(values.shape) == way
        run = np.zeros(values.shape[0], dtype=np.int64)
        for column in range(length):
            run = np.where(fired[:, column], run + 1, 0)
            seen[:, column] |= run >= least
    return seen


def _fates(noise: Floats, n: int, effect: float, established: Whole, unit: str) -> Figures:
    """What is said of gains that hold, vanish at once (straight away; a year later), or go slowly."""
    since = np.arange(noise.shape[1])[None, :] - n - established[:, None] + 1  # 1 at the first one after
    kept = {
        "hold": np.ones(since.shape),
        "vanish": np.where(since > 0, 0.0, 1.0),
        "late": np.where(since > KNOWN, 0.0, 1.0),
        "decay": np.clip(1 - np.maximum(since, 0) / DECAY, 0, 1),
    }
    figures: Figures = {}
    for fate, left in kept.items():
        values = noise.copy()
        values[:, n:] += effect * left[:, n:]
        made = _made(values, n, unit)
        told = statuses(made)
        begin = established + (KNOWN if fate == "late" else 0)
        slipping, lost = first(told, {"slipping", "lost"}, begin), first(told, {"lost"}, begin)
        if fate == "hold":
            figures |= {f"hold_slipping_{k}": share(slipping <= k) for k in (12, 24)}
            figures |= {f"hold_lost_{k}": share(lost <= k) for k in (12, 24)}
            figures |= _intervals(made, established, effect)
            figures |= _rules_after(values, n)
            continue
        figures |= {f"{fate}_slipping": median(slipping), f"{fate}_slipping_24": share(slipping <= 24)}
        figures |= {f"{fate}_lost": median(lost), f"{fate}_lost_24": share(lost <= 24)}
    return figures


def _intervals(made: ptd.Gains, established: Whole, effect: float) -> Figures:
    """Coverage of the intervals of size and retained, a year after establishment; and how often there is none."""
    judge = made._judged  # its arrays are by claim and period
    rows = np.arange(len(established))
    column = established - 1 + KNOWN
    low, high = (part[rows, column] for part in judge.retained[1:])
    watch, windows = judge.watch, judge.windows
    assert watch is not None
    size = watch.change[rows, column] * windows.scale
    half = 2.0 * watch.spread[rows, column] * windows.scale
    known = low == low
    return {
        "size_mean": float(np.mean(size)),
        "size_covered": share(np.abs(size - effect) <= half),
        "retained_covered": share((low[known] <= 1) & (high[known] >= 1)),
        "retained_none": share(~known),
        "retained_width": float(np.median((high - low)[known])) if known.any() else np.nan,
    }


def _rules_after(values: Floats, n: int) -> Figures:
    """What the chart's rules say of a gain that holds, limits frozen on the first twelve values since the claim."""
    wrong = _marked(values[:, n:], KNOWN, "concern")[:, KNOWN:]
    return {f"hold_rules_{k}": share(wrong[:, :k].any(axis=1)) for k in (12, 24)}


def pages(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    made = {}
    for region, wanted in (("fooled", _fooled), ("power", _power), ("holding", _holding), ("going", _going)):
        made["gains.md", region] = wanted([row for row in rows if row["unit"] == "M"])
    made["gains.md", "weekly"] = _fooled([row for row in rows if row["unit"] == "W"])
    return made


def _percent(row: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple("–" if not row[name] or row[name] == "nan" else f"{100 * float(row[name]):.1f} %" for name in names)


def _number(row: dict[str, str], *names: str) -> tuple[str, ...]:
    return tuple(
        "–" if not row[name] else "> 24" if row[name] == "nan" else f"{float(row[name]):.0f}" for name in names
    )


def _lead(row: dict[str, str]) -> tuple[str, ...]:
    return row["n"], row["r"], f"{float(row['effect']):g} σ"


def _fooled(rows: list[dict[str, str]]) -> str:
    columns = (
        "values before",
        "autocorrelation",
        "established by 12",
        "by 24",
        "by 36",
        "chart rules by 12",
        "by 24",
        "by 36",
    )
    return table(
        columns,
        [
            (*_lead(row)[:2], *_percent(row, "established_12", "established_24", "established_36"),
             *_percent(row, "rules_12", "rules_24", "rules_36"))
            for row in rows
            if float(row["effect"]) == 0
        ],
    )  # fmt: skip


def _power(rows: list[dict[str, str]]) -> str:
    columns = (
        "before",
        "autocorrelation",
        "gain",
        "by 6",
        "by 12",
        "by 24",
        "rules by 6",
        "by 12",
        "by 24",
        "cannot tell at 24",
    )
    return table(
        columns,
        [
            (*_lead(row), *_percent(row, "established_6", "established_12", "established_24", "rules_6", "rules_12",
             "rules_24", "cannot_tell"))
            for row in rows
            if float(row["effect"]) > 0
        ],
    )  # fmt: skip


def _holding(rows: list[dict[str, str]]) -> str:
    columns = ("before", "autocorrelation", "gain", "slipping or lost within 12", "within 24", "lost within 24",
               "rules within 12", "within 24", "size covered", "retained covered", "no share",
               "width of retained")  # fmt: skip
    return table(
        columns,
        [
            (*_lead(row), *_percent(row, "hold_slipping_12", "hold_slipping_24", "hold_lost_24", "hold_rules_12",
             "hold_rules_24", "size_covered", "retained_covered", "retained_none"),
             "–" if not row["retained_width"] else f"{float(row['retained_width']):.1f}")
            for row in rows
            if float(row["effect"]) >= 1
        ],
    )  # fmt: skip


def _going(rows: list[dict[str, str]]) -> str:
    columns = ("before", "autocorrelation", "gain", "gone at once: slipping after", "lost after", "lost within 24",
               "gone after a year: slipping after", "lost after", "lost within 24",
               "going slowly: slipping after", "lost within 24")  # fmt: skip
    return table(
        columns,
        [
            (*_lead(row), *_number(row, "vanish_slipping", "vanish_lost"), *_percent(row, "vanish_lost_24"),
             *_number(row, "late_slipping", "late_lost"), *_percent(row, "late_lost_24"),
             *_number(row, "decay_slipping"), *_percent(row, "decay_lost_24"))
            for row in rows
            if float(row["effect"]) >= 1
        ],
    )  # fmt: skip
