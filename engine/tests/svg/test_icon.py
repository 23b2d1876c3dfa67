"""Icons: every name at every size, letters clear of dots, meaning without colour."""

import re
from itertools import combinations

import pytest

from plotthedots import svg
from plotthedots.svg.icon import SMALL

from .drawing import NS, of_class, read

NAMES = [*svg.VARIATION_WORDS, *svg.ASSURANCE_WORDS]
SIZES = [16, 20, 24, 28, 32, 48, 96]
LETTERED = [name for name in svg.VARIATION_WORDS if name.endswith(("_high", "_low"))]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NAMES)
def test_every_icon_has_a_title_and_a_role_at_every_size(name: str, size: int) -> None:
    tree = read(svg.icon(name, size=size))
    assert tree.get("role") == "img"
    assert (tree.get("width"), tree.get("height")) == (str(size), str(size))
    assert tree.findtext(f"{NS}title") == (svg.VARIATION_WORDS | svg.ASSURANCE_WORDS)[name]


@pytest.mark.parametrize("size", [24, 48])
def test_no_two_icons_are_alike_without_colour(size: int) -> None:
    bare = {name: re.sub(r' class="[^"]*"|<title>.*</title>', "", svg.icon(name, size=size)) for name in NAMES}
    assert [pair for pair in combinations(NAMES, 2) if bare[pair[0]] == bare[pair[1]]] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_has_its_style_only_when_asked(name: str) -> None:
    assert "<style>" not in svg.icon(name)
    assert "<style>" in svg.icon(name, style=True)
    assert not re.search(r"\s(?:fill|stroke|style)=", svg.icon(name))


def test_another_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        svg.icon("improving")


def letter_box(drawn: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the letter with its stroke."""
    place = re.search(r"translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)", drawn)
    assert place is not None
    x, y, scale = map(float, place.groups())
    half = 4 * scale  # a stroke is 8 wide
    return x - 11 * scale - half, y - 16 * scale - half, x + 11 * scale + half, y + 16 * scale + half


def marked(drawn: str) -> list[tuple[float, float, float]]:
    """Middle and reach of each marked point."""
    circles = re.findall(r'class="ptd-(?:improvement|common)" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', drawn)
    found = [(float(x), float(y), float(r)) for x, y, r in circles]
    for x, y, move in re.findall(r'class="ptd-(?:concern|neutral)" d="M([\d.]+) ([\d.]+)l([\d.]+)', drawn):
        reach = float(move)
        down = "-20h" in drawn
        found.append((float(x), float(y) + (-reach if down else reach), reach))
    return found


@pytest.mark.parametrize("size", [SMALL, 48])
@pytest.mark.parametrize("name", LETTERED)
def test_no_dot_touches_the_letter(name: str, size: int) -> None:
    drawn = svg.icon(name, size=size)
    left, top, right, bottom = letter_box(drawn)
    assert marked(drawn)
    for x, y, reach in marked(drawn):
        aside = max(left - x, x - right, 0.0)
        apart = max(top - y, y - bottom, 0.0)
        # Diamonds and triangles taper, circles are round: the straight distance is the shortest that counts.
        assert (aside**2 + apart**2) ** 0.5 >= (reach if "circle" in drawn and "improvement" in name else reach * 0.75)


@pytest.mark.parametrize("name", LETTERED)
def test_every_mark_is_inside_the_ring(name: str) -> None:
    for size in (SMALL, 48):
        for x, y, reach in marked(svg.icon(name, size=size)):
            assert ((x - 50) ** 2 + (y - 50) ** 2) ** 0.5 + reach <= 46


@pytest.mark.parametrize("name", NAMES)
def test_a_small_icon_has_one_thing_to_read(name: str) -> None:
    small, large = (read(svg.icon(name, size=size)) for size in (SMALL, SMALL + 1))
    assert len(list(small.iter())) <= len(list(large.iter()))
    assert not of_class(small, "ptd-thin")
    assert not of_class(small, "ptd-dotted")
