"""The chance of slipping: the prior while there is little to go by, then what came of gains before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import plotthedots as ptd
from plotthedots.gains.ahead import state as state_of
from plotthedots.gains.chances import State, prior, recalibrate, simulate, spells

from .series import Floats, board, latest, levels, months, noise, one


def state(worse: float = 0.0, above: float = 0.0, strength: float = 2.0, bar: float = 4.2, count: int = 1) -> State:
    full = np.full
    return State(
        full(count, worse),
        full(count, bar),
        full(count, strength),
        full(count, above),
        full(count, 0.3),
        full(count, 0.2),
    )


def many(vanish: bool) -> dict[str, np.ndarray]:
    """Forty wards with gains of which, where `vanish`, all but ten go after a while."""
    values = np.stack([noise(72, seed) for seed in range(40)])
    for row in range(40):
        kept = 10 + row % 20 if vanish and row >= 10 else 48
        values[row, 24 : 24 + kept] += 3
    return board(values)


def summary(vanish: bool, **options: object) -> dict[str, np.ndarray]:
    names = [f"s{row:02d}" for row in range(40)]
    frame = many(vanish)
    claims = {"ward": names, "claimed": np.repeat(months(72)[24:25], 40)}
    made = ptd.gains(frame, claims, by="ward", direction="increase", placebos=None, **options)
    return dict(made.summary)


def test_the_prior_of_a_year() -> None:
    assert prior(12) == pytest.approx(1 - (180 / 192) ** 4.5, rel=1e-12)
    assert prior(0) == 0
    assert prior(3) < prior(6) < prior(12) < prior(120) < 1


def test_under_twenty_events_the_chance_is_the_prior_and_says_so() -> None:
    told = latest(one(levels((24, 0), (20, 3))))
    assert told["status"] == "holding"
    assert told["chance_of_slipping_12"] == pytest.approx(1 - (180 / 192) ** 4.5, rel=1e-12)
    assert told["chance_of_slipping_3"] == pytest.approx(prior(3), rel=1e-12)
    assert "prior_only" in told["advice"].split(";")


def test_the_prior_speaks_in_months_whatever_the_period() -> None:
    weeks = np.datetime64("2022-01-03") + 7 * np.arange(44)
    told = latest(one(levels((24, 0), (20, 3)), dates=weeks))
    assert told["chance_of_slipping_12"] == pytest.approx(prior(12 * 7 / 30.436875), rel=1e-12)
    quarters = months(150)[::3][:44]
    told = latest(one(levels((24, 0), (20, 3)), dates=quarters))
    assert told["chance_of_slipping_12"] == pytest.approx(prior(36), rel=1e-12)
    for unit in ("s", "ms"):
        told = latest(one(levels((24, 0), (20, 3)), dates=quarters.astype(f"datetime64[{unit}]")))
        assert told["chance_of_slipping_12"] == pytest.approx(prior(36), rel=1e-12)
        told = latest(one(levels((24, 0), (20, 3)), dates=weeks.astype(f"datetime64[{unit}]")))
        assert told["chance_of_slipping_12"] == pytest.approx(prior(12 * 7 / 30.436875), rel=1e-12)


@pytest.mark.parametrize(
    ("dates", "length"),
    [
        (np.datetime64("2022-01-03") + np.arange(44), 12 / 30.436875),
        (np.busday_offset("2022-01-03", np.arange(44)), 12 / 30.436875),
        (np.busday_offset("2022-01-03", np.arange(44)).astype("datetime64[s]"), 12 / 30.436875),
        (np.datetime64("2022-01-03T00") + 6 * np.arange(44), 3 / 30.436875),
        (np.arange(44) * 5, 60),
    ],
    ids=["days", "working days", "working days at midnight", "six hours", "numbers"],
)
def test_the_prior_of_twelve_periods_is_that_of_their_length(dates: np.ndarray, length: float) -> None:
    dates = dates.astype("datetime64[s]") if dates.dtype == "datetime64[h]" else dates
    told = latest(one(levels((24, 0), (20, 3)), dates=dates))
    assert told["chance_of_slipping_12"] == pytest.approx(prior(length), rel=1e-12)


@pytest.mark.parametrize(
    "values", [levels((24, 0), (8, 0)), levels((24, 0), (12, 3), (36, 0))], ids=["claimed", "lost"]
)
def test_what_does_not_hold_has_no_chance_of_slipping(values: Floats) -> None:
    told = latest(one(values))
    assert np.isnan(told["chance_of_slipping_12"])
    assert "prior_only" not in told["advice"].split(";")


def test_where_gains_often_went_the_chance_is_higher() -> None:
    told = summary(vanish=True)
    holding = np.isin(told["status"], ["holding", "improving", "established"])
    chances = told["chance_of_slipping_12"][holding]
    assert not any("prior_only" in advice for advice in told["advice"])
    assert chances.mean() > prior(12)
    assert ((chances > 0) & (chances < 1)).all()


def test_where_no_gain_went_the_prior_stays() -> None:
    told = summary(vanish=False)
    assert any("prior_only" in advice for advice in told["advice"])


def test_chances_grow_with_the_horizon() -> None:
    told = summary(vanish=True, horizons=(3, 12))
    both = told["chance_of_slipping_3"], told["chance_of_slipping_12"]
    assert np.nanmean(both[0]) < np.nanmean(both[1])


def test_recalibration_moves_towards_what_came() -> None:
    drawn = np.random.default_rng(1)
    past = drawn.uniform(0.05, 0.6, 300)
    usual = prior(12)
    for rate, above in ((0.7, True), (0.08, False)):
        outcome = drawn.random(300) < rate
        made, only_prior = recalibrate(np.array([0.3]), past, outcome, 12)
        assert not only_prior.any()
        assert (made[0] > usual) == above
        assert abs(made[0] - rate) < 0.15


def test_recalibration_keeps_the_order_of_what_told_truly() -> None:
    drawn = np.random.default_rng(2)
    past = drawn.uniform(0.02, 0.9, 500)
    made, _ = recalibrate(np.array([0.1, 0.8]), past, drawn.random(500) < past, 12)
    assert made[0] < made[1]


def test_nineteen_events_leave_the_prior_and_twenty_do_not() -> None:
    past = np.full(100, 0.2)
    for events, usual in ((19, True), (20, False)):
        made, only_prior = recalibrate(np.array([0.2, 0.5]), past, np.arange(100) < events, 12)
        assert only_prior.tolist() == [usual] * 2
        assert (made[0] == prior(12)) == usual


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=25, max_size=60),
    st.floats(0, 1),
    st.sampled_from([1.0, 3.0, 12.0, 60.0]),
)
def test_chances_lie_between_0_and_1(pairs: list[tuple[float, bool]], chance: float, ahead: float) -> None:
    past, outcome = np.array([one for one, _ in pairs]), np.array([came for _, came in pairs])
    made, _ = recalibrate(np.array([chance]), past, outcome, ahead)
    assert 0 <= made[0] <= 1


@pytest.mark.parametrize("months", [3.0, 12.0])
def test_recalibration_is_the_likeliest_line_under_its_priors(months: float) -> None:
    """Logistic; the line's prior has its mean at the usual chance and is worth 180 months, the slope's is 0.3 ± 0.2."""
    drawn = np.random.default_rng(3)
    past = drawn.uniform(0.02, 0.7, 120)
    outcome = drawn.random(120) < 0.1 + past / 2
    x = np.log(past / (1 - past))
    made, _ = recalibrate(np.array([0.2, 0.6]), past, outcome, months)
    low, high = np.log(made / (1 - made))
    at = np.log(0.2 / 0.8), np.log(0.6 / 0.4)
    slope = (high - low) / (at[1] - at[0])
    line = low + slope * (x.mean() - at[0])
    usual = prior(months)

    def likely(line: float, slope: float) -> float:
        fitted = 1 / (1 + np.exp(-(line + slope * (x - x.mean()))))
        worth = 180 / months * usual * (1 - usual)
        apart = line - np.log(usual / (1 - usual)), (slope - 0.3) / 0.2
        return float(np.log(np.where(outcome, fitted, 1 - fitted)).sum() - (worth * apart[0] ** 2 + apart[1] ** 2) / 2)

    for way in ((1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3), (1e-3, -1e-3)):
        assert likely(line, slope) > likely(line + way[0], slope + way[1])


def test_a_chance_of_none_of_400_draws_is_taken_for_half_a_draw_and_one_of_all_alike() -> None:
    drawn = np.random.default_rng(4)
    past = drawn.uniform(0.02, 0.9, 300)
    chances = np.array([0, 0.5, 1.5, 398.5, 399.5, 400]) / 400
    made, _ = recalibrate(chances, past, drawn.random(300) < past, 12)
    assert made[0] == made[1] < made[2] < made[3] < made[4] == made[5]


def test_simulation_is_the_monitor_run_on_from_where_it_stands() -> None:
    """Draw by draw: the level once, then a value a period, both slowed by the correlation."""
    told = State(
        *(np.array(column) for column in ([0, 3.0], [4.2, 6.0], [2.0, 0.4], [0.1, -0.5], [0.3, 0.6], [0.2, 0.6]))
    )
    random = np.random.default_rng(20_260_401)
    level, values = random.normal(size=400), [random.normal(size=400) for _ in range(9)]
    for gain in range(2):
        worse, bar, strength, above, spread, kept = (float(getattr(told, name)[gain]) for name in State.__slots__)
        slow = (1 - kept) / (1 - kept**2) ** 0.5
        shift, passed = max(strength, 1) * slow, 0
        for draw in range(400):
            monitor, over = worse, False
            for value in values:
                seen = (above + spread * level[draw]) * slow + value[draw]
                monitor = max(monitor - shift * seen - shift**2 / 2, 0)
                over |= monitor >= bar
            passed += over
        assert simulate(told, 9)[gain] == pytest.approx(passed / 400, abs=1 / 400 + 1e-12)


@pytest.mark.parametrize(
    "values",
    [
        levels((24, 0), (20, 3)),
        -levels((24, 0), (30, 2)),
        levels((24, 0), (16, 3), (2, 1.8)),
        levels((36, 0), (64, 0.6)),
    ],
)
def test_a_gain_goes_on_from_what_its_watch_says_at_its_latest_value(values: Floats) -> None:
    """The latest values are drawn towards the established level: two normal accounts of where the level is."""
    made = one(values, direction="increase" if values[-1] > 0 else "decrease")
    assert latest(made)["status"] in ("holding", "improving")
    watch = made._judged.watch
    seen = {name: float(getattr(watch, name)[0, -1]) for name in type(watch).__slots__}
    sigma = seen["change"] / seen["strength"]
    above = seen["now"] - seen["before"] - seen["change"]
    sure = 1 / (1 / seen["spread"] ** 2 + 1 / seen["var_now"])
    found = state_of(made._standing, np.array([0]), np.array([watch.change.shape[1] - 1]))
    assert found.worse[0] == seen["worse"]
    assert found.bar[0] == made._judged.bar[0, -1]
    assert found.strength[0] == seen["strength"]
    assert found.correlation[0] == seen["correlation"]
    assert found.above[0] == pytest.approx(above * sure / seen["var_now"] / sigma, rel=1e-9)
    assert found.spread[0] == pytest.approx(sure**0.5 / sigma, rel=1e-9)


def test_simulation_knows_what_makes_a_gain_likely_to_slip() -> None:
    plain = simulate(state(), 12)[0]
    assert simulate(state(worse=3), 12)[0] > plain
    assert simulate(state(above=-1), 12)[0] > plain > simulate(state(above=1), 12)[0]
    assert simulate(state(bar=8), 12)[0] < plain
    assert simulate(state(), 24)[0] > plain > simulate(state(), 3)[0] >= 0


def test_like_gains_have_like_chances_whatever_is_beside_them() -> None:
    assert len(set(simulate(state(count=9), 12))) == 1
    assert simulate(state(count=1), 12)[0] == simulate(state(count=9), 12)[4]


# Pairs of chance and outcome


def told(text: str, periods: int) -> list[tuple[int, bool]]:
    """Spells of a life in letters: h holds, s slips, c claimed, . not seen."""
    codes = np.array([list(text)])
    made = spells(codes == "h", codes == "s", codes != ".", periods)
    return list(zip(made.column.tolist(), made.left.tolist(), strict=True))


def test_spells_do_not_overlap() -> None:
    assert told("cchhhhhhhhhhhh", 3) == [(2, False), (5, False), (8, False)]
    assert told("hhhhhhh", 3) == [(0, False), (3, False)]


def test_a_spell_ends_where_the_gain_slips_and_another_begins_where_it_holds_again() -> None:
    assert told("hhhhsshhhhhh", 4) == [(0, True), (6, False)]
    assert told("hhhhshhhhhh", 4) == [(0, True), (5, False)]
    assert told("hhshhhhhhhh", 4) == [(0, True), (3, False)]


def test_a_spell_that_is_not_over_counts_neither_way() -> None:
    """To count those alone that have slipped already would be to choose them for it."""
    assert told("hhhhh", 5) == []
    assert told("hhhss", 5) == []
    assert told("hhhsss", 5) == [(0, True)]
    assert told("hhhhhh", 5) == [(0, False)]


@given(st.text("hsc.", min_size=1, max_size=60), st.integers(1, 12))
def test_spells_are_apart_and_begin_where_the_gain_holds(text: str, periods: int) -> None:
    found = told(text, periods)
    last = len(text.rstrip(".")) - 1
    for (column, left), (following, _) in zip(found, [*found, (10**6, False)][1:], strict=True):
        assert text[column] == "h"
        window = text[column + 1 : column + periods + 1]
        assert left == ("s" in window)
        assert column + periods <= last
        assert following > (column + 1 + window.index("s") if left else column + periods - 1)
