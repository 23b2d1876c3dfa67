from fractions import Fraction
from itertools import pairwise
from math import comb
from statistics import NormalDist

import numpy as np
import pytest

from plotthedots import crossings
from plotthedots.segments import Segments

# Anhøj & Wentzel-Larsen, Smooth operator, PLOS ONE 15 (2020) e0233920, for n = 10, 11, 20, 24, 50 and 100.
PUBLISHED = {
    10: (2, 6, 3, 5),
    11: (3, 7, 4, 6),
    20: (6, 7, None, None),
    24: (6, 7, 7, 6),
    50: (19, 9, None, None),
    100: (41, 10, 42, 9),
}


@pytest.mark.parametrize("n", PUBLISHED)
def test_boxes_worked_out_from_the_definition_are_the_published_ones(n: int) -> None:
    assert tuple(crossings.boxes(n)) == PUBLISHED[n]


def cut(n: int) -> tuple[int | None, int | None]:
    """From the corner of the best box on, cell by cell: the likelier one after a shift, while 92.5 % stay."""
    still, moved = crossings.joint(n, 0.5), crossings.joint(n, NormalDist().cdf(0.8))
    box = crossings.boxes(n)
    row, column = box.crossings, box.run - 1
    held = still[row:, : column + 1].sum() - still[row, column]
    if held < 0.925:
        return None, None
    edges = [[(down, column) for down in range(row + 1, n)], [(row, left) for left in range(column - 1, -1, -1)]]
    while True:
        free = [edge for edge in edges if edge and 0 < still[edge[0]] <= held - 0.925]
        if not free:
            return edges[0][0][0], edges[1][0][1] + 1
        held -= still[max(free, key=lambda edge: moved[edge[0]]).pop(0)]


@pytest.mark.parametrize("n", range(10, 101))
def test_the_cut_box_takes_what_a_shift_makes_likely_off_both_edges(n: int) -> None:
    box = crossings.boxes(n)
    assert (box.cut_crossings, box.cut_run) == cut(n)


@pytest.mark.parametrize("n", [10, 15, 26, 41, 64, 99])
def test_the_best_box_is_the_one_that_a_shift_leaves_most_often(n: int) -> None:
    still, moved = crossings.joint(n, 0.5), crossings.joint(n, NormalDist().cdf(0.8))
    box = crossings.boxes(n)
    most = {
        (row, column): moved[row:, : column + 1].sum()
        for row in range(n)
        for column in range(n)
        if still[row, column] > 0 and still[row:, : column + 1].sum() >= 0.925
    }
    assert moved[box.crossings :, : box.run].sum() == pytest.approx(min(most.values()), rel=1e-12)
    assert still[box.crossings :, : box.run].sum() >= 0.925


@pytest.mark.parametrize("above", [0.5, 0.7])
def test_the_joint_distribution_is_that_of_every_sequence_counted_by_hand(above: float) -> None:
    n = 8
    counted = np.zeros((n, n))
    for bits in range(2**n):
        side = [bits >> i & 1 for i in range(n)]
        runs = [1]
        for left, right in pairwise(side):
            if left == right:
                runs[-1] += 1
            else:
                runs.append(1)
        counted[len(runs) - 1, max(runs) - 1] += above ** sum(side) * (1 - above) ** (n - sum(side))
    np.testing.assert_allclose(crossings.joint(n, above), counted, rtol=0, atol=1e-14)


def test_fewest_crossings_are_the_lower_five_per_cent_point_of_the_binomial() -> None:
    for n in range(1, 120):
        chances = [Fraction(comb(n - 1, k), 2 ** (n - 1)) for k in range(n)]
        least = next(k for k in range(n) if sum(chances[: k + 1]) >= Fraction(1, 20))
        assert crossings.crossings_min(n) == least


def test_longest_run_of_twenty_four_points_may_be_eight() -> None:
    assert crossings.longest_run_max(24) == 8


def test_points_on_the_centre_are_passed_over() -> None:
    side = np.array([1, 0, 1, -1, 0, -1, 1], dtype=np.int8)
    runs = crossings.judge(side, Segments.of(np.array([7])), "anhoej")
    assert (runs.useful[0], runs.longest[0], runs.crossings[0]) == (5, 2, 2)


def test_a_phase_without_useful_points_has_no_runs_and_no_signal() -> None:
    side = np.array([0, 0, 1, 1], dtype=np.int8)
    runs = crossings.judge(side, Segments.of(np.array([2, 2])), "anhoej")
    assert runs.longest.tolist() == [-1, 2]
    assert runs.crossings.tolist() == [-1, 0]
    assert runs.signal.tolist() == [False, False]
    assert runs.signal.dtype == np.bool_


def test_outside_ten_to_a_hundred_points_the_boxes_are_the_anhoej_rules() -> None:
    side = np.ones(9, dtype=np.int8)
    one = Segments.of(np.array([9]))
    assert crossings.judge(side, one, "cutbox").signal.tolist() == crossings.judge(side, one, "anhoej").signal.tolist()


def test_the_cut_box_signals_more_than_the_best_box_on_its_edges() -> None:
    # 24 points, 6 crossings, a longest run of 7: the corner of the box, which the cut takes away.
    longest, changes = np.array([7]), np.array([6])
    assert not crossings.signalled(24, longest, changes, "bestbox")[0]
    assert crossings.signalled(24, longest, changes, "cutbox")[0]


def test_a_deep_cut_signals_along_both_edges_of_the_box_as_far_as_it_goes() -> None:
    """15 points: at least 4 crossings, runs to 7; cut to 6 crossings on the run's edge, runs to 6 on the other."""
    longest, changes = np.array([7, 7, 7, 7, 6, 6, 8, 1]), np.array([4, 5, 6, 7, 4, 5, 9, 3])
    assert crossings.signalled(15, longest, changes, "cutbox").tolist() == [
        True,
        True,
        False,
        False,
        False,
        False,
        True,
        True,
    ]
    assert crossings.signalled(15, longest, changes, "bestbox").tolist() == [False] * 6 + [True, True]


@pytest.mark.parametrize(("n", "cut"), [(9, False), (10, True), (100, True), (101, False)])
def test_boxes_are_used_from_ten_points_to_a_hundred(n: int, cut: bool) -> None:
    """At the corner of the Anhøj rules: for 10 and 100 that of the best box too, which its cut takes away."""
    longest, changes = np.array([crossings.longest_run_max(n)]), np.array([crossings.crossings_min(n)])
    assert not crossings.signalled(n, longest, changes, "anhoej")[0]
    assert crossings.signalled(n, longest, changes, "cutbox")[0] == cut
