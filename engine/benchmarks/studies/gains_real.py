"""Claims planted in real NHS series, and claims made where nothing was done, with placebos and without.

Half of the series of each set get a claim, the other half are left as they are and are the placebos. A planted gain is
a number of standard deviations (mean moving range of the year before, over 1.128), kept within the bounds of the
measure; it stays, or is taken away twelve observations after it was established.
"""

import numpy as np

import plotthedots as ptd
from evidence import Cell, Figures
from forecast_series import HELD_OUT, Set, held_out, table
from studies._planted import NEVER, Floats, Whole, first, judged, median, share, statuses

NEEDS_DATA = True
LONGEST = 36  # observations since the claim that are looked at
YEAR = 12
SINCE = {"2019–26": np.datetime64("2021-07", "M")}  # the months of 2020 tell of nothing but themselves
BETTER = {"attendances": 0, "admissions": 0}  # these have no better way: both are tried
ESTABLISHED = ("established_12", f"established_{LONGEST}")
SHORT = 40  # months: sets not longer than this have 18 before the claim instead of 24


def cells() -> list[Cell]:
    return [
        {"set": name, "placebos": placebos, "planted": planted}
        for name in HELD_OUT
        if "England" not in name and "mental" not in name
        for placebos in ("siblings", "none")
        for planted in (0.0, 1.0, 2.0, 3.0)
    ]


_SETS: dict[str, tuple[Floats, tuple[float | None, float | None]]] = {}


def _values(name: str) -> tuple[Floats, tuple[float | None, float | None]]:
    """Series of a set by month, nan where missing."""
    if name not in _SETS:
        made: Set = next(iter(held_out({name: HELD_OUT[name]})))
        begin = next((moment for word, moment in SINCE.items() if word in name), None)
        start = min(one.first for one in made.series) if begin is None else begin
        end = max(one.first + len(one.values) for one in made.series)
        values = np.full((len(made.series), int((end - start).astype(int))), np.nan)
        for row, one in enumerate(made.series):
            column = int((one.first - start).astype(int))
            own = one.values[max(-column, 0) :]
            column = max(column, 0)
            values[row, column : column + len(own)] = own
        kept = np.isfinite(values).sum(axis=1) >= 30
        _SETS[name] = values[kept], made.bounds
    return _SETS[name]


