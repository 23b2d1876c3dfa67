"""Forecasts and gains draw themselves, and say what they draw: whatever the family, the dates, the claim."""

import datetime as dt
import re
from typing import Any

import numpy as np
import pytest

import plotthedots as ptd
from plotthedots.forecast.words import chance

from .drawing import NS, of_class, read, words

MONTHS = [dt.date(2021 + month // 12, month % 12 + 1, 1) for month in range(60)]
NORMAL = np.random.default_rng(3).normal(0, 1, 60)
FALLEN = [float(value) for value in 10 - 5 * (np.arange(60) >= 24) + NORMAL]


def judged(claim: Any = MONTHS[24], values: Any = FALLEN, dates: Any = MONTHS, **options: Any) -> Any:
    claims = {"claimed": [claim], "gain": ["Falls <b>"]} | options.pop("claims", {})
    frame = {"date": dates, "value": values} | options.pop("columns", {})
    return ptd.gains(frame, claims, direction="decrease", **options)


# Forecasts


def test_a_forecast_draws_a_series_by_its_name() -> None:
    frame = {"site": ["A"] * 120, "ward": ["x"] * 60 + ["y"] * 60, "date": MONTHS * 2, "value": FALLEN * 2}
    made = ptd.forecast(frame, by=["site", "ward"], target=6, direction="decrease", horizon=3)
    tree = read(made.to_svg("A", "y", width=900))
    assert (tree.findtext(f"{NS}title") or "").startswith("A · y: ")
    assert made.to_svg(("A", "y")) == made.to_svg("A", "y")
    assert "The chance of 6 or less is" in made.sentence("A", "y")
    with pytest.raises(ptd.BadInput, match=r"Did you mean"):
        made.to_svg("A", "z")


def test_a_single_series_needs_no_name() -> None:
    made = ptd.forecast({"date": MONTHS, "value": FALLEN}, horizon=1)
    assert read(made.to_svg()).get("role") == "img"
    assert made.sentence() == made.count()
    with pytest.raises(ptd.BadInput, match="leave the name out"):
        made.sentence("A")


def test_a_forecast_of_shares_is_written_in_per_cent() -> None:
    counts = np.random.default_rng(5).binomial(100, 0.3, 60)
    made = ptd.forecast({"date": MONTHS, "value": counts, "n": [100] * 60}, denominator="n", horizon=2)
    assert re.search(r"\d%", made.sentence())
    assert any(word.endswith("%") for word in words(read(made.to_svg())))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.0, 2.0, 3.0], "too few to forecast from"),
        ([4.0] * 30, "there is nothing to forecast"),
        ([3.0, 4.0, 6.0, 4.0, 5.0, 3.0, 4.0, 6.0, 5.0, 4.0], "the limits are wide"),
    ],
)
def test_a_series_that_cannot_be_forecast_well_says_so(values: list[float], said: str) -> None:
    made = ptd.forecast({"date": MONTHS[: len(values)], "value": values})
    assert said in made.sentence()
    assert read(made.to_svg()).findtext(f"{NS}desc")


def test_a_target_that_changes_is_told_for_each_step() -> None:
    target = [6.0] * 60 + [4.0] * 12
    dates = [*MONTHS, *(dt.date(2026, month, 1) for month in range(1, 13))]
    values = [*FALLEN, *[float("nan")] * 12]
    columns = {"date": dates, "value": values, "target": [*target[:60], *[6.0] * 6, *[4.0] * 6]}
    said = ptd.forecast(columns, target="target", direction="decrease").sentence()
    assert re.search(r"The chance of 6 or less is .* in January 2026, of 4 or less .* in December 2026\.", said)


def test_rows_beyond_the_last_value_are_targets_and_not_the_past() -> None:
    columns = {"date": MONTHS, "value": [*FALLEN[:50], *[float("nan")] * 10], "target": [6.0] * 60}
    desc = read(ptd.forecast(columns, target="target", direction="decrease").to_svg()).findtext(f"{NS}desc")
    assert (desc or "").startswith("50 points of the past")


def test_points_left_out_are_hollow() -> None:
    columns = {"date": MONTHS, "value": FALLEN, "out": [month == 40 for month in range(60)]}
    assert "left out" in words(read(ptd.forecast(columns, exclude="out").to_svg()))


def test_all_series_are_counted_in_a_sentence() -> None:
    frame = {
        "ward": ["a"] * 60 + ["b"] * 60 + ["c"] * 10,
        "date": [*MONTHS, *MONTHS, *MONTHS[:10]],
        "value": [*FALLEN, *[4.0] * 60, *FALLEN[:10]],
    }
    assert ptd.forecast(frame, by="ward").count() == (
        "Of 3 series, 1 has a forecast, 1 is short (under 20 values), 1 is constant and not forecast."
    )
    both = {name: column[:60] * 2 for name, column in frame.items()} | {"ward": ["a"] * 60 + ["d"] * 60}
    assert ptd.forecast(both, by="ward").count() == "All 2 series have a forecast."


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "under 1 in 20"), (0.05, "1 in 10"), (0.43, "4 in 10"), (0.95, "9 in 10"), (1.0, "over 19 in 20")],
)
def test_chances_are_said_as_a_person_says_them(probability: float, said: str) -> None:
    assert chance(probability) == said


# Gains


