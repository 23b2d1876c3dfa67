"""Means and standard deviations against the certified values of NIST's Statistical Reference Datasets.

Digits are NIST's log relative error. The last two sets leave fewer: their decimals are not doubles,
so that the numbers as stored no longer have the certified standard deviation.
"""

import math
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

import plotthedots as ptd

FOLDER = Path(__file__).parent / "nist_strd"
MEAN_DIGITS = {"Lew": 13, "Michelso": 13, "NumAcc1": 13, "NumAcc2": 13, "NumAcc3": 13, "NumAcc4": 8, "PiDigits": 13}
SPREAD_DIGITS = {"Lew": 13, "Michelso": 13, "NumAcc1": 13, "NumAcc2": 13, "NumAcc3": 9, "NumAcc4": 8, "PiDigits": 13}


@cache
def certified(name: str) -> tuple[list[float], float, float]:
    """The values, their mean and their standard deviation."""
    if name == "NumAcc4":
        return [10000000.2, *[10000000.1, 10000000.3] * 500], 10000000.2, 0.1
    lines = (FOLDER / f"{name}.dat").read_text(encoding="ascii").splitlines()
    mean, spread = (float(re.split(r":\s+", line)[1].split()[0]) for line in lines[40:42])
    return [float(line) for line in lines[60:] if line.strip()], mean, spread


def digits(found: float, exact: float) -> float:
    """How many leading digits agree; 15 where all that a double holds do."""
    return 15.0 if found == exact else min(15.0, -math.log10(abs(found - exact) / abs(exact)))


def charted(name: str, chart: str, *, together: bool = False) -> pl.DataFrame:
    values, _, _ = certified(name)
    dates = [1] * len(values) if together else list(range(len(values)))
    points: pl.DataFrame = ptd.spc(pl.DataFrame({"date": dates, "value": values}), chart=chart).points
    return points


def test_the_sets_are_whole() -> None:
    lengths = {name: len(certified(name)[0]) for name in MEAN_DIGITS}
    assert lengths == {
        "Lew": 200,
        "Michelso": 100,
        "NumAcc1": 3,
        "NumAcc2": 1001,
        "NumAcc3": 1001,
        "NumAcc4": 1001,
        "PiDigits": 5000,
    }


@pytest.mark.parametrize("name", MEAN_DIGITS)
def test_the_centre_of_an_xmr_chart_is_the_certified_mean(name: str) -> None:
    centre = charted(name, "xmr")["centre"]
    assert digits(centre[0], certified(name)[1]) >= MEAN_DIGITS[name]
    assert centre.n_unique() == 1


@pytest.mark.parametrize("name", MEAN_DIGITS)
def test_the_mean_of_one_subgroup_is_the_certified_mean(name: str) -> None:
    points = charted(name, "xbar", together=True)
    assert digits(points["value"][0], certified(name)[1]) >= MEAN_DIGITS[name]
    assert points["centre"][0] == pytest.approx(points["value"][0], rel=1e-15)


@pytest.mark.parametrize("name", SPREAD_DIGITS)
def test_the_standard_deviation_of_one_subgroup_is_the_certified_one(name: str) -> None:
    points = charted(name, "s", together=True)
    assert digits(points["value"][0], certified(name)[2]) >= SPREAD_DIGITS[name]
    assert points["centre"][0] == pytest.approx(points["value"][0], rel=1e-15)


@pytest.mark.parametrize("name", ["NumAcc2", "NumAcc3", "NumAcc4"])
def test_a_run_chart_finds_the_middle_of_the_made_up_sets(name: str) -> None:
    """Their middle value is their mean, by construction."""
    assert charted(name, "run")["centre"][0] == certified(name)[1]
