"""The forecast: the past as dots, what comes next as a fan of limits. Plain arrays and strings in, an SVG text out."""

import numpy as np

from plotthedots.constants import Flags, Floats
from plotthedots.svg import field, legend, marks, plot
from plotthedots.svg.element import length, path, text
from plotthedots.svg.frame import MARGIN, above, picture
from plotthedots.svg.frame import heading as headed
from plotthedots.svg.plot import CENTRE, LOWER, TARGET, UPPER, VALUE, End, Plot

INNER = 5  # row of the first inner limit: after the widest come the others, lower and upper by turns
LABELS_SHARE = 0.27  # of the width of a narrow chart, that labels at its right may take
WIDEST_KINDS = 9  # shades that the legend tells apart


def fan(
    *,
    x: Floats,
    value: Floats,
    ahead: Floats,
    mean: Floats,
    lower: Floats,
    upper: Floats,
    levels: tuple[float, ...],
    ghost: Flags | None = None,
    target: Floats | None = None,
    target_ahead: Floats | None = None,
    x_kind: str = "date",
    title: str = "",
    subtitle: str = "",
    desc: str = "",
    percent: bool = False,
    unit: str = "",
    width: float = 720,
    height: float = 340,
    last: int | None = None,
    heading: bool = True,
    style: bool = True,
    id: str = "",
) -> str:
    """Draw the past of a series and its forecast as one SVG element.

    x, value and target have a value a point of the past; ahead, mean and target_ahead one a step to come; lower and
    upper are (levels, steps); nan is missing. levels: the probabilities of the limits. last: only so many of the
    latest points of the past. ghost: points of it that were not learnt from, drawn hollow. The other options are those
    of `chart`.
    """
    first = 0 if last is None else max(len(x) - last, 0)
    cut = slice(first, None)
    if not (mean == mean).any():  # nothing is forecast: no room is kept for it
        ahead, mean, lower, upper = ahead[:0], mean[:0], lower[:, :0], upper[:, :0]
        target_ahead = None if target_ahead is None else target_ahead[:0]
    order = np.argsort(-np.asarray(levels, dtype=np.float64), kind="stable")
    made = _plot(
        [value[cut], *_past(target, cut)], x[cut], ahead, mean, lower[order], upper[order], target_ahead,
        (x_kind, percent, unit, float(width), float(height)),
    )  # fmt: skip
    shares = [float(levels[place]) for place in order]
    if ghost is not None and ghost[cut].any():
        made.hollow = np.concatenate([ghost[cut], np.zeros(len(ahead), dtype=np.bool_)])
    body = _body(made, len(x[cut]), shares, headed(title, made.width, heading), subtitle) if len(made.x) else []
    told = made.rows.tobytes() + bytes(str(len(x[cut])), "ascii")
    said = desc or _description(made, len(x[cut]), shares)
    return picture(
        "Forecast", body, title=title, desc=said, width=made.width, height=made.height, told=told, style=style, id=id
    )


def _past(target: Floats | None, cut: slice) -> list[Floats]:
    return [] if target is None else [target[cut]]


def _plot(
    past: list[Floats], x: Floats, ahead: Floats, mean: Floats, lower: Floats, upper: Floats, target: Floats | None,
    look: tuple[str, bool, str, float, float],
) -> Plot:  # fmt: skip
    """Past and future side by side in one plot."""
    seen, steps = len(x), len(ahead)

    def joined(before: Floats | None, after: Floats | None) -> Floats:
        none = (np.full(seen, np.nan), np.full(steps, np.nan))
        return np.concatenate([none[0] if before is None else before, none[1] if after is None else after])

    columns = [joined(past[0], None), joined(None, mean)]
    columns += [joined(None, lower[0]), joined(None, upper[0])] if len(lower) else [joined(None, None)] * 2
    columns.append(joined(past[1] if len(past) > 1 else None, target))
    for low, high in zip(lower[1:], upper[1:], strict=True):
        columns += [joined(None, low), joined(None, high)]
    rows = plot.drawable(columns, seen + steps)
    kind, percent, unit, width, height = look
    point = np.where(rows[VALUE] == rows[VALUE], 0, -1)
    phase = np.repeat([1, 2], [seen, steps])
    return Plot(
        x=np.concatenate([x, ahead]), kind=kind, rows=rows, point=point, phase=phase, hollow=None, open_run=None,
        percent=percent, unit=unit, median=False, notes=(), phase_labels=(), width=width, height=height,
    )  # fmt: skip


def _body(made: Plot, seen: int, levels: list[float], lines: list[str], subtitle: str) -> list[str]:
    plot.rule(made)
    made.ends = _ends(made)
    labelled = not made.narrow or plot.room_for_labels(made) <= LABELS_SHARE * made.width
    key = legend.rows(_entries(made, levels, values=not labelled), made.width - 2 * MARGIN)
    parts, y = above(lines, subtitle)
    label_at = y + 14
    below = (26 if made.kind == "number" else 44) + legend.ROW * len(key) + 6
    plot.place(made, top=y + field.ROW + 10, below=below, labelled=labelled)
    parts += field.grid(made) + field.time_axis(made)
    parts += [*_bands(made, seen), path("ptd-target", marks.steps(made.edges, made.ys[TARGET]))]
    parts += _boundary(made, seen, label_at)
    hollow = [] if made.hollow is None else np.flatnonzero(made.hollow).tolist()
    parts += marks.points(made.px, made.ys[VALUE], made.point, hollow, None, made.right - made.left)
    parts += field.labels(made) if labelled else []
    at = made.height - 6 - legend.ROW * len(key) + legend.ROW / 2
    return parts + legend.draw(key, made.left if made.left + legend.width(key) <= made.width - MARGIN else MARGIN, at)


