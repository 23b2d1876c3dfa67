"""The Pareto chart as a caller meets it: ranks and shares, sentences, laws, bad input."""

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import plotthedots as ptd
from plotthedots import BadInput
from plotthedots.pareto import words

DELAYS = {
    "cause": ["Transport", "Bed", "Pharmacy", "Notes", "Porter"],
    "count": [30, 50, 12, 5, 3],
}


@pytest.mark.parametrize("kind", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_tables_have_the_type_of_the_frame_given(kind: Any) -> None:
    made = ptd.pareto(kind(DELAYS))
    assert type(made.points) is type(kind(DELAYS))
    names = made.points.column_names if kind is pa.table else list(getattr(made.points, "columns", made.points))
    assert names == ["cause", "count", "share", "cumulative"]


def test_causes_are_ranked_with_their_shares() -> None:
    made = ptd.pareto(DELAYS)
    assert made.points["cause"].tolist() == ["Bed", "Transport", "Pharmacy", "Notes", "Porter"]
    assert made.points["share"].tolist() == [0.5, 0.3, 0.12, 0.05, 0.03]
    assert made.points["cumulative"] == pytest.approx([0.5, 0.8, 0.92, 0.97, 1.0])
    assert made.vital == 2
    assert made.sentence() == "2 of 5 causes make up 80% of 100 events: Bed (50%) and Transport (30%)."


def test_causes_as_common_as_each_other_stay_as_they_came() -> None:
    made = ptd.pareto({"cause": ["z", "m", "a", "big"], "count": [2, 2, 2, 9]})
    assert made.causes == ["big", "z", "m", "a"]


def test_rows_are_counted_where_there_is_no_column_of_counts() -> None:
    made = ptd.pareto({"cause": list("abcabaaab")}, count=None)
    assert (made.causes, made.points["count"].tolist()) == (["a", "b", "c"], [5, 3, 1])


def test_rows_that_share_a_cause_are_added_up() -> None:
    made = ptd.pareto({"cause": ["a", "b", "a"], "falls": [1, 5, 7]}, count="falls")
    assert made.points["count"].tolist() == [8, 5]
    assert "13 falls" in made.sentence()


def test_a_missing_count_adds_nothing_and_is_told() -> None:
    made = ptd.pareto(pl.DataFrame({"cause": ["a", "b", "c"], "count": [4, None, 40]}))
    assert made.points["cause"].to_list() == ["c", "a", "b"]
    assert made.points["share"].to_list()[2] is None
    assert made.points["cumulative"].to_list() == [40 / 44, 1.0, None]
    assert "missing" in made.summary["advice"][0]


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=60))
def test_shares_are_those_of_counting_by_hand(events: list[str]) -> None:
    made = ptd.pareto({"cause": events}, count=None)
    by_hand = Counter(events).most_common()
    assert list(zip(made.causes, made.points["count"].tolist(), strict=True)) == by_hand
    least = next(n for n in range(1, 9) if 5 * sum(own for _, own in by_hand[:n]) >= 4 * len(events))
    assert made.vital == least
    assert made.points["cumulative"][-1] == pytest.approx(1)


def test_counts_of_another_size_give_the_same_shares() -> None:
    scaled = DELAYS | {"count": np.array(DELAYS["count"]) * 7}
    assert ptd.pareto(scaled).points["share"] == pytest.approx(ptd.pareto(DELAYS).points["share"])


@pytest.mark.parametrize(
    ("count", "codes"),
    [
        ([0, 0, 0, 0, 0], "no_events"),
        ([10, 12, 9, 11, 8], "even"),
        ([1, 2, 20, 0, 1], "few_events"),
        ([200, 190, 180, 170, 100], "flat"),
        ([60, 12, 5, 2, 1], ""),
        ([60.5, 12, 5, 2, 1], "not_counts"),
    ],
)
def test_advice_says_where_it_says_little(count: list[float], codes: str) -> None:
    made = ptd.pareto({"cause": list("abcde"), "count": count})
    assert made.summary["advice"].tolist() == [codes]
    assert len(made.advice()) == len([code for code in codes.split(";") if code])


def test_a_catch_all_among_the_most_common_is_told() -> None:
    assert "catch_all" in ptd.pareto(DELAYS | {"cause": ["Other", "Bed", "a", "b", "c"]}).summary["advice"][0]


def test_even_is_the_chi_squared_test_at_95_percent() -> None:
    # χ² for equal shares: 5.991 with 2 degrees of freedom. 40, 50 and 66 give 6.62; 40, 50 and 64 give 5.66.
    assert "even" not in ptd.pareto({"cause": list("abc"), "count": [40, 50, 66]}).summary["advice"][0]
    assert "even" in ptd.pareto({"cause": list("abc"), "count": [40, 50, 64]}).summary["advice"][0]


def test_causes_alike_are_called_even_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(1)
    draws = rng.multinomial(200, [1 / 8] * 8, 400)
    even = sum("even" in ptd.pareto({"cause": list("abcdefgh"), "count": own}).summary["advice"][0] for own in draws)
    assert 360 <= even <= 396


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        ({"cause": ["a", "b"], "count": [0, 0]}, "None of 2 causes has an event: there is nothing to count."),
        ({"cause": ["a", "a"], "count": [3, 1]}, "All 4 events are under one cause, a."),
    ],
)
def test_where_there_is_nothing_to_rank_it_says_so(frame: dict[str, Any], sentence: str) -> None:
    made = ptd.pareto(frame)
    assert made.sentence() == sentence
    assert made.to_svg().startswith("<svg")


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        ({"count": [1, -2, 3, 4, 5]}, {}, 'Row 2, column "count": found -2, expected a count of 0 or more.'),
        ({"cause": ["a", None, "b", "c", "d"]}, {}, 'Row 2, column "cause": the cause is missing'),
        ({"count": [True] * 5}, {}, 'column "count": found true and false, expected numbers.'),
        ({}, {"count": "cuont"}, 'Did you mean "count"?'),
        ({"cause": [], "count": []}, {}, "the table has no rows"),
    ],
)
def test_bad_input_is_one_sentence(change: dict[str, Any], options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as problem:
        ptd.pareto(DELAYS | change, **options)
    assert said.lower() in str(problem.value).lower()


def test_every_code_of_advice_is_explained_in_the_docs() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "advice.md").read_text(encoding="utf-8")
    assert [code for code, said in words.ADVICE.items() if f"| `{code}` | {said} |" not in page] == []
