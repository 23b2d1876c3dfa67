"""What is said of a board."""

from typing import Any

import pytest

from plotthedots.budget.saying import sentence

USUAL: dict[str, Any] = {"seen": 18, "by_chance": 14.2, "shown": 5, "new": 2, "share": 0.1, "short": 0, "flat": 0}

FIVE = "18 of 300 charts signal; chance alone gives 14; 5 are shown at one false in ten, 2 of them new."
SAID = [
    ({}, FIVE),
    ({"shown": 0, "new": 0}, "18 of 300 charts signal; chance alone gives 14; none is shown at one false in ten."),
    (
        {"seen": 1, "by_chance": 2.34, "shown": 1, "new": 1, "share": 0.05},
        "1 of 300 charts signals; chance alone gives 2.3; 1 is shown at one false in 20, new.",
    ),
    (
        {"shown": 1, "new": 0, "share": 0.15},
        "18 of 300 charts signal; chance alone gives 14; 1 is shown at 15 % false, not new.",
    ),
    ({"new": 5}, "18 of 300 charts signal; chance alone gives 14; 5 are shown at one false in ten, all of them new."),
    ({"new": 0}, "18 of 300 charts signal; chance alone gives 14; 5 are shown at one false in ten, none of them new."),
    (
        {"short": 12, "flat": 1},
        f"{FIVE} 13 cannot be judged: 12 with under 12 points in the latest phase, 1 with hardly any variation.",
    ),
    (
        {"by_chance": 0.0, "flat": 1},
        f"{FIVE.replace('14', '0')} 1 cannot be judged: 1 with hardly any variation.",
    ),
]


@pytest.mark.parametrize(("changed", "said"), SAID)
def test_a_board_is_told_what_signals_what_chance_gives_and_what_is_shown(changed: dict[str, Any], said: str) -> None:
    assert sentence(300, **(USUAL | changed)) == said
