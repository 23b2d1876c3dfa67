"""The Pareto chart: causes as bars from the most common down, and how much they make up together.

Bars lie, so that names of any length can be read; bars and the line share one axis of per cent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from plotthedots.constants import Floats
from plotthedots.svg.element import clip, length, path, text
from plotthedots.svg.frame import MARGIN, above, picture
from plotthedots.svg.frame import heading as headed
from plotthedots.svg.scale import writer
from plotthedots.svg.style import COMPARED_ONLY

NARROW = 520  # pixels, below which a name stands above its bar
LEGEND = 24.0
BAR = 18.0
ROW, TALL = 26.0, 44.0  # of a cause whose name is beside its bar, and above it
NAME_SHARE = 0.36  # of the width, that a name beside its bar may take
MARK = 0.8
DESCRIBED = 8  # causes in the description


@dataclass(slots=True)
class _Bars:
    """What is drawn: causes from the most common down, the last perhaps several gathered."""

    names: list[str]
    count: Floats
    share: Floats
    together: Floats
    vital: int
    width: float
    write: Callable[[float], str]
    top: float = 0.0
    left: float = 0.0
    right: float = 0.0

    @property
    def row(self) -> float:
        return TALL if self.width < NARROW else ROW

    def x(self, share: float) -> float:
        return self.left + share * (self.right - self.left)

    def y(self, place: int) -> float:
        """The middle of a bar."""
        return self.top + (place + 1) * self.row - (4 if self.width < NARROW else 0) - ROW / 2


def pareto(
    *,
    names: Sequence[str],
    count: Floats,
    vital: int,
    count_title: str = "",
    title: str = "",
    subtitle: str = "",
    desc: str = "",
    most: int = 15,
    width: float = 720,
    heading: bool = True,
    style: bool = True,
    id: str = "",
) -> str:
    """Draw a Pareto chart as one SVG element; its height is what its bars need.

    names and count: a value a cause, the most common first; nan is missing and not drawn. vital: how many of them
    make up 80 %, drawn dark. count_title: what was counted. most: bars; where there are more causes the last bar
    gathers the rest. The other options are those of `chart`.
    """
    made = _gathered(list(names), count, vital, max(int(most), 2), float(width))
    parts, y = above(headed(title, made.width, heading), subtitle)
    if not len(made.names):
        high = y + 40
        body = [*parts, text(MARGIN, y + 16, "No cause has an event.")]
    else:
        body, high = _body(made, parts, y, count_title)
    return picture(
        "Pareto chart", body, title=title, desc=desc or _description(made), width=made.width, height=high,
        told=repr(made.names).encode(errors="replace") + made.count.tobytes(), style=style, id=id, sheet=COMPARED_ONLY,
    )  # fmt: skip


def _gathered(names: list[str], count: Floats, vital: int, most: int, width: float) -> _Bars:
    """Causes that have an event; the least common in one bar where there are too many."""
    kept = np.flatnonzero(count > 0)
    names, count = [names[row] for row in kept], count[kept]
    if len(names) > most:
        rest = len(names) - most + 1
        names = [*names[: most - 1], f"{rest:,} other causes"]
        count = np.append(count[: most - 1], count[most - 1 :].sum())
    total = float(count.sum()) or 1.0
    whole = bool((count % 1 == 0).all())
    write = writer(1.0 if whole else total / 100, percent=False)
    return _Bars(names, count, count / total, np.cumsum(count) / total, vital, width, write)


def _body(made: _Bars, parts: list[str], y: float, count_title: str) -> tuple[list[str], float]:
    narrow = made.width < NARROW
    widest = max(length(name) for name in made.names)
    named = 0.0 if narrow else min(widest, NAME_SHARE * made.width) + 10
    counts = max(length(made.write(float(own)), bold=True) for own in made.count)
    made.left, made.right = MARGIN + named, made.width - MARGIN - max(counts, 30) - 16
    made.top = y + LEGEND * 2 + 6
    bottom = made.top + made.row * len(made.names) + 4
    parts += _legend(made, y + 10, count_title) + _grid(made, bottom)
    for place, name in enumerate(made.names):
        parts += _bar(made, place, clip(name, made.width - 2 * MARGIN - 60 if narrow else named - 10))
    return parts + _together(made), bottom + 12


def _legend(made: _Bars, y: float, count_title: str) -> list[str]:
    """What bars and line are."""
    bars = f"{count_title[:1].upper()}{count_title[1:]} of each" if count_title else "Each cause"
    line = "together with those above"
    x = MARGIN + 20 + length(bars) + 16
    parts = [path("ptd-few", f"M{MARGIN} {y - 6:.1f}h14v12h-14z"), text(MARGIN + 20, y + 4.5, bars)]
    if x + 32 + length(line) > made.width - MARGIN:
        x, y = MARGIN, y + 18
    sample = f"M{x:.1f} {y:.1f}h26"
    parts += [] if made.width < NARROW else [path("ptd-summed", sample)]
    parts += [f'<circle class="ptd-sum" cx="{x + 13:.1f}" cy="{y:.1f}" r="3"/>']
    return [*parts, text(x + 32, y + 4.5, line)]


def _grid(made: _Bars, bottom: float) -> list[str]:
    """Upright lines at fifths or halves of all, and the mark at 80 %."""
    shares = (0.0, 0.2, 0.4, 0.6, 1.0) if made.right - made.left > 200 else (0.0, 0.4, 1.0)
    spans = [(made.top, bottom)]
    if made.width < NARROW:  # where names stand between the bars, lines pass beside the bars alone
        spans = [(made.y(place) - ROW / 2 + 4, made.y(place) + ROW / 2 - 4) for place in range(len(made.names))]
    lines = "".join(f"M{made.x(share):.1f} {top:.1f}V{end:.1f}" for share in shares for top, end in spans)
    mark = "".join(f"M{made.x(MARK):.1f} {top:.1f}V{end:.1f}" for top, end in spans)
    parts = [path("ptd-lines", lines), path("ptd-noted", mark)]
    parts += [text(made.x(share), made.top - 6, f"{share:.0%}", "", "middle") for share in shares[1:]]
    parts.append(text(made.x(MARK), made.top - 6, f"{MARK:.0%}", "ptd-strong", "middle"))
    return [*parts, path("ptd-axis", f"M{made.left:.1f} {made.top:.1f}V{bottom:.1f}")]


def _bar(made: _Bars, place: int, name: str) -> list[str]:
    y, kind = made.y(place), "ptd-few" if place < made.vital else "ptd-many"
    wide = max(made.x(float(made.share[place])) - made.left, 1.0)
    parts = [path(kind, f"M{made.left:.1f} {y - BAR / 2:.1f}h{wide:.1f}v{BAR:.0f}h{-wide:.1f}z")]
    if made.width < NARROW:
        parts.append(text(made.left + 4, y - BAR / 2 - 5, name, "ptd-said"))
    else:
        parts.append(text(made.left - 8, y + 4.5, name, "ptd-said", "end"))
    return [*parts, text(made.width - MARGIN, y + 4.5, made.write(float(made.count[place])), "ptd-strong", "end")]


def _together(made: _Bars) -> list[str]:
    places = [(made.x(float(share)), made.y(place)) for place, share in enumerate(made.together)]
    drawn = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = [f'<circle class="ptd-sum" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in places]
    # On a narrow chart a line would run through the names.
    return dots if made.width < NARROW else [path("ptd-summed", f"M{drawn}"), *dots]


def _description(made: _Bars) -> str:
    """What the picture shows, for those who do not see it."""
    if not made.names:
        return "A Pareto chart without an event."
    said = [
        f"{name} {made.write(float(own))} ({together:.0%} so far)"
        for name, own, together in zip(made.names, made.count, made.together, strict=True)
    ]
    more = f"; and {len(said) - DESCRIBED:,} more" if len(said) > DESCRIBED else ""
    return f"Pareto chart, the most common first: {'; '.join(said[:DESCRIBED])}{more}."
