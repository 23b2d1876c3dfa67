"""The one default sheet: classes for meaning, colours here and nowhere else.

Hues are those NHS readers know from Making Data Count, darkened until points stand 3 to 1 and text
4.5 to 1 against the page. Every class begins with `ptd-`, so that a page can own the look instead.
"""

# No variables and only single classes: WeasyPrint and resvg read these sheets as browsers do.
CHARTS = """
.ptd-chart text,.ptd-grid-icons text{font-family:Arial,"Liberation Sans",Helvetica,sans-serif;
font-size:13px;fill:#4c6272}
.ptd-back{fill:#fff}
.ptd-chart .ptd-heading{font-size:16px;font-weight:700;fill:#212b32}
.ptd-chart .ptd-strong,.ptd-grid-icons .ptd-strong{font-weight:700;fill:#212b32}
.ptd-grid-icons .ptd-count{font-size:16px;font-weight:700;fill:#212b32}
.ptd-lines{fill:none;stroke:#e8edee;stroke-width:1}
.ptd-axis{fill:none;stroke:#768692;stroke-width:1}
.ptd-range{fill:#f0f4f5;stroke:none}
.ptd-chart .ptd-said{fill:#212b32}
.ptd-limit{fill:none;stroke:#4c6272;stroke-width:1.2;stroke-dasharray:7 4}
.ptd-centre{fill:none;stroke:#425563;stroke-width:1.6}
.ptd-target{fill:none;stroke:#212b32;stroke-width:2;stroke-linecap:round;stroke-dasharray:.1 4.5}
.ptd-phase{fill:none;stroke:#212b32;stroke-width:1.2}
.ptd-noted{fill:none;stroke:#425563;stroke-width:1.2;stroke-dasharray:2 3}
.ptd-note{fill:#212b32}
.ptd-chart .ptd-note-number{font-size:12px;font-weight:700;fill:#fff}
.ptd-joined{fill:none;stroke:#8a99a3;stroke-width:1.5;stroke-linejoin:round}
.ptd-moved{fill:#8a99a3;stroke:none}
.ptd-open{fill:none;stroke:#8a99a3;stroke-width:1.5;stroke-dasharray:3 3}
.ptd-common{fill:#768692;stroke:#fff;stroke-width:1}
.ptd-improvement{fill:#0081c6;stroke:#fff;stroke-width:1}
.ptd-concern{fill:#d95f02;stroke:#fff;stroke-width:1}
.ptd-neutral{fill:#6a3d7c;stroke:#fff;stroke-width:1}
.ptd-ghost{fill:#fff;stroke:#768692;stroke-width:1.2}
.ptd-dense{stroke:none}
.ptd-ring{fill:#fff;stroke-width:7}
.ptd-ring-common,.ptd-ring-none{stroke:#768692}
.ptd-ring-improvement{stroke:#0081c6}
.ptd-ring-concern{stroke:#d95f02}
.ptd-ring-neutral{stroke:#6a3d7c}
.ptd-ink{fill:#212b32;stroke:none}
.ptd-ink-line{fill:none;stroke:#212b32;stroke-width:4}
.ptd-letter{fill:none;stroke-width:8;stroke-linecap:butt;stroke-linejoin:miter}
.ptd-letter-common,.ptd-letter-none{stroke:#212b32}
.ptd-letter-improvement{stroke:#005a9c}
.ptd-letter-concern{stroke:#a84300}
.ptd-letter-neutral{stroke:#4f2a5f}
.ptd-wave{fill:none;stroke-width:5;stroke-linejoin:round}
.ptd-wave-common{stroke:#768692}
.ptd-wave-improvement{stroke:#0081c6}
.ptd-wave-concern{stroke:#d95f02}
.ptd-dotted{fill:none;stroke:#212b32;stroke-width:5;stroke-linecap:round;stroke-dasharray:.1 8.4}
.ptd-dashed{fill:none;stroke:#768692;stroke-width:4;stroke-dasharray:8 5}
.ptd-thin{fill:none;stroke:#768692;stroke-width:4}
@media (prefers-color-scheme:dark){
.ptd-back,.ptd-ring{fill:#161b1f}
.ptd-chart text,.ptd-grid-icons text{fill:#aebbc4}
.ptd-chart .ptd-heading,.ptd-chart .ptd-strong,.ptd-chart .ptd-said,
.ptd-grid-icons .ptd-strong,.ptd-grid-icons .ptd-count{fill:#f0f4f5}
.ptd-lines{stroke:#2a3238}
.ptd-range{fill:#252d33}
.ptd-limit,.ptd-axis,.ptd-noted{stroke:#8a99a3}
.ptd-centre,.ptd-phase,.ptd-target,.ptd-dotted,.ptd-ink-line{stroke:#f0f4f5}
.ptd-note,.ptd-ink{fill:#f0f4f5}
.ptd-chart .ptd-note-number{fill:#161b1f}
.ptd-common{fill:#9aa8b2;stroke:#161b1f}
.ptd-improvement{fill:#41b6f0;stroke:#161b1f}
.ptd-concern{fill:#ff9248;stroke:#161b1f}
.ptd-neutral{fill:#c79bdc;stroke:#161b1f}
.ptd-ghost{fill:#161b1f}
.ptd-dense{stroke:none}
.ptd-letter-common,.ptd-letter-none{stroke:#f0f4f5}
.ptd-letter-improvement,.ptd-ring-improvement,.ptd-wave-improvement{stroke:#41b6f0}
.ptd-letter-concern,.ptd-ring-concern,.ptd-wave-concern{stroke:#ff9248}
.ptd-letter-neutral,.ptd-ring-neutral{stroke:#c79bdc}
}
""".strip()

