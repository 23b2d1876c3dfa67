"""Gains as arguments of their drawings: the life of one, and how long all of them last."""

from typing import TYPE_CHECKING, Any

import numpy as np

from plotthedots import words as wording
from plotthedots.constants import Flags, Floats, Signs, Whole
from plotthedots.forecast.drawing import axis, axis_kind
from plotthedots.gains import lasting, telling
from plotthedots.gains.claims import NEVER
from plotthedots.gains.judge import (
    ESTABLISHED,
    HOLDING,
    IMPROVING,
    LOST,
    SLIPPING,
    STATUSES,
)
from plotthedots.gains.survival import Curve
from plotthedots.limits import FAMILIES
from plotthedots.svg.status import STATUSES as LOOKS
from plotthedots.svg.status import Left, Spell
from plotthedots.svg.survival import Group

if TYPE_CHECKING:
    from plotthedots.gains.result import Gains

BETTER, WORSE = (ESTABLISHED, IMPROVING), (SLIPPING, LOST)
SHOWN = 48  # points of a sparkline
MEASURED = (ESTABLISHED, HOLDING, IMPROVING, SLIPPING, LOST)


def life(gains: "Gains", position: int) -> dict[str, Any]:
    """Arguments of `svg.life` for the claim at a position."""
    judged = gains._standing.judged
    panel, prepared = judged.panel, judged.panel.prepared
    rows, at, neither = _rows(gains, position)
    column = panel.number[rows] - judged.claimed.place[position]
    status = _by_row(judged.status[position], column, -1)
    centre, lower, upper, former, since = _lines(gains, position, at, column)
    kind, moments = prepared.dates.type, prepared.moments[rows]
    ghost = neither if prepared.ghost is None else neither | prepared.ghost[rows]
    x = axis(kind, moments)
    return {
        "x": x,
        "x_kind": axis_kind(kind),
        "value": prepared.batch.value[rows],
        "centre": centre,
        "lower": lower,
        "upper": upper,
        "former": former,
        "point": _points(status, rows == judged.signalled[position]),
        "claimed": _where(gains, position, x, column, neither),
        "claim": _claim(gains, position),
        "established": since,
        "ghost": ghost if ghost.any() else None,
        "spells": _spells(status, prepared.dates.take(rows).to_pylist(), first_date(gains, position)),
        "left": _left(gains, position),
        "percent": gains._standing.percent,
        "title": _title(gains, position),
    }


def _rows(gains: "Gains", position: int) -> tuple[Whole, Whole, Flags]:
    """Rows about a claim, where each stands among the frozen ones (−1), and which belong to neither side."""
    judged = gains._standing.judged
    frozen, claimed = judged.frozen, judged.claimed
    begin = int(frozen.claims.starts[position])
    own = frozen.rows[begin : begin + int(frozen.claims.lengths[position])]
    at = np.arange(begin, begin + len(own))
    between = np.zeros(0, dtype=np.int64)
    if claimed.gap[position]:
        series = judged.panel.prepared.stretches.series
        first = int(series.starts[claimed.series[position]])
        whole = np.arange(first, first + int(series.lengths[claimed.series[position]]))
        between = whole[judged.panel.number[whole] == claimed.place[position]]
    rows = np.concatenate([own, between])
    order = np.argsort(rows, kind="stable")
    at = np.concatenate([at, np.full(len(between), -1)])
    neither = np.repeat([False, True], [len(own), len(between)])
    return rows[order], at[order], neither[order]


def _by_row(by_column: Any, column: Whole, none: Any) -> Any:
    """Values by period since the claim as values by row; `none` before the claim."""
    inside = (column >= 0) & (column < len(by_column))
    return np.where(inside, by_column[np.where(inside, column, 0)], none)


def _lines(
    gains: "Gains", position: int, at: Whole, column: Whole
) -> tuple[Floats, Floats, Floats, Floats, int | None]:
    """Centre and limits: frozen before, about the established level, as it is known now, from establishment on.

    Also the former centre carried on, and the row from which on there is a new level.
    """
    judged = gains._standing.judged
    frozen = judged.frozen
    before = [
        np.where(at >= 0, line[np.maximum(at, 0)], np.nan) for line in (frozen.centre, frozen.lower, frozen.upper)
    ]
    established = int(judged.established[position])
    since = np.flatnonzero(column >= established) if established >= 0 else np.zeros(0, dtype=np.int64)
    if not len(since):
        return before[0], before[1], before[2], np.full(len(at), np.nan), None
    now = [_by_row(line[position], column, np.nan) for line in gains._standing.lines]
    level = now[0][now[0] == now[0]][-1]
    if judged.panel.chart in ("g", "t"):
        moved = [line * level / now[0] for line in now]
    else:
        moved = [line + level - now[0] for line in now]
    family = FAMILIES[judged.panel.chart]
    moved[1] = moved[1] if family.lowest is None else np.maximum(moved[1], family.lowest)
    moved[2] = moved[2] if family.highest is None else np.minimum(moved[2], family.highest)
    after = column >= established
    centre, lower, upper = (np.where(after, new, old) for new, old in zip(moved, before, strict=True))
    former = np.where(after, before[0], np.nan)
    return centre, lower, upper, former, int(since[0])


