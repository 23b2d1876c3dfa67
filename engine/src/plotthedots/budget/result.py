"""What `signal_budget` gives back: a table in the caller's type of frame, three numbers, sentences."""

from functools import cached_property
from typing import Any

from plotthedots import frame as frames
from plotthedots.budget import saying
from plotthedots.budget.assess import Asked, Assessed, assess, false_alarms, signalling
from plotthedots.budget.grids import FEWEST
from plotthedots.constants import Flags
from plotthedots.result import Result


class Budget:
    """Which series of a board to show.

    `series` has a row per series, in the type of frame that was given to `spc`. `seen` is how many series have a
    chart signal in the window, `expected_false_alarms` how many of them chance alone gives, `unjudged` how many
    cannot be judged. `window`, `share` and `method` are those asked for.
    """

    def __init__(self, result: Result, asked: Asked) -> None:
        self._result = result
        self._asked = asked
        self.window, self.share, self.method = asked.window, asked.share, asked.method

    @cached_property
    def series(self) -> Any:
        """A row per series: the `by` columns, p_value, q_value, shown, is_new.

        `p_value` and `q_value` are null where a series cannot be judged. `is_new`: shown, and not shown had each
        series' last row been left out.
        """
        prepared = self._result._prepared
        columns: dict[str, Any] = dict(zip(prepared.by, prepared.order.keys, strict=True))
        columns |= {"p_value": self._now.p, "q_value": self._now.q, "shown": self._now.shown, "is_new": self._new}
        return frames.like(prepared.table, columns)

    @cached_property
    def seen(self) -> int:
        """How many series have a chart signal at any of the last `window` points that are judged."""
        return int(signalling(self._now.here, self._result._made.signals, self.window).sum())

    @cached_property
    def expected_false_alarms(self) -> float:
        """How many series would have such a signal if none had changed: a sum of chances."""
        return float(false_alarms(self._now, self._result._prepared.batch, self._result._chart, self.window).sum())

    @cached_property
    def unjudged(self) -> int:
        """How many series cannot be judged: under 12 points in the latest phase, or hardly any variation."""
        return int((~self._now.able).sum())

    def sentence(self) -> str:
        """What a board needs to be told."""
        short = self._now.scores.n < FEWEST
        return saying.sentence(
            len(short),
            seen=self.seen,
            by_chance=self.expected_false_alarms,
            shown=int(self._now.shown.sum()),
            new=int(self._new.sum()),
            share=self.share,
            short=int(short.sum()),
            flat=int((~self._now.able & ~short).sum()),
        )

    @cached_property
    def _now(self) -> Assessed:
        return self._assess(without_last_row=False)

    @cached_property
    def _new(self) -> Flags:
        return self._now.shown & ~self._assess(without_last_row=True).shown

    def _assess(self, *, without_last_row: bool) -> Assessed:
        prepared = self._result._prepared
        family = self._result._chart.family
        return assess(prepared.batch, prepared.stretches, family, self._asked, without_last_row=without_last_row)
