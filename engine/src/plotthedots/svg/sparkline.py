"""A chart at the size of a word."""

import zlib

import numpy as np

from plotthedots.constants import Floats, Signs
from plotthedots.svg import marks, scale
from plotthedots.svg.element import escape, path
from plotthedots.svg.plot import LOWER, TARGET, UPPER, VALUE, drawable
from plotthedots.svg.style import CHARTS_ONLY


def sparkline(
    value: Floats,
    *,
    centre: Floats,
    lower: Floats,
    upper: Floats,
    point: Signs,
    target: Floats | None = None,
    claimed: int | None = None,
    title: str = "",
    width: float = 160,
    height: float = 36,
    last: int | None = 24,
    style: bool = False,
    id: str = "",
) -> str:
    """Line, usual range, target and marked points in one small picture; the last point is always drawn.

    Arrays as for `chart`. claimed: position at which a gain was claimed (a flag). last: only the latest points.
    """
    if last is not None and len(value) > last:
        dropped = len(value) - last
        value, centre, lower, upper = (column[dropped:] for column in (value, centre, lower, upper))
        point = point[dropped:]
        target = None if target is None else target[dropped:]
        claimed = None if claimed is None or claimed < dropped else claimed - dropped
    rows = drawable([value, centre, lower, upper, target], len(value))
    body = _body(rows, point, claimed, width, height) if len(value) else ""
    told = f"{title} {width:.0f} {height:.0f}".encode(errors="replace") + rows.tobytes()
    name = escape(id) or f"pts{zlib.crc32(told):x}"
    sheet = f"<style>{CHARTS_ONLY}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ptd-chart ptd-sparkline" role="img" aria-labelledby="{name}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
        f'<title id="{name}">{escape(title or "Sparkline")}</title>{sheet}{body}</svg>'
    )


def _body(rows: Floats, point: Signs, claimed: int | None, width: float, height: float) -> str:
    known = rows[rows == rows]
    if not len(known):
        return ""
    count = rows.shape[1]
    across = scale.line(0.0, float(max(count - 1, 1)), 5.0, width - 6.0)
    ys = scale.line(float(known.min()), float(known.max()), height - 6.0, 6.0)(rows).tolist()
    px = across(np.arange(count, dtype=np.float64))
    xs, codes = px.tolist(), np.where(rows[VALUE] == rows[VALUE], point, -1).tolist()
    edges = [xs[0] - 3, *((px[1:] + px[:-1]) / 2).tolist(), xs[-1] + 3]
    places = [f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys[VALUE], strict=True)]
    flag = "" if claimed is None else _flag(edges[claimed], width, height)
    return "".join(
        [
            path("ptd-range", marks.band(edges, ys[LOWER], ys[UPPER])),
            path("ptd-target", marks.steps(edges, ys[TARGET])),
            path("ptd-joined", marks.joined(places, codes, set())),
            *_points(places, codes),
            flag,
        ]
    )


def _points(places: list[str], codes: list[int]) -> list[str]:
    """Marked points, and the last one whatever it is."""
    there = [i for i, code in enumerate(codes) if code >= 0]
    parts = []
    for code, kind, shape, share, _ in marks.SHAPES[1:]:
        ending = shape(1.9 * share)
        parts.append(path(kind, "".join(f"M{places[i]}{ending}" for i in there if codes[i] == code)))
    if there and codes[there[-1]] == 0:
        parts.append(path("ptd-common", f"M{places[there[-1]]}{marks.circle(3.2)}"))
    return parts


def _flag(x: float, width: float, height: float) -> str:
    """Where a gain was claimed; the cloth flies to the side that has room."""
    cloth = "8" if x + 8 <= width else "-8"
    return path("ptd-phase", f"M{x:.1f} {height:.1f}V1") + path("ptd-ink", f"M{x:.1f} 1l{cloth} 3.5L{x:.1f} 8z")
