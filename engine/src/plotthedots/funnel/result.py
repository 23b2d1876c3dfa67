"""What `funnel` gives back: tables in the caller's type of frame, a sentence, a drawing."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import svg
from plotthedots.constants import Flags, Floats, Signs
from plotthedots.funnel import drawing, words
from plotthedots.funnel.areas import Areas
from plotthedots.funnel.limits import LEVELS, Limits, Spread


@dataclass(frozen=True, slots=True)
class Judged:
    """How the areas were judged: `limits` and `beyond` (−1, 0, 1) have a row a level, of 95 % and 99.8 %."""

    chart: str
    centre: float
    given: bool
    limits: Limits
    wide: bool
    spread: Spread
    judged: Flags
    beyond: Signs
    level: int
    minimum: float
    multiply: float

    @property
    def out(self) -> Signs:
        out: Signs = self.beyond[self.level]
        return out


class Funnel:
    """Areas compared: `points` has a row an area, `summary` one row; both in the type of frame that came in.

    `areas` are the names, in order (tuples for several `by` columns), `said` what was converted while reading.
    """

    def __init__(self, read: Areas, made: Judged, value: str, denominator: str) -> None:
        self._read = read
        self._made = made
        self._named = (value, denominator)
        self.areas = read.labels
        self.said: list[str] = list(read.table.said)

    @cached_property
    def points(self) -> Any:
        """A row per area: by, value, numerator, denominator, centre, lower_95 … upper_998, out, judged.

        Value, centre and limits are times `multiply`; null where there is no value or no limit. out: −1 below, 1 above
        the limits asked for, 0 within them or not judged.
        """
        read, made = self._read, self._made
        limits = made.limits
        columns: dict[str, Any] = dict(zip(read.by, read.keys, strict=True))
        columns |= {
            "value": _finite(read.value * made.multiply),
            "numerator": read.numerator.copy(),
            "denominator": read.denominator.copy(),
            "centre": np.full(len(read.value), made.centre * made.multiply),
        }
        for row, level in enumerate(("95", "998")):
            columns[f"lower_{level}"] = _finite(limits.lower[row] * made.multiply)
            columns[f"upper_{level}"] = _finite(limits.upper[row] * made.multiply)
        columns |= {"out": made.out.copy(), "judged": made.judged.copy()}
        return frames.like(read.table, columns)

    @cached_property
    def summary(self) -> Any:
        """One row: areas, judged, numerator, denominator, centre, dispersion, tau, limits, high, low, expected,
        beyond_95, expected_95, beyond_998, expected_998, advice, sentence.

        limits: "exact" or "overdispersed". high, low: areas out; expected: how many chance alone puts out.
        """
        read, made = self._read, self._made
        known = read.value == read.value
        columns: dict[str, Any] = {
            "areas": np.array([len(read.value)]),
            "judged": np.array([int(made.judged.sum())]),
            "numerator": np.array([read.numerator[known].sum()]),
            "denominator": np.array([read.denominator[known].sum()]),
            "centre": np.array([made.centre * made.multiply]),
            "dispersion": np.array([made.spread.dispersion]),
            "tau": np.array([made.spread.tau if made.wide else 0.0]),
            "limits": pa.array(["overdispersed" if made.wide else "exact"]),
            "high": np.array([int((made.out > 0).sum())]),
            "low": np.array([int((made.out < 0).sum())]),
            "expected": np.array([drawing.expected(made, made.level)]),
        }
        for row, level in enumerate(("95", "998")):
            columns[f"beyond_{level}"] = np.array([int((made.beyond[row] != 0).sum())])
            columns[f"expected_{level}"] = np.array([drawing.expected(made, row)])
        columns |= {"advice": pa.array([";".join(words.codes(self._told))]), "sentence": pa.array([self.sentence()])}
        return frames.like(read.table, columns)

    def sentence(self) -> str:
        """Who is beyond the limits, what they are compared with, and how many chance alone puts there."""
        return words.sentence(self._told)

    def advice(self) -> list[str]:
        """What a reader should know first, in sentences."""
        return [words.ADVICE[code] for code in words.codes(self._told)]

    def to_svg(self, **options: Any) -> str:
        """The funnel as an SVG text; options are those of `svg.funnel`: title, subtitle, width, height, style …"""
        arguments = drawing.arguments(self._read, self._made, *self._named)
        if "title" not in options:
            arguments["title"] = words.heading(self._told)
        return svg.funnel(**(arguments | options))

    def _repr_html_(self) -> str:
        return self.to_svg()

    @cached_property
    def _told(self) -> words.Told:
        return drawing.told(self._read, self._made)

    def __repr__(self) -> str:
        return f"<Funnel of {len(self.areas):,} areas, limits {LEVELS[self._made.level]:.1%}: {self.sentence()}>"


def _finite(values: Floats) -> Floats:
    """What is too large for a number is undefined."""
    return np.where(np.isfinite(values), values, np.nan)
