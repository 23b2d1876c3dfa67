"""What PDF, slides, workbooks and pictures take beyond the core: asked for when it is needed, in a sentence."""

from importlib import import_module
from typing import Any

from plotthedots.errors import BadInput

# Module, and what it makes, by the ending of a file.
MODULES = {
    "pdf": ("weasyprint", "A PDF"),
    "pptx": ("pptx", "A presentation"),
    "xlsx": ("xlsxwriter", "A workbook with charts"),
    "png": ("resvg_py", "A PNG"),
}


def needed(kind: str) -> Any:
    """The module that makes such files. BadInput where it, or a system library that it takes, is not there."""
    module, what = MODULES[kind]
    try:
        return import_module(module)
    except ImportError as problem:
        raise BadInput(f'{what} needs more than the core: pip install "plotthedots[report]".') from problem
    except OSError as problem:  # WeasyPrint looks for Pango when it is imported
        raise BadInput(f"{what} needs the system library Pango, which is not here: install it.") from problem
