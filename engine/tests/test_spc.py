"""The door: phases, baselines, ghosts, targets, denominators and what is refused."""

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import plotthedots as ptd
from plotthedots import BadInput

MONTHS = [f"2024-{month:02}-01" for month in range(1, 13)]
VALUES = [10.0, 12, 11, 13, 12, 10, 11, 30, 31, 29, 30, 32]


def chart(values: list[Any] = VALUES, **options: Any) -> Any:
    dates = options.pop("dates", MONTHS[: len(values)])
    columns = options.pop("columns", {})
    return ptd.spc({"date": dates, "value": values} | columns, **options)


def test_a_phase_starts_at_the_first_row_on_or_after_its_date() -> None:
    made = chart(rebase="2024-07-15")
    assert made.points["phase"].tolist() == [1] * 7 + [2] * 5
    assert made.phases["centre"].tolist() == [sum(VALUES[:7]) / 7, sum(VALUES[7:]) / 5]


def test_two_dates_before_the_same_row_make_one_phase() -> None:
    assert chart(rebase=["2024-07-15", "2024-07-20"]).points["phase"].max() == 2


def test_a_phase_may_begin_where_a_column_says_so() -> None:
    marks = [False] * 7 + [True] + [False] * 4
    assert chart(columns={"new": marks}, rebase="new").points["phase"].tolist() == [1] * 7 + [2] * 5


def test_a_column_without_a_single_mark_makes_no_phase() -> None:
    assert chart(columns={"new": [False] * 12}, rebase="new").points["phase"].max() == 1


def test_a_date_after_the_last_row_is_ignored_with_advice() -> None:
    made = chart(rebase="2030-01-01")
    assert made.points["phase"].max() == 1
    assert "unused_rebase" in made.summary["advice"][0]


def test_series_may_have_dates_of_their_own() -> None:
    table = {"ward": ["A"] * 12 + ["B"] * 12, "date": MONTHS * 2, "value": VALUES * 2}
    made = ptd.spc(table, by="ward", rebase={"B": "2024-08-01"})
    assert made.summary["phases"].tolist() == [1, 2]


def test_a_series_that_is_not_there_is_refused_with_what_was_probably_meant() -> None:
    table = {"ward": ["Ward 7"] * 12, "date": MONTHS, "value": VALUES}
    with pytest.raises(BadInput, match="Did you mean 'Ward 7'"):
        ptd.spc(table, by="ward", rebase={"Ward 8": "2024-08-01"})


def test_a_baseline_of_n_freezes_limits_in_every_phase() -> None:
    made = chart(baseline=3, rebase="2024-08-01")
    assert made.phases["centre"].tolist() == [11.0, 30.0]
    assert made.phases["n"].tolist() == [3, 3]


def test_a_baseline_between_dates_counts_both_ends() -> None:
    assert chart(baseline=("2024-01-01", "2024-03-01")).phases["centre"].tolist() == [11.0]


def test_a_baseline_between_dates_leaves_other_phases_to_their_own_points() -> None:
    made = chart(baseline=("2024-01-01", "2024-03-01"), rebase="2024-08-01")
    assert made.phases["centre"].tolist() == [11.0, sum(VALUES[7:]) / 5]


def test_a_baseline_without_a_row_is_an_error() -> None:
    with pytest.raises(BadInput, match="no row lies between"):
        chart(baseline=("2020-01-01", "2020-03-01"))


def test_a_baseline_longer_than_the_phase_uses_what_there_is_and_says_so() -> None:
    assert "short_baseline" in chart(baseline=24).summary["advice"][0]


def test_ghosts_do_not_move_the_limits_and_ranges_bridge_them() -> None:
    made = chart([10.0, 12, 99, 11, 13], columns={"out": [False, False, True, False, False]}, exclude="out")
    plain = chart([10.0, 12, 11, 13])
    assert made.phases["upper"].tolist() == plain.phases["upper"].tolist()
    assert made.points["outside"].tolist() == [0, 0, 1, 0, 0]
    assert made.points["shift"].tolist() == [0] * 5


