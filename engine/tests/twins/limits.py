"""Limits of each family, one phase at a time, from the printed formula in plain Python: slow and easy to check."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

Line = float | None
Lines = tuple[Line, Line, Line, Line, Line]  # centre, lower, upper, lower_near, upper_near
NOTHING: Lines = (None, None, None, None, None)


@dataclass(frozen=True)
class Row:
    """A row of one phase: what is plotted, what it was divided by, its subgroup's size and standard deviation."""

    value: float | None
    n: float | None = None
    ghost: bool = False
    counts: bool = True  # inside the baseline
    spread: float | None = None

    @property
    def computed(self) -> bool:
        return self.value is not None and self.counts and not self.ghost


def mean(values: list[float]) -> float | None:
    """The exact mean, rounded once."""
    return float(sum(map(Fraction, values)) / len(values)) if values else None


def counted(rows: list[Row]) -> list[float]:
    return [row.value for row in rows if row.computed and row.value is not None]


def moving_ranges(values: list[float | None]) -> list[float]:
    pairs = zip(values[1:], values[:-1], strict=True)
    return [abs(now - before) for now, before in pairs if now is not None and before is not None]


def average(ranges: list[float], screen: bool, limit: float = 3.267) -> float | None:
    first = mean(ranges)
    if first is None or not screen:
        return first
    return mean([one for one in ranges if one < limit * first])


def in_baseline(rows: list[Row]) -> list[Row]:
    """Ghosts are bridged; rows beyond the baseline are not there."""
    return [row for row in rows if row.counts and not row.ghost]


def lines(centre: Line, sigma: Line, floor: Line = None, ceiling: Line = None, middle: Line = None) -> Lines:
    if centre is None:
        return NOTHING
    if sigma is None:
        return (centre, None, None, None, None)
    around = centre if middle is None else middle
    ends = [around - 3 * sigma, around + 3 * sigma, around - 2 * sigma, around + 2 * sigma]
    if floor is not None:
        ends = [max(end, floor) for end in ends]
    if ceiling is not None:
        ends = [min(end, ceiling) for end in ends]
    return (centre, ends[0], ends[1], ends[2], ends[3])


def xmr(rows: list[Row], screen: bool, making_data_count: bool) -> list[Lines]:
    ranges = average(moving_ranges([row.value for row in in_baseline(rows)]), screen)
    factor = 2.66 / 3 if making_data_count else 1 / 1.128
    one = lines(mean(counted(rows)), None if ranges is None else factor * ranges)
    return [one] * len(rows)


def run(rows: list[Row]) -> list[Lines]:
    values = counted(rows)
    return [(median(values) if values else None, None, None, None, None)] * len(rows)


def mr(rows: list[Row]) -> list[Lines]:
    """The rows hold the moving ranges; none is below 0, even where there is nothing to compute."""
    centre = mean(counted(rows))
    upper = None if centre is None else 3.267 * centre
    return [(centre, 0.0, upper, 0.0, None if upper is None else upper * 2 / 3)] * len(rows)


def c(rows: list[Row]) -> list[Lines]:
    centre = mean(counted(rows))
    return [lines(centre, None if centre is None else math.sqrt(centre), floor=0.0)] * len(rows)


def g(rows: list[Row]) -> list[Lines]:
    values = counted(rows)
    middle = mean(values)
    if middle is None:
        return [NOTHING] * len(rows)
    return [lines(median(values), math.sqrt(middle * (middle + 1)), floor=0.0, middle=middle)] * len(rows)


def t(rows: list[Row], screen: bool) -> list[Lines]:
    """XmR on the values to the power 1/3.6, taken back; below 0 a limit is 0, a near limit undefined."""
    powered = [
        Row(None if row.value is None else row.value ** (1 / 3.6), ghost=row.ghost, counts=row.counts) for row in rows
    ]
    centre, lower, upper, lower_near, upper_near = xmr(powered, screen, making_data_count=False)[0]

    def back(line: Line) -> Line:
        return None if line is None or line < 0 else line**3.6

    cut = 0.0 if lower is None or lower < 0 else back(lower)
    return [(back(centre), cut, back(upper), back(lower_near), back(upper_near))] * len(rows)


def pooled(rows: list[Row]) -> float | None:
    """Σ value × n / Σ n of the rows that count."""
    kept = [row for row in rows if row.computed]
    total = sum(Fraction(row.n) for row in kept if row.n is not None)
    events = sum(Fraction(row.value) * Fraction(row.n) for row in kept if row.value is not None and row.n is not None)
    return float(events / total) if total else None


def ratio(
    rows: list[Row], variance: Callable[[float], float], *, ceiling: Line, laney: bool, screen: bool
) -> list[Lines]:
    """p, u and, with `laney`, p′ and u′: sigma √(variance / n) of each row, times the spread of the z values."""
    centre = pooled(rows)
    if centre is None:
        return [NOTHING] * len(rows)
    sigmas = [math.sqrt(variance(centre) / row.n) if row.n else None for row in rows]
    widening: float | None = 1.0
    if laney:
        scores = [
            (row.value - centre) / sigma if row.value is not None and sigma else None
            for row, sigma in zip(rows, sigmas, strict=True)
            if row.counts and not row.ghost
        ]
        ranges = average(moving_ranges(scores), screen)
        widening = None if ranges is None else ranges / 1.128
    return [
        lines(centre, None if sigma is None or widening is None else sigma * widening, 0.0, ceiling) for sigma in sigmas
    ]


def iprime(rows: list[Row], screen: bool, all_rows: bool) -> list[Lines]:
    """With `all_rows` the spread is that of ghosts and rows beyond the baseline too, as qicharts2 has it."""
    kept = rows if all_rows else in_baseline(rows)
    ranges = [
        math.sqrt(math.pi / 2) * abs(now.value - before.value) / math.sqrt(1 / now.n + 1 / before.n)
        for now, before in zip(kept[1:], kept[:-1], strict=True)
        if now.value is not None and before.value is not None and now.n and before.n
    ]
    typical = average(ranges, screen, limit=3.2665)
    centre = pooled(rows)
    return [lines(centre, typical / math.sqrt(row.n) if typical is not None and row.n else None) for row in rows]


def c4(n: float) -> float:
    return math.sqrt(2 / (n - 1)) * math.gamma(n / 2) / math.gamma((n - 1) / 2)


def typical_spread(rows: list[Row]) -> float | None:
    """Mean standard deviation where subgroups are alike in size, pooled where they are not."""
    kept = [(row.n, row.spread) for row in rows if row.computed and row.n is not None and row.spread is not None]
    if len({row.n for row in rows}) == 1:
        return mean([spread for _, spread in kept])
    freedom = sum(n - 1 for n, _ in kept)
    return math.sqrt(math.fsum((n - 1) * spread**2 for n, spread in kept) / freedom) if freedom else None


def xbar(rows: list[Row]) -> list[Lines]:
    spread, centre = typical_spread(rows), pooled(rows)
    return [
        lines(centre, spread / (c4(row.n) * math.sqrt(row.n)) if spread is not None and row.n and row.n > 1 else None)
        for row in rows
    ]


def s(rows: list[Row]) -> list[Lines]:
    """The rows hold the standard deviations."""
    spread = typical_spread(rows)
    return [
        lines(spread, spread * math.sqrt(1 - c4(row.n) ** 2) / c4(row.n) if spread is not None and row.n else None, 0.0)
        for row in rows
    ]
