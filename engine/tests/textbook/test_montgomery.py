"""Montgomery, Introduction to Statistical Quality Control (6th edition): worked examples, with its printed limits."""

from .charted import chart, lines, outside, subgroups

# Inside diameters of piston rings in mm, 25 samples of five and then fifteen more (table 6.3 and 6E).
PISTON_RINGS: list[list[float]] = [
    [74.030, 74.002, 74.019, 73.992, 74.008],
    [73.995, 73.992, 74.001, 74.011, 74.004],
    [73.988, 74.024, 74.021, 74.005, 74.002],
    [74.002, 73.996, 73.993, 74.015, 74.009],
    [73.992, 74.007, 74.015, 73.989, 74.014],
    [74.009, 73.994, 73.997, 73.985, 73.993],
    [73.995, 74.006, 73.994, 74.000, 74.005],
    [73.985, 74.003, 73.993, 74.015, 73.988],
    [74.008, 73.995, 74.009, 74.005, 74.004],
    [73.998, 74.000, 73.990, 74.007, 73.995],
    [73.994, 73.998, 73.994, 73.995, 73.990],
    [74.004, 74.000, 74.007, 74.000, 73.996],
    [73.983, 74.002, 73.998, 73.997, 74.012],
    [74.006, 73.967, 73.994, 74.000, 73.984],
    [74.012, 74.014, 73.998, 73.999, 74.007],
    [74.000, 73.984, 74.005, 73.998, 73.996],
    [73.994, 74.012, 73.986, 74.005, 74.007],
    [74.006, 74.010, 74.018, 74.003, 74.000],
    [73.984, 74.002, 74.003, 74.005, 73.997],
    [74.000, 74.010, 74.013, 74.020, 74.003],
    [73.988, 74.001, 74.009, 74.005, 73.996],
    [74.004, 73.999, 73.990, 74.006, 74.009],
    [74.010, 73.989, 73.990, 74.009, 74.014],
    [74.015, 74.008, 73.993, 74.000, 74.010],
    [73.982, 73.984, 73.995, 74.017, 74.013],
    [74.012, 74.015, 74.030, 73.986, 74.000],
    [73.995, 74.010, 73.990, 74.015, 74.001],
    [73.987, 73.999, 73.985, 74.000, 73.990],
    [74.008, 74.010, 74.003, 73.991, 74.006],
    [74.003, 74.000, 74.001, 73.986, 73.997],
    [73.994, 74.003, 74.015, 74.020, 74.004],
    [74.008, 74.002, 74.018, 73.995, 74.005],
    [74.001, 74.004, 73.990, 73.996, 73.998],
    [74.015, 74.000, 74.016, 74.025, 74.000],
    [74.030, 74.005, 74.000, 74.016, 74.012],
    [74.001, 73.990, 73.995, 74.010, 74.024],
    [74.015, 74.020, 74.024, 74.005, 74.019],
    [74.035, 74.010, 74.012, 74.015, 74.026],
    [74.017, 74.013, 74.036, 74.025, 74.026],
    [74.010, 74.005, 74.029, 74.000, 74.020],
]

# Cans of frozen orange juice that leak, of 50: 30 trial samples, then 24 after the machine was set right.
ORANGE_JUICE = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
    *(9, 6, 12, 5, 6, 4, 6, 3, 7, 6, 2, 4, 3, 6, 5),
    *(4, 8, 5, 6, 7, 5, 6, 3, 5),
]

# Faults in samples of 100 printed circuit boards: 26 trial samples, then 20 more.
CIRCUIT_BOARDS = [
    *(21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10),
    *(17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15, 16, 18, 12, 15),
    *(24, 21, 28, 20, 25, 19, 18, 21, 16, 22, 19, 12, 14, 9, 16),
    21,
]

# Faults in rolls of dyed cloth, and the inspection units of each roll.
CLOTH_FAULTS = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
CLOTH_UNITS = [10.0, 8.0, 13.0, 10.0, 9.5, 10.0, 12.0, 10.5, 12.0, 12.5]

# Cost in dollars of processing mortgage loans, a week a value.
LOAN_COSTS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]


def test_means_of_piston_rings_have_the_limits_that_montgomery_prints() -> None:
    points = subgroups(PISTON_RINGS[:25], chart="xbar", rules="anhoej")
    assert lines(points, 3) == (74.001, 73.988, 74.014)
    assert outside(points) == []


