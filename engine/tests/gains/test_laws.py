"""What must hold of any series: nothing is foreseen, order does not matter, better is better on either side."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plotthedots as ptd
from plotthedots import Gains

from .series import Floats, board, months, noise

NUMBERS = ("retained", "retained_lower", "retained_upper", "centre", "lower", "upper")
LONG = 70
MODEST = settings(max_examples=15)


@st.composite
def boards(draw: Any, least: int = 2, most: int = 8) -> Floats:
    """Series that change at month 30, some of them back again, with values missing here and there."""
    rows = draw(st.integers(least, most))
    first = draw(st.integers(0, 10**6))
    correlation = draw(st.sampled_from([0.0, 0.3, 0.7]))
    values = np.stack([noise(LONG, first + row, correlation) for row in range(rows)])
    size = draw(st.sampled_from([0.0, 1.5, 3.0]))
    back = draw(st.integers(31, LONG))
    values[: (rows + 1) // 2, 30:back] += size
    if draw(st.booleans()):
        values[np.random.default_rng(first).random(values.shape) < 0.12] = np.nan
    return 20 + values


def judge(frame: dict[str, Any], claimed: int = 30, count: int = 2, **options: Any) -> Gains:
    """Claims on the first wards at a month."""
    names = [f"s{row:02d}" for row in range(count)]
    claims = {"ward": names, "claimed": np.repeat(months(LONG)[claimed : claimed + 1], count)}
    return ptd.gains(frame, claims, by="ward", **({"direction": "increase"} | options))


def cut(frame: dict[str, Any], kept: Any) -> dict[str, Any]:
    return {name: np.asarray(column)[kept] for name, column in frame.items()}


def same(one: dict[str, Any], other: dict[str, Any], *, tolerance: float = 1e-9) -> None:
    assert list(one) == list(other)
    for name, column in one.items():
        if name in NUMBERS:
            np.testing.assert_allclose(column, other[name], rtol=tolerance, atol=tolerance, err_msg=name)
        else:
            assert column.tolist() == other[name].tolist(), name


def told(made: Gains) -> dict[str, list[Any]]:
    """What the summary says of each gain, by its name."""
    return {gain: [str(column[place]) for column in made.summary.values()] for place, gain in enumerate(made.gains)}


@MODEST
@given(boards(), st.integers(31, LONG - 1))
def test_a_row_depends_on_what_was_known_on_its_date(values: Floats, known: int) -> None:
    frame = board(values)
    whole = judge(frame).history
    day = months(LONG)[known]
    until = cut(whole, whole["date"] <= day)
    same(until, judge(cut(frame, frame["date"] <= day)).history)
    same(until, judge(frame, as_of=day.astype(object)).history)


@MODEST
@given(boards(most=5), st.integers(31, LONG - 1), st.integers(0, 10**6))
def test_nor_does_it_depend_on_which_rows_come_later(values: Floats, known: int, seed: int) -> None:
    """What follows may be anything at all."""
    frame = board(values)
    later = frame["date"] > months(LONG)[known]
    wild = dict(frame)
    wild["value"] = np.where(later, np.random.default_rng(seed).normal(0, 500, len(later)), frame["value"])
    one, other = judge(frame).history, judge(wild).history
    day = months(LONG)[known]
    # A value that is missing in one and not in the other has its row in one alone: only those up to the day count.
    same(cut(one, one["date"] <= day), cut(other, other["date"] <= day))


@pytest.mark.parametrize("known", [35, 44, 60])
def test_nothing_is_foreseen_with_twenty_placebos_and_more(known: int) -> None:
    values = np.stack([noise(LONG, seed, 0.5) for seed in range(30)])
    values[:2, 30:50] += 4
    values[5:9, 30:] += 2
    frame = board(values)
    whole, day = judge(frame).history, months(LONG)[known]
    same(cut(whole, whole["date"] <= day), judge(cut(frame, frame["date"] <= day)).history)


@pytest.mark.parametrize("chart", ["p", "pprime", "u", "c", "xbar", "run", "g"])
def test_nothing_is_foreseen_on_any_chart(chart: str) -> None:
    drawn = np.random.default_rng(11)
    of = drawn.integers(40, 200, (5, LONG))
    frame = board(drawn.binomial(of, np.where(np.arange(LONG) < 30, 0.3, 0.15)).astype(np.float64))
    options: dict[str, Any] = {"chart": chart, "direction": "decrease"}
    if chart in ("p", "pprime", "u"):
        frame["of"] = of.ravel()
        options["denominator"] = "of"
    if chart == "xbar":
        frame = {name: np.repeat(column, 3) for name, column in frame.items()}
        frame["value"] = frame["value"] + drawn.normal(size=len(frame["value"]))
    whole, day = judge(frame, **options).history, months(LONG)[45]
    same(cut(whole, whole["date"] <= day), judge(cut(frame, frame["date"] <= day), **options).history)
    same(cut(whole, whole["date"] <= day), judge(frame, as_of=day.astype(object), **options).history)


def ragged(kind: str, seed: int) -> dict[str, Any]:
    """A few wards, each with its own dates; the first gains three standard deviations at two fifths of them."""
    drawn = np.random.default_rng(seed)
    parts: dict[str, list[Any]] = {"ward": [], "date": [], "value": []}
    for ward in range(int(drawn.integers(1, 5))):
        if kind == "seldom":
            dates = np.datetime64("2020-01-01") + np.cumsum(drawn.integers(1, 60, LONG))
        else:
            whole = {
                "months": months(LONG),
                "weeks": np.datetime64("2020-01-06") + 7 * np.arange(LONG),
                "working days": np.busday_offset("2020-01-06", np.arange(LONG)),
            }[kind]
            dates = whole[drawn.random(LONG) < 0.8]
        value = drawn.normal(size=len(dates))
        value[len(dates) * 2 // 5 :] += 3 * (ward == 0)
        parts["ward"].append(np.repeat(f"s{ward}", len(dates)))
        parts["date"].append(dates)
        parts["value"].append(value)
    return {name: np.concatenate(columns) for name, columns in parts.items()}


@pytest.mark.parametrize("kind", ["months", "weeks", "working days", "seldom"])
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_foreseen_where_rows_are_missing(kind: str, seed: int) -> None:
    frame = ragged(kind, seed)
    own = frame["date"][frame["ward"] == "s0"]
    claims = {"ward": ["s0"], "claimed": own[len(own) * 2 // 5 :][:1]}
    whole = ptd.gains(frame, claims, by="ward", direction="increase").history
    assert len(whole["date"]) > 20
    for day in own[[len(own) // 2, len(own) * 3 // 4]]:
        until = cut(whole, whole["date"] <= day)
        short = ptd.gains(cut(frame, frame["date"] <= day), claims, by="ward", direction="increase")
        same(until, short.history)
        same(until, ptd.gains(frame, claims, by="ward", direction="increase", as_of=day.astype(object)).history)


@MODEST
@given(boards(), st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(values: Floats, seed: int) -> None:
    frame = board(values)
    made, mixed = judge(frame), judge(cut(frame, np.random.default_rng(seed).permutation(len(frame["value"]))))
    same(made.history, mixed.history, tolerance=0)
    assert told(made) == told(mixed)


@MODEST
@given(boards(least=4), st.integers(0, 10**6))
def test_the_order_of_claims_does_not_matter(values: Floats, seed: int) -> None:
    values[1, 50:] = np.nan  # one of them stops early
    frame = board(values)
    frame = cut(frame, frame["value"] == frame["value"])
    names, days = np.array(["s00", "s01", "s02", "s00"]), months(LONG)[[30, 30, 33, 52]]
    order = np.random.default_rng(seed).permutation(4)
    plain = ptd.gains(frame, {"ward": names, "claimed": days}, by="ward", direction="increase")
    mixed = ptd.gains(frame, {"ward": names[order], "claimed": days[order]}, by="ward", direction="increase")
    assert told(plain) == told(mixed)
    for gain in plain.gains:
        own, other = plain.history, mixed.history
        same(cut(own, own["gain"] == gain), cut(other, other["gain"] == gain))


@MODEST
@given(boards())
def test_more_being_better_and_less_being_better_are_mirror_images(values: Floats) -> None:
    up, down = judge(board(values)), judge(board(-values), direction="decrease")
    assert up.history["status"].tolist() == down.history["status"].tolist()
    np.testing.assert_allclose(up.history["retained"], down.history["retained"], rtol=1e-9)
    np.testing.assert_allclose(up.history["upper"], -down.history["lower"], rtol=1e-9)
    for name, other in (("size", "size"), ("size_lower", "size_upper"), ("before", "before"), ("after", "after")):
        np.testing.assert_allclose(up.summary[name], -down.summary[other], rtol=1e-9)
    for name in ("status", "placebo", "placebos", "n_before", "advice", "chance_of_slipping_12"):
        assert str(up.summary[name]) == str(down.summary[name])


@MODEST
@given(boards(), st.sampled_from([1e-6, 0.25, 1024.0, 1e9]), st.sampled_from([0.0, -3.0, 64.0]))
def test_the_unit_of_a_measure_does_not_matter(values: Floats, scale: float, shift: float) -> None:
    plain, other = judge(board(values)), judge(board((values + shift) * scale))
    assert plain.history["status"].tolist() == other.history["status"].tolist()
    np.testing.assert_allclose(plain.history["retained_upper"], other.history["retained_upper"], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(plain.summary["size"] * scale, other.summary["size"], rtol=1e-6, atol=1e-9 * scale)
    np.testing.assert_allclose((plain.summary["before"] + shift) * scale, other.summary["before"], rtol=1e-9)
    assert plain.summary["placebos"].tolist() == other.summary["placebos"].tolist()


@MODEST
@given(boards(), st.integers(0, 10**6))
def test_a_series_that_has_nothing_to_do_with_it_changes_nothing(values: Floats, seed: int) -> None:
    more = np.concatenate([values, [noise(LONG, seed) * 40]])
    plain, other = judge(board(values), placebos=None), judge(board(more), placebos=None)
    same(plain.history, other.history, tolerance=0)
    assert told(plain) == told(other)


@MODEST
@given(boards())
def test_a_claim_that_has_nothing_to_do_with_it_changes_nothing(values: Floats) -> None:
    """Its date is earlier and its gain is established sooner."""
    values = np.concatenate([values, [np.where(np.arange(LONG) < 20, 0, 9) + noise(LONG, 5)]])
    alone = judge(board(values), placebos=None)
    last = f"s{len(values) - 1:02d}"
    claims = {"ward": ["s00", "s01", last], "claimed": months(LONG)[[30, 30, 20]]}
    beside = ptd.gains(board(values), claims, by="ward", direction="increase", placebos=None)
    own = np.isin(beside.history["ward"], ["s00", "s01"])
    same(alone.history, cut(beside.history, own))


CALENDARS = {
    "months": months(40),
    "days": np.datetime64("2024-02-01") + np.arange(40),
    "seldom": np.datetime64("2020-01-01") + np.cumsum(np.random.default_rng(1).integers(1, 90, 40)),
    "numbers": np.arange(40) * 3,
}


@settings(max_examples=80)
@given(
    st.lists(
        st.one_of(
            st.none(), st.sampled_from([0.0, 1.0, 5.0, -1e-12, 1e150, -1e300, 1e-310]),
            st.floats(-1e6, 1e6, allow_nan=False),
        ),
        min_size=1, max_size=40,
    ),
    st.integers(-2, 42),
    st.sampled_from(sorted(CALENDARS)),
    st.booleans(),
)  # fmt: skip
def test_no_series_breaks_it_and_no_infinity_comes_out(
    values: list[float | None], claimed: int, calendar: str, rising: bool
) -> None:
    dates = CALENDARS[calendar]
    step = dates[1] - dates[0]
    day = dates[claimed] if 0 <= claimed < 40 else dates[0] + claimed * step
    kept = np.random.default_rng(claimed + 2).random(len(values)) < 0.9
    kept[0] = True
    frame = {"date": dates[: len(values)][kept], "value": np.array(values, dtype=np.float64)[kept]}
    made = ptd.gains(frame, {"claimed": np.array([day])}, direction="increase" if rising else "decrease")
    for table in (made.history, made.summary, made.survival()):
        for column in table.values():
            if column.dtype.kind == "f":
                assert not np.isinf(column).any()
    assert made.summary["sentence"][0].endswith(".")
    assert len(made.history["date"]) <= kept.sum()
    assert np.isin(
        made.history["status"],
        ["claimed", "signalled", "established", "holding", "improving", "slipping", "lost", "not_shown"],
    ).all()


@MODEST
@given(boards(least=1, most=3))
def test_established_is_one_row_and_what_follows_was_established(values: Floats) -> None:
    made = judge(board(values), count=1)
    every = made.history["status"].tolist()
    before = ("claimed", "signalled", "not_shown")
    assert every.count("established") <= 1
    if "established" in every:
        first = every.index("established")
        assert all(status in before for status in every[:first])
        assert not any(status in before for status in every[first + 1 :])
        assert made.history["date"][first] == made.summary["established_on"][0]
    else:
        assert all(status in before for status in every)
        assert np.isnan(made.history["retained"]).all()
