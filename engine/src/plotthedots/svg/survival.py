"""How long gains last: step curves with their bands, who is still followed, and what to read off them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from plotthedots.constants import Flags, Floats
from plotthedots.svg.element import clip, length, path, text, wrap
from plotthedots.svg.frame import MARGIN, above, picture
from plotthedots.svg.frame import heading as headed

FEWEST = 5  # followed: below, the curve is drawn dotted
ROW = 18.0  # of a line of text
FIELD = 150.0  # least height of the field
ASKED = (12.0, 36.0)  # months at which the curve is read aloud
STEPS = (1, 3, 6, 12, 24, 36, 60, 120, 240, 600)
LINES = ("ptd-curve", "ptd-curve-2", "ptd-curve-3", "ptd-curve-4")


@dataclass(frozen=True, slots=True)
class Group:
    """Gains of one kind; ages in months.

    `time`, `survival`, `lower`, `upper`: the curve, a row a step, empty where too few are followed. `entry`, `end`,
    `lost`: of each gain the age at which it began to be followed, until when, and whether it was lost then.
    """

    name: str
    time: Floats
    survival: Floats
    lower: Floats
    upper: Floats
    entry: Floats
    end: Floats
    lost: Flags

    def followed(self, month: float) -> int:
        """How many are still followed at that age: from the moment of entry on, up to their last value."""
        return int(((self.entry <= month) & (self.end >= month) & (self.end > self.entry)).sum())

    def at(self, month: float) -> int:
        """The row of the curve that holds at an age; −1 before it begins."""
        return int(np.searchsorted(self.time, month, side="right")) - 1

    @property
    def reach(self) -> float:
        """The age up to which anyone is followed."""
        return float(self.end.max(initial=0.0))

    @property
    def thin(self) -> float:
        """The age from which fewer than five are followed for good."""
        ends = np.sort(self.end[self.end > self.entry])
        return float(ends[-FEWEST]) if len(ends) >= FEWEST else 0.0


@dataclass(slots=True)
class _Field:
    """Where the curves stand."""

    groups: list[Group]
    width: float
    height: float
    months: float
    unit: str
    left: float = 56.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    ticks: list[float] = field(default_factory=list)

    def x(self, month: float) -> float:
        return self.left + month / self.months * (self.right - self.left)

    def y(self, share: float) -> float:
        return self.bottom - share * (self.bottom - self.top)


def survival(
    groups: Sequence[Group],
    *,
    unwatched: int = 0,
    median: float | None = None,
    unit: str = "months",
    title: str = "",
    subtitle: str = "",
    desc: str = "",
    width: float = 720,
    height: float = 380,
    heading: bool = True,
    style: bool = True,
    id: str = "",
) -> str:
    """Draw survival curves as one SVG element.

    unwatched: how many gains ceased to be followed, as their data stopped. median: the age by which half are lost,
    None where the curve does not come down to a half. unit: of the ages. The other options are those of `chart`.
    """
    kept = [group for group in groups if len(group.time)]
    months = max([group.reach for group in kept], default=0.0) or 1.0
    made = _Field(kept, float(width), float(height), months, unit)
    lines = headed(title, made.width, heading)
    notes = _notes(made, list(groups), unwatched, median)
    body = _body(made, lines, subtitle, notes)
    told = repr((unwatched, median)).encode() + b"".join(
        part.tobytes() for group in kept for part in (group.time, group.survival, group.end)
    )
    return picture(
        "How long gains last", body, title=title, desc=desc or _description(made, notes), width=made.width,
        height=made.height, told=told, style=style, id=id,
    )  # fmt: skip


def _body(made: _Field, lines: list[str], subtitle: str, notes: list[str]) -> list[str]:
    parts, y = above(lines, subtitle)
    room = made.width - 2 * MARGIN
    said = [line for note in notes for line in wrap(note, room)]
    if not made.groups:
        made.height = y + ROW * len(said) + 16
        return parts + [text(MARGIN, y + 16 + ROW * index, line) for index, line in enumerate(said)]
    made.right = made.width - 24
    made.ticks = _ticks(made)
    several = len(made.groups) > 1
    below = 44 + (2 * ROW + 6) * len(made.groups) + 6 + ROW * len(said) + 10
    made.height = max(made.height, y + 12 + FIELD + below)
    made.top, made.bottom = y + 12, made.height - below
    parts += _grid(made)
    parts += [path("ptd-band", _band(made, group)) for group in made.groups]
    for index, group in enumerate(made.groups):
        parts += _curve(made, group, LINES[index % len(LINES)], few=not several)
    parts += [] if several else _asked(made, made.groups[0])
    y = made.bottom + 44
    for index, group in enumerate(made.groups):
        parts += _followed(made, group, index if several else None, y)
        y += 2 * ROW + 6
    return parts + [text(MARGIN, y + 6 + ROW * (index + 0.75), line) for index, line in enumerate(said)]


def _ticks(made: _Field) -> list[float]:
    """Ages on the axis: whole months or years, with room for the numbers below them."""
    room = made.right - made.left
    step = next((step for step in STEPS if room * step / made.months >= 44), None)
    if step is None:
        return [0.0]
    return [float(month) for month in range(0, math.floor(made.months) + 1, step)]


def _grid(made: _Field) -> list[str]:
    shares = (0, 0.25, 0.5, 0.75, 1.0)
    parts = [path("ptd-lines", "".join(f"M{made.left:.1f} {made.y(share):.1f}H{made.right:.1f}" for share in shares))]
    parts += [text(made.left - 8, made.y(share) + 4.5, f"{share:.0%}", "", "end") for share in shares]
    strokes = "".join(f"M{made.x(tick):.1f} {made.bottom:.1f}v5" for tick in made.ticks)
    parts.append(path("ptd-axis", f"M{made.left:.1f} {made.bottom:.1f}H{made.right:.1f}{strokes}"))
    parts += [text(made.x(tick), made.bottom + 19, f"{tick:.0f}", "", "middle") for tick in made.ticks]
    unit = made.unit[:1].upper() + made.unit[1:]
    parts.append(
        text(made.left, made.bottom + 36, clip(f"{unit} since the gain was established", made.width - made.left - 4))
    )
    return parts


def _band(made: _Field, group: Group) -> str:
    """The field between the limits; where a limit is not defined it is left out."""
    edges = [made.x(month) for month in (*group.time, max(group.reach, group.time[-1]))]
    drawn = []
    for row in range(len(group.time)):
        lower, upper = group.lower[row], group.upper[row]
        if lower == lower and upper == upper and edges[row + 1] > edges[row]:
            low, high = made.y(float(lower)), made.y(float(upper))
            drawn.append(f"M{edges[row]:.1f} {high:.1f}H{edges[row + 1]:.1f}V{low:.1f}H{edges[row]:.1f}Z")
    return "".join(drawn)


def _curve(made: _Field, group: Group, kind: str, *, few: bool) -> list[str]:
    """The steps, dotted from where few are followed; and a short mark for each gain that is followed no longer."""
    end = max(group.reach, float(group.time[-1]))
    turn = min(max(group.thin, float(group.time[0])), end) if few else end
    parts = [path(kind, _steps(made, group, float(group.time[0]), turn))]
    if turn < end:
        parts.append(path("ptd-curve-few", _steps(made, group, turn, end)))
    marks = []
    for month in sorted(set(group.end[~group.lost & (group.end > group.entry)].tolist())):
        row = group.at(month)
        if row >= 0:
            marks.append(f"M{made.x(month):.1f} {made.y(float(group.survival[row])) - 5:.1f}v10")
    return [*parts, path("ptd-followed", "".join(marks))]


def _steps(made: _Field, group: Group, begin: float, end: float) -> str:
    row = max(group.at(begin), 0)
    drawn = [f"M{made.x(begin):.1f} {made.y(float(group.survival[row])):.1f}"]
    for after in range(row + 1, len(group.time)):
        if group.time[after] > end:
            break
        drawn.append(f"H{made.x(float(group.time[after])):.1f}V{made.y(float(group.survival[after])):.1f}")
    return "".join([*drawn, f"H{made.x(end):.1f}"])


def _read(group: Group, unit: str) -> list[tuple[float, str, str]]:
    """Age, share and interval in words, at the ages at which enough are followed."""
    made = []
    for month in ASKED:
        row = group.at(month)
        if row < 0 or month > min(group.thin, group.reach) or group.lower[row] != group.lower[row]:
            continue
        age = f"{month:.0f} {unit}" if unit != "months" else "1 year" if month == 12 else f"{month / 12:.0f} years"
        if group.survival[row] == 1:  # which has no interval before anything is lost
            made.append((month, f"None lost within {age}", f"{group.followed(month):,} still followed"))
            continue
        said = f"{group.survival[row]:.0%} hold after {age}"
        made.append((month, said, f"between {group.lower[row]:.0%} and {group.upper[row]:.0%}"))
    return made


def _asked(made: _Field, group: Group) -> list[str]:
    """Marks on the curve with what they say, where there is room below the band."""
    parts: list[str] = []
    taken = made.left
    for month, said, between in _read(group, made.unit):
        row = group.at(month)
        x, y = made.x(month), made.y(float(group.survival[row]))
        foot = made.y(float(group.lower[row : row + 3].min()))
        wide = max(length(said, bold=True), length(between))
        begin = min(x - 4, made.right - wide)
        top = max(foot, y + 12) + 20
        if begin < taken + 12 or top + ROW + 4 > made.bottom:
            continue
        parts += [
            path("ptd-followed", f"M{x:.1f} {y:.1f}V{top - 14:.1f}"),
            f'<circle class="ptd-asked" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>',
            text(begin, top, said, "ptd-strong"),
            text(begin, top + ROW - 1, between),
        ]
        taken = begin + wide
    return parts


def _followed(made: _Field, group: Group, index: int | None, y: float) -> list[str]:
    """The heading of a group, and how many of it are followed at each tick."""
    lead, x = "Gains still followed at that age", MARGIN
    parts = []
    if index is not None:
        parts.append(path(LINES[index % len(LINES)], f"M{x:.1f} {y + 8:.1f}h34"))
        x += 42
        lead = f"{group.name}: still followed"
    parts.append(text(x, y + 12.5, clip(lead, made.width - x - MARGIN)))
    y += ROW + 13
    counts = [text(made.x(tick), y, f"{group.followed(tick):,}", "ptd-strong", "middle") for tick in made.ticks]
    return parts + counts


def _notes(made: _Field, groups: list[Group], unwatched: int, median: float | None) -> list[str]:
    if not made.groups:
        return ["Fewer than five gains are followed at any age: there is no curve yet.", *_unwatched(unwatched)]
    marks = "short marks are gains that are followed up to there"
    if len(groups) > 1:
        notes = [f"A line falls when a gain is lost; {marks}. Grey: 95% intervals."]
    else:
        half = "The line does not come down to half, so there is no median."
        few = " Dotted: fewer than five are followed." if made.groups[0].thin < made.groups[0].reach else ""
        notes = [f"The line falls when a gain is lost; {marks}. Grey: its 95% interval.{few}"]
        notes.append(half if median is None else f"Half are lost by {median:.0f} {made.unit}.")
    left_out = [group.name for group in groups if not len(group.time)]
    if left_out:
        notes.append(f"Fewer than five are followed, so no line: {', '.join(left_out)}.")
    return [*notes, *_unwatched(unwatched)]


def _unwatched(count: int) -> list[str]:
    if not count:
        return []
    return [
        f"{count:,} {'is' if count == 1 else 'are'} unwatched, as the data stopped, and followed up to the last value."
    ]


def _description(made: _Field, notes: list[str]) -> str:
    """What the picture shows, for those who do not see it."""
    said = []
    for group in made.groups:
        name = f"{group.name}: " if len(made.groups) > 1 else ""
        parts = [f"{words} ({between})" for _, words, between in _read(group, made.unit)]
        end = f"{group.survival[-1]:.0%} at the end of the line"
        said.append(f"{name}{'; '.join([*parts, end])}, {group.followed(0):,} followed from the start.")
    return " ".join([*said, *notes])
