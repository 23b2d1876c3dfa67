"""Red, amber and green beside rules and budget, month by month: the one door, `rag_or_dots`."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from plotthedots import frame as frames
from plotthedots.errors import BadInput
from plotthedots.rag.result import POINT_COLUMNS, SUMMARY_COLUMNS, RagOrDots
from plotthedots.result import Result

__all__ = ["RagOrDots", "rag_or_dots"]

LONGEST = 60  # points looked back


def rag_or_dots(
    result: Result, amber: float | Mapping[Any, float] = 0.0, window: int = 24, share: float = 0.1
) -> RagOrDots:
    """What red, amber and green said of the last months, what the rules said, and what the budget would have shown.

    `result` is what `spc` gave, with a target and a direction: green is at the target or better, amber short of it by
    no more than `amber`, red by more. Rules and budget are asked month by month, as if each had been the latest.

    amber: how far short of the target is still amber, in plotted units, for all series or as {series: number}.
    window: how many of each series' latest points are looked at, 1 to 60.
    share: what `signal_budget` takes.

    An alarm is a *wolf* where the chart as it stands now, with all that came since, marks nothing of concern there.
    How often each would cry wolf if nothing had changed comes from the centre and limits of each point (red) and from
    made-up charts of the same length (the rules). Raises BadInput. Method: docs/methods/dots-not-rag.md.
    """
    if not isinstance(result, Result):
        raise BadInput(f"result: found {type(result).__name__}, expected what spc() gives back: call spc first.")
    if isinstance(window, bool) or not isinstance(window, (int, np.integer)) or not 1 <= window <= LONGEST:
        raise BadInput(f"window: found {window!r}, expected a whole number of points from 1 to {LONGEST}.")
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 < share < 1:
        raise BadInput(f"share: found {share!r}, expected a number above 0 and below 1, such as 0.1 for one in ten.")
    prepared = result._prepared
    if prepared.target is None:
        raise BadInput("colours need a target, a number or a column: say target= of spc, or --target.")
    if not np.any(prepared.better):
        raise BadInput(
            "colours need to know which way is better: say direction= of spc, or --direction, increase or decrease."
        )
    frames.refuse_names(prepared.by, (*POINT_COLUMNS, *SUMMARY_COLUMNS))
    return RagOrDots(result, _reach(amber, result.series), int(window), float(share))


def _reach(amber: Any, series: list[Any]) -> Any:
    """How far amber goes below the target, a value a series."""
    if not isinstance(amber, Mapping):
        return np.full(len(series), _distance(amber))
    known = set(series)
    for name in amber:
        if name not in known:
            raise BadInput(f"amber: there is no series {name!r}; the first is {series[0]!r}.")
    return np.array([_distance(amber.get(name, 0.0)) for name in series])


def _distance(amber: Any) -> float:
    number = (int, float, np.integer, np.floating)
    if isinstance(amber, bool) or not isinstance(amber, number) or not 0 <= amber < np.inf:
        raise BadInput(f"amber: found {amber!r}, expected a number of 0 or more, in the units of the chart.")
    return float(amber)
