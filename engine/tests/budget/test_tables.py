"""The committed null tables are those that their command makes."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from plotthedots.budget import alarms
from plotthedots.budget.grids import LENGTHS, LIKENESS, TABLES, at_window, between, corners, table


@pytest.fixture(scope="module")
def command() -> ModuleType:
    path = Path(__file__).parents[2] / "benchmarks" / "null_tables.py"
    spec = importlib.util.spec_from_file_location("null_tables", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_a_cell_of_evidence_made_again_is_the_one_committed(command: ModuleType) -> None:
    i, j = LENGTHS.tolist().index(13), LIKENESS.tolist().index(0.4)
    quantiles, mean, spread = command.evidence_of(13, 0.4)
    assert table("evidence")[i, :, j] == pytest.approx(quantiles, rel=1e-4)
    assert table("likeness_mean")[i, :, j] == pytest.approx(mean, abs=1e-5)
    assert table("likeness_spread")[i, :, j] == pytest.approx(spread, abs=1e-5)


@pytest.mark.parametrize("process", [alarms.INDIVIDUALS, alarms.RARE, alarms.FIRST_COUNT + 1, alarms.FIRST_WILD])
def test_a_cell_of_chart_signals_made_again_is_the_one_committed(command: ModuleType, process: int) -> None:
    i, j = alarms.LENGTHS.tolist().index(16), alarms.LIKENESS.tolist().index(0.3)
    found = command.alarms_of(process, 16, 0.3)
    assert np.abs(table("alarms")[:, process, i, j].astype(int) - found).max() <= 1


def test_a_cell_of_wild_points_made_again_is_the_one_committed(command: ModuleType) -> None:
    i, j = LENGTHS.tolist().index(13), LIKENESS.tolist().index(0.4)
    assert table("wild_share")[2, i, j] == pytest.approx(command.wild_of(alarms.WILD[2], 13, 0.4), abs=1e-5)


def test_the_tables_are_small() -> None:
    assert TABLES.stat().st_size < 400_000
    assert table("alarms").shape == alarms.SHAPE


def test_between_two_settings_a_table_is_straight_and_beyond_them_it_stays() -> None:
    low, share = between(np.array([1.0, 2.0, 4.0]), np.array([-5.0, 1.0, 1.5, 4.0, 9.0]))
    assert (low + share).tolist() == [0, 0, 0.5, 2, 2]
    values = np.log(alarms.WINDOWS)[None, :]
    assert at_window(values, 5, axis=1)[0] == pytest.approx(np.log(5))
    lengths, likeness = np.array([18.0, 500.0]), np.array([0.1, 2.0])
    total = sum(share for _, _, share in corners(lengths, likeness, LENGTHS, LIKENESS))
    assert total == pytest.approx([1, 1])
