"""The life of a gain: the values about its claim, the level before and since, and what it was when."""

from collections.abc import Sequence

import numpy as np

from plotthedots.constants import Flags, Floats, Signs
from plotthedots.svg import field, legend, marks, plot, status
from plotthedots.svg.element import clip, length, path, text
from plotthedots.svg.frame import MARGIN, above, picture
from plotthedots.svg.frame import heading as headed
from plotthedots.svg.plot import CENTRE, LOWER, UPPER, VALUE, End, Plot
from plotthedots.svg.status import Left, Spell

FORMER = 5  # row of the level before, carried on beside that since
LABELS_SHARE = 0.27  # of the width of a narrow chart, that labels at its right may take
FLAG = 14.0  # pixels that the flag takes beside the rule


def life(
    *,
    x: Floats,
    value: Floats,
    centre: Floats,
    lower: Floats,
    upper: Floats,
    former: Floats,
    point: Signs,
    claimed: float | None,
    claim: str = "Claimed",
    established: int | None = None,
    ghost: Flags | None = None,
    spells: Sequence[Spell] = (),
    left: Left | None = None,
    x_kind: str = "date",
    title: str = "",
    subtitle: str = "",
    desc: str = "",
    percent: bool = False,
    unit: str = "",
    width: float = 720,
    height: float = 380,
    last: int | None = None,
    heading: bool = True,
    style: bool = True,
    id: str = "",
) -> str:
    """Draw what became of a claimed improvement as one SVG element.

    Arrays have a value a point about the claim, in order of `x`; nan is missing. centre, lower and upper are those
    frozen before the claim up to the position `established`, from there on those about the established level;
    former: the level before, where it is carried on beside the new one. point: as in `chart`. ghost: points that
    count for neither side. claimed: where the rule stands on the axis; claim: its words. spells: the statuses since,
    by position. left: the share of the gain that is left. The other options are those of `chart`.
    """
    first = 0 if last is None else max(len(x) - last, 0)
    cut = slice(first, None)
    rows = plot.drawable([value, centre, lower, upper, None, former], len(x))[:, cut]
    phase = np.ones(len(x), dtype=np.int64)
    if established is not None:
        phase[established:] = 2
    made = Plot(
        x=x[cut], kind=x_kind, rows=rows, point=np.where(rows[VALUE] == rows[VALUE], point[cut], -1), phase=phase[cut],
        hollow=None if ghost is None else ghost[cut], open_run=None, percent=percent, unit=unit, median=False, notes=(),
        phase_labels=(), width=float(width), height=float(height),
    )  # fmt: skip
    shown = [
        spell._replace(first=max(spell.first - first, 0), last=spell.last - first)
        for spell in spells
        if spell.last >= first
    ]
    since = established is not None
    lines = headed(title, made.width, heading)
    body = _body(made, claimed, claim, shown, left, since, lines, subtitle) if len(made.x) else []
    said = desc or _description(made, claim, shown, left, since)
    told = made.rows.tobytes() + repr((claimed, claim, shown, left)).encode(errors="replace")
    return picture(
        "Life of a gain", body, title=title, desc=said, width=made.width, height=made.height, told=told, style=style,
        id=id,
    )  # fmt: skip


def _body(
    made: Plot, claimed: float | None, claim: str, spells: list[Spell], left: Left | None, since: bool,
    lines: list[str], subtitle: str,
) -> list[str]:  # fmt: skip
    plot.rule(made)
    made.ends = _ends(made, since)
    room = made.width - 2 * MARGIN
    labelled = not made.narrow or plot.room_for_labels(made) <= LABELS_SHARE * made.width
    key = legend.rows(_entries(made, values=not labelled), room)
    # The edges of the band are those of the field, which stands only once what is below it is known.
    plot.place(made, top=0, below=0, labelled=labelled)
    _, untold = status.band(spells, made.edges, 0)
    listed = status.told(untold, room)
    parts, y = above(lines, subtitle)
    label_at = y + 14
    axis = 26 if made.kind == "number" else 44
    banded = status.HIGH + 8 if spells else 0.0
    tail = status.ROW * len(listed) + status.height_of_left(left, room) + legend.ROW * len(key) + 8
    made.height += max(banded + tail - 60, 0.0)
    plot.place(made, top=y + field.ROW + 10, below=axis + banded + tail, labelled=labelled)
    parts += field.grid(made) + field.time_axis(made) + field.lines(made)
    parts.append(path("ptd-former", marks.steps(made.edges, made.ys[FORMER])))
    parts += _flag(made, claimed, claim, label_at)
    hollow = [] if made.hollow is None else np.flatnonzero(made.hollow).tolist()
    parts += marks.points(made.px, made.ys[VALUE], made.point, hollow, None, made.right - made.left)
    parts += field.labels(made) if labelled else []
    y = made.bottom + axis
    drawn, _ = status.band(spells, made.edges, y)
    parts += drawn + _word_before(made, spells, y)
    y += banded
    parts += status.draw_told(listed, MARGIN, y + status.ROW / 2)
    y += status.ROW * len(listed)
    parts += status.draw_left(left, MARGIN, room, y)
    y += status.height_of_left(left, room)
    return parts + legend.draw(key, MARGIN, y + legend.ROW / 2)


