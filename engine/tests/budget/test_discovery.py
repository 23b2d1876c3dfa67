"""False discovery rates against their definition and their source."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.budget.discovery import METHODS, q_values

from . import twins

# Benjamini & Hochberg (1995), section 4: fifteen comparisons of two treatments of heart attacks.
TEXTBOOK = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_four_of_the_fifteen_comparisons_of_the_source_are_shown_at_a_twentieth() -> None:
    assert (q_values(np.array(TEXTBOOK), "bh") <= 0.05).tolist() == [True] * 4 + [False] * 11


def test_under_any_dependence_three_of_the_fifteen_are_shown() -> None:
    # 0.0019 × 15 × (1 + 1/2 + … + 1/15) / 3 = 0.0315, the fourth comes to 0.118.
    found = q_values(np.array(TEXTBOOK), "by")
    assert found[2] == pytest.approx(0.0019 * 15 * sum(1 / i for i in range(1, 16)) / 3)
    assert (found <= 0.05).tolist() == [True] * 3 + [False] * 12


@given(st.lists(st.floats(1e-12, 1), min_size=1, max_size=30), st.sampled_from(METHODS))
def test_q_values_are_those_of_the_definition(p: list[float], method: str) -> None:
    assert q_values(np.array(p), method) == pytest.approx(twins.q_values(p, method))


def test_what_cannot_be_judged_does_not_count() -> None:
    found = q_values(np.array([0.03, np.nan, 0.01, np.nan]), "bh")
    assert found[[0, 2]].tolist() == [0.03, 0.02]
    assert np.isnan(found[[1, 3]]).all()
    assert np.isnan(q_values(np.array([np.nan]), "by")).all()
    assert len(q_values(np.zeros(0), "bh")) == 0
