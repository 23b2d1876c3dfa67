"""Control charts for healthcare: plot the dots, right and fast.

Public names load what they need when first used, so that importing the package costs next to nothing.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plotthedots.between import between
    from plotthedots.board import icon_grid, overview, small_multiples
    from plotthedots.budget import Budget, signal_budget
    from plotthedots.errors import BadInput
    from plotthedots.forecast import forecast
    from plotthedots.funnel import Funnel, funnel
    from plotthedots.gains import Gains, gains
    from plotthedots.pareto import Pareto, pareto
    from plotthedots.rag import RagOrDots, rag_or_dots
    from plotthedots.result import Result
    from plotthedots.spc import spc

__version__ = "0.1.0"
__all__ = [
    "BadInput", "Budget", "Funnel", "Gains", "Pareto", "RagOrDots", "Result", "between", "forecast", "funnel", "gains",
    "icon_grid", "overview", "pareto", "rag_or_dots", "signal_budget", "small_multiples", "spc",
]  # fmt: skip

_HOMES = {
    "BadInput": "errors",
    "Budget": "budget",
    "Funnel": "funnel",
    "Gains": "gains",
    "Pareto": "pareto",
    "RagOrDots": "rag",
    "Result": "result",
    "between": "between",
    "forecast": "forecast",
    "funnel": "funnel",
    "gains": "gains",
    "icon_grid": "board",
    "overview": "board",
    "pareto": "pareto",
    "rag_or_dots": "rag",
    "signal_budget": "budget",
    "small_multiples": "board",
    "spc": "spc",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Importing the module `plotthedots.spc` must not put it in the place of the function `spc`."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
