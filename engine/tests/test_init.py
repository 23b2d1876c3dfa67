"""The public names: few, light to import, the same however one comes to them."""

import subprocess
import sys

import pytest

import plotthedots


def fresh(code: str) -> str:
    """What a new interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_public_names_are_these_and_no_others() -> None:
    classes = ["BadInput", "Budget", "Funnel", "Gains", "Pareto", "RagOrDots", "Result"]
    boards = ["icon_grid", "overview", "small_multiples"]
    functions = ["between", "forecast", "funnel", "gains", "pareto", "rag_or_dots", "signal_budget", "spc"]
    assert plotthedots.__all__ == [*classes, *sorted([*boards, *functions])]
    assert set(plotthedots.__all__) <= set(dir(plotthedots))


@pytest.mark.parametrize("name", ["spc", "between", "forecast", "funnel", "gains", "pareto"])
def test_a_module_never_takes_the_place_of_its_function(name: str) -> None:
    assert fresh(f"import plotthedots.{name}; import plotthedots; print(callable(plotthedots.{name}))") == "True\n"
    assert (
        fresh(f"from plotthedots.{name} import {name}; import plotthedots; print(plotthedots.{name} is {name})")
        == "True\n"
    )


def test_importing_the_package_loads_neither_numpy_nor_a_frame_library() -> None:
    heavy = "{'numpy', 'narwhals', 'pyarrow', 'pandas', 'polars'}"
    code = f"import sys, plotthedots; print(sorted({heavy} & set(sys.modules)))"
    assert fresh(code) == "[]\n"


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'spd'"):
        plotthedots.spd  # noqa: B018
