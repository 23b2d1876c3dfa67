"""The report as a PDF: pages of A4 or slides, tagged for screen readers (PDF/UA-1; tagged, not certified)."""

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape
from typing import Any, Unpack

from plotthedots import svg
from plotthedots.card import Card
from plotthedots.errors import BadInput
from plotthedots.report import cover, fonts
from plotthedots.report.needs import needed
from plotthedots.report.page import facts, latest, phases
from plotthedots.report.paper import FAMILY, FONTS, sheet
from plotthedots.report.parts import Medium
from plotthedots.report.plan import LATEST, Plan, Say, Told, in_silence, plan
from plotthedots.result import Result
from plotthedots.svg.element import escape

PAPERS = {"a4": (688, 350), "slides": (665, 320)}  # width and height of a chart in pixels
ICONS = {*svg.VARIATION_WORDS, *svg.ASSURANCE_WORDS}
LONG = 7  # characters of a value, beyond which thirteen of them need small print
ALL = 1_000_000  # nothing is folded on paper
CHIPS = 40  # of a cell: more would push the exceptions off the cover

SVG = "image/svg+xml"
_FAMILIES = 'Arial,"Liberation Sans",Helvetica,sans-serif'  # as pictures name them
# Rules for light pages: what each of its selectors takes, and the rule.
_RULES = [
    ([set(re.findall(r"\.([\w-]+)", way)) for way in rule.partition("{")[0].split(",")], rule + "}")
    for rule in svg.CHARTS_ONLY.partition("@media")[0].split("}")[:-1]
]

Parts = dict[str, Callable[[], tuple[bytes, str]]]
"""What stands behind an address: bytes and what they are."""


def pdf(result: Result, *, paper: str = "a4", say: Say = in_silence, **told: Unpack[Told]) -> bytes:
    """The report of a result as a PDF: cover with the icon grid, exceptions in sentences, a page a measure.

    paper: "a4" (portrait) or "slides" (16 to 9). say is told how far the work has come. What else it may be told is
    said at `plan.Told`. The same report gives the same bytes. Raises BadInput where WeasyPrint is missing.
    """
    if paper not in PAPERS:
        raise BadInput(f"paper: found {paper!r}, expected {' or '.join(PAPERS)}.")
    needed("pdf")
    made = plan(result, **told)
    markup = "".join(_pieces(made, paper))
    say("laying out the pages …")
    return rendered(markup, _parts(made, paper, say))


def one(picture: str) -> bytes:
    """One picture that carries its sheet, as a PDF of one page as large as it is; its title is told to those who do not see it."""
    width, height = picture.partition('viewBox="0 0 ')[2].partition('"')[0].split()
    title = picture.partition("<title")[2].partition(">")[2].partition("</title>")[0]
    page = f"@page{{size:{width}px {height}px;margin:0}}body{{margin:0}}img{{display:block}}"
    # The title was escaped when it was drawn.
    shown = f'<img src="plotthedots:chart/0" alt="{title}" width="{width}" height="{height}">'
    markup = f"{_head(unescape(title), FONTS + page)}<body>{shown}</body></html>"
    return rendered(markup, {"plotthedots:chart/0": lambda: (_light(picture), SVG)})


def rendered(markup: str, parts: Parts) -> bytes:
    """Markup as a PDF; it can read the parts and the package's fonts and icons by their addresses, and nothing else."""
    weasyprint = needed("pdf")
    out = io.BytesIO()
    page = weasyprint.HTML(string=markup, url_fetcher=_fetcher(parts))
    # What the file is known by comes from what it holds, never from a clock.
    page.write_pdf(out, pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(markup.encode()).digest()[:16])
    return out.getvalue()


