"""Rule sets: which rules, with which lengths, in which order; and which rule means something on which family."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from plotthedots import signals
from plotthedots.constants import Signs, names
from plotthedots.errors import BadInput

Judge = Callable[..., Signs]

# Rules that a tuple may name: the function, and the lengths and sigmas it takes when none are given.
RULES: dict[str, tuple[Judge | None, tuple[float, ...]]] = {
    "outside": (None, ()),
    "shift": (signals.shift, (7,)),
    "trend": (signals.trend, (7,)),
    "two_of_three": (signals.two_of_three, (2, 3, 2.0)),
    "beyond": (signals.beyond, (2, 3, 2.0)),
    "alternating": (signals.alternating, (14,)),
    "stratification": (signals.stratification, (15, 1.0)),
    "mixture": (signals.mixture, (8, 1.0)),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A column of signs: its name, the function that fills it (None: outside the limits) and what that takes."""

    column: str
    kind: str
    judge: Judge | None = None
    settings: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in column order; `precedence` is the order in which they name a point; `runs` the Anhøj variant."""

    name: str
    rules: tuple[Rule, ...]
    precedence: tuple[str, ...]
    runs: str | None = None

    @property
    def making_data_count(self) -> bool:
        return self.name == "making-data-count"

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(rule.column for rule in self.rules) + (("runs",) if self.runs else ())


OUTSIDE = Rule("outside", "outside")


def _set(name: str, *rules: Rule, precedence: tuple[str, ...] = ()) -> RuleSet:
    return RuleSet(name, rules, precedence or tuple(rule.column for rule in rules))


RULE_SETS: dict[str, RuleSet] = {
    # Making Data Count (NHS England); lengths and order as NHSRplotthedots 0.2.2 computes them.
    "making-data-count": _set(
        "making-data-count",
        OUTSIDE,
        Rule("shift", "shift", signals.shift, (7,)),
        Rule("trend", "trend", signals.trend_making_data_count, (7,)),
        Rule("two_of_three", "two_of_three", signals.two_of_three, (2, 3, 2)),
        precedence=("outside", "trend", "two_of_three", "shift"),
    ),
    # Western Electric, Statistical Quality Control Handbook (1956), pages 25 to 28.
    "western-electric": _set(
        "western-electric",
        OUTSIDE,
        Rule("two_of_three", "beyond", signals.beyond, (2, 3, 2)),
        Rule("four_of_five", "beyond", signals.beyond, (4, 5, 1)),
        Rule("shift", "shift", signals.shift, (8,)),
    ),
    # Nelson, The Shewhart control chart: tests for special causes, Journal of Quality Technology 16 (1984).
    "nelson": _set(
        "nelson",
        OUTSIDE,
        Rule("shift", "shift", signals.shift, (9,)),
        Rule("trend", "trend", signals.trend, (6,)),
        Rule("alternating", "alternating", signals.alternating, (14,)),
        Rule("two_of_three", "beyond", signals.beyond, (2, 3, 2)),
        Rule("four_of_five", "beyond", signals.beyond, (4, 5, 1)),
        Rule("stratification", "stratification", signals.stratification, (15, 1)),
        Rule("mixture", "mixture", signals.mixture, (8, 1)),
    ),
    # Anhøj & Olesen, Run charts revisited, PLOS ONE 9 (2014); Anhøj & Wentzel-Larsen, PLOS ONE 15 (2020).
    "anhoej": RuleSet("anhoej", (OUTSIDE,), ("outside",), runs="anhoej"),
    "bestbox": RuleSet("bestbox", (OUTSIDE,), ("outside",), runs="bestbox"),
    "cutbox": RuleSet("cutbox", (OUTSIDE,), ("outside",), runs="cutbox"),
}

# Fewest points of which a run of each kind can be.
LENGTHS = {"shift": 2, "trend": 2, "alternating": 3, "stratification": 2, "mixture": 2}

NEEDS_LIMITS = frozenset({"outside", "two_of_three", "beyond", "stratification", "mixture"})
ABOUT_THE_MEDIAN = frozenset({"run", "g"})


def meaning(chart: str, kind: str) -> str:
    """Whether a rule means something on a family: "meaningful", "about the median" or the reason why not."""
    if chart == "run" and kind in NEEDS_LIMITS:
        return "a run chart has no limits"
    if chart == "mr" and kind != "outside":
        return "neighbouring moving ranges share a value, so runs of them mean nothing"
    if chart in ABOUT_THE_MEDIAN and kind == "shift":
        return "about the median"
    return "meaningful"


def meaningful(chart: str, kind: str) -> bool:
    return meaning(chart, kind) in ("meaningful", "about the median")


def read(rules: str | Sequence[Any], chart: str) -> RuleSet:
    """The rule set of a name, or made of a tuple such as ("outside", ("shift", 8)).

    BadInput: an unknown name, a length that cannot be, a rule named in a tuple that means nothing on this chart.
    """
    if isinstance(rules, str):
        if rules not in RULE_SETS:
            raise BadInput(f'rules: found "{rules}", expected {names(RULE_SETS)}, or a tuple of rules.')
        return RULE_SETS[rules]
    made = tuple(_read_one(item, chart) for item in rules)
    if not made:
        raise BadInput("rules: found an empty tuple, expected at least one rule.")
    columns = tuple(rule.column for rule in made)
    if len(set(columns)) < len(columns):
        raise BadInput(f"rules: found the same rule twice in {columns}, expected each once.")
    return RuleSet("tuple", made, columns)


def _read_one(item: Any, chart: str) -> Rule:
    name, *given = (item,) if isinstance(item, str) else tuple(item)
    if name not in RULES:
        raise BadInput(f'rules: found "{name}", expected {names(RULES)}.')
    judge, usual = RULES[name]
    settings = tuple(given) or usual
    if len(settings) != len(usual) or not all(_fits(number) for number in settings):
        raise BadInput(
            f'rules: found {item!r}, expected "{name}" with {len(usual)} positive numbers, such as {(name, *usual)!r}.'
        )
    if name in ("two_of_three", "beyond") and not settings[0] <= settings[1]:
        raise BadInput(f"rules: found {item!r}: {settings[0]} of {settings[1]} points cannot be.")
    if name in LENGTHS and settings[0] < LENGTHS[name]:
        raise BadInput(f"rules: found {item!r}, expected a length of at least {LENGTHS[name]} points.")
    if not meaningful(chart, name):
        raise BadInput(f'rules: "{name}" means nothing on a {chart} chart: {meaning(chart, name)}. Leave it out.')
    return Rule(name, name, judge, _whole_lengths(name, settings))


def _fits(number: Any) -> bool:
    return isinstance(number, (int, float)) and not isinstance(number, bool) and 0 < number < 1e6


def _whole_lengths(name: str, settings: tuple[Any, ...]) -> tuple[Any, ...]:
    """Lengths and counts as whole numbers; the last setting of some rules is a number of sigmas."""
    lengths = {"two_of_three": 2, "beyond": 2, "stratification": 1, "mixture": 1}.get(name, len(settings))
    for number in settings[:lengths]:
        if number != int(number):
            raise BadInput(f'rules: found {number} in "{name}", expected a whole number of points.')
    return tuple(int(number) for number in settings[:lengths]) + tuple(settings[lengths:])
