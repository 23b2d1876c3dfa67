"""All gains in one sentence."""

import pytest

from plotthedots.gains.counting import count


@pytest.mark.parametrize(
    ("status", "one", "two"),
    [
        ("established", "1 holds", "2 hold"),
        ("holding", "1 holds", "2 hold"),
        ("improving", "1 holds", "2 hold"),
        ("slipping", "1 is slipping", "2 are slipping"),
        ("lost", "1 was lost", "2 were lost"),
        ("claimed", "1 cannot be told yet", "2 cannot be told yet"),
        ("signalled", "1 cannot be told yet", "2 cannot be told yet"),
        ("not_shown", "1 did not show", "2 did not show"),
        ("unwatched", "1 is unwatched", "2 are unwatched"),
        ("withdrawn", "1 was withdrawn", "2 were withdrawn"),
    ],
)
def test_each_status_is_told_of_one_and_of_several(status: str, one: str, two: str) -> None:
    assert count([status]) == f"Of 1 claim of improvement, {one}."
    assert count([status] * 2) == f"Of 2 claims of improvement, {two}."


def test_statuses_that_mean_the_same_are_counted_together_and_the_last_part_has_an_and() -> None:
    told = count(["lost", "improving", "withdrawn", "holding", "established", "lost"])
    assert told == "Of 6 claims of improvement, 3 hold, 2 were lost and 1 was withdrawn."
    assert count(["lost", "claimed"]) == "Of 2 claims of improvement, 1 was lost and 1 cannot be told yet."


def test_thousands_are_told_with_commas() -> None:
    assert count(["holding"] * 1234) == "Of 1,234 claims of improvement, 1,234 hold."


def test_no_claim_is_told_too() -> None:
    assert count([]) == "There is no claim of improvement."
