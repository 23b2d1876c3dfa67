"""Colours beside dots, in words."""

TIMES = ("never", "once", "twice")


def times(count: int) -> str:
    """never, once, twice, 3 times."""
    return TIMES[count] if count < len(TIMES) else f"{count:,} times"


def sentence(points: int, noun: str, red: int, true: int, marked: int, marked_true: int, shown: int) -> str:
    """What each asked for in a series, and how often there was an answer to give.

    >>> print(*sentence(24, "month", 7, 1, 1, 1, 0).split("; "), sep="\\n")
    In 24 months red asked for an answer 7 times, and once there was one to give
    the rules asked once, rightly
    the budget would never have shown it.
    """
    colours = f"In {points:,} {noun}{'' if points == 1 else 's'} red {_asked(red, true)}"
    budget = "never have shown it" if not shown else f"have shown it in {shown:,} of them"
    return f"{colours}; the rules {_marked(marked, marked_true)}; the budget would {budget}."


def _asked(red: int, true: int) -> str:
    if not red:
        return "never asked for an answer"
    given = f"{times(true)} there was one" if true else "there never was one"
    return f"asked for an answer {times(red)}, and {given} to give"


def _marked(marked: int, true: int) -> str:
    if not marked:
        return "never asked"
    if true == marked:
        return f"asked {times(marked)}, rightly"
    return f"asked {times(marked)}, {times(true)} rightly" if true else f"asked {times(marked)}, never rightly"


def of_many(series: int, window: int, noun: str, red: int, true: int, marked: int, marked_true: int, shown: int) -> str:
    """The same of a whole board.

    >>> print(*of_many(12, 24, "month", 101, 9, 14, 8, 6).split("; "), sep="\\n")
    On 12 charts, over their last 24 months: red asked for an answer 101 times, and 9 times there was one to give
    the rules asked 14 times, 8 times rightly
    the budget would have shown 6 charts at some time.
    """
    charts = f"{series:,} {'chart' if series == 1 else 'charts'}"
    budget = "no chart" if not shown else f"{shown:,} {'chart' if shown == 1 else 'charts'} at some time"
    return (
        f"On {charts}, over their last {window:,} {noun}s: red {_asked(red, true)}; "
        f"the rules {_marked(marked, marked_true)}; the budget would have shown {budget}."
    )


def by_chance(red: float | None, marked: float) -> str:
    """How often each would cry wolf.

    >>> by_chance(6.2, 0.4)
    'If nothing at all had changed, red would have asked about 6 times, the rules 0.4 times.'
    """
    rules = f"the rules {_about(marked)} times"
    if red is None:
        return f"If nothing at all had changed, {rules.removeprefix('the rules ')} would have been asked by the rules."
    return f"If nothing at all had changed, red would have asked about {_about(red)} times, {rules}."


def _about(expected: float) -> str:
    return f"{expected:,.0f}" if expected >= 3 else f"{expected:.1f}"
