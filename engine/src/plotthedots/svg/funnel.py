"""The funnel: areas by size, with the limits that chance gives. Plain arrays and strings in, an SVG text out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from plotthedots.constants import Flags, Floats, Signs
from plotthedots.svg import legend, marks, placing, scale
from plotthedots.svg.element import clip, length, path, text
from plotthedots.svg.frame import MARGIN, above, picture
from plotthedots.svg.frame import heading as headed
from plotthedots.svg.legend import Entry
from plotthedots.svg.style import COMPARED_ONLY

FIELD = 180.0  # least height of the field
LABELLED = 40  # most names on a drawing
LABEL_SHARE = 0.34  # of the width, that a name may take
DESCRIBED = 10  # names in the description


@dataclass(slots=True)
class _Plot:
    """What is drawn, and where: `left`, `right`, `top`, `bottom` bound the field."""

    size: Floats
    value: Floats
    point: Signs
    judged: Flags
    names: Sequence[str]
    far: Floats
    at: Floats
    centre: float
    lower: Floats
    upper: Floats
    faint: tuple[Floats, Floats] | None
    percent: bool
    centre_title: str
    width: float
    height: float
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    ticks: tuple[float, ...] = ()
    across: Callable[[Any], Any] = float
    up: Callable[[Any], Any] = float
    write: Callable[[float], str] = str
    write_finer: Callable[[float], str] = str

    @property
    def out(self) -> list[int]:
        """Positions of the areas beyond the limits, the furthest first."""
        beyond = np.flatnonzero(self.point > 0)
        return [int(row) for row in beyond[np.argsort(-self.far[beyond], kind="stable")]]


def funnel(
    *,
    size: Floats,
    value: Floats,
    point: Signs,
    judged: Flags,
    names: Sequence[str],
    far: Floats,
    at: Floats,
    centre: float,
    lower: Floats,
    upper: Floats,
    faint: tuple[Floats, Floats] | None = None,
    size_title: str = "",
    value_title: str = "",
    centre_title: str = "Average",
    title: str = "",
    subtitle: str = "",
    desc: str = "",
    percent: bool = False,
    width: float = 720,
    height: float = 440,
    heading: bool = True,
    style: bool = True,
    touch: bool = False,
    id: str = "",
) -> str:
    """Draw a funnel plot as one SVG element.

    size, value, point, judged, names and far have a value an area; nan is missing. point: 0 within the limits,
    1 improvement, 2 concern, 3 and 4 high and low, −1 missing. far: how far out, which says whose name comes first
    where there is not room for all. lower and upper are (2, places): 95 % and 99.8 % limits at the sizes `at`;
    faint: the same of chance alone, where the others allow for more. The other options are those of `chart`.
    """
    known = (value == value) & (np.abs(value) < scale.LARGEST) & (size > 0)
    plot = _Plot(
        size, value, np.where(known, point, -1).astype(np.int8), judged & known, names, far, at, centre, lower, upper,
        faint, percent, centre_title, float(width), float(height),
    )  # fmt: skip
    body = _body(plot, headed(title, plot.width, heading), subtitle, value_title, size_title, touch)
    return picture(
        "Funnel plot", body, title=title, desc=desc or _description(plot), width=plot.width, height=plot.height,
        told=size.tobytes() + value.tobytes() + lower.tobytes(), style=style, id=id, sheet=COMPARED_ONLY,
    )  # fmt: skip


def _body(plot: _Plot, lines: list[str], subtitle: str, value_title: str, size_title: str, touch: bool) -> list[str]:
    parts, y = above(lines, subtitle)
    if not (plot.point >= 0).any():
        plot.height = y + 40
        return [*parts, text(MARGIN, y + 16, "No area has a value.")]
    if value_title:
        parts.append(text(MARGIN, y + 14, clip(value_title, plot.width - 2 * MARGIN), "ptd-said"))
        y += 20
    _measure(plot)
    key = legend.rows(_entries(plot), plot.width - 2 * MARGIN)
    below = 48 + legend.ROW * len(key) + 6
    plot.height = max(plot.height, y + 10 + FIELD + below)
    plot.top, plot.bottom = y + 10, plot.height - below
    _place(plot)
    px, py = plot.across(plot.size), plot.up(plot.value)
    radius = max(1.8, min(4.5, 34 / len(plot.size) ** 0.5))
    named, left_out = _names(plot, px, py, radius)
    parts += _axes(plot) + _below(plot, size_title, left_out) + _lines(plot) + _points(plot, px, py, radius) + named
    parts += [marks.touched(px.tolist(), py.tolist(), plot.point, 0)] if touch else []
    return parts + legend.draw(key, MARGIN, plot.bottom + 48 + legend.ROW / 2)


def _measure(plot: _Plot) -> None:
    """Ticks of the values: they cover every area, and the limits where areas of the usual size stand."""
    known = plot.point >= 0
    usual = plot.at >= np.quantile(plot.size[known], 0.25)
    held = np.concatenate(
        [plot.value[known], plot.lower[:, usual].ravel(), plot.upper[:, usual].ravel(), [plot.centre]]
    )
    held = held[np.isfinite(held)]
    low, high = float(held.min()), float(held.max())
    if 0 <= low < 0.4 * (high - low) or 0 <= low == high:
        low, high = 0.0, high or 1.0
    made, step = scale.ticks(low, high, 3 if plot.height < 300 else 5)
    if plot.percent and made[-1] > 1 >= high:  # no share is above all of it
        made = [tick for tick in made if tick <= 1 + 1e-9]
        made = made if made[-1] >= 1 - 1e-9 else [*made, 1.0]
    plot.ticks = tuple(made)
    plot.write = scale.writer(step, percent=plot.percent)
    plot.write_finer = scale.writer(step, percent=plot.percent, finer=True)


def _place(plot: _Plot) -> None:
    plot.left = 18 + max(length(plot.write(tick)) for tick in plot.ticks)
    plot.right = plot.width - 16
    last = float(plot.at[-1]) if len(plot.at) else float(np.nanmax(plot.size))
    plot.across = scale.line(0.0, last, plot.left, plot.right)
    plot.up = scale.line(plot.ticks[0], plot.ticks[-1], plot.bottom, plot.top)


def _axes(plot: _Plot) -> list[str]:
    ys = [float(plot.up(tick)) for tick in plot.ticks]
    parts = [path("ptd-lines", "".join(f"M{plot.left:.1f} {y:.1f}H{plot.right:.1f}" for y in ys))]
    parts += [text(plot.left - 8, y + 4.5, plot.write(tick), "", "end") for tick, y in zip(plot.ticks, ys, strict=True)]
    last = float(plot.at[-1]) if len(plot.at) else float(np.nanmax(plot.size))
    made, step = scale.ticks(0.0, last, max(int((plot.right - plot.left) / 90), 1))
    write = scale.writer(step, percent=False)
    places = [(float(plot.across(tick)), write(tick)) for tick in made if tick <= last]
    strokes = "".join(f"M{x:.1f} {plot.bottom:.1f}v5" for x, _ in places)
    parts.append(path("ptd-axis", f"M{plot.left:.1f} {plot.bottom:.1f}H{plot.right:.1f}{strokes}"))
    for x, words in places:
        # The last label stays within the picture.
        parts.append(text(min(x, plot.width - 4 - length(words) / 2), plot.bottom + 19, words, "", "middle"))
    return parts


def _below(plot: _Plot, size_title: str, left_out: int) -> list[str]:
    """The title of the sizes, and how many areas beyond the limits found no room for their name."""
    y = plot.bottom + 38
    note = f"{left_out:,} more not named" if left_out else ""
    room = plot.right - plot.left - (length(note) + 16 if note else 0)
    parts = [text(plot.right, y, clip(size_title, room), "ptd-said", "end")] if size_title else []
    return [*parts, text(plot.left, y, note)] if note else parts


def _lines(plot: _Plot) -> list[str]:
    """Centre and limits as curves, as far as they lie within the field."""
    parts = []
    for kind, curves in (("ptd-faint", plot.faint or ()), ("", (plot.lower, plot.upper))):
        for row, own in enumerate(("ptd-inner", "ptd-limit")):
            drawn = "".join(_curve(plot, curve[row]) for curve in curves)
            parts.append(path(kind or own, drawn))
    y = float(plot.up(plot.centre))
    return [*parts, path("ptd-centre", f"M{plot.left:.1f} {y:.1f}H{plot.right:.1f}")]


def _curve(plot: _Plot, values: Floats) -> str:
    """A line through the places, cut where it leaves the field."""
    xs, ys = plot.across(plot.at), plot.up(values)
    inside = (ys >= plot.top) & (ys <= plot.bottom)
    drawn: list[str] = []
    pen = "M"
    for here in range(len(xs)):
        if here and inside[here] != inside[here - 1] and ys[here] == ys[here] and ys[here - 1] == ys[here - 1]:
            edge = plot.top if min(ys[here], ys[here - 1]) < plot.top else plot.bottom
            share = (edge - ys[here - 1]) / (ys[here] - ys[here - 1])
            drawn.append(f"{pen}{xs[here - 1] + share * (xs[here] - xs[here - 1]):.1f} {edge:.1f}")
            pen = "L" if inside[here] else "M"
        if inside[here]:
            drawn.append(f"{pen}{xs[here]:.1f} {ys[here]:.1f}")
            pen = "L"
        elif ys[here] != ys[here]:
            pen = "M"
    return "".join(drawn)


def _points(plot: _Plot, px: Floats, py: Floats, radius: float) -> list[str]:
    """A path for each kind of area: those not judged hollow, those beyond the limits last, on top."""
    places = [f"M{x:.1f} {y:.1f}" for x, y in zip(px.tolist(), py.tolist(), strict=True)]

    def drawn(kind: str, shape: str, chosen: Flags) -> str:
        return path(kind, "".join(places[row] + shape for row in np.flatnonzero(chosen).tolist()))

    parts = [drawn("ptd-ghost", marks.circle(radius), ~plot.judged & (plot.point >= 0))]
    for code, kind, shape, share, least in marks.SHAPES:
        size = max(radius * share, least)
        named = kind if size >= marks.DENSE else f"{kind} ptd-dense"
        parts.append(drawn(named, shape(size), plot.judged & (plot.point == code)))
    return parts


def _names(plot: _Plot, px: Floats, py: Floats, radius: float) -> tuple[list[str], int]:
    """Names of the areas beyond the limits, and how many have no room."""
    out = plot.out
    where = np.stack([px, py], axis=1)
    known = where[plot.point >= 0]
    widest = LABEL_SHARE * plot.width
    wanted = [(float(px[row]), float(py[row]), clip(plot.names[row], widest)) for row in out[:LABELLED]]
    box = (plot.left + 2, plot.top - 8, plot.width - 4, plot.bottom + 5)
    made = placing.names(wanted, radius * 1.75, where[out], known, box)
    parts = [path("ptd-axis", "".join(name.joined for name in made))]
    return parts + [text(name.x, name.y, name.words, "ptd-said") for name in made], len(out) - len(made)


def _entries(plot: _Plot) -> list[Entry]:
    codes = set(plot.point.tolist())
    words = {"neutral": "beyond the limits"}
    made = [Entry("common", "area")]
    made += [Entry(kind, words.get(kind, word)) for kind, word, own in marks.MEANINGS if codes.intersection(own)]
    if (~plot.judged & (plot.point >= 0)).any():
        made.append(Entry("ghost", "not judged"))
    made.append(Entry("centre", f"{plot.centre_title.lower()} {plot.write_finer(plot.centre)}"))
    if np.isfinite(plot.lower).any():
        made += [Entry("limit", "99.8% limits"), Entry("inner", "95% limits")]
    return [*made, Entry("faint", "limits of chance alone")] if plot.faint is not None else made


def _description(plot: _Plot) -> str:
    """What the picture shows, for those who do not see it."""
    count = int((plot.point >= 0).sum())
    if not count:
        return "A funnel plot without a value."
    said = [f"Funnel plot of {count:,} area{'' if count == 1 else 's'}"]
    for codes, words in (((1,), "improvement"), ((2,), "concern"), ((3,), "high"), ((4,), "low")):
        own = [plot.names[row] for row in plot.out if plot.point[row] in codes]
        if own:
            more = f" and {len(own) - DESCRIBED:,} more" if len(own) > DESCRIBED else ""
            said.append(f"{words}: {', '.join(own[:DESCRIBED])}{more}")
    said += [] if plot.out else ["none beyond the limits"]
    small = int((~plot.judged & (plot.point >= 0)).sum())
    said += [f"{small:,} not judged"] if small else []
    return "; ".join(said) + f". {plot.centre_title} {plot.write_finer(plot.centre)}."
