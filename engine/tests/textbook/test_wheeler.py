"""Wheeler, Understanding Variation (2nd edition, 2000): the XmR chart, with the numbers printed there."""

from .charted import chart, lines, outside

# In-process inventory in hundreds of pounds, January of the first year to July of the third.
INVENTORY = [
    *(19, 27, 20, 16, 18, 25, 22, 24, 17, 25, 15, 17),
    *(20, 22, 19, 16, 22, 19, 25, 22, 18, 20, 16, 17),
    *(20, 15, 27, 25, 17, 19, 28),
]


def test_inventory_has_the_natural_process_limits_that_wheeler_prints() -> None:
    points = chart(INVENTORY, chart="xmr")
    centre, lower, upper = lines(points, 2)
    assert centre == 20.39
    assert (round(upper, 1), round(lower, 1)) == (32.9, 7.9)
    assert outside(points) == []


def test_the_average_moving_range_of_inventory_is_the_one_that_wheeler_prints() -> None:
    points = chart(INVENTORY, chart="mr", rules="anhoej")
    centre, _, upper = lines(points, 1)
    assert centre == 4.7
    assert upper == 15.4
