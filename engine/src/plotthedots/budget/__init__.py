"""Which of many charts to look at: the one door, `signal_budget`."""

import numpy as np

from plotthedots import frame as frames
from plotthedots.budget.assess import Asked
from plotthedots.budget.discovery import METHODS
from plotthedots.budget.grids import WIDEST
from plotthedots.budget.result import Budget
from plotthedots.constants import names
from plotthedots.errors import BadInput
from plotthedots.result import Result

__all__ = ["Budget", "signal_budget"]

COLUMNS = ("p_value", "q_value", "shown", "is_new")


def signal_budget(result: Result, window: int = 12, share: float = 0.1, method: str = "bh") -> Budget:
    """Which series of a board to show, so that of those shown at most a stated share is there by chance.

    `result` is what `spc` gave, of one level of the organisation: series that contain one another are not a board.

    window: a change is looked for before any of the last so many points of the latest phase, 1 to 60.
    share: the share of false discoveries among those shown that is accepted, on average; above 0, below 1.
    method: "bh" (Benjamini and Hochberg), or "by" (Benjamini and Yekutieli: whatever the dependence; shows less).

    Raises BadInput. Sources and measured error rates: docs/methods/signal-budget.md.
    """
    if not isinstance(result, Result):
        raise BadInput(f"result: found {type(result).__name__}, expected what spc() gives back: call spc first.")
    number = (int, float, np.integer, np.floating)
    if isinstance(window, bool) or not isinstance(window, number) or not 1 <= window <= WIDEST or window % 1:
        raise BadInput(f"window: found {window!r}, expected a whole number of points from 1 to {WIDEST}.")
    if isinstance(share, bool) or not isinstance(share, number) or not 0 < share < 1:
        raise BadInput(f"share: found {share!r}, expected a number above 0 and below 1, such as 0.1 for one in ten.")
    if method not in METHODS:
        raise BadInput(f"method: found {method!r}, expected {names(METHODS)}.")
    frames.refuse_names(result._prepared.by, COLUMNS)
    return Budget(result, Asked(int(window), float(share), method))