def test_what_is_latest_is_neither_a_ghost_nor_missing() -> None:
    made = chart([10.0, 12, 11, 13, None, 50], columns={"out": [False] * 5 + [True]}, exclude="out")
    assert made.summary["latest_value"].tolist() == [13.0]
    assert made.summary["latest_date"].tolist() == [dt.date(2024, 4, 1)]


def test_a_missing_value_keeps_its_row_and_has_no_signal() -> None:
    made = chart([10.0, None, 11, 13])
    assert np.isnan(made.points["value"][1])
    assert made.points["point"][1] is None
    assert made.points["outside"][1] == 0
    assert made.points["centre"][1] == made.points["centre"][0]


def test_a_target_may_change_with_time() -> None:
    made = chart([10.0, 12, 11, 13], columns={"aim": [50.0, 50, 50, 0]}, target="aim", direction="increase")
    assert made.summary["assurance"].tolist() == ["pass"]
    assert made.points["target"].tolist() == [50.0, 50.0, 50.0, 0.0]


@pytest.mark.parametrize(
    ("target", "direction", "assurance"),
    [
        (0, "increase", "pass"),
        (0, "decrease", "fail"),
        (99, "increase", "fail"),
        (99, "decrease", "pass"),
        (11.5, "increase", "inconsistent"),
    ],
)
def test_assurance_follows_the_target_and_the_better_way(target: float, direction: str, assurance: str) -> None:
    assert chart([10.0, 12, 11, 13], target=target, direction=direction).summary["assurance"].tolist() == [assurance]


def test_there_is_no_assurance_without_a_better_way_or_a_target() -> None:
    assert chart([10.0, 12, 11, 13], target=0).summary["assurance"].tolist() == [None]
    assert chart([10.0, 12, 11, 13], direction="increase").summary["assurance"].tolist() == [None]


def test_a_target_on_a_limit_is_hit_and_missed() -> None:
    upper = float(chart([10.0, 12, 11, 13]).phases["upper"][0])
    assert chart([10.0, 12, 11, 13], target=upper, direction="increase").summary["assurance"].tolist() == [
        "inconsistent"
    ]


def test_directions_may_come_from_a_column() -> None:
    table = {
        "m": ["A"] * 12 + ["B"] * 12,
        "date": MONTHS * 2,
        "value": VALUES * 2,
        "better": ["increase"] * 12 + ["decrease"] * 12,
    }
    made = ptd.spc(table, by="m", direction="better", baseline=7)
    assert made.summary["variation"].tolist() == ["improvement_high", "concern_high"]


def test_a_word_that_is_no_direction_is_refused_with_its_row() -> None:
    with pytest.raises(BadInput, match='Row 2, column "better": found "up"'):
        chart([1.0, 2.0], columns={"better": ["increase", "up"]}, direction="better")


def test_a_denominator_of_nought_has_no_value() -> None:
    made = chart([1, 0, 3], columns={"n": [10, 0, 10]}, denominator="n", chart="p")
    assert np.isnan(made.points["value"][1])
    assert np.isnan(made.points["upper"][1])
    assert made.points["centre"].tolist() == [0.2, 0.2, 0.2]
    assert made.points["denominator"].tolist() == [10, 0, 10]


def test_a_missing_numerator_blanks_its_denominator() -> None:
    made = chart([1, None, 3], columns={"n": [10, 10, 10]}, denominator="n", chart="u")
    assert np.isnan(made.points["denominator"][1])


