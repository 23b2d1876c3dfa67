"""The report as a PDF: pages of A4 or slides, tagged for screen readers (PDF/UA-1; tagged, not certified)."""

import hashlib
import io
from collections.abc import Iterator
from functools import partial
from html import unescape
from types import SimpleNamespace
from typing import Any, Unpack

from plotthedots import svg
from plotthedots.card import Card
from plotthedots.errors import BadInput
from plotthedots.report import boards, cover
from plotthedots.report.needs import needed
from plotthedots.report.page import facts, latest, phases
from plotthedots.report.paper import FONTS, sheet
from plotthedots.report.parts import Medium
from plotthedots.report.pictures import SVG, Parts, fetcher, lifted, light, parts
from plotthedots.report.plan import LATEST, Plan, Say, Told, in_silence, plan
from plotthedots.result import Result
from plotthedots.svg.element import escape

VARIANT = "pdf/ua-1"
PAPERS = {"a4": (688, 350), "slides": (665, 320)}  # width and height of a chart in pixels
BESIDE_COLOURS = 210  # its height on A4, where the picture of colours stands on the page too
ROOM = {"a4": (28, 16), "slides": (12, 28)}  # lines of chips on a cover, and letters that each takes
LONG = 7  # characters of a value, beyond which thirteen of them need small print
ALL = 1_000_000  # nothing is folded on paper
CHIPS = 40  # of a cell: more would push the exceptions off the cover


def pdf(result: Result, *, paper: str = "a4", say: Say = in_silence, **told: Unpack[Told]) -> bytes:
    """The report of a result as a PDF: cover with the icon grid, exceptions in sentences, a page a measure.

    paper: "a4" (portrait) or "slides" (16 to 9). say is told how far the work has come. What else it may be told is
    said at `plan.Told`. The same report gives the same bytes. Raises BadInput where WeasyPrint is missing.
    """
    if paper not in PAPERS:
        raise BadInput(f"paper: found {paper!r}, expected {' or '.join(PAPERS)}.")
    needed("pdf")
    made = plan(result, **told)
    markup, drawn = lifted("".join(_pieces(made, paper)))
    say("laying out the pages …")
    return rendered(markup, parts(made, _size(made, paper), say) | drawn)


def one(picture: str) -> bytes:
    """One picture that carries its sheet, as a PDF of one page as large as it is; its title is told to those who do not see it."""
    width, height = picture.partition('viewBox="0 0 ')[2].partition('"')[0].split()
    title = picture.partition("<title")[2].partition(">")[2].partition("</title>")[0]
    page = f"@page{{size:{width}px {height}px;margin:0}}body{{margin:0}}img{{display:block}}"
    # The title was escaped when it was drawn.
    shown = f'<img src="plotthedots:chart/0" alt="{title}" width="{width}" height="{height}">'
    markup = f"{_head(unescape(title), FONTS + page)}<body>{shown}</body></html>"
    return rendered(markup, {"plotthedots:chart/0": lambda: (light(picture), SVG)})


def rendered(markup: str, held: Parts) -> bytes:
    """Markup as a PDF; it can read the parts and the package's fonts and icons by their addresses, and nothing else."""
    weasyprint = needed("pdf")
    images: dict[str, Any] = {}
    document = weasyprint.HTML(string=markup, url_fetcher=fetcher(held)).render(cache=images, pdf_variant=VARIANT)
    _let_go(document, images)
    out = io.BytesIO()
    # What the file is known by comes from what it holds, never from a clock.
    document.write_pdf(out, pdf_variant=VARIANT, pdf_identifier=hashlib.sha256(markup.encode()).digest()[:16])
    return out.getvalue()


def _let_go(document: Any, images: dict[str, Any]) -> None:
    """Let pictures keep of the layout what drawing takes: with all of it, each page would be held twice."""
    fonts = SimpleNamespace(font_config=document.font_config, dictionaries={})
    for image in images.values():
        if hasattr(image, "_context"):
            image._context = fonts


def _size(made: Plan, paper: str) -> tuple[int, int]:
    width, height = PAPERS[paper]
    return width, BESIDE_COLOURS if made.more.rag is not None and paper == "a4" else height


def _paper(paper: str) -> Medium:
    widths, (lines, letters) = (("paper", PAPERS[paper][0], 1),), ROOM[paper]
    return Medium(
        widths=widths, style=True, icon=_icon, chips=CHIPS, lines=lines, letters=letters, listed=ALL, fold=_unfolded
    )


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
    medium = _paper(paper)
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
            *cover.grid(made.cards, made.too_few, medium, made.moved),
            *cover.exceptions(made.cards, made.too_few, medium),
            made.more.board(made.cards),
            *made.more.section(medium),
            *made.more.colours(made.cards),
            *boards.table(made, partial(_small, "spark", boards.SPARK), medium),
            *boards.side_by_side(made, partial(_small, "small", boards.SMALL), medium),
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
        f"{_block(_latest(card))}{_block(phases(card))}{made.more.ahead(card, medium)}{_colours(made, card, medium)}"
        "</div></section>"
    )


def _colours(made: Plan, card: Card, medium: Medium) -> str:
    """Red, amber and green of a measure, by its address."""
    if made.more.rag is None:
        return ""
    alt = escape(f"{card.name}: {made.more.rag.sentence_at(card.position)}")
    address = f"plotthedots:colours/{card.position}"
    return made.more.coloured(card, lambda width: f'<img src="{address}" alt="{alt}" width="{width}">', medium)


def _small(kind: str, width: int, card: Card) -> str:
    """A sparkline or a small chart by its address."""
    alt = escape(f"Course of {card.name or 'the measure'}, {card.latest} in {card.when}")
    return f'<img class="{kind}" src="plotthedots:{kind}/{card.position}" alt="{alt}" width="{width}">'


def _latest(card: Card) -> str:
    """The last points; month and year part by themselves where the column is narrow."""
    made = latest(card).replace("<br>", " ")
    long = max((len(row.value) for row in card.rows[-LATEST:]), default=0) > LONG
    return made.replace('class="data across"', 'class="data across long"') if long else made


def _block(body: str) -> str:
    return f'<div class="block">{body}</div>' if body else ""


def _row(heading: str, body: str) -> str:
    return f'<div class="row"><h3>{heading}</h3>{body}</div>'
