"""The evidence and its chance, against twins and against simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.budget.assess import p_values
from plotthedots.budget.change import chance, evidence
from plotthedots.budget.grids import LENGTHS, LEVELS, LIKENESS, WINDOWS, table
from plotthedots.budget.likeness import likeness, raw

from . import twins
from .boards import autocorrelated


def padded(rows: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    n = np.array([len(row) for row in rows])
    values = np.zeros((len(rows), n.max()))
    for position, row in enumerate(rows):
        values[position, n.max() - len(row) :] = row - row.mean()
    return values, n


@given(st.integers(0, 10_000), st.integers(1, 20), st.sampled_from([-0.4, 0.0, 0.3, 0.9]))
def test_evidence_is_that_of_generalised_least_squares(seed: int, window: int, r: float) -> None:
    rows = [autocorrelated(1, n, seed + n)[0] for n in (12, 17, 40)]
    values, n = padded(rows)
    found = evidence(values, n, window, np.full((3, 1), r))[:, 0]
    assert found == pytest.approx([twins.evidence(row, window, r) for row in rows], rel=1e-6, abs=1e-8)


@given(st.integers(0, 10_000), st.integers(1, 20))
def test_raw_autocorrelation_is_that_of_what_the_best_step_leaves(seed: int, window: int) -> None:
    rows = [autocorrelated(1, n, seed + n)[0] for n in (12, 17, 40)]
    values, n = padded(rows)
    assert raw(values, n, window) == pytest.approx([twins.raw_likeness(row, window) for row in rows])


def test_the_null_tables_rise_with_the_evidence_and_have_a_cell_for_each_setting() -> None:
    made = table("evidence")
    assert made.shape == (len(LENGTHS), len(WINDOWS), len(LIKENESS), len(LEVELS))
    assert (np.diff(made, axis=-1) > 0).all()
    assert (np.diff(table("likeness_mean"), axis=-1) > 0).all()


@pytest.mark.parametrize(("length", "r"), [(12, 0.0), (22, 0.3), (36, 0.6), (100, 0.0)])
def test_a_chance_comes_true_as_often_as_it_says(length: int, r: float) -> None:
    """4,000 series in which nothing changed, their autocorrelation known: within four standard errors."""
    values = autocorrelated(4_000, length, 7, r)
    values -= values.mean(axis=1, keepdims=True)
    n, known = np.full(4_000, length), np.full((4_000, 1), r)
    p = chance(evidence(values, n, 12, known), n, 12, known)[:, 0]
    for level in (0.5, 0.1, 0.02):
        error = np.sqrt(level * (1 - level) / 4_000)
        assert abs((p <= level).mean() - level) < 4 * error


@pytest.mark.parametrize("r", [0.0, 0.3, 0.6])
def test_so_it_does_where_the_autocorrelation_is_estimated(r: float) -> None:
    values = autocorrelated(3_000, 30, 11, r)
    values -= values.mean(axis=1, keepdims=True)
    p, alike = p_values(values, np.full(3_000, 30), 12)
    assert abs(alike.middle.mean() - r) < 0.03
    assert 0.45 < (p <= 0.5).mean() < 0.54
    assert 0.03 < (p <= 0.05).mean() < 0.065


def test_chance_falls_without_end_as_evidence_grows() -> None:
    found = np.array([[-50.0, 0.0, 5.0, 14.0, 20.0, 60.0, 3_000.0]])
    made = chance(found, np.array([36]), 12, np.zeros((1, 7)))[0]
    assert (np.diff(made) <= 0).all()
    assert made[0] <= 1
    assert made[-1] > 0
    assert made[4] < 1e-4


def test_one_chart_alone_is_judged_by_a_wider_guess_of_its_autocorrelation() -> None:
    values = autocorrelated(200, 24, 3, 0.3)
    values -= values.mean(axis=1, keepdims=True)
    together = likeness(values, np.full(200, 24), 12)
    alone = likeness(values[:1], np.array([24]), 12)
    assert np.ptp(alone.nodes[0]) > 2 * np.ptp(together.nodes[0])
    assert alone.shares.sum() == pytest.approx(1)
