"""The statuses of a gain as a picture tells them: a band of words and signs, and the share of the gain that is left."""

from collections.abc import Sequence
from typing import NamedTuple

from plotthedots.svg.element import length, path, text

HIGH = 24.0  # of the band
ROW = 20.0  # of a line of text
SIGN = 10.0  # width of a sign
INSIDE = 7.0  # pixels between the end of a spell and what stands in it
MOST = 6  # spells told below the band
TRACK = 12.0  # height of the bar of the share
LONGEST_BAR = 220.0


class Status(NamedTuple):
    """Word, look (plain, good, bad, lost) and the strokes of a sign of ten by ten about the pen."""

    word: str
    look: str
    sign: str


STATUSES = {
    "claimed": Status("Claimed", "plain", "m-4 5v-10l8 3l-8 3"),
    "signalled": Status("Signalled", "plain", "m-5 1h3l2-5l2 8l2-3h2"),
    "established": Status("Established", "good", "m-5 0l3.5 4l6-8"),
    "holding": Status("Holding", "good", "m-5 0h10"),
    "improving": Status("Improving further", "good", "m-5 4l3.5-4l2.5 2l4-6"),
    "slipping": Status("Slipping", "bad", "m-5-4l3.5 4l2.5-2l4 6"),
    "lost": Status("Lost", "lost", "m-4-4l8 8m0-8l-8 8"),
    "not_shown": Status("Not shown", "plain", "m-5-2.5h10m-10 5h10"),
    "unwatched": Status("Unwatched", "plain", "m-4-4v8m8-8v8"),
    "withdrawn": Status("Withdrawn", "plain", "m5 0h-10l4-4m-4 4l4 4"),
}


class Spell(NamedTuple):
    """Neighbouring rows of one status, from `first` to `last`, and when it began, in words."""

    first: int
    last: int
    status: str
    since: str


def band(spells: Sequence[Spell], edges: list[float], y: float) -> tuple[list[str], list[Spell]]:
    """The band with its top at y, and the spells whose words have no room in it."""
    parts, untold = [], []
    for spell in spells:
        begin, end = edges[spell.first], edges[spell.last + 1]
        status = STATUSES[spell.status]
        wide = max(end - begin - 1, 1.0)
        parts.append(_box(f"ptd-status-{status.look}", begin, y, wide, HIGH))
        middle = y + HIGH / 2
        need = SIGN + 6 + length(status.word, bold=True)
        if need + 2 * INSIDE <= wide:
            parts.append(sign(spell.status, begin + INSIDE + SIGN / 2, middle))
            parts.append(text(begin + INSIDE + SIGN + 6, middle + 4.5, status.word, f"ptd-said-{status.look}"))
            continue
        if wide >= SIGN + 4:
            parts.append(sign(spell.status, begin + wide / 2, middle))
        untold.append(spell)
    return parts, untold


def _box(kind: str, x: float, y: float, wide: float, high: float) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"/>'


def sign(name: str, x: float, y: float) -> str:
    """The sign of a status, its middle at x and y."""
    status = STATUSES[name]
    return path(f"ptd-sign-{status.look}", f"M{x:.1f} {y:.1f}{status.sign}")


def told(untold: Sequence[Spell], width: float) -> list[list[tuple[str, str]]]:
    """Lines of (sign, words) on the spells that have no word in the band, the latest of them if they are many."""
    entries = [(spell.status, f"{STATUSES[spell.status].word} {spell.since}") for spell in untold[-MOST:]]
    if len(untold) > MOST:
        entries.insert(0, ("", f"{len(untold) - MOST:,} earlier,"))
    lines: list[list[tuple[str, str]]] = []
    used = width + 1
    for entry in entries:
        need = _room(entry)
        if used + need > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += need + 16
    return lines


def _room(entry: tuple[str, str]) -> float:
    return (24 if entry[0] else 0) + length(entry[1])


def draw_told(lines: list[list[tuple[str, str]]], left: float, y: float) -> list[str]:
    """Those lines, the first with its middle at y."""
    parts = []
    for index, line in enumerate(lines):
        x, middle = left, y + ROW * index
        for entry in line:
            if entry[0]:
                look = STATUSES[entry[0]].look
                parts.append(_box(f"ptd-status-{look}", x, middle - 8, 18, 16))
                parts.append(sign(entry[0], x + 9, middle))
            parts.append(text(x + (24 if entry[0] else 0), middle + 4.5, entry[1]))
            x += _room(entry) + 16
    return parts


class Left(NamedTuple):
    """How much of a gain is left: the share and its interval, and whether that is good, bad or neither."""

    share: float
    lower: float
    upper: float
    look: str


def height_of_left(left: Left | None, width: float) -> float:
    """Of what `draw_left` draws."""
    if left is None:
        return 0.0
    return 2 * ROW + 14 if _stacked(left, width) else ROW + 14


def draw_left(left: Left | None, begin: float, width: float, y: float) -> list[str]:
    """The share in words, and as a bar with its interval and a mark at all of it; y is the top."""
    if left is None:
        return []
    words = spoken(left)
    middle = y + 6 + ROW / 2
    parts = [text(begin, middle + 4.5, words[0], "ptd-strong")]
    x = begin if _stacked(left, width) else begin + length(words[0], bold=True) + 16
    middle += ROW + 2 if _stacked(left, width) else 0
    wide = min(LONGEST_BAR, width - (x - begin) - length(words[1]) - 14)
    return [*parts, *_bar(left, x, wide, middle), text(x + wide + 14, middle + 4.5, words[1])]


def spoken(left: Left) -> tuple[str, str]:
    share = "Nothing" if left.share < 0.005 else _percent(left.share)
    return f"{share} of the gain is left", f"between {_percent(left.lower)} and {_percent(left.upper)}"


def _percent(share: float) -> str:
    return f"{share * 100:,.0f}%".replace("-", "−").replace("−0%", "0%")


def _stacked(left: Left, width: float) -> bool:
    """Whether the bar needs a line of its own."""
    words = spoken(left)
    return length(words[0], bold=True) + length(words[1]) + 30 + 90 > width


def _bar(left: Left, x: float, wide: float, middle: float) -> list[str]:
    end = 1.5 if left.upper <= 1.5 else 2.0
    lower, share, upper = (min(max(value, 0.0), end) / end * wide for value in (left.lower, left.share, left.upper))
    top = middle - TRACK / 2
    all_of_it = x + wide / end
    caps = [x + at for at, value in ((lower, left.lower), (upper, left.upper)) if 0 <= value <= end]
    whisker = f"M{x + lower:.1f} {middle:.1f}H{x + upper:.1f}" + "".join(
        f"M{cap:.1f} {middle - 4:.1f}v8" for cap in caps
    )
    look = {"good": "ptd-bar-good", "bad": "ptd-bar-bad", "lost": "ptd-bar-bad"}.get(left.look, "ptd-common")
    return [
        _box("ptd-bar", x, top, wide, TRACK),
        _box(look, x, top, share, TRACK),
        path("ptd-whisker", whisker),
        path("ptd-whisker", f"M{all_of_it:.1f} {top - 4:.1f}v{TRACK + 8:.0f}"),
    ]
