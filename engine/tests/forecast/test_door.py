"""The door: what comes in, what comes out, and what is said instead of a confident forecast."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plotthedots.forecast as package
from plotthedots import BadInput
from plotthedots.forecast import forecast

from .series import Floats, months, panel, seasonal, wandering, with_gaps

POINTS = ["date", "step", "mean", "lower_80", "upper_80", "lower_95", "upper_95", "chance"]
RECORD = ["status", "method", "origins", "n_forecasts", "mase", "coverage_80", "coverage_95", "brier"]
NUMBERS = POINTS[2:]


def one(values: Floats, **options: Any) -> Any:
    return forecast({"date": months(len(values)), "value": values}, **options)


def status(values: Floats, **options: Any) -> str:
    return str(one(values, **options).record["status"][0])


def nothing(made: Any) -> bool:
    return all(np.isnan(made.points[name]).all() for name in NUMBERS)


def width(made: Any) -> Floats:
    return np.asarray(made.points["upper_80"] - made.points["lower_80"])


def test_points_and_record_have_the_columns_of_the_contract() -> None:
    made = forecast(panel(a=seasonal(48, 1), b=seasonal(48, 2)), by="by")
    assert list(made.points) == ["by", *POINTS]
    assert list(made.record) == ["by", *RECORD]
    assert made.points["step"].tolist() == [*range(1, 13)] * 2
    assert made.points["by"].tolist() == ["a"] * 12 + ["b"] * 12
    assert made.series == ["a", "b"]


def test_columns_are_named_by_the_levels_asked_for() -> None:
    made = one(seasonal(48, 1), levels=(0.975, 0.5), horizon=2)
    assert list(made.points)[3:7] == ["lower_97_5", "upper_97_5", "lower_50", "upper_50"]
    assert list(made.record)[5:7] == ["coverage_97_5", "coverage_50"]
    assert (made.points["upper_97_5"] > made.points["upper_50"]).all()


@pytest.mark.parametrize("kind", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_a_frame_gives_its_own_type_and_the_same_numbers(kind: Any) -> None:
    given_frame = panel(a=seasonal(40, 1), b=wandering(30, 2), c=np.ones(30))
    made = forecast(kind(given_frame), by="by", target=100, direction="increase")
    assert type(made.points) is type(kind(given_frame))
    assert type(made.record) is type(made.points)
    plain = forecast(given_frame, by="by", target=100, direction="increase")
    for name in NUMBERS:
        ours = np.array([np.nan if v is None else v for v in pa.array(made.points[name]).to_pylist()], dtype=float)
        assert ours == pytest.approx(plain.points[name], nan_ok=True)


def test_what_is_not_known_is_null_in_polars_and_arrow() -> None:
    frame = panel(a=np.ones(30), b=seasonal(30, 1))
    made = forecast(pl.DataFrame(frame), by="by", horizon=1)
    assert made.points["mean"].is_null().to_list() == [True, False]
    assert made.points["chance"].null_count() == 2
    assert made.record["method"].to_list() == [None, "combination"]
    assert not any(made.points[name].is_nan().any() for name in NUMBERS)


def test_series_named_by_two_columns_are_tuples() -> None:
    frame = panel(a=seasonal(30, 1)) | {"ward": ["w"] * 30}
    made = forecast(frame, by=["by", "ward"], horizon=1)
    assert made.series == [("a", "w")]
    assert list(made.points)[:2] == ["by", "ward"]


def test_the_package_can_be_called_like_its_function() -> None:
    frame = {"date": months(30), "value": seasonal(30, 1)}
    assert package(frame).points["mean"].tolist() == forecast(frame).points["mean"].tolist()  # type: ignore[operator]


# Laws


def test_the_order_of_rows_does_not_matter() -> None:
    frame = pd.DataFrame(panel(a=seasonal(40, 1), b=wandering(50, 2)))
    mixed = frame.sample(frac=1, random_state=1)
    for table in ("points", "record"):
        pd.testing.assert_frame_equal(
            getattr(forecast(mixed, by="by"), table), getattr(forecast(frame, by="by"), table)
        )


def test_a_series_with_a_full_record_depends_on_its_own_rows_alone() -> None:
    ours = seasonal(60, 1)
    alone = forecast(panel(a=ours), by="by", target=100, direction="increase").points
    more = panel(a=ours, b=1000 * wandering(90, 2), c=seasonal(25, 3), d=np.ones(30))
    among = forecast(more, by="by", target=100, direction="increase").points
    for name in NUMBERS:
        assert among[name][:12] == pytest.approx(alone[name], rel=1e-9)


def test_limits_of_a_short_record_lean_on_the_other_series_and_its_mean_does_not() -> None:
    ours = seasonal(30, 1)
    wild = {f"other {i}": wandering(60, i) ** 2 for i in range(9)}
    alone, among = (forecast(panel(a=ours, **others), by="by").points for others in ({}, wild))
    assert among["mean"][:12] == pytest.approx(alone["mean"], rel=1e-9)
    assert (among["upper_80"][:12] > alone["upper_80"]).all()


@settings(max_examples=20)
@given(st.sampled_from([-512.0, 0.5, 64.0]), st.sampled_from([0.25, 2.0, 1024.0]), st.integers(0, 50))
def test_shifted_and_stretched_values_have_shifted_and_stretched_forecasts(
    shift: float, stretch: float, seed: int
) -> None:
    values = with_gaps(seasonal(50, seed, noise=5) if seed % 2 else wandering(40, seed), seed)
    points = one(values, target=100, direction="increase").points
    moved = one(shift + stretch * values, target=shift + stretch * 100, direction="increase").points
    for name in NUMBERS[:-1]:
        assert moved[name] == pytest.approx(shift + stretch * points[name], rel=1e-6)
    assert moved["chance"] == pytest.approx(points["chance"], abs=1e-6)


def test_counts_and_proportions_stretch_with_their_bounds() -> None:
    values = np.random.default_rng(1).binomial(60, 0.9, 50) / 60
    one_, other = one(values, bounds=(0, 1)), one(values * 64, bounds=(0, 64))
    for name in NUMBERS[:-1]:
        assert other.points[name] == pytest.approx(64 * one_.points[name])


def test_values_too_large_for_their_squares_are_forecast_all_the_same() -> None:
    values = wandering(40, 1)
    for size in (2.0**900, 2.0**-900):
        assert one(values * size).points["upper_95"] == pytest.approx(one(values).points["upper_95"] * size)


# Phases, ghosts, missing values


def test_a_rebased_series_is_forecast_as_if_it_began_there() -> None:
    values = np.concatenate([seasonal(30, 1, level=400), seasonal(40, 2)])
    cut = {"date": months(70)[30:], "value": values[30:]}
    made, expected = one(values, rebase="2017-07-01"), forecast(cut)
    for name in NUMBERS:
        assert made.points[name] == pytest.approx(expected.points[name], nan_ok=True)
    assert made.record["origins"] == expected.record["origins"]


def test_a_phase_that_has_hardly_begun_is_short() -> None:
    made = one(seasonal(60, 1), rebase="2019-10-01")
    assert made.record["status"].tolist() == ["short"]
    assert nothing(made)


def test_a_ghost_is_like_a_missing_value() -> None:
    values, ghost = seasonal(60, 1), np.zeros(60, dtype=bool)
    ghost[40] = True
    wild = values.copy()
    wild[40] = 9999
    missing = values.copy()
    missing[40] = np.nan
    made = forecast({"date": months(60), "value": wild, "ghost": ghost}, exclude="ghost")
    assert made.points["upper_95"] == pytest.approx(one(missing).points["upper_95"])


def test_a_ghost_at_the_end_lengthens_the_lead() -> None:
    values, ghost = wandering(60, 1), np.zeros(60, dtype=bool)
    ghost[-3:] = True
    made = forecast({"date": months(60), "value": values, "ghost": ghost}, exclude="ghost")
    plain = one(values[:-3])
    assert str(made.points["date"][0]) == "2020-01-01"
    assert made.points["mean"][:9] == pytest.approx(plain.points["mean"][3:])
    assert width(made)[0] > width(plain)[0]


# Targets


def test_a_target_may_go_on_after_the_last_value() -> None:
    values = np.concatenate([seasonal(48, 1), [np.nan] * 3])
    goal = np.concatenate([np.full(48, 100.0), [np.nan, 60.0, np.nan]])
    frame = {"date": months(51), "value": values, "goal": goal}
    made = forecast(frame, target="goal", direction="increase", horizon=4)
    same = [one(values[:48], target=t, direction="increase", horizon=4).points["chance"] for t in (100, 60)]
    assert made.points["chance"] == pytest.approx([same[0][0], *same[1][1:]])


@pytest.mark.parametrize("options", [{"target": 90}, {"direction": "increase"}, {"target": 90, "direction": "neutral"}])
def test_without_target_or_direction_there_is_no_chance(options: dict[str, Any]) -> None:
    made = one(seasonal(48, 1), **options)
    assert np.isnan(made.points["chance"]).all()
    assert np.isnan(made.record["brier"]).all()


def test_chances_either_way_add_up_to_one_and_follow_the_direction() -> None:
    up, down = (one(seasonal(48, 1), target=101.5, direction=way).points["chance"] for way in ("increase", "decrease"))
    assert up + down == pytest.approx(np.ones(12))
    assert one(seasonal(48, 1), target=50, direction="increase").points["chance"].min() > 0.99


def test_direction_may_be_a_column() -> None:
    frame = panel(a=seasonal(48, 1), b=seasonal(48, 1)) | {"way": ["increase"] * 48 + ["decrease"] * 48}
    made = forecast(frame, by="by", target=101.5, direction="way").points["chance"]
    assert made[:12] + made[12:] == pytest.approx(np.ones(12))


# Bounds


def test_proportions_by_their_denominator_stay_within_0_and_all() -> None:
    random = np.random.default_rng(2)
    n = random.integers(20, 40, 60)
    frame = {"date": months(60), "value": random.binomial(n, 0.97), "n": n}
    made = forecast(frame, denominator="n", multiply=100).points
    assert made["lower_95"].min() > 0
    assert made["upper_95"].max() <= 100


def test_rates_above_one_have_no_upper_bound_and_whole_numbers_none_below_0() -> None:
    random = np.random.default_rng(2)
    rates = {"date": months(60), "value": random.poisson(150, 60), "n": np.full(60, 100)}
    assert forecast(rates, denominator="n").points["mean"].min() > 1.2
    counts = one(random.poisson(7, 60).astype(float))
    assert counts.points["lower_95"].min() >= 0
    assert one(random.normal(1, 5, 60)).points["lower_95"].min() < 0


def test_rare_events_are_forecast_as_counts() -> None:
    values = np.random.default_rng(4).poisson(1.0, 60).astype(float)
    made = one(values, target=0, direction="decrease")
    assert made.record["method"].tolist() == ["rare_events"]
    assert set(made.points["upper_95"]) <= set(range(10))
    assert made.points["mean"][0] == pytest.approx(values.mean(), abs=0.4)
    assert 0.2 < made.points["chance"][0] < 0.6
    assert one(values, method="naive").record["method"].tolist() == ["naive"]


def test_rare_events_out_of_many_are_rates() -> None:
    values = np.random.default_rng(4).poisson(1.0, 60)
    frame = {"date": months(60), "value": values, "days": np.full(60, 500)}
    made = forecast(frame, denominator="days", multiply=1000)
    assert made.record["method"].tolist() == ["rare_events"]
    assert made.points["mean"] == pytest.approx(one(values.astype(float)).points["mean"] * 2)
    assert made.points["upper_95"] == pytest.approx(one(values.astype(float)).points["upper_95"] * 2)


# Statuses


def test_a_series_with_enough_is_ok_and_has_a_record() -> None:
    made = one(seasonal(60, 1), target=100, direction="increase").record
    assert made["status"].tolist() == ["ok"]
    assert made["origins"].tolist() == [24]
    assert made["n_forecasts"].tolist() == [13 * 12 + 66]
    assert 0.3 < made["mase"][0] < 1.2
    assert 0.6 < made["coverage_80"][0] <= 1
    assert 0 < made["brier"][0] < 0.3


@pytest.mark.parametrize("n", [1, 2, 5])
def test_fewer_than_six_values_have_no_forecast(n: int) -> None:
    made = one(seasonal(n, 1))
    assert made.record["status"].tolist() == ["short"]
    assert nothing(made)
    assert len(made.points["date"]) == 12


def test_a_short_series_has_a_wide_forecast() -> None:
    values = np.random.default_rng(3).normal(50, 5, 60)
    short = one(values[-10:])
    assert short.record["status"].tolist() == ["short"]
    assert (width(short) > 1.3 * width(one(values))).all()


@pytest.mark.parametrize("values", [np.full(40, 7.3), np.zeros(40), np.r_[seasonal(20, 1), np.full(24, 5.0)]])
def test_a_series_that_does_not_vary_has_no_forecast(values: Floats) -> None:
    made = one(values)
    assert made.record["status"].tolist() == ["constant"]
    assert nothing(made)


def test_a_series_without_any_value_is_short() -> None:
    made = forecast({"date": months(3), "value": [None, None, None]})
    assert made.record["status"].tolist() == ["short"]
    assert nothing(made)


def test_a_mostly_missing_series_is_broken_and_its_forecast_wide() -> None:
    values = np.random.default_rng(3).normal(50, 5, 90)
    sparse = values.copy()
    sparse[np.arange(90) % 3 != 2] = np.nan
    made = one(sparse)
    assert made.record["status"].tolist() == ["broken"]
    assert (width(made) > 1.3 * width(one(values))).all()


def test_a_level_that_broke_of_late_makes_the_forecast_wide_and_one_long_ago_is_forgotten() -> None:
    values = np.random.default_rng(3).normal(50, 5, 70)
    late, long_ago = values.copy(), values.copy()
    late[:60] += 200
    long_ago[:20] += 200
    assert status(values) == "ok"
    made = one(late)
    assert made.record["status"].tolist() == ["broken"]
    assert made.points["mean"] == pytest.approx(np.full(12, 50), abs=15)
    assert (width(made) > 1.3 * width(one(values))).all()
    assert status(long_ago) == "ok"
    assert one(long_ago).points["mean"] == pytest.approx(np.full(12, 50), abs=10)


def test_a_level_that_has_just_broken_has_no_forecast() -> None:
    values = np.random.default_rng(3).normal(50, 2, 60)
    values[-4:] += 500
    made = one(values)
    assert made.record["status"].tolist() == ["broken"]
    assert nothing(made)


# Bad input


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"horizon": 0}, "horizon: found 0, expected a whole number of periods from 1 to 366"),
        ({"horizon": 2.5}, "horizon: found 2.5"),
        ({"horizon": float("nan")}, "horizon: found nan"),
        ({"levels": (80,)}, "levels: found"),
        ({"levels": ()}, "levels: found"),
        ({"levels": (0.8, 0.8)}, "levels: found"),
        ({"method": "arima"}, "method: found 'arima', expected \"auto\""),
        ({"bounds": (1, 0)}, "bounds: found"),
        ({"bounds": 5}, "bounds: found"),
        ({"bounds": (0, 90)}, 'Row 1, column "value": found .*, expected a value within the bounds given'),
        ({"multiply": 0}, "multiply: found 0"),
        ({"value": "valu"}, 'no column "valu"'),
        ({"rebase": "soon"}, "rebase"),
        ({"target": float("inf")}, "target"),
        ({"direction": "up"}, 'no column "up"'),
    ],
)
def test_bad_input_is_refused_in_a_sentence(options: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        one(seasonal(30, 1), **options)


def test_a_name_that_the_result_needs_is_refused() -> None:
    with pytest.raises(BadInput, match='by: found "mean"'):
        forecast({"date": months(30), "value": seasonal(30, 1), "mean": ["a"] * 30}, by="mean")


def test_rows_that_share_a_date_want_an_aggregate() -> None:
    frame = {"date": np.repeat(months(30), 2), "value": np.repeat(seasonal(30, 1), 2)}
    with pytest.raises(BadInput, match="a second time"):
        forecast(frame)
    assert forecast(frame, aggregate="mean").points["mean"] == pytest.approx(one(seasonal(30, 1)).points["mean"])