# What forecasts, lives of gains and survival curves have beyond a control chart.
_AHEAD = """
.ptd-fan{fill:#4c6272;fill-opacity:.15;stroke:none}
.ptd-band{fill:#4c6272;fill-opacity:.13;stroke:none}
.ptd-fan-edge{fill:none;stroke:#4c6272;stroke-width:1}
.ptd-former{fill:none;stroke:#4c6272;stroke-width:1.2;stroke-dasharray:2 3}
.ptd-status-plain{fill:#e1e6e9}
.ptd-status-good{fill:#d6ebf8}
.ptd-status-bad{fill:#fcdfc8}
.ptd-status-lost{fill:#913b00}
.ptd-chart .ptd-said-plain,.ptd-chart .ptd-said-good,.ptd-chart .ptd-said-bad,.ptd-chart .ptd-said-lost{font-weight:700}
.ptd-chart .ptd-said-plain{fill:#3b4a55}
.ptd-chart .ptd-said-good{fill:#00436f}
.ptd-chart .ptd-said-bad{fill:#843500}
.ptd-chart .ptd-said-lost{fill:#fff}
.ptd-sign-plain,.ptd-sign-good,.ptd-sign-bad,.ptd-sign-lost{fill:none;stroke-width:2;stroke-linejoin:round}
.ptd-sign-plain{stroke:#3b4a55}
.ptd-sign-good{stroke:#00436f}
.ptd-sign-bad{stroke:#843500}
.ptd-sign-lost{stroke:#fff}
.ptd-bar{fill:#e1e6e9}
.ptd-bar-good{fill:#0081c6}
.ptd-bar-bad{fill:#d95f02}
.ptd-whisker{fill:none;stroke:#212b32;stroke-width:1.5}
.ptd-curve,.ptd-curve-2,.ptd-curve-3,.ptd-curve-4{fill:none;stroke:#212b32;stroke-width:2}
.ptd-curve-2{stroke-dasharray:9 4}
.ptd-curve-3{stroke-dasharray:2.5 3}
.ptd-curve-4{stroke-dasharray:10 3 2.5 3}
.ptd-curve-few{fill:none;stroke:#212b32;stroke-width:2;stroke-dasharray:2 4}
.ptd-followed{fill:none;stroke:#212b32;stroke-width:1.2}
.ptd-asked{fill:#fff;stroke:#212b32;stroke-width:1.8}
@media (prefers-color-scheme:dark){
.ptd-fan,.ptd-band{fill:#aebbc4;fill-opacity:.2}
.ptd-fan-edge,.ptd-former{stroke:#8a99a3}
.ptd-status-plain,.ptd-bar{fill:#333d44}
.ptd-status-good{fill:#0c3d5c}
.ptd-status-bad{fill:#5c2b0a}
.ptd-status-lost{fill:#ff9248}
.ptd-chart .ptd-said-plain{fill:#d5dde2}
.ptd-chart .ptd-said-good{fill:#d6ebf8}
.ptd-chart .ptd-said-bad{fill:#ffdcc2}
.ptd-chart .ptd-said-lost{fill:#161b1f}
.ptd-sign-plain{stroke:#d5dde2}
.ptd-sign-good{stroke:#d6ebf8}
.ptd-sign-bad{stroke:#ffdcc2}
.ptd-sign-lost{stroke:#161b1f}
.ptd-bar-good{fill:#41b6f0}
.ptd-bar-bad{fill:#ff9248}
.ptd-whisker,.ptd-curve,.ptd-curve-2,.ptd-curve-3,.ptd-curve-4,.ptd-curve-few,.ptd-followed{stroke:#f0f4f5}
.ptd-asked{fill:#161b1f;stroke:#f0f4f5}
}
""".strip()

