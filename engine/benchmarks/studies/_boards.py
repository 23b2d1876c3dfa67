"""Boards of charts of which it is known which changed, when and by how much."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from plotthedots.batch import Batch
from plotthedots.phases import Stretches
from plotthedots.segments import Segments

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Random = np.random.Generator


def autocorrelated(random: Random, charts: int, months: int, r: float | Floats) -> Floats:
    """AR(1) with mean 0 and standard deviation 1, a row a chart, begun in their long-run distribution."""
    values = random.standard_normal((charts, months))
    news = np.sqrt(1 - np.square(r))
    for i in range(1, months):
        values[:, i] = r * values[:, i - 1] + news * values[:, i]
    return values


@dataclass(frozen=True, slots=True)
class Truth:
    """Which charts changed, and how many months ago (0: not)."""

    changed: Flags
    age: npt.NDArray[np.int64]

    def after(self, months: int) -> Flags:
        """The months at the new level, a row a chart."""
        return np.asarray(np.arange(months) >= months - self.age[:, None])


def truth(random: Random, charts: int, share: float, age: str, window: int, fits: int) -> Truth:
    """A share of charts changed, each `age` months ago, or, with "any", in any month of the window.

    One chart alone changed on every other board.
    """
    changed = np.arange(charts) < round(share * charts) if charts > 1 else random.random(1) < 0.5
    ages = random.integers(1, min(window, fits) + 1, charts) if age == "any" else np.full(charts, int(age))
    return Truth(changed, np.where(changed, ages, 0))


def single(values: Floats, **columns: Floats) -> tuple[Batch, Stretches]:
    """Charts of one phase each, as the engine takes them."""
    series = Segments.of(np.full(len(values), values.shape[1]))
    flat = {name: np.ascontiguousarray(column, dtype=np.float64).ravel() for name, column in columns.items()}
    made = Batch(series, np.ascontiguousarray(values, dtype=np.float64).ravel(), **flat)
    return made, Stretches.single(series)


@dataclass(frozen=True, slots=True)
class Kind:
    """A process that is not normal, or not steady: its chart, and how it is drawn; shifts are in sigmas."""

    chart: str
    draw: Callable[[Random, Floats], tuple[Batch, Stretches]]


def _added(noise: Callable[[Random, tuple[int, int]], Floats], chart: str = "xmr") -> Kind:
    return Kind(chart, lambda random, shift: single(noise(random, shift.shape) + shift))


def _mixed(random: Random, shape: tuple[int, int]) -> Floats:
    return autocorrelated(random, *shape, random.uniform(0, 0.8, shape[0]))


def _walk(random: Random, shape: tuple[int, int]) -> Floats:
    return np.cumsum(random.standard_normal(shape), axis=1)


def _skewed(random: Random, shape: tuple[int, int]) -> Floats:
    return random.exponential(size=shape) - 1


def _heavy(random: Random, shape: tuple[int, int]) -> Floats:
    return random.standard_t(5, shape) / np.sqrt(5 / 3)


def _seasonal(random: Random, shape: tuple[int, int]) -> Floats:
    """A wave of a year, the same on every chart, as large as the noise."""
    return random.standard_normal(shape) + np.sqrt(2) * np.sin(2 * np.pi * np.arange(shape[1]) / 12)


def _drift(random: Random, shape: tuple[int, int]) -> Floats:
    """A steady rise of two sigmas in three years, up or down."""
    way = random.choice([-1.0, 1.0], shape[0])[:, None]
    return random.standard_normal(shape) + way * 2 * np.arange(shape[1]) / 36


def _together(random: Random, shape: tuple[int, int]) -> Floats:
    """Half of each month's variance is common to all charts."""
    return (random.standard_normal(shape) + random.standard_normal((1, shape[1]))) / np.sqrt(2)


def _outliers(random: Random, shape: tuple[int, int]) -> Floats:
    """One month in fifty is four sigmas off."""
    return random.standard_normal(shape) + 4 * (random.random(shape) < 0.02) * random.choice([-1, 1], shape)


def _counts(mean: float) -> Kind:
    return Kind("c", lambda random, shift: single(random.poisson(mean + np.sqrt(mean) * shift)))


def _shares(random: Random, shift: Floats) -> tuple[Batch, Stretches]:
    n = random.integers(50, 151, shift.shape)
    events = random.binomial(n, 0.1 + 0.03 * shift)  # 0.03 is sigma at 100
    return single(events / n, numerator=events, denominator=n)


def _broad(chart: str) -> Kind:
    """Thousands a month, and more variation between months than chance alone gives, as in most of the NHS."""

    def draw(random: Random, shift: Floats) -> tuple[Batch, Stretches]:
        n = random.integers(5_000, 15_001, shift.shape)
        share = 0.1 + 0.01 * (random.standard_normal(shift.shape) + shift)
        events = random.binomial(n, np.clip(share, 0, 1))
        return single(events / n, numerator=events, denominator=n)

    return Kind(chart, draw)


def _cases(random: Random, shift: Floats) -> tuple[Batch, Stretches]:
    return single(random.geometric(0.05 / (1 + shift)) - 1)  # the sigma of cases between is about their mean


def _times(random: Random, shift: Floats) -> tuple[Batch, Stretches]:
    return single(10 * random.exponential(1 + shift))


def _subgroups(random: Random, shift: Floats) -> tuple[Batch, Stretches]:
    values = random.standard_normal((*shift.shape, 5)) + shift[..., None] / np.sqrt(5)
    mean, spread = values.mean(axis=2), values.std(axis=2, ddof=1)
    return single(mean, size=np.full(shift.shape, 5), spread=spread)


KINDS = {
    "normal, each its own autocorrelation, 0 to 0.8": _added(_mixed),
    "heavy tails (t, 5 degrees)": _added(_heavy),
    "one month in fifty 4 sigmas off": _added(_outliers),
    "skewed (exponential)": _added(_skewed),
    "half the variance common to all charts": _added(_together),
    "wave of a year as large as the noise": _added(_seasonal),
    "drift of 2 sigmas in three years": _added(_drift),
    "random walk": _added(_walk),
    "run chart, normal": _added(lambda random, shape: random.standard_normal(shape), "run"),
    "c: Poisson, mean 1": _counts(1),
    "c: Poisson, mean 2": _counts(2),
    "c: Poisson, mean 4": _counts(4),
    "c: Poisson, mean 16": _counts(16),
    "p: 0.1 of 50 to 150": Kind("p", _shares),
    "pprime: 0.1 of 50 to 150": Kind("pprime", _shares),
    "p: of thousands, overdispersed": _broad("p"),
    "pprime: of thousands, overdispersed": _broad("pprime"),
    "g: geometric, mean 19": Kind("g", _cases),
    "t: exponential": Kind("t", _times),
    "xbar: normal, 5 a subgroup": Kind("xbar", _subgroups),
}