def _fetcher(parts: Parts) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    own = parts | {f"plotthedots:font/{name}": partial(_font, name) for name in fonts.NAMES}
    own |= {f"plotthedots:icon/{name}": partial(_icon_drawn, name) for name in ICONS}

    class Own(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            if url not in own:
                raise ValueError("this address is not a part of the report")
            data, kind = own[url]()
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return Own()


def _parts(made: Plan, paper: str, say: Say) -> Parts:
    """The logo and the charts. Charts are pictures of their own: a page's sheet does not reach them, and is quicker."""
    width, height = PAPERS[paper]

    def drawn(number: int, card: Card) -> tuple[bytes, str]:
        if number % 10 == 1:
            say(f"laying out page {number:,} of {len(made.cards):,} …")
        return _light(made.draw(card, width=width, height=height, id="chart", style=True)), SVG

    parts: Parts = {
        f"plotthedots:chart/{card.position}": partial(drawn, number, card) for number, card in enumerate(made.cards, 1)
    }
    logo = made.logo
    return parts if logo is None else parts | {"plotthedots:logo": lambda: (logo.data, logo.mime)}


def _font(name: str) -> tuple[bytes, str]:
    return fonts.data(name), "font/ttf"


def _icon_drawn(name: str) -> tuple[bytes, str]:
    return _light(svg.icon(name, style=True)), SVG


def _light(picture: str) -> bytes:
    """The picture with the package's font, and no more of the sheet than it uses: reading a sheet takes long."""
    here = {name for names in re.findall(r'class="([^"]*)"', picture) for name in names.split()}
    kept = [rule for ways, rule in _RULES if any(classes <= here for classes in ways)]
    return picture.replace(svg.CHARTS_ONLY, "".join(kept)).replace(_FAMILIES, FAMILY).encode()


def _paper(width: int) -> Medium:
    return Medium(widths=(("paper", width, 1),), style=True, icon=_icon, chips=CHIPS, listed=ALL, fold=_unfolded)


def _icon(name: str, size: int) -> str:
    """An icon by its address: it is drawn once, however often it stands in the report."""
    words = svg.VARIATION_WORDS.get(name) or svg.ASSURANCE_WORDS[name]
    return f'<img src="plotthedots:icon/{name}" alt="{words}" width="{size}" height="{size}">'


def _unfolded(summary: str, _: str) -> str:
    return f'<span class="small quiet">{summary}: see their pages</span>'


def _head(title: str, style: str, author: str = "") -> str:
    by = f'<meta name="author" content="{escape(author)}">' if author else ""
    return f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>{by}<style>{style}</style></head>'


def _pieces(made: Plan, paper: str) -> Iterator[str]:
    medium = _paper(PAPERS[paper][0])
    more = made.more
    source = f"Source: {made.source}" if made.source else ""
    yield (
        _head(made.name, sheet(paper, source) + more.paper_sheet(), made.organisation) + "<body>" + _cover(made, medium)
    )
    yield from (_page(made, card, medium) for card in made.cards)
    yield from more.pages(medium)
    yield "</body></html>"


def _cover(made: Plan, medium: Medium) -> str:
    left = [f"<b>{escape(made.organisation or made.name)}</b>"]
    left += [escape(made.title)] if made.organisation and made.title else []
    right = ", ".join(filter(None, (made.subtitle, made.when)))
    logo = '<img class="logo" alt="Logo" src="plotthedots:logo">' if made.logo else ""
    below = "".join(f"<p>{escape(said)}</p>" for said in (made.introduction,) if said)
    return "".join(
        [
            f'<div class="head">{" · ".join(left)}</div><div class="period">{escape(right)}</div>',
            f'{logo}<h1 id="top">{escape(made.heading)}</h1>{below}',
            *cover.grid(made.cards, made.too_few, medium),
            *cover.exceptions(made.cards, made.too_few, medium),
            made.more.board(made.cards),
            *made.more.section(medium),
            f'<p class="end">{escape(made.made())}</p>',
        ]
    )


def _page(made: Plan, card: Card, medium: Medium) -> str:
    name = escape(card.name or "The measure")
    width = medium.widths[0][1]
    picture = f'<img src="plotthedots:chart/{card.position}" alt="{escape(made.said(card))}" width="{width}">'
    rows = _row("What it says", f"<p>{escape(card.sentence)}</p>")
    doing = made.doing.get(card.position, "")
    rows += _row("What we do", f"<p>{escape(doing)}</p>") if doing else ""
    advice = "".join(f"<li>{escape(sentence)}</li>" for sentence in card.advice)
    rows += _row("How far to trust it", f"<ul>{advice}</ul>") if advice else ""
    return (
        f'<section class="measure" id="m{card.position}"><h2 data-name="{name}">{escape(made.answer(card))}</h2>'
        f'{facts(card, made.few(card), medium)}<div class="picture chart">{picture}</div>'
        f'<div class="words"><div class="rows">{rows}</div></div><div class="below">'
        f"{_block(_latest(card))}{_block(phases(card))}{made.more.ahead(card, medium)}</div></section>"
    )


def _latest(card: Card) -> str:
    """The last points; month and year part by themselves where the column is narrow."""
    made = latest(card).replace("<br>", " ")
    long = max((len(row.value) for row in card.rows[-LATEST:]), default=0) > LONG
    return made.replace('class="data across"', 'class="data across long"') if long else made


def _block(body: str) -> str:
    return f'<div class="block">{body}</div>' if body else ""


def _row(heading: str, body: str) -> str:
    return f'<div class="row"><h3>{heading}</h3>{body}</div>'
