"""What `rag_or_dots` gives back: tables in the caller's type of frame, sentences, a picture a series."""

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import card, svg, verdict
from plotthedots import frame as frames
from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.rag import chance, words
from plotthedots.rag.replay import Then, replay
from plotthedots.result import Result, coded

POINT_COLUMNS = ("date", "value", "target", "colour", "rules", "shown", "concern")
SUMMARY_COLUMNS = (
    *("points", "green", "amber", "red", "turned", "red_wolves", "marked", "marked_wolves", "shown"),
    *("red_by_chance", "marked_by_chance", "sentence"),
)
COLOURS = ("green", "amber", "red")
RED, CONCERN = 2, 2


class RagOrDots:
    """Red, amber and green beside rules and budget.

    `points` has a row per point looked at: the `by` columns, date, value, target; `colour` (green, amber, red; null
    without a value, a target or a better way); `rules`, what `point` was when it was the latest; `shown`, whether the
    budget would have shown the series then; `concern`, whether the chart as it stands now marks it as concern.
    `summary` has a row per series: how many points, of which colour, how often the colour turned; how many red ones
    and how many marked as concern, and how many of each were wolves; in how many months the budget would have shown
    the series; how many red and marked ones chance alone would have given.
    """

    def __init__(self, result: Result, reach: Floats, window: int, share: float) -> None:
        self._result, self._reach = result, reach
        self.window, self.share = window, share

    @cached_property
    def points(self) -> Any:
        """A row per series and point looked at."""
        prepared, made, rows = self._result._prepared, self._result._made, self._rows
        owner = pa.array(self._owner[rows])
        columns: dict[str, Any] = {
            name: key.take(owner) for name, key in zip(prepared.by, prepared.order.keys, strict=True)
        }
        columns |= {
            "date": prepared.dates.take(pa.array(rows)),
            "value": made.value[rows],
            "target": self._target[rows],
            "colour": coded(COLOURS, self._colour[rows]),
            "rules": coded(verdict.POINTS, self._then.point[rows]),
            "shown": self._then.shown[rows],
            "concern": self._concern[rows],
        }
        return frames.like(prepared.table, columns)

    @cached_property
    def summary(self) -> Any:
        """A row per series."""
        prepared = self._result._prepared
        columns: dict[str, Any] = dict(zip(prepared.by, prepared.order.keys, strict=True))
        columns |= {name: self._counts[name] for name in SUMMARY_COLUMNS if name in self._counts}
        columns["sentence"] = pa.array([self._sentence(i) for i in range(len(self._result.series))], pa.string())
        return frames.like(prepared.table, columns)

    def sentence(self, *series: Any) -> str:
        """What colours, rules and budget came to: of a series, or without a name of all."""
        counts = self._counts
        if series or not self._result._prepared.by:
            position = self._result._position(series)
            red = float(counts["red_by_chance"][position])
            by_chance = words.by_chance(None if red != red else red, float(counts["marked_by_chance"][position]))
            return f"{self._sentence(position)} {by_chance}"
        return self.sentence_of(np.arange(len(self._result.series)))

    def sentence_of(self, positions: Whole) -> str:
        """The same of several series together, by their positions in `series`."""
        counts = {name: values[positions] for name, values in self._counts.items()}
        red, marked = int(counts["red"].sum()), int(counts["marked"].sum())
        return words.of_many(
            len(positions), self.window, self._noun(0), red, red - int(counts["red_wolves"].sum()),
            marked, marked - int(counts["marked_wolves"].sum()), int((counts["shown"] > 0).sum()),
        )  # fmt: skip

    def sentence_at(self, position: int) -> str:
        """What they came to in the series at a position of `series`."""
        return self._sentence(position)

    def rows_at(self, position: int) -> range:
        """Which rows of `points` are those of the series at a position of `series`."""
        kept = np.minimum(self._result._prepared.stretches.series.lengths, self.window)
        first = int(kept[:position].sum())
        return range(first, first + int(kept[position]))

    def coloured(self, position: int) -> bool:
        """Whether any point of a series that is looked at has a colour."""
        return any(int(self._counts[name][position]) for name in COLOURS)

    def to_svg(self, *series: Any, **options: Any) -> str:
        """The colours, rules and budget of a series month by month; options: title, width, style, heading, id."""
        return self.draw(self._result._position(series), **options)

    def draw(self, position: int, **options: Any) -> str:
        """The picture of the series at a position of `series`."""
        here = self._result._rows(position)
        rows = np.arange(max(here.start, here.stop - self.window), here.stop)
        shown = self._result._card(position).rows[-len(rows) :]
        name = self._result._name(position)
        arguments: dict[str, Any] = {
            "when": [row.when for row in shown],
            "value": [row.value for row in shown],
            "colour": self._colour[rows],
            "then": self._then.point[rows],
            "shown": self._then.shown[rows],
            "concern": self._concern[rows],
            "title": f"{name}: {self._sentence(position)}" if name else self._sentence(position),
        }
        return svg.colours(**(arguments | options))

    def _sentence(self, position: int) -> str:
        counts = {name: int(values[position]) for name, values in self._counts.items() if values.dtype != np.float64}
        return words.sentence(
            counts["points"], self._noun(position), counts["red"], counts["red"] - counts["red_wolves"],
            counts["marked"], counts["marked"] - counts["marked_wolves"], counts["shown"],
        )  # fmt: skip

    def _noun(self, position: int) -> str:
        """What points of a series are called."""
        here = self._result._rows(position)
        return "month" if card.monthly(self._result._prepared.dates[here.start : here.stop].to_pylist()) else "point"

    # A value a row of the flat table

    @cached_property
    def _owner(self) -> Whole:
        series = self._result._prepared.stretches.series
        return np.repeat(np.arange(len(series.starts)), series.lengths)

    @cached_property
    def _inside(self) -> Flags:
        """Rows that are looked at."""
        series = self._result._prepared.stretches.series
        first = series.starts + np.maximum(series.lengths - self.window, 0)
        return np.asarray(np.arange(series.rows) >= np.repeat(first, series.lengths))

    @property
    def _rows(self) -> Whole:
        return np.flatnonzero(self._inside)

    @cached_property
    def _target(self) -> Floats:
        target = self._result._prepared.target
        assert target is not None  # the door has seen to it
        return np.asarray(target, dtype=np.float64)

    @cached_property
    def _better(self) -> Floats:
        better = self._result._prepared.better
        return np.broadcast_to(np.asarray(better, dtype=np.float64), len(self._owner))

    @cached_property
    def _colour(self) -> Signs:
        with np.errstate(invalid="ignore"):
            short = (self._target - self._result._made.value) * self._better
            colour = np.where(short <= 0, 0, np.where(short <= self._reach[self._owner], 1, RED)).astype(np.int8)
        return np.where((short == short) & (self._better != 0), colour, np.int8(-1))

    @cached_property
    def _then(self) -> Then:
        return replay(self._result._prepared, self._result._chart, self.window, self.share)

    @cached_property
    def _concern(self) -> Flags:
        return np.asarray(self._result._made.point == CONCERN)

    @cached_property
    def _counts(self) -> dict[str, Any]:
        """A value a series under the names of `summary`."""
        series, inside = self._result._prepared.stretches.series, self._inside
        red, marked = inside & (self._colour == RED), inside & (self._then.point == CONCERN)
        counts: dict[str, Any] = {"points": series.count(inside & (self._result._made.point >= 0))}
        counts |= {name: series.count(inside & (self._colour == code)) for code, name in enumerate(COLOURS)}
        turned = np.zeros(len(inside), dtype=np.bool_)
        turned[1:] = (self._colour[1:] != self._colour[:-1]) & (self._colour[1:] >= 0) & (self._colour[:-1] >= 0)
        turned[1:] &= inside[:-1] & (self._owner[1:] == self._owner[:-1])
        counts |= {
            "turned": series.count(turned & inside),
            "red_wolves": series.count(red & ~self._concern),
            "marked": series.count(marked),
            "marked_wolves": series.count(marked & ~self._concern),
            "shown": series.count(inside & self._then.shown),
            "red_by_chance": self._red_by_chance(),
            "marked_by_chance": self._marked_by_chance(),
        }
        return counts

    def _red_by_chance(self) -> Floats:
        made, rows = self._result._made, self._rows
        edge = self._target[rows] - self._reach[self._owner[rows]] * self._better[rows]
        each = np.zeros(len(self._owner))
        each[rows] = chance.red(made.centre[rows], made.lower[rows], made.upper[rows], edge, self._better[rows])
        each[self._colour < 0] = 0.0
        return self._result._prepared.stretches.series.sum(each)

    def _marked_by_chance(self) -> Floats:
        lengths = self._result._prepared.stretches.series.lengths.tolist()
        return np.array([chance.marked(self._result._chart, length, self.window) for length in lengths])
