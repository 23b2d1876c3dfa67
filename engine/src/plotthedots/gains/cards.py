"""One gain as a page shows it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotthedots import words as wording
from plotthedots.gains import drawing, telling
from plotthedots.gains.judge import STATUSES

if TYPE_CHECKING:
    from plotthedots.gains.result import Gains


@dataclass(frozen=True, slots=True)
class GainCard:
    """All that a report says of a claim. `position` finds its chart, `series` its measure."""

    position: int
    series: int
    name: str
    status: str
    sentence: str
    advice: list[str]
    claimed: str
    since: str
    retained: str  # share, nothing where it cannot be measured
    between: str  # its interval
    chances: list[tuple[int, str]]  # periods ahead, and the chance that it slips within them


def cards(gains: "Gains") -> Iterator[GainCard]:
    """Each claim, in the order given."""
    now = gains._standing.now
    for position, name in enumerate(gains.gains):
        share, lower, upper = (float(part[position]) for part in now.retained)
        told = share == share and lower == lower and upper == upper
        yield GainCard(
            position=position,
            series=int(gains._standing.judged.claims.series[position]),
            name=name,
            status=STATUSES[int(now.status[position])],
            sentence=telling.sentence(gains._standing, position),
            advice=gains.advice(name),
            claimed=_when(gains, position, int(gains._standing.judged.claims.claimed[position])),
            since=_when(gains, position, int(now.since[position])),
            retained=_percent(share) if told else "",
            between=f"{_percent(lower)} to {_percent(upper)}" if told else "",
            chances=_chances(gains, position),
        )


def _chances(gains: "Gains", position: int) -> list[tuple[int, str]]:
    found = [
        (horizon, float(chance[position])) for horizon, (chance, _) in zip(gains._horizons, gains._chances, strict=True)
    ]
    return [(horizon, _odds(chance)) for horizon, chance in found if chance == chance]


def _odds(chance: float) -> str:
    """A chance as one in so many, or as tenths where it is large.

    >>> _odds(0.07), _odds(0.25), _odds(0.62), _odds(0.001)
    ('1 in 14', '1 in 4', '6 in 10', 'under 1 in 100')
    """
    if chance < 0.01:
        return "under 1 in 100"
    if chance < 0.35:
        return f"1 in {round(1 / chance)}"
    return f"{min(round(chance * 10), 9)} in 10" if chance <= 0.95 else "over 19 in 20"


def _percent(share: float) -> str:
    return f"{share * 100:,.0f} %".replace("-", "−").replace("−0 %", "0 %")


def _when(gains: "Gains", position: int, moment: int) -> str:
    date = drawing.date_of(gains, moment)
    return "" if date is None else wording.moment(date, drawing.first_date(gains, position)).split(" ", 1)[1]