@pytest.mark.parametrize(
    ("values", "n", "kind", "said"),
    [
        ([1, 2], [10, -1], "u", "Row 2, column \"n\": found -1, expected a denominator of 0 or more"),
        ([1, 12], [10, 10], "p", "Row 2, column \"value\": found 12 of 10"),
        ([1, -2], [10, 10], "p", "Row 2, column \"value\": found -2, expected a count"),
    ],
)  # fmt: skip
def test_counts_that_cannot_be_are_refused_with_their_row(
    values: list[int], n: list[int], kind: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        chart(values, columns={"n": n}, denominator="n", chart=kind)


@pytest.mark.parametrize(("kind", "value"), [("c", -1), ("g", -1), ("t", 0)])
def test_values_below_what_the_family_can_have_are_refused(kind: str, value: float) -> None:
    with pytest.raises(BadInput, match="Row 2"):
        chart([1, value], chart=kind)


def test_a_family_without_its_denominator_is_refused() -> None:
    with pytest.raises(BadInput, match="a p chart needs denominator="):
        chart([1, 2], chart="p")
    with pytest.raises(BadInput, match="Say u"):
        chart([1, 2], columns={"n": [1, 2]}, chart="c", denominator="n")


def test_multiply_scales_value_and_lines_but_not_target_or_centre() -> None:
    made = chart(
        [1, 2, 3], columns={"n": [10, 10, 10]}, denominator="n", chart="p", multiply=100, target=15.0, centre=25.0
    )
    assert made.points["value"].tolist() == [10.0, 20.0, 30.0]
    assert made.points["centre"].tolist() == [25.0] * 3
    assert made.points["target"].tolist() == [15.0] * 3
    np.testing.assert_allclose(made.points["upper"], 100 * (0.25 + 3 * (0.25 * 0.75 / 10) ** 0.5))


def test_proportions_stay_within_nought_and_one() -> None:
    made = chart([1, 9, 1, 9], columns={"n": [10] * 4}, denominator="n", chart="p")
    assert made.points["upper"].max() <= 1
    assert made.points["lower"].min() >= 0


def test_floor_keeps_the_lower_limit_of_any_family() -> None:
    assert chart([1.0, 9, 1, 9], floor=0).points["lower"].tolist() == [0.0] * 4
    assert chart([1.0, 9, 1, 9]).points["lower"][0] < 0


def test_rows_that_share_a_date_are_refused_with_what_to_do() -> None:
    with pytest.raises(BadInput, match=r'Row 2, column "date": found 2024-01-01 a second .*aggregate: sum, mean'):
        chart([1.0, 2.0], dates=["2024-01-01", "2024-01-01"])


@pytest.mark.parametrize(("how", "value"), [("sum", 9.0), ("mean", 3.0), ("median", 2.0)])
def test_rows_that_share_a_date_are_brought_together(how: str, value: float) -> None:
    made = chart([1.0, 2.0, 6.0, None, 5.0], dates=["2024-01-01"] * 4 + ["2024-02-01"], aggregate=how)
    assert made.points["value"].tolist() == [value, 5.0]


def test_subgroups_take_rows_that_share_a_date() -> None:
    dates = ["2024-01-01"] * 2 + ["2024-02-01"] * 2 + ["2024-03-01"] * 2
    made = chart([4.0, 6, 7, 9, 5, 7], dates=dates, chart="xbar", baseline=2)
    assert made.points["value"].tolist() == [5.0, 8.0, 6.0]
    assert made.points["centre"].tolist() == [6.5] * 3


def test_a_centre_may_be_known() -> None:
    assert chart([10.0, 12, 11, 13], centre=20).points["centre"].tolist() == [20.0] * 4


def test_enormous_values_end_as_missing_lines_not_as_infinity() -> None:
    made = ptd.spc(pa.table({"date": MONTHS[:4], "value": [1e308, -1e308, 1e308, -1e308]}))
    assert made.points["upper"].null_count == 4


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_infinity_is_refused_with_its_row(value: float) -> None:
    with pytest.raises(BadInput, match='Row 2, column "value"'):
        chart([1.0, value])


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(BadInput, match="no rows"):
        ptd.spc(pd.DataFrame({"date": pd.to_datetime([]), "value": []}))


@pytest.mark.parametrize("name", ["value", "point", "centre", "outside", "two_of_three", "sentence"])
def test_a_by_column_named_like_an_output_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="rename it"):
        ptd.spc({"date": MONTHS, "x": VALUES, name: ["A"] * 12}, value="x", by=name)


