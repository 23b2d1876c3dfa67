"""The pictures of a printed report, each behind an address of its own: nothing else can be read from there."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from plotthedots import svg
from plotthedots.card import Card
from plotthedots.report import boards, fonts
from plotthedots.report.paper import FAMILY
from plotthedots.report.plan import Plan, Say

Parts = dict[str, Callable[[], tuple[bytes, str]]]
"""What stands behind an address: bytes and what they are."""

ICONS = {*svg.VARIATION_WORDS, *svg.ASSURANCE_WORDS}
SVG = "image/svg+xml"
_FAMILIES = 'Arial,"Liberation Sans",Helvetica,sans-serif'  # as pictures name them
_LIGHT = re.sub(r"@media[^{]*\{\n(?:.*\}\n)+?\}", "", svg.STYLE).replace(_FAMILIES, FAMILY)
# A drawing with those inside it, two deep: charts hold icons, and nothing holds charts.
_DRAWING = re.compile(r"<svg\b(?:(?!</?svg\b).)*(?:<svg\b(?:(?!</?svg\b).)*</svg>(?:(?!</?svg\b).)*)*</svg>", re.DOTALL)
# Rules for light pages: what each of its selectors takes, and the rule.
_RULES = [
    ([set(re.findall(r"\.([\w-]+)", way)) for way in rule.partition("{")[0].split(",")], rule.strip() + "}")
    for rule in _LIGHT.split("}")[:-1]
]


def light(picture: str) -> bytes:
    """The picture with the package's font, and no more of the sheet than it uses: reading a sheet takes long."""
    bare = re.sub(r"<style>.*?</style>", "", picture, flags=re.DOTALL)
    here = {name for names in re.findall(r'class="([^"]*)"', bare) for name in names.split()}
    kept = "".join(rule for ways, rule in _RULES if any(classes <= here for classes in ways))
    head, mark, body = bare.partition(">")
    return f"{head}{mark}<style>{kept}</style>{body}".encode()


def lifted(markup: str) -> tuple[str, Parts]:
    """The markup with each drawing in it behind an address, its title as its words, and what stands there.

    Inside of a page a drawing is read with the sheet of the whole page, and kept until the last page is written.
    """
    found: Parts = {}

    def address(match: re.Match[str]) -> str:
        drawn, name = match[0], f"plotthedots:drawn/{len(found)}"
        found[name] = partial(_drawn, drawn)
        size = " ".join(re.findall(r' ((?:width|height)="[^"]*")', drawn.partition(">")[0]))
        title = re.search(r"<title[^>]*>(.*?)</title>", drawn, re.DOTALL)
        return f'<img src="{name}" alt="{title[1] if title else ""}" {size}>'

    return _DRAWING.sub(address, markup), found


def _drawn(picture: str) -> tuple[bytes, str]:
    return light(picture), SVG


def fetcher(parts: Parts) -> Any:
    """What reads the parts, the package's fonts and its icons by their addresses, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    own = parts | {f"plotthedots:font/{name}": partial(_font, name) for name in fonts.NAMES}
    own |= {f"plotthedots:icon/{name}": partial(_icon, name) for name in ICONS}

    class Own(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            if url not in own:
                raise ValueError("this address is not a part of the report")
            data, kind = own[url]()
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return Own()


def parts(made: Plan, size: tuple[int, int], say: Say) -> Parts:
    """The logo, the charts and what is small. A page's sheet does not reach pictures of their own, which is quicker."""
    found: Parts = {}
    for number, card in enumerate(made.cards, 1):
        of = {"chart": partial(_chart, made, card, size, number, say), "colours": partial(_colours, made, card, size)}
        of |= {"spark": partial(_small, boards.sparkline, made, card)}
        of |= {"small": partial(_small, boards.small_chart, made, card)}
        found |= {f"plotthedots:{kind}/{card.position}": part for kind, part in of.items()}
    logo = made.logo
    return found if logo is None else found | {"plotthedots:logo": lambda: (logo.data, logo.mime)}


def _chart(made: Plan, card: Card, size: tuple[int, int], number: int, say: Say) -> tuple[bytes, str]:
    if number % 10 == 1:
        say(f"laying out page {number:,} of {len(made.cards):,} …")
    return light(made.draw(card, width=size[0], height=size[1], id="chart", style=False)), SVG


def _colours(made: Plan, card: Card, size: tuple[int, int]) -> tuple[bytes, str]:
    assert made.more.rag is not None  # else no page has this address
    return light(made.more.rag.draw(card.position, width=size[0], heading=False, style=False, id="chart")), SVG


def _small(draw: Callable[[Plan, Card], str], made: Plan, card: Card) -> tuple[bytes, str]:
    return light(draw(made, card)), SVG


def _font(name: str) -> tuple[bytes, str]:
    return fonts.data(name), "font/ttf"


def _icon(name: str) -> tuple[bytes, str]:
    return light(svg.icon(name)), SVG
