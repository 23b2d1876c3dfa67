"""Labels of the time axis stand clear of one another, at every rhythm and width."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.svg import axis
from plotthedots.svg.element import length

EPOCH = dt.date(1970, 1, 1)
WIDTHS = st.integers(320, 1440)
RHYTHMS = {"day": 1, "week": 7, "fortnight": 14, "month": 30.4, "quarter": 91.3, "year": 365.25}


def day(year: int, month: int = 1, date: int = 1) -> float:
    return float((dt.date(year, month, date) - EPOCH).days)


def assert_clear(made: tuple[axis.Tick, ...], low: float, high: float, pixels: float) -> None:
    """Neither row has two labels nearer than a space, none reaches out of the picture, all lie within the axis."""
    for bold in (False, True):
        end = -axis.OVER[0] - 0.01
        for tick in made:
            words = tick.below if bold else tick.label
            if words:
                at = (tick.at - low) / (high - low) * pixels if high > low else pixels / 2
                half = length(words, bold=bold) / 2
                assert at - half >= end
                end = at + half + 4
        assert end <= pixels + axis.OVER[1] + 4.01
    assert all(low <= tick.at <= high for tick in made)
    assert all(first.at < second.at for first, second in pairwise(made))


@given(
    st.sampled_from(sorted(RHYTHMS)), st.dates(dt.date(1900, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 400), WIDTHS
)
def test_labels_of_dates_never_touch(rhythm: str, start: dt.date, count: int, pixels: int) -> None:
    low = float((start - EPOCH).days)
    high = low + round(RHYTHMS[rhythm] * (count - 1))
    assert_clear(axis.ticks(low, high, "date", pixels), low, high, pixels)


@given(st.integers(0, 2_000_000_000), st.sampled_from([60, 900, 3600, 21_600, 86_400]), st.integers(1, 300), WIDTHS)
def test_labels_of_times_never_touch(start: int, gap: int, count: int, pixels: int) -> None:
    low, high = float(start), float(start + gap * (count - 1))
    assert_clear(axis.ticks(low, high, "datetime", pixels), low, high, pixels)


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**6), WIDTHS)
def test_labels_of_whole_numbers_never_touch_and_are_whole(start: int, span: int, pixels: int) -> None:
    made = axis.ticks(float(start), float(start + span), "number", pixels)
    assert_clear(made, float(start), float(start + span), pixels)
    assert all(tick.at.is_integer() for tick in made)
    assert all("." not in tick.label or "×" in tick.label for tick in made)


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), WIDTHS)
def test_labels_of_numbers_never_touch(low: float, span: float, pixels: int) -> None:
    assert_clear(axis.ticks(low, low + span, "number", pixels), low, low + span, pixels)


@pytest.mark.parametrize("kind", ["date", "datetime"])
def test_months_are_labelled_from_the_first_by_quarters_with_the_year_below(kind: str) -> None:
    unit = 86_400 if kind == "datetime" else 1
    made = axis.ticks(day(2023, 4) * unit, day(2026, 3) * unit, kind, 560)
    assert [tick.label for tick in made[:5]] == ["Apr", "Jul", "Oct", "Jan", "Apr"]
    assert [tick.below for tick in made[:5]] == ["2023", "", "", "2024", ""]
    assert made[0].at == day(2023, 4) * unit


def test_financial_years_are_labelled_at_their_points() -> None:
    made = axis.ticks(day(2006, 4), day(2023, 4), "date", 1200)
    assert made[0] == axis.Tick(day(2006, 4), "Apr", "2006")
    assert [tick.at for tick in made] == [day(year, 4) for year in range(2006, 2024)]


def test_calendar_years_need_one_row_only() -> None:
    made = axis.ticks(day(2006), day(2023), "date", 1200)
    assert [tick.label for tick in made] == [str(year) for year in range(2006, 2024)]
    assert {tick.below for tick in made} == {""}


def test_weeks_have_their_days() -> None:
    made = axis.ticks(day(2025, 12, 22), day(2026, 1, 19), "date", 500)
    assert [tick.label for tick in made] == ["22 Dec", "29 Dec", "5 Jan", "12 Jan", "19 Jan"]
    assert [tick.below for tick in made] == ["2025", "", "2026", "", ""]


def test_hours_have_the_day_below() -> None:
    start = day(2026, 3, 3) * 86_400
    made = axis.ticks(start, start + 36 * 3600, "datetime", 640)
    assert made[0] == axis.Tick(start, "00:00", "3 Mar 2026") or made[1].below == "3 Mar 2026"
    assert "4 Mar 2026" in [tick.below for tick in made]


@pytest.mark.parametrize(("at", "label"), [(7.0, "7"), (0.5, "0.5"), (-3.0, "−3")])
def test_a_single_number_has_its_label(at: float, label: str) -> None:
    assert axis.ticks(at, at, "number", 400) == (axis.Tick(at, label, ""),)


def test_a_single_date_has_its_label() -> None:
    assert axis.ticks(day(2026, 3, 3), day(2026, 3, 3), "date", 400) == (axis.Tick(day(2026, 3, 3), "3 Mar", "2026"),)


def test_days_out_of_the_calendar_are_numbers() -> None:
    assert axis.ticks(0.0, 9e6, "date", 400)[0].label == "0"
