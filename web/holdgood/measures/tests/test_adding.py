import datetime as dt

from holdgood.measures.adding import History, Point, Row, totals

JAN, FEB, MAR = (dt.date(2026, month, 1) for month in (1, 2, 3))
LONG_AGO = dt.date(2020, 1, 1)
TREE = {
    "a": History([LONG_AGO], ["t/m/a/"]),
    "b": History([LONG_AGO, FEB], ["t/m/b/", "t/s/b/"]),
    "m": History([LONG_AGO], ["t/m/"]),
}


def test_a_ratio_is_the_sum_of_numerators_over_the_sum_of_denominators():
    found = totals([Row("a", JAN, 3, 700), Row("b", JAN, 5, 300)], TREE, "ratio")
    assert found["t"] == [Point(JAN, 8, 1000, 2, 2)]
    assert found["m"] == found["t"]
    assert found["a"] == [Point(JAN, 3, 700, 1, 1)]


def test_sums_follow_the_tree_as_it_was_in_the_period():
    rows = [Row("a", JAN, 1, None), Row("b", JAN, 2, None), Row("a", FEB, 4, None), Row("b", FEB, 8, None)]
    found = totals(rows, TREE, "sum")
    assert [(point.period, point.numerator) for point in found["m"]] == [(JAN, 3), (FEB, 4)]
    assert [(point.period, point.numerator) for point in found["s"]] == [(FEB, 8)]
    assert [point.numerator for point in found["t"]] == [3, 12]


def test_a_weighted_mean_weighs_by_the_denominator():
    found = totals([Row("a", JAN, 4, 30), Row("b", JAN, 8, 10)], TREE, "weighted")
    assert found["t"] == [Point(JAN, 5, 40, 2, 2)]


def test_what_does_not_add_up_stays_where_it_was_reported():
    assert set(totals([Row("a", JAN, 4, 30)], TREE, "none")) == {"a"}


def test_what_a_place_reports_itself_stands_for_its_area():
    rows = [Row("a", JAN, 1, None), Row("b", JAN, 2, None), Row("m", JAN, 10, None)]
    found = totals(rows, TREE, "sum")
    assert found["m"] == [Point(JAN, 10, None, 1, 1)]
    assert found["t"] == [Point(JAN, 10, None, 1, 1)]


def test_no_data_is_not_zero_and_is_told_by_how_many_reported():
    rows = [Row("a", JAN, 1, 100), Row("b", JAN, 2, 100), Row("a", FEB, None, None), Row("b", FEB, 3, 100)]
    found = totals(rows, TREE, "ratio")
    assert found["t"][1] == Point(FEB, 3, 100, 1, 2)
    only = totals([Row("a", JAN, None, None)], TREE, "ratio")
    assert only["t"] == [Point(JAN, None, None, 0, 1)]


def test_a_closed_ward_is_not_waited_for():
    tree = TREE | {"a": History([LONG_AGO], ["t/m/a/"], FEB)}
    found = totals([Row("a", JAN, 1, 9), Row("b", JAN, 1, 9), Row("b", MAR, 1, 9)], tree, "ratio")
    assert [point.of for point in found["t"]] == [2, 1]


def test_only_what_is_wanted_is_made():
    assert set(totals([Row("a", JAN, 1, 9)], TREE, "ratio", {"m"})) == {"m"}
