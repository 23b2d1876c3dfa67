"""A chart at the size of a word."""

import zlib

import numpy as np

from plotthedots.constants import Floats, Signs
from plotthedots.svg import marks, scale
from plotthedots.svg.element import escape, path
from plotthedots.svg.style import SCREEN_ONLY


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
    name = id or f"pts{zlib.crc32(title.encode() + value.tobytes()):x}"
    body = _body(value, lower, upper, point, target, claimed, width, height) if len(value) else ""
    sheet = f"<style>{SCREEN_ONLY}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ptd-chart ptd-sparkline" role="img" aria-labelledby="{name}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
        f'<title id="{name}">{escape(title or "Sparkline")}</title>{sheet}{body}</svg>'
    )


def _body(
    value: Floats,
    lower: Floats,
    upper: Floats,
    point: Signs,
    target: Floats | None,
    claimed: int | None,
    width: float,
    height: float,
) -> str:
    columns = [value, lower, upper] + ([] if target is None else [target])
    known = np.concatenate([column[column == column] for column in columns])
    if not len(known):
        return ""
    across = scale.line(0.0, float(max(len(value) - 1, 1)), 5.0, width - 6.0)
    up = scale.line(float(known.min()), float(known.max()), height - 6.0, 6.0)
    px, py = across(np.arange(len(value), dtype=np.float64)), up(value)
    xs, ys, codes = px.tolist(), py.tolist(), point.tolist()
    edges = [xs[0] - 3, *((px[1:] + px[:-1]) / 2).tolist(), xs[-1] + 3]
    parts = [path("ptd-range", marks.band(edges, up(lower).tolist(), up(upper).tolist()))]
    if target is not None:
        parts.append(path("ptd-target", marks.steps(edges, up(target).tolist())))
    places = [f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True)]
    parts.append(path("ptd-joined", marks.joined(places, codes, set())))
    there = [i for i, code in enumerate(codes) if code >= 0]
    for own, kind, shape in (
        ((1,), "improvement", marks.circle(2.6)),
        ((2,), "concern", marks.diamond(3.2)),
        ((3,), "neutral", marks.triangle_up(3.0)),
        ((4,), "neutral", marks.triangle_down(3.0)),
    ):
        parts.append(path(f"ptd-{kind}", "".join(f"M{places[i]}{shape}" for i in there if codes[i] in own)))
    if there and codes[there[-1]] == 0:
        parts.append(path("ptd-common", f"M{places[there[-1]]}{marks.circle(3.2)}"))
    if claimed is not None:
        at = edges[claimed]
        parts.append(path("ptd-phase", f"M{at:.1f} {height:.1f}V2") + path("ptd-ink", f"M{at:.1f} 2l8 3l-8 3z"))
    return "".join(parts)