# Red, amber and green are nowhere but where they are the subject.
_COLOURS = """
.ptd-rag-green{fill:#d5e8d4}
.ptd-rag-amber{fill:#fff0c2}
.ptd-rag-red{fill:#f6d1d1}
.ptd-chart .ptd-said-green,.ptd-chart .ptd-said-amber,.ptd-chart .ptd-said-red{font-weight:700}
.ptd-chart .ptd-value-green,.ptd-chart .ptd-value-amber,.ptd-chart .ptd-value-red{font-size:11px}
.ptd-chart .ptd-said-green,.ptd-chart .ptd-value-green{fill:#00401e}
.ptd-chart .ptd-said-amber,.ptd-chart .ptd-value-amber{fill:#4d3800}
.ptd-chart .ptd-said-red,.ptd-chart .ptd-value-red{fill:#7a1010}
.ptd-shown{fill:#212b32}
.ptd-unshown{fill:none;stroke:#aeb7bd;stroke-width:1}
@media (prefers-color-scheme:dark){
.ptd-shown{fill:#f0f4f5}
.ptd-unshown{stroke:#4c6272}
}
""".strip()

# What funnels and Pareto charts have beyond a control chart.
_COMPARED = """
.ptd-inner{fill:none;stroke:#4c6272;stroke-width:1.2;stroke-dasharray:2 3}
.ptd-faint{fill:none;stroke:#aeb7bd;stroke-width:1}
.ptd-few{fill:#425563}
.ptd-many{fill:#aeb7bd}
.ptd-summed{fill:none;stroke:#212b32;stroke-width:1.6;stroke-linejoin:round}
.ptd-sum{fill:#fff;stroke:#212b32;stroke-width:1.6}
@media (prefers-color-scheme:dark){
.ptd-inner{stroke:#8a99a3}
.ptd-faint{stroke:#4c6272}
.ptd-few{fill:#aebbc4}
.ptd-many{fill:#4c6272}
.ptd-summed{stroke:#f0f4f5}
.ptd-sum{fill:#161b1f;stroke:#f0f4f5}
}
""".strip()

STYLE = f"{CHARTS}\n{_AHEAD}\n{_COLOURS}\n{_COMPARED}"


def on_screen(sheet: str) -> str:
    """The sheet with its dark colours kept off paper, which is white whatever the screen prefers."""
    return sheet.replace("@media (prefers-color-scheme:dark)", "@media screen and (prefers-color-scheme:dark)")


SCREEN_ONLY = on_screen(STYLE)
# Each drawing of a control chart carries no more than it needs.
CHARTS_ONLY = on_screen(CHARTS)
COMPARED_ONLY = on_screen(f"{CHARTS}\n{_COMPARED}")
