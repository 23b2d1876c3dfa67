"""What `pareto` gives back: tables in the caller's type of frame, a sentence, a drawing."""

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from plotthedots import frame as frames
from plotthedots import svg
from plotthedots.pareto import words
from plotthedots.pareto.causes import Causes
from plotthedots.words import number


class Pareto:
    """Causes ranked: `points` has a row a cause, in the type of frame that came in.

    `causes` are their names, the most common first; `vital` how many of these make up 80 % of all; `said` what was
    converted while reading.
    """

    def __init__(self, read: Causes, cause: str, count: str | None) -> None:
        self._read = read
        self._cause = cause.replace("_", " ")
        self._what = "events" if count in (None, "count", "n", "number", "value") else str(count).replace("_", " ")
        self.causes = read.names
        self.vital = read.vital
        self.said: list[str] = list(read.table.said)

    @cached_property
    def points(self) -> Any:
        """A row per cause: cause, count, share, cumulative; null where a count is missing, or there is no event."""
        read = self._read
        columns = {"cause": read.cause, "count": read.count.copy()}
        columns |= {"share": read.share.copy(), "cumulative": read.cumulative.copy()}
        return frames.like(read.table, columns)

    @cached_property
    def summary(self) -> Any:
        """One row: causes, total, vital (causes that make up 80 %), vital_share, advice, sentence."""
        read = self._read
        columns = {
            "causes": np.array([len(self.causes)]),
            "total": np.array([read.total]),
            "vital": np.array([read.vital]),
            "vital_share": np.array([self._told.vital_share]),
            "advice": pa.array([";".join(read.codes)]),
            "sentence": pa.array([self.sentence()]),
        }
        return frames.like(read.table, columns)

    def sentence(self) -> str:
        """How few causes make up 80 %, which, and whether that means anything."""
        return words.sentence(self._told)

    def advice(self) -> list[str]:
        """What a reader should know first, in sentences."""
        return [words.ADVICE[code] for code in self._read.codes]

    def to_svg(self, **options: Any) -> str:
        """The chart as an SVG text; options are those of `svg.pareto`: title, width, most, style …"""
        read = self._read
        arguments: dict[str, Any] = {"names": self.causes, "count": read.count, "vital": read.vital}
        arguments["count_title"] = self._what
        if "title" not in options:
            arguments["title"] = words.heading(self._told)
        return svg.pareto(**(arguments | options))

    def _repr_html_(self) -> str:
        return self.to_svg()

    @cached_property
    def _told(self) -> words.Told:
        read = self._read
        share = float(read.cumulative[read.vital - 1]) if read.vital else float("nan")
        counted = f"{number(read.total)} {self._what}"
        return words.Told(self.causes, read.share.tolist(), read.total, read.vital, share, read.codes, counted)

    def __repr__(self) -> str:
        return f"<Pareto of {len(self.causes):,} causes: {self.sentence()}>"
