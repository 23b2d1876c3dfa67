"""The field of a chart: grid, axes, usual range, lines, phases and the labels of the lines."""

from itertools import pairwise

from plotthedots.svg import axis, marks
from plotthedots.svg.element import clip, path, text
from plotthedots.svg.plot import CENTRE, INSET, LOWER, TARGET, UPPER, Plot

ROW = 20.0  # height of the row of phase labels


def grid(plot: Plot) -> list[str]:
    """Level lines at the ticks of the values."""
    ys = [plot.up(tick) for tick in plot.ticks]
    parts = [path("ptd-lines", "".join(f"M{plot.left:.1f} {y:.1f}H{plot.right:.1f}" for y in ys))]
    parts += [text(plot.left - 8, y + 4.5, plot.write(tick), "", "end") for tick, y in zip(plot.ticks, ys, strict=True)]
    return parts


def time_axis(plot: Plot) -> list[str]:
    """The line below the field, with its labels in one or two rows."""
    room = plot.right - plot.left - 2 * INSET
    made = axis.ticks(float(plot.x[0]), float(plot.x[-1]), plot.kind, round(room, 1))
    places = [float(plot.across(tick.at)) for tick in made]
    strokes = "".join(f"M{place:.1f} {plot.bottom:.1f}v5" for place in places)
    parts = [path("ptd-axis", f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}{strokes}")]
    for tick, place in zip(made, places, strict=True):
        parts.append(text(place, plot.bottom + 19, tick.label, "", "middle"))
        if tick.below:
            parts.append(text(place, plot.bottom + 36, tick.below, "ptd-strong", "middle"))
    return parts


def lines(plot: Plot) -> list[str]:
    """Usual range, limits, centre and target, each level over a point's share of the axis."""
    edges, ys = plot.edges, plot.ys
    shades, limits, middles = [], [], []
    for first, last in pairwise(plot.starts):
        stretch = edges[first : last + 1]
        lower, upper = ys[LOWER][first:last], ys[UPPER][first:last]
        shades.append(marks.band(stretch, lower, upper))
        limits.append(marks.steps(stretch, lower) + marks.steps(stretch, upper))
        middles.append(marks.steps(stretch, ys[CENTRE][first:last]))
    return [
        path("ptd-range", "".join(shades)),
        path("ptd-limit", "".join(limits)),
        path("ptd-centre", "".join(middles)),
        path("ptd-target", marks.steps(edges, ys[TARGET])),
    ]


def phases(plot: Plot, y: float) -> list[str]:
    """A rule where a phase begins, and the labels of phases with their baseline at y, as much as has room."""
    rules = [plot.edges[row] for row in plot.starts[1:-1]]
    labels = list(plot.phase_labels)[-len(rules) - 1 :]
    top = y - ROW + 6 if any(labels) else plot.top - 6
    parts = [path("ptd-phase", "".join(f"M{x:.1f} {top:.1f}V{plot.bottom:.1f}" for x in rules))]
    if not any(labels):
        return parts
    for label, (begin, end) in zip(labels, pairwise([plot.left, *rules, plot.width]), strict=False):
        shown = clip(label, end - begin - 14, bold=True) if label else ""
        if len(shown) > 4 or shown == label != "":
            parts.append(text(begin + 6, y, shown, "ptd-strong"))
    return parts


def labels(plot: Plot) -> list[str]:
    """Labels of the lines at the right, pushed apart until none touches another."""
    ends = sorted(((float(plot.up(end.value)), end) for end in plot.ends), key=lambda pair: pair[0])
    places = spaced([y for y, _ in ends], 16.0, plot.top, plot.bottom)
    return [
        text(plot.right + 8, y + 4.5, end.label, "ptd-strong" if end.row == CENTRE else "")
        for y, (_, end) in zip(places, ends, strict=True)
    ]


def spaced(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones (in order), `gap` or more apart, within low … high where they fit."""
    places: list[float] = []
    for want in wanted:
        places.append(max(want, places[-1] + gap) if places else max(want, low))
    limit = max(high, low + gap * (len(places) - 1))
    for index in reversed(range(len(places))):
        places[index] = min(places[index], limit)
        limit = places[index] - gap
    return places