def _points(status: Whole, signalled: Flags) -> Signs:
    """How each point is marked: by what the gain was then; and the one that was the special cause."""
    made = np.zeros(len(status), dtype=np.int8)
    made[np.isin(status, BETTER) | signalled] = 1
    made[np.isin(status, WORSE)] = 2
    return made


def _where(gains: "Gains", position: int, x: Floats, column: Whole, neither: Flags) -> float | None:
    """Where the claim stands on the axis: between the last point before and the first since, or at its own date."""
    judged = gains._standing.judged
    since = np.flatnonzero((column >= 0) & ~neither)
    own = float(axis(judged.panel.prepared.dates.type, judged.claims.claimed[position : position + 1])[0])
    if not len(since) or since[0] == 0 or neither.any():
        return own
    return float((x[since[0] - 1] + x[since[0]]) / 2)


def date_of(gains: "Gains", moment: int) -> Any:
    """A moment as a date; None for `NEVER`."""
    return None if moment == NEVER else gains._standing.dates(np.array([moment]))[0].as_py()


def first_date(gains: "Gains", position: int) -> Any:
    """The first date of the measure of a claim."""
    prepared, series = gains._standing.judged.panel.prepared, gains._standing.judged.claims.series[position]
    return prepared.dates[int(prepared.stretches.series.starts[series])].as_py()


def _claim(gains: "Gains", position: int) -> str:
    claimed = date_of(gains, int(gains._standing.judged.claims.claimed[position]))
    return f"Claimed {wording.moment(claimed, first_date(gains, position))}"


def _title(gains: "Gains", position: int) -> str:
    """The name and the first sentence: what it is now."""
    first = telling.sentence(gains._standing, position).split(". ")[0].removesuffix(".")
    return f"{gains.gains[position]}: {first[:1].lower()}{first[1:]}."


def _spells(status: Whole, dates: list[Any], first: Any) -> list[Spell]:
    """Stretches of one status; a row without a value belongs to the one before it."""
    made: list[Spell] = []
    for row, code in enumerate(status.tolist()):
        if code < 0:
            if made:
                made[-1] = made[-1]._replace(last=row)
        elif made and made[-1].status == STATUSES[code]:
            made[-1] = made[-1]._replace(last=row)
        else:
            made.append(Spell(row, row, STATUSES[code], wording.moment(dates[row], first)))
    return made


def _left(gains: "Gains", position: int) -> Left | None:
    """The share that is left, where the gain is one that can be measured now."""
    now = gains._standing.now
    share, lower, upper = (float(part[position]) for part in now.retained)
    status = int(now.status[position])
    if status not in MEASURED or not np.isfinite([share, lower, upper]).all():
        return None
    return Left(share, lower, upper, LOOKS[STATUSES[status]].look)


def sparkline(gains: "Gains", position: int) -> dict[str, Any]:
    """Arguments of `svg.sparkline`: the same, without words."""
    made = life(gains, position)
    since = [row for row, x in enumerate(made["x"].tolist()) if x >= made["claimed"]]
    taken = {name: made[name] for name in ("value", "centre", "lower", "upper", "point", "title")}
    return taken | {"claimed": since[0] if since else None, "last": SHOWN}


def survival(gains: "Gains", by: str | None) -> dict[str, Any]:
    """Arguments of `svg.survival`."""
    label, group = lasting.groups(gains._standing, by)
    lives = gains._lives
    made = []
    for place, name in enumerate(label.to_pylist()):
        own = (group == place) & lives.followed
        curve = lasting.curve(gains._lives, group == place)
        none, at_none = np.zeros(0), np.zeros(0, dtype=np.int64)
        line = Curve(none, at_none, at_none, none, none, none) if curve is None else curve
        made.append(
            Group(
                str(name),
                line.time,
                line.survival,
                line.lower,
                line.upper,
                lives.entry[own],
                lives.time[own],
                lives.event[own],
            )
        )
    dates = gains._standing.judged.panel.prepared.dates.type
    return {
        "groups": made,
        "unwatched": gains.unwatched,
        "median": gains.median_survival() if by is None else None,
        "unit": "periods" if axis_kind(dates) == "number" else "months",
        "title": "How long gains hold" + ("" if by is None else f", by {by}"),
    }