def test_a_gain_draws_its_life() -> None:
    made = judged()
    tree = read(made.to_svg("Falls <b>"))
    assert (tree.findtext(f"{NS}title") or "").startswith("Falls <b>: claimed in January 2023, established")
    said = words(tree)
    assert "Claimed in January 2023" in said
    assert any(word.endswith("of the gain is left") for word in said)
    assert "Holding" in said
    with pytest.raises(ptd.BadInput, match="expected the name of a claim"):
        made.to_svg("Pressure ulcers")


def test_limits_are_frozen_up_to_establishment_and_level_after_it() -> None:
    made = judged()
    history = made.history
    ends = {
        word.rsplit(" ", 1)[0]: float(word.rsplit(" ", 1)[1])
        for word in words(read(made.to_svg("Falls <b>")))
        if re.search(r" \d+\.\d$", word)
    }
    assert ends["Established"] == pytest.approx(history["centre"][-1], abs=0.06)
    assert ends["Upper limit"] == pytest.approx(history["upper"][-1], abs=0.06)
    assert ends["Before"] == pytest.approx(made.summary["before"][0], abs=0.06)


def test_the_period_of_a_claim_in_its_middle_counts_for_neither_side() -> None:
    assert "counts for neither side" in words(read(judged(dt.date(2023, 1, 15)).draw(0)))
    assert "counts for neither side" not in words(read(judged().draw(0)))


def test_a_loss_is_drawn_as_one() -> None:
    values = [value + 5 * (month >= 38) for month, value in enumerate(FALLEN)]
    tree = read(judged(values=values).draw(0, width=960))
    assert "Lost" in words(tree)
    assert of_class(tree, "ptd-concern")


@pytest.mark.parametrize(
    "claim", [dt.date(2019, 1, 1), MONTHS[0], MONTHS[1], MONTHS[59], dt.date(2025, 12, 15), dt.date(2031, 1, 1)]
)
def test_a_claim_at_either_end_or_beyond_is_drawn(claim: dt.date) -> None:
    made = judged(claim)
    assert read(made.draw(0)).get("role") == "img"
    assert read(made.sparkline(0)).get("role") == "img"
    assert next(iter(made.cards())).sentence


def test_withdrawn_and_unwatched_gains_are_drawn() -> None:
    gone = judged(claims={"withdrawn_on": [dt.date(2025, 1, 1)]})
    assert "withdrawn" in (read(gone.draw(0)).findtext(f"{NS}title") or "")
    quiet = judged(as_of=dt.date(2027, 1, 1))
    assert "unwatched" in (read(quiet.draw(0)).findtext(f"{NS}title") or "")
    assert not of_class(read(quiet.draw(0)), "ptd-bar")


def family(chart: str) -> dict[str, Any]:
    """Values that suit a family, and better since the claim."""
    drawn, after = np.random.default_rng(4), np.arange(60) >= 24
    if chart in ("p", "pprime", "u", "uprime", "iprime"):
        return {"values": drawn.binomial(100, np.where(after, 0.1, 0.4)), "columns": {"n": [100] * 60}}
    if chart == "c":
        return {"values": drawn.poisson(np.where(after, 5, 15))}
    if chart in ("g", "t"):
        return {"values": drawn.geometric(np.where(after, 0.5, 0.02))}
    return {"values": FALLEN}


@pytest.mark.parametrize("chart", ["xmr", "run", "iprime", "p", "pprime", "u", "uprime", "c", "g", "t"])
def test_every_family_is_drawn(chart: str) -> None:
    made = family(chart)
    denominator = "n" if "columns" in made else None
    tree = read(judged(**made, chart=chart, denominator=denominator).draw(0))
    assert len(of_class(tree, "ptd-centre")) >= 1


def test_subgroups_times_of_day_and_plain_numbers_are_drawn() -> None:
    rows = {
        "date": [date for date in MONTHS for _ in range(3)],
        "value": [v + d for v in FALLEN for d in (-0.5, 0.0, 0.5)],
    }
    assert read(judged(dates=rows["date"], values=rows["value"], chart="xbar").draw(0)).get("role") == "img"
    hours = [dt.datetime(2024, 1, 1) + dt.timedelta(hours=8 * step) for step in range(60)]
    assert read(judged(hours[24], dates=hours).draw(0)).get("role") == "img"
    assert "Claimed at 24" in words(read(judged(24, dates=list(range(60))).draw(0)))


def test_survival_is_drawn_for_all_and_by_condition() -> None:
    wards = [f"w{ward:02}" for ward in range(14)]
    values = [
        value + 5 * (ward < 3 and month >= 38) + 0.1 * ward for ward in range(14) for month, value in enumerate(FALLEN)
    ]
    frame = {"ward": np.repeat(wards, 60), "date": MONTHS * 14, "value": values}
    claims = {"ward": wards, "claimed": [MONTHS[24]] * 14, "plan": [ward % 2 == 0 for ward in range(14)]}
    made = ptd.gains(frame, claims, by="ward", direction="decrease", conditions=("plan",), placebos=None)
    assert "How long gains hold" in words(read(made.survival_svg()))
    said = words(read(made.survival_svg("plan")))
    assert {"False: still followed", "True: still followed"} <= set(said)
    none = judged()
    assert any("no curve yet" in word for word in words(read(none.survival_svg())))


def test_gains_are_counted_in_a_sentence() -> None:
    assert judged().count() == "Of 1 claim of improvement, 1 holds."