def test_standard_deviations_of_piston_rings_have_the_limits_that_montgomery_prints_from_his_mean() -> None:
    """His mean of them is 0.0094; the table as it is handed on gives 0.0092, so the printed one is passed."""
    points = subgroups(PISTON_RINGS[:25], chart="s", centre=0.0094, rules="anhoej")
    assert lines(points, 4) == (0.0094, 0.0, 0.0196)
    assert outside(points) == []


def test_later_piston_rings_run_out_of_control_against_the_first_25_samples() -> None:
    points = subgroups(PISTON_RINGS, chart="xbar", baseline=25, rules="anhoej")
    assert lines(points, 3, row=39) == (74.001, 73.988, 74.014)
    assert outside(points) == [37, 38, 39]


def test_trial_limits_for_orange_juice_cans_put_two_samples_outside() -> None:
    points = chart(ORANGE_JUICE[:30], sizes=[50.0] * 30, chart="p", rules="anhoej")
    assert lines(points, 4) == (0.2313, 0.0524, 0.4102)
    assert outside(points) == [15, 23]


def test_revised_limits_for_orange_juice_cans_leave_both_samples_out() -> None:
    points = chart(ORANGE_JUICE[:30], sizes=[50.0] * 30, without=(15, 23), chart="p", rules="anhoej")
    assert lines(points, 4) == (0.215, 0.0407, 0.3893)
    assert outside(points) == [15, 21, 23]


def test_the_machine_set_right_leaks_half_as_many_cans() -> None:
    points = chart(ORANGE_JUICE, sizes=[50.0] * 54, rebase=[31], chart="p", rules="anhoej")
    assert lines(points, 4, row=53) == (0.1108, 0.0, 0.244)
    assert points["phase"].to_list() == [1] * 30 + [2] * 24
    assert [sample for sample in outside(points) if sample > 30] == []


def test_trial_limits_for_circuit_boards_put_two_samples_outside() -> None:
    points = chart(CIRCUIT_BOARDS[:26], chart="c", rules="anhoej")
    assert lines(points, 2)[:2] == (19.85, 6.48)
    assert outside(points) == [6, 20]


def test_trial_limits_for_circuit_boards_are_printed_from_the_rounded_mean() -> None:
    points = chart(CIRCUIT_BOARDS[:26], centre=19.85, chart="c", rules="anhoej")
    assert lines(points, 2) == (19.85, 6.48, 33.22)


def test_revised_limits_for_circuit_boards_leave_both_samples_out() -> None:
    points = chart(CIRCUIT_BOARDS, without=(6, 20), baseline=26, chart="c", rules="anhoej")
    assert lines(points, 2) == (19.67, 6.36, 32.97)
    assert [sample for sample in outside(points) if sample > 26] == []


def test_dyed_cloth_has_the_mean_that_montgomery_prints() -> None:
    points = chart(CLOTH_FAULTS, sizes=CLOTH_UNITS, chart="u", rules="anhoej")
    assert round(points["centre"][0], 2) == 1.42
    assert outside(points) == []


def test_every_roll_of_dyed_cloth_has_the_limits_that_montgomery_prints_from_the_rounded_mean() -> None:
    points = chart(CLOTH_FAULTS, sizes=CLOTH_UNITS, centre=1.42, chart="u", rules="anhoej")
    by_size = {CLOTH_UNITS[row]: lines(points, 2, row)[1:] for row in range(10)}
    assert by_size == {
        8.0: (0.16, 2.68),
        9.5: (0.26, 2.58),
        10.0: (0.29, 2.55),
        10.5: (0.32, 2.52),
        12.0: (0.39, 2.45),
        12.5: (0.41, 2.43),
        13.0: (0.43, 2.41),
    }


def test_loan_costs_have_the_limits_that_montgomery_prints() -> None:
    points = chart(LOAN_COSTS, chart="xmr", rules="anhoej")
    assert lines(points, 2) == (300.5, 279.78, 321.22)
    assert outside(points) == []


def test_moving_ranges_of_loan_costs_have_the_limit_that_montgomery_prints() -> None:
    points = chart(LOAN_COSTS, chart="mr", rules="anhoej")
    assert lines(points, 2) == (7.79, 0.0, 25.45)
    assert points["value"].to_list()[:4] == [None, 22.0, 9.0, 1.0]
