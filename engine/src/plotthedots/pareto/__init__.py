"""Pareto charts: which few causes make up most, the one door, `pareto`."""

import sys
from types import ModuleType
from typing import Any

from plotthedots.pareto.causes import causes
from plotthedots.pareto.result import Pareto

__all__ = ["Pareto", "pareto"]


def pareto(frame: Any, *, cause: str = "cause", count: str | None = "count") -> Pareto:
    """Causes by how often they were there, the most common first.

    `frame` is a pandas, polars or pyarrow table (anything narwhals reads) or a dict of arrays. cause: column of names.
    count: column of numbers of 0 or more; None counts rows (a list with a row per event). Rows that share a cause are
    added up. Causes as common as each other stay in the order in which they came. A missing count adds nothing.

    Raises BadInput with a sentence that names row and column. Source: Juran, Quality Control Handbook (1951);
    docs/methods/pareto.md.
    """
    return Pareto(causes(frame, cause, count), cause, count)


class _Door(ModuleType):
    """The package under the name of its function: whichever was loaded first, `plotthedots.pareto(…)` works."""

    def __call__(self, *arguments: Any, **options: Any) -> Pareto:
        return pareto(*arguments, **options)


sys.modules[__name__].__class__ = _Door
