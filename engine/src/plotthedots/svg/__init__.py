"""Charts, icons and sparklines as SVG texts: pure functions of plain arrays and strings."""

from plotthedots.svg.chart import chart
from plotthedots.svg.grid import grid
from plotthedots.svg.icon import ASSURANCE_WORDS, VARIATION_WORDS, icon
from plotthedots.svg.sparkline import sparkline
from plotthedots.svg.style import SCREEN_ONLY, STYLE

__all__ = ["ASSURANCE_WORDS", "SCREEN_ONLY", "STYLE", "VARIATION_WORDS", "chart", "grid", "icon", "sparkline"]