def test_a_column_that_is_not_there_is_refused_with_what_was_probably_meant() -> None:
    with pytest.raises(BadInput, match=r'no column "vlaue".*Did you mean "value"'):
        chart(value="vlaue")


def test_a_missing_series_name_is_refused_with_its_row() -> None:
    with pytest.raises(BadInput, match='Row 2, column "ward"'):
        ptd.spc({"date": MONTHS[:2], "value": [1, 2], "ward": ["A", None]}, by="ward")


@pytest.mark.parametrize(
    "options",
    [
        {"multiply": 0},
        {"multiply": True},
        {"floor": "x"},
        {"chart": "xmrr"},
        {"aggregate": "mode"},
        {"target": float("nan")},
        {"baseline": 0},
        {"baseline": ("2024-02-01", "2024-01-01")},
        {"rebase": "yesterday"},
    ],
)
def test_options_that_cannot_be_are_refused_in_a_sentence(options: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as problem:
        chart(**options)
    assert str(problem.value).endswith(".")


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(BadInput, match="found list, expected a pandas, polars or pyarrow table"):
        ptd.spc([1, 2, 3])


def test_dates_keep_their_type() -> None:
    frame = pl.DataFrame({"date": [dt.date(2024, 1, 1), dt.date(2024, 2, 1)], "value": [1.0, 2.0]})
    assert ptd.spc(frame).points["date"].dtype == pl.Date
    stamped = pd.DataFrame({"date": pd.to_datetime(["2024-01-01", "2024-02-01"]), "value": [1.0, 2.0]})
    assert str(ptd.spc(stamped).points["date"].dtype).startswith("datetime64")
    assert ptd.spc({"date": [3, 1], "value": [1.0, 2.0]}).points["date"].tolist() == [1, 3]


def test_zones_other_than_utc_are_refused() -> None:
    frame = pd.DataFrame({"date": pd.to_datetime(["2024-01-01"]).tz_localize("Europe/London"), "value": [1.0]})
    with pytest.raises(BadInput, match="zone Europe/London"):
        ptd.spc(frame)


def test_numbers_in_text_are_read_as_in_files() -> None:
    made = ptd.spc({"date": MONTHS[:3], "value": ["95%", "90%", ""]})
    assert made.points["value"].tolist()[:2] == [0.95, 0.9]
    assert made.said


def test_series_are_ordered_by_code_point_and_numbers_by_size() -> None:
    table = {"date": MONTHS[:3], "value": [1.0, 2, 3], "name": ["b", "B", "a"], "code": [10, 9, 2]}
    assert ptd.spc(table, by="name").summary["name"].tolist() == ["B", "a", "b"]
    assert ptd.spc(table, by="code").summary["code"].tolist() == [2, 9, 10]


def test_several_columns_name_a_series() -> None:
    table = {"date": MONTHS[:4] * 2, "value": [1.0, 2, 3, 4] * 2, "a": ["x"] * 8, "b": [2] * 4 + [1] * 4}
    made = ptd.spc(table, by=["a", "b"])
    assert made.series == [("x", 1), ("x", 2)]
    assert "x · 1" in made.to_svg("x", 1)
    assert made.sentence(("x", 1)) == made.sentence("x", 1)


def test_with_one_series_the_name_is_left_out() -> None:
    made = chart([1.0, 2, 3])
    assert made.to_svg().startswith("<svg")
    with pytest.raises(BadInput, match="leave the name out"):
        made.to_svg("A")


def test_a_notebook_shows_charts() -> None:
    assert chart([1.0, 2, 3])._repr_html_().count("<svg") == 1