def _word_before(made: Plot, spells: list[Spell], y: float) -> list[str]:
    """What the band is, in the room before it."""
    if not spells:
        return []
    begin = made.edges[spells[0].first] - 10
    for word in ("What it was since", "Status"):
        if begin - length(word) >= MARGIN:
            return [text(begin, y + status.HIGH / 2 + 4.5, word, "", "end")]
    return []


def _flag(made: Plot, claimed: float | None, claim: str, y: float) -> list[str]:
    """The rule where the gain was claimed, with its flag and its words on the side that has room."""
    if claimed is None or not made.x[0] <= claimed <= made.x[-1]:
        return []
    at = float(made.across(claimed))
    top = y - field.ROW + 6
    parts = [
        path("ptd-phase", f"M{at:.1f} {top:.1f}V{made.bottom:.1f}"),
        path("ptd-ink", f"M{at:.1f} {top:.1f}l10 4.5L{at:.1f} {top + 9:.1f}z"),
    ]
    after, before = made.width - at - FLAG - 4, at - 6 - MARGIN
    if length(claim, bold=True) <= after:
        parts.append(text(at + FLAG, y, claim, "ptd-strong"))
        if before >= length("Before", bold=True):
            parts.append(text(at - 6, y, "Before", "", "end"))
        return parts
    if length(claim, bold=True) <= before or before > after:
        return [*parts, text(at - 6, y, clip(claim, before, bold=True), "ptd-strong", "end")]
    return [*parts, text(at + FLAG, y, clip(claim, after, bold=True), "ptd-strong")]


def _ends(made: Plot, since: bool) -> list[End]:
    short = made.narrow
    names = (
        (UPPER, "Upper" if short else "Upper limit"),
        (CENTRE, ("Since" if short else "Established") if since else "Before"),
        (LOWER, "Lower" if short else "Lower limit"),
        (FORMER, "Before"),
    )
    ends = []
    for row, name in names:
        last = plot.last_known(made.rows[row])
        if last is not None:
            ends.append(End(row, last, f"{name} {made.write_finer(last)}"))
    return ends


def _entries(made: Plot, *, values: bool) -> list[legend.Entry]:
    codes = set(made.point.tolist())
    entries = [legend.Entry("common", "chance")] if 0 in codes else []
    words = {"improvement": "better", "concern": "slipping or lost"}
    entries += [legend.Entry(kind, words[kind]) for kind, _, own in marks.MEANINGS[:2] if codes.intersection(own)]
    if made.hollow is not None and made.hollow.any():
        entries.append(legend.Entry("ghost", "counts for neither side"))
    last = {end.row: end for end in made.ends}
    if LOWER in last or UPPER in last:
        limits = ""
        if values and LOWER in last and UPPER in last:
            limits = " to ".join(made.write_finer(last[row].value) for row in (LOWER, UPPER))
        entries.append(legend.Entry("usual", f"usual range {limits}".rstrip()))
    if values and CENTRE in last:
        entries.append(legend.Entry("centre", last[CENTRE].label.lower()))
    if FORMER in last:
        entries.append(legend.Entry("former", last[FORMER].label.lower() if values else "level before"))
    return entries


def _description(made: Plot, claim: str, spells: list[Spell], left: Left | None, since: bool) -> str:
    """What the picture shows, for those who do not see it."""
    count = int((made.point >= 0).sum())
    said = f"{count:,} point{'' if count == 1 else 's'} about a claim of improvement. {claim}."
    lines = ", ".join(end.label.lower() for end in made.ends)
    said += f" At its end: {lines}." if lines else ""
    told = [f"{status.STATUSES[spell.status].word.lower()} {spell.since}" for spell in spells]
    said += f" Statuses: {', '.join(told)}." if told else ""
    if left is not None:
        said += f" {' '.join(status.spoken(left))}."
    return said if since or spells else said + " No value since."
