"""A picture as PNG, with the package's own font: the same on every machine."""

from plotthedots.report import fonts
from plotthedots.report.needs import needed

TWICE = 2.0


def png(picture: str, *, zoom: float = TWICE, height: int | None = None) -> bytes:
    """An SVG text as a PNG on white, twice as large; or `height` pixels high. BadInput where resvg is missing."""
    resvg = needed("png")
    size = {"zoom": zoom} if height is None else {"height": height}
    made = resvg.svg_to_bytes(
        svg_string=picture,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[fonts.path(name) for name in fonts.NAMES],
        font_family="Liberation Sans",
        sans_serif_family="Liberation Sans",
        **size,
    )
    return bytes(made)