def _bands(made: Plot, seen: int) -> list[str]:
    """The limits from the widest to the narrowest, one on another, so that the middle is darkest; and the mean."""
    xs = [made.edges[seen], *made.px[seen:], made.right]
    parts = []
    for low, high in _pairs(made):
        lower, upper = (_to_edges(made.ys[row][seen:]) for row in (low, high))
        parts.append(path("ptd-fan", marks.ribbon(xs, lower, upper)))
        edge = "ptd-limit" if low == LOWER else "ptd-fan-edge"
        parts.append(path(edge, marks.polyline(xs, lower) + marks.polyline(xs, upper)))
    return [*parts, path("ptd-centre", marks.polyline(xs, _to_edges(made.ys[CENTRE][seen:])))]


def _pairs(made: Plot) -> list[tuple[int, int]]:
    """Rows of lower and upper limits, widest first."""
    return [(LOWER, UPPER), *((row, row + 1) for row in range(INNER, len(made.rows), 2))]


def _to_edges(ys: list[float]) -> list[float]:
    """Level from the first and the last step to the ends of their shares of the axis."""
    return [ys[0], *ys, ys[-1]] if ys else []


def _boundary(made: Plot, seen: int, y: float) -> list[str]:
    """A rule where the past ends, and the word for what comes."""
    if seen == len(made.x):
        return []
    at, word = made.edges[seen], "Forecast"
    wide = length(word, bold=True)
    parts = [path("ptd-phase", f"M{at:.1f} {y - field.ROW + 6:.1f}V{made.bottom:.1f}")]
    if at + 6 + wide <= made.width - 2:
        return [*parts, text(at + 6, y, word, "ptd-strong")]
    return [*parts, text(at - 6, y, word, "ptd-strong", "end")]


def _ends(made: Plot) -> list[End]:
    """The labels at the right: the mean and the target by name, the limits by their number alone."""
    ends = []
    for row in (CENTRE, *(row for pair in _pairs(made) for row in pair), TARGET):
        last = plot.last_known(made.rows[row])
        if last is None:
            continue
        names = {CENTRE: f"Expected {made.write_finer(last)}", TARGET: f"Target {plot.plain(made, last)}"}
        ends.append(End(row, last, names.get(row, made.write_finer(last))))
    return ends


def _entries(made: Plot, levels: list[float], *, values: bool) -> list[legend.Entry]:
    last = {end.row: end.label for end in made.ends}
    entries = [legend.Entry("common", "seen")] if (made.point == 0).any() else []
    if made.hollow is not None:
        entries.append(legend.Entry("ghost", "left out"))
    if CENTRE not in last:
        return [*entries, *([legend.Entry("target", last[TARGET].lower())] if TARGET in last else [])]
    entries.append(legend.Entry("centre", last[CENTRE].lower() if values else "expected"))
    for place, ((low, high), level) in reversed(list(enumerate(zip(_pairs(made), levels, strict=False)))):
        limits = f": {last[low]} to {last[high]}" if values and low in last and high in last else ""
        entries.append(legend.Entry(f"fan{min(place, WIDEST_KINDS)}", f"{share(level)} fall here{limits}"))
    if TARGET in last:
        entries.append(legend.Entry("target", last[TARGET].lower() if values else "target"))
    return entries


def share(level: float) -> str:
    """A probability as a person says it.

    >>> share(0.8), share(0.95), share(0.975)
    ('8 in 10', '19 in 20', '97.5%')
    """
    for out_of in (10, 20, 100):
        count = level * out_of
        if abs(count - round(count)) < 1e-9:
            return f"{round(count)} in {out_of}"
    return f"{level * 100:.6g}%"


def _description(made: Plot, seen: int, levels: list[float]) -> str:
    """What the picture shows, for those who do not see it."""
    count = int((made.point == 0).sum())
    said = f"{count:,} point{'' if count == 1 else 's'} of the past"
    mean = made.rows[CENTRE][seen:]
    if not (mean == mean).any():
        return f"{said} and no forecast."
    steps = len(mean)
    parts = [f"expected {made.write_finer(float(mean[-1]))}"] if mean[-1] == mean[-1] else []
    for (low, high), level in zip(_pairs(made), levels, strict=False):
        ends = made.rows[low][-1], made.rows[high][-1]
        if ends[0] == ends[0] and ends[1] == ends[1]:
            lower, upper = (made.write_finer(float(end)) for end in ends)
            parts.append(f"{share(level)} between {lower} and {upper}")
    target = made.rows[TARGET][-1]
    if target == target:
        parts.append(f"target {plot.plain(made, float(target))}")
    return f"{said}, then a forecast of {steps:,} step{'' if steps == 1 else 's'}. At its end: {', '.join(parts)}."
