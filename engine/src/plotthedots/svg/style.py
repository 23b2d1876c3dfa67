"""The one default sheet: classes for meaning, colours here and nowhere else.

Hues are those NHS readers know from Making Data Count, darkened until points stand 3 to 1 and text
4.5 to 1 against the page. Every class begins with `ptd-`, so that a page can own the look instead.
"""

# No variables and only single classes: WeasyPrint and resvg read this sheet as browsers do.
STYLE = """
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

# Paper is white whatever the screen prefers.
SCREEN_ONLY = STYLE.replace("@media (prefers-color-scheme:dark)", "@media screen and (prefers-color-scheme:dark)")
