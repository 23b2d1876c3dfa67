"""Marks of a chart: points by meaning and shape, joined lines, steps and bands."""

import numpy as np

from plotthedots.constants import Flags, Floats, Signs
from plotthedots.svg.element import path

# Legend: class, words, codes of `point`.
MEANINGS = (
    ("improvement", "improvement", (1,)),
    ("concern", "concern", (2,)),
    ("neutral", "neither good nor bad", (3, 4)),
)


def circle(r: float) -> str:
    """What draws a circle about the point the pen stands on."""
    return f"m{-r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0"


def diamond(r: float) -> str:
    return f"m0 {-r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}z"


def triangle_up(r: float) -> str:
    return f"m0 {-r:.1f}l{r:.1f} {1.8 * r:.1f}h{-2 * r:.1f}z"


def triangle_down(r: float) -> str:
    return f"m0 {r:.1f}l{r:.1f} {-1.8 * r:.1f}h{-2 * r:.1f}z"


def at(x: float, y: float, shape: str) -> str:
    return f"M{x:.1f} {y:.1f}{shape}"


# Code of `point`: class, shape, radius as a share of the common one. Shape carries the meaning too.
_SHAPES = (
    (0, "ptd-common", circle, 1.0),
    (1, "ptd-improvement", circle, 1.45),
    (2, "ptd-concern", diamond, 1.75),
    (3, "ptd-neutral", triangle_up, 1.6),
    (4, "ptd-neutral", triangle_down, 1.6),
)


def points(px: Floats, py: Floats, point: Signs, ghost: Flags | None, open_run: int | None, room: float) -> list[str]:
    """The joined line and the points, a path for each kind. Ghosts are hollow and off the line; gaps break it."""
    radius = float(min(4.0, max(1.0, room / max(len(px), 1) * 0.32)))
    # Each place is written once and every path built from it, so that 2,000 charts a second are no trouble.
    places = [f"{x:.1f} {y:.1f}" for x, y in zip(px.tolist(), py.tolist(), strict=True)]
    codes = point.tolist()
    hollow = [] if ghost is None else np.flatnonzero(ghost).tolist()
    skip = set(hollow)
    parts = [path("ptd-joined", joined(places, codes, skip))]
    present = set(codes)
    for code, kind, shape, size in _SHAPES:
        if code in present:
            ending = shape(radius * size)
            own = [f"M{places[i]}{ending}" for i, found in enumerate(codes) if found == code and i not in skip]
            parts.append(path(kind, "".join(own)))
    if open_run is not None and codes[open_run] >= 0:
        before = next((i for i in range(open_run - 1, -1, -1) if codes[i] >= 0 and i not in skip), None)
        if before is not None:
            parts.append(path("ptd-open", f"M{places[before]}L{places[open_run]}"))
    ending = circle(radius)
    parts.append(path("ptd-ghost", "".join(f"M{places[i]}{ending}" for i in hollow if codes[i] >= 0)))
    return parts


def joined(places: list[str], codes: list[int], skip: set[int]) -> str:
    """A line through neighbouring points; a missing value breaks it, a ghost is passed over."""
    drawn, pen = [], "M"
    for i, code in enumerate(codes):
        if i in skip:
            continue
        if code < 0:
            pen = "M"
            continue
        drawn.append(pen + places[i])
        pen = "L"
    return "".join(drawn)


def steps(edges: list[float], ys: list[float]) -> str:
    """A line that is level over each point's share of the axis; broken where undefined."""
    if ys and all(y == ys[0] for y in ys):
        return f"M{edges[0]:.1f} {ys[0]:.1f}H{edges[-1]:.1f}"
    # A run of equal values is one stroke, so that dashes go through.
    levels = [f"{y:.1f}" for y in ys]
    drawn: list[str] = []
    before = "nan"
    for i, level in enumerate(levels):
        if level == before:
            continue
        if before != "nan":
            drawn.append(f"H{edges[i]:.1f}")
        if level != "nan":
            drawn.append(f"M{edges[i]:.1f} {level}" if before == "nan" else f"V{level}")
        before = level
    if before != "nan":
        drawn.append(f"H{edges[-1]:.1f}")
    return "".join(drawn)


def band(edges: list[float], lower: list[float], upper: list[float]) -> str:
    """The field between two stepped lines, where both are defined."""
    if lower and all(low == lower[0] and up == upper[0] for low, up in zip(lower, upper, strict=True)):
        return f"M{edges[0]:.1f} {upper[0]:.1f}H{edges[-1]:.1f}V{lower[0]:.1f}H{edges[0]:.1f}Z"
    drawn = []
    first = 0
    count = len(lower)
    while first < count:
        if lower[first] != lower[first] or upper[first] != upper[first]:
            first += 1
            continue
        last = first
        while last + 1 < count and lower[last + 1] == lower[last + 1] and upper[last + 1] == upper[last + 1]:
            last += 1
        over = steps(edges[first : last + 2], upper[first : last + 1])
        back = steps(edges[first : last + 2][::-1], lower[first : last + 1][::-1])
        drawn.append(f"{over}L{back[1:]}Z")
        first = last + 1
    return "".join(drawn)


def sample(kind: str, x: float, y: float) -> tuple[str, float]:
    """A mark for the legend and the room it takes."""
    if kind in ("limit", "target"):
        return path(f"ptd-{kind}", f"M{x:.1f} {y:.1f}h26"), 32.0
    if not kind:
        return "", 0.0
    shapes = {"common": circle, "improvement": circle, "concern": diamond, "neutral": triangle_up, "ghost": circle}
    size = {"common": 4.0, "ghost": 4.0, "improvement": 5.5}.get(kind, 6.0)
    return path(f"ptd-{kind}", at(x + 6, y, shapes[kind](size))), 18.0
