import datetime as dt

from holdgood.measures.targets import Promise, on

JAN, JUL, DEC = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2026, 12, 31)
PATH = "t/m/w/"


def promise(place, value, from_on=JAN, until_on=None, end=None):
    return Promise(place, from_on, until_on, value, end, "trust", "board")


def test_the_nearest_place_decides():
    found = on([promise("t", 6), promise("w", 5)], PATH, JUL)
    assert found is not None
    assert found[0] == 5
    above = on([promise("t", 6), promise("x", 5)], PATH, JUL)
    assert above is not None
    assert above[0] == 6


def test_a_later_promise_takes_the_place_of_an_earlier_one():
    both = [promise("w", 5), promise("w", 4, from_on=JUL)]
    assert on(both, PATH, dt.date(2026, 6, 30))[0] == 5
    assert on(both, PATH, JUL)[0] == 4


def test_a_promise_that_has_ended_holds_no_more():
    assert on([promise("w", 5, until_on=dt.date(2026, 6, 30))], PATH, JUL) is None
    assert on([], PATH, JUL) is None


def test_a_trajectory_is_straight():
    line = [promise("w", 10, until_on=DEC, end=4)]
    assert on(line, PATH, JAN)[0] == 10
    assert on(line, PATH, DEC)[0] == 4
    assert round(on(line, PATH, JUL)[0], 2) == round(10 - 6 * 181 / 364, 2)
