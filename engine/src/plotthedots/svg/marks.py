"""Marks of a chart: points by meaning and shape, joined lines, steps and bands."""

from plotthedots.constants import Signs
from plotthedots.svg.element import path

# Legend: class, words, codes of `point`.
MEANINGS = (
    ("improvement", "improvement", (1,)),
    ("concern", "concern", (2,)),
    ("neutral", "neither good nor bad", (3, 4)),
)

# Room of each sample of the legend, in pixels.
ROOM = dict.fromkeys(("common", "ghost"), 14) | dict.fromkeys(("improvement", "concern", "neutral"), 18)
ROOM |= dict.fromkeys(("usual", "centre", "target", "former", *(f"fan{shade}" for shade in range(10))), 32)
ROOM |= dict.fromkeys(("limit", "inner", "faint"), 32)

DENSE = 2.2  # radius below which a point has no white edge: it would hide it


def circle(r: float) -> str:
    """What draws a circle about the point the pen stands on."""
    return f"m{-r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0"


def diamond(r: float) -> str:
    """As `circle`, a square on its corner."""
    return f"m0 {-r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}z"


def triangle_up(r: float) -> str:
    """As `circle`, a triangle that points up."""
    return f"m0 {-r:.1f}l{r:.1f} {1.8 * r:.1f}h{-2 * r:.1f}z"


def triangle_down(r: float) -> str:
    """As `circle`, a triangle that points down."""
    return f"m0 {r:.1f}l{r:.1f} {-1.8 * r:.1f}h{-2 * r:.1f}z"


# Code of `point`: class, shape, radius as a share of the common one, least radius. Shape carries the meaning too.
SHAPES = (
    (0, "ptd-common", circle, 1.0, 1.0),
    (1, "ptd-improvement", circle, 1.45, 2.4),
    (2, "ptd-concern", diamond, 1.75, 3.0),
    (3, "ptd-neutral", triangle_up, 1.6, 2.8),
    (4, "ptd-neutral", triangle_down, 1.6, 2.8),
)


def points(
    px: list[float], py: list[float], point: Signs, hollow: list[int], open_run: int | None, room: float
) -> list[str]:
    """The joined line and the points, a path for each kind.

    Points at the positions `hollow` are off the line, a missing one (−1) breaks it. open_run: the position of a
    hollow point that a dashed line joins to the last one on the line.
    """
    radius = min(4.0, max(1.0, room / max(len(px), 1) * 0.32))
    # Each place is written once and every path built from it, so that 2,000 charts a second are no trouble.
    places = [f"{x:.1f} {y:.1f}" for x, y in zip(px, py, strict=True)]
    codes = point.tolist()
    off = set(hollow) if open_run is None else {*hollow, open_run}
    parts = [path("ptd-joined", joined(places, codes, off))]
    present = set(codes)
    for code, kind, shape, share, least in SHAPES:
        if code in present:
            size = max(radius * share, least)
            ending = shape(size)
            own = [f"M{places[i]}{ending}" for i, found in enumerate(codes) if found == code and i not in off]
            parts.append(path(kind if size >= DENSE else f"{kind} ptd-dense", "".join(own)))
    if open_run is not None:
        parts.append(path("ptd-open", _to_open(places, codes, off, open_run)))
    ending = circle(radius)
    parts.append(path("ptd-ghost", "".join(f"M{places[i]}{ending}" for i in sorted(off) if codes[i] >= 0)))
    return parts


def touched(px: list[float], py: list[float], point: Signs, first: int) -> str:
    """Unseen circles of 24 px, the least that a finger is sure to hit (WCAG 2.5.8), numbered from `first`."""
    circles = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="12" data-row="{first + i}"/>'
        for i, (x, y, code) in enumerate(zip(px, py, point.tolist(), strict=True))
        if code >= 0
    )
    return f'<g class="ptd-touch" fill="none" pointer-events="all">{circles}</g>'


def _to_open(places: list[str], codes: list[int], off: set[int], open_run: int) -> str:
    """From the last point on the line to that of the open run."""
    before = next((i for i in range(open_run - 1, -1, -1) if codes[i] >= 0 and i not in off), None)
    if before is None or codes[open_run] < 0:
        return ""
    return f"M{places[before]}L{places[open_run]}"


def joined(places: list[str], codes: list[int], off: set[int]) -> str:
    """A line through neighbouring points; a missing value breaks it, a point off the line is passed over."""
    drawn, pen = [], "M"
    for i, code in enumerate(codes):
        if i in off:
            continue
        if code < 0:
            pen = "M"
            continue
        drawn.append(pen + places[i])
        pen = "L"
    return "".join(drawn)


def steps(edges: list[float], ys: list[float]) -> str:
    """A line that is level over each point's share of the axis; broken where undefined."""
    if ys and ys.count(ys[0]) == len(ys) and ys[0] == ys[0]:
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
    count = len(lower)
    level = count and lower.count(lower[0]) == upper.count(upper[0]) == count
    if level and lower[0] == lower[0] and upper[0] == upper[0]:
        return f"M{edges[0]:.1f} {upper[0]:.1f}H{edges[-1]:.1f}V{lower[0]:.1f}H{edges[0]:.1f}Z"
    drawn = []
    first = 0
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


def polyline(xs: list[float], ys: list[float]) -> str:
    """A line through points, broken where undefined."""
    drawn, pen = [], "M"
    for x, y in zip(xs, ys, strict=False):
        if y == y:
            drawn.append(f"{pen}{x:.1f} {y:.1f}")
        pen = "L" if y == y else "M"
    return "".join(drawn)


def ribbon(xs: list[float], lower: list[float], upper: list[float]) -> str:
    """The field between two lines through points, where both are defined."""
    drawn = []
    first = 0
    count = len(lower)
    while first < count:
        last = first
        while last < count and lower[last] == lower[last] and upper[last] == upper[last]:
            last += 1
        if last > first:
            here = slice(first, last)
            back = polyline(xs[here][::-1], lower[here][::-1])
            drawn.append(f"{polyline(xs[here], upper[here])}L{back[1:]}Z")
        first = max(last, first + 1)
    return "".join(drawn)


def sample(kind: str, x: float, y: float) -> str:
    """A mark for the legend, its left end at x."""
    if kind == "usual":
        box = f"M{x:.1f} {y - 5:.1f}h26v10h-26z"
        return path("ptd-range", box) + path("ptd-limit", f"M{x:.1f} {y - 5:.1f}h26m-26 10h26")
    if kind.startswith("fan"):
        # As many shades on one another as in the fan itself.
        box = f"M{x:.1f} {y - 5:.1f}h26v10h-26z"
        edge = path("ptd-limit" if kind == "fan0" else "ptd-fan-edge", f"M{x:.1f} {y - 5:.1f}h26m-26 10h26")
        return path("ptd-fan", box) * (int(kind[3:]) + 1) + edge
    if kind in ("centre", "target", "former", "limit", "inner", "faint"):
        return path(f"ptd-{kind}", f"M{x:.1f} {y:.1f}h26")
    shapes = {"common": circle, "improvement": circle, "concern": diamond, "neutral": triangle_up, "ghost": circle}
    size = {"common": 4.0, "ghost": 4.0, "improvement": 5.5}.get(kind, 6.0)
    return path(f"ptd-{kind}", f"M{x + size:.1f} {y:.1f}{shapes[kind](size)}")