def run(cell: Cell, random: np.random.Generator) -> Figures:
    values, bounds = _values(str(cell["set"]))
    n = 18 if values.shape[1] <= SHORT else 24
    values, able = _window(values, n)
    able = random.permutation(able)
    claims = np.sort(able[: len(able) // 2])
    figures: dict[str, list[float]] = {}
    planted = float(cell["planted"])
    count = 0
    # Both ways: which one is called better changes nothing in how often chance looks like it.
    for way in (1.0, -1.0):
        for key, told in _one_way(way * values, _turned(bounds, way), n, claims, planted, cell).items():
            figures.setdefault(key, []).append(told)
        count += len(claims)
    return {"series": float(count)} | {key: _mean(told) for key, told in figures.items()}


def _mean(told: list[float]) -> float:
    known = [value for value in told if value == value]
    return float(np.mean(known)) if known else np.nan


def _window(values: Floats, n: int) -> tuple[Floats, Whole]:
    """The stretch in which most series are whole enough for a claim after n months, and which they are.

    One with fewer months after the claim is taken only where it holds half as many series again.
    """
    best: tuple[Floats, Whole] | None = None
    longest = max(values.shape[1] - n - LONGEST, 0)
    for begin in [*range(longest, -1, -3), *range(longest + 3, values.shape[1] - n - YEAR + 1, 3)]:
        part = values[:, begin : begin + n + LONGEST]
        before, after = np.isfinite(part[:, :n]).sum(axis=1), np.isfinite(part[:, n : n + YEAR]).sum(axis=1)
        whole = (before >= 0.8 * n) & (after >= 10)
        whole[whole] = np.nanstd(part[whole, :n], axis=1) > 0
        able = np.flatnonzero(whole)
        needed = 1.0 if begin <= longest else 1.5
        if best is None or len(able) > needed * len(best[1]):
            best = part, able
    assert best is not None
    return best


def _turned(bounds: tuple[float | None, float | None], way: float) -> tuple[float, float]:
    low, high = (-np.inf if bounds[0] is None else bounds[0]), (np.inf if bounds[1] is None else bounds[1])
    return (low, high) if way > 0 else (-high, -low)


def _one_way(values: Floats, bounds: tuple[float, float], n: int, claims: Whole, planted: float, cell: Cell) -> Figures:
    options = {"placebos": None if cell["placebos"] == "none" else "siblings"}
    ranges = np.nanmean(np.abs(np.diff(values[claims, :n], axis=1)), axis=1) / 1.128
    within = values.copy()
    within[claims, n:] = np.clip(within[claims, n:] + planted * ranges[:, None], *bounds)
    made = judged(within, n, "M", claims, **options)
    told = statuses(made)
    established = first(told, {"established"})
    figures = {f"established_{k}": share(established <= k) for k in (12, 24, LONGEST)}
    figures["cannot_tell"] = share([own[-1] in ("claimed", "signalled") for own in told])
    if planted == 0:
        return figures
    figures |= _oracle(within, values, n, claims, options)
    own = np.flatnonzero(established <= n)
    if len(own) < 10:
        return figures
    hold = first([told[row] for row in own], {"slipping", "lost"}, established[own])
    figures["hold_slipping_12"] = share(hold <= YEAR)
    gone = within.copy()
    for row in own:
        seen = np.flatnonzero(np.isfinite(values[claims[row], n:]))
        last = int(seen[min(established[row] - 1 + YEAR, len(seen) - 1)])
        gone[claims[row], n + last + 1 :] = values[claims[row], n + last + 1 :]
    told = statuses(judged(gone, n, "M", claims, **options))
    late = [told[row] for row in own if len(told[row]) >= established[row] + YEAR + 6]
    begin = np.array([established[row] + YEAR for row in own if len(told[row]) >= established[row] + YEAR + 6])
    if len(late) >= 10:
        slipping, lost = first(late, {"slipping", "lost"}, begin), first(late, {"lost"}, begin)
        figures |= {
            "gone_slipping": share(slipping < NEVER),
            "gone_after": median(slipping),
            "gone_lost": share(lost < NEVER),
        }
    return figures


def _oracle(within: Floats, values: Floats, n: int, claims: Whole, options: dict[str, object]) -> Figures:
    """Share whose evidence passes what 5 % of the same series pass untouched: the best that a threshold could do."""
    highest = []
    for own in (values, within):
        made: ptd.Gains = judged(own, n, "M", claims, **options)
        evidence = made._judged.evidence.highest
        highest.append(np.nan_to_num(evidence[:, min(evidence.shape[1], 24) - 1], nan=-np.inf))
    return {"oracle_24": share(highest[1] > np.quantile(highest[0], 0.95))}


def pages(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    def percent(row: dict[str, str], *names: str) -> tuple[str, ...]:
        return tuple(
            "–" if not row.get(name) or row[name] == "nan" else f"{100 * float(row[name]):.0f} %" for name in names
        )

    untouched = [row for row in rows if float(row["planted"]) == 0]
    by_set: dict[str, dict[str, dict[str, str]]] = {}
    for row in untouched:
        by_set.setdefault(row["set"], {})[row["placebos"]] = row
    false = [
        (name, f"{float(pair['none']['series']) / 2:.0f}", *percent(pair["none"], *ESTABLISHED),
         *percent(pair["siblings"], *ESTABLISHED))
        for name, pair in by_set.items()
    ]  # fmt: skip
    false.append(
        ("mean", "", *(f"{100 * np.mean([float(pair[kind][name]) for pair in by_set.values()]):.1f} %"
                       for kind in ("none", "siblings") for name in ESTABLISHED))
    )  # fmt: skip
    planted = [
        (row["set"], f"{float(row['planted']):g} σ",
         *percent(row, "established_12", "established_24", "oracle_24", "cannot_tell", "hold_slipping_12",
                  "gone_slipping", "gone_lost"))
        for row in rows
        if row["placebos"] == "siblings" and float(row["planted"]) > 0
    ]  # fmt: skip
    return {
        ("gains.md", "untouched"): table(
            ("series", "claims", "no placebos: established by 12", "by 36", "with placebos: by 12", "by 36"), false
        ),
        ("gains.md", "planted"): table(
            ("series", "gain", "established by 12", "by 24", "oracle by 24", "cannot tell",
             "held, called slipping in a year", "taken away: slipping", "lost"), planted,
        ),
    }  # fmt: skip
