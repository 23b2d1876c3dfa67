"""The sheet of a printed report: A4 pages, or slides of 16 to 9."""

from plotthedots.report.fonts import BOLD, REGULAR

FAMILY = '"Liberation Sans"'
FONTS = "".join(
    f'@font-face{{font-family:{FAMILY};font-weight:{weight};src:url("plotthedots:font/{file}")}}\n'
    for weight, file in ((400, REGULAR), (700, BOLD))
)

_COMMON = """
html{font-family:"Liberation Sans";font-size:10pt;line-height:1.4;color:#212b32}
body,h1,h2,h3,p,ul,ol{margin:0;padding:0}
h1,h2,h3{break-after:avoid}
h1,h2{bookmark-level:1}
h2{bookmark-label:attr(data-name)}
h3{bookmark-level:none;font-size:10.5pt;line-height:14pt}
a{color:inherit;text-decoration:none}
b,th{font-weight:700}
p{orphans:2;widows:2}
i{font-style:normal}
.quiet{color:#4c6272}
.small{font-size:9pt}
.head{position:running(head);font-size:9pt;color:#425563}
.period{position:running(period);font-size:9pt;color:#425563;text-align:right}
.logo{float:right;height:13mm;margin-left:8mm}
/* A head that is drawn again on the next page loses its icons. */
.grid thead{display:table-row-group}
.grid{width:100%;border-collapse:collapse;table-layout:fixed;margin-top:5mm}
.grid th,.grid td{border:.5pt solid #aeb7bd;padding:4pt;vertical-align:top;text-align:left}
.grid td{overflow-wrap:anywhere}
.grid th b{display:block;font-size:8.5pt;line-height:11pt}
.grid th i{display:block;font-weight:400;font-size:7.5pt;line-height:9.5pt;color:#4c6272}
.grid th img{float:left;width:20pt;height:20pt}
.grid th span{display:block;margin-left:24pt}
.grid thead tr>:nth-child(1){width:16%}
.grid td>.small{font-size:8pt}
.grid td.small{font-size:7.5pt;line-height:9.5pt}
.grid .good{background:#f0f7fc}
.grid .bad{background:#fdf4ec}
.count{display:block;text-align:right;font-weight:700;font-size:8pt;line-height:10pt;color:#425563}
.chips{list-style:none}
.chips li{display:inline-block;margin:0 2pt 3pt 0;max-width:100%}
.chips a{display:block;padding:1pt 5pt;border:.5pt solid #768692;border-radius:7pt;font-size:8pt;line-height:10pt;background:#fff}
.grid+p,.scroll+p{margin-top:2mm}
.list{list-style:none;margin-top:2mm}
.list li{padding:5pt 0 5pt 25mm;border-top:.5pt solid #aeb7bd;break-inside:avoid;overflow-wrap:anywhere}
.list li:first-child{break-before:avoid}
.list .n{float:left;margin-left:-25mm;width:8mm;font-weight:700;font-size:12pt;line-height:14pt;color:#425563}
.list .icons{float:left;margin-left:-17mm;width:17mm}
.list .icons img{width:20pt;height:20pt;margin-right:2pt}
.measure{break-before:page}
.measure h2{overflow-wrap:anywhere}
.facts{margin:3mm 0;min-height:13mm;break-inside:avoid}
.fact{float:left;width:62mm;margin-right:4mm;min-height:13mm}
.fact+.fact{width:72mm}
.fact img{float:left;width:12mm;height:12mm}
.fact>span{display:block;margin-left:15mm}
.fact b,.fact .small,.latest b,.latest .small{display:block}
.latest{text-align:right}
.latest b{font-size:18pt;line-height:22pt}
.chart{clear:both;break-inside:avoid}
.chart svg,.chart img{display:block;width:100%;height:auto}
.row{border-bottom:.5pt solid #aeb7bd;padding:6pt 0;break-inside:avoid}
.row h3{float:left;width:34mm}
.row p,.row ul{margin-left:38mm}
.row ul{list-style:none}
.row li+li{margin-top:3pt}
.rows{border-top:1.2pt solid #212b32;margin-top:3mm}
.block{margin-top:4mm;break-inside:avoid}
table.data{border-collapse:collapse;font-size:9pt;line-height:12pt;margin-top:1mm}
table.data th,table.data td{padding:3pt 4pt;border-bottom:.5pt solid #aeb7bd;text-align:right;vertical-align:bottom}
table.data th:first-child,table.data td:first-child{text-align:left;padding-left:0}
table.data thead th{color:#4c6272;font-weight:400}
table.gains{width:100%}
.gains-cover h2,.gains-cover p{margin-bottom:2mm}
.gains-list{margin-top:4mm}
table.across{width:100%;table-layout:fixed}
table.across td,table.across thead th{font-size:8.5pt}
table.across.long td,table.across.long th{font-size:7pt;padding:3pt 1.5pt}
.next{margin-top:4mm;break-inside:avoid}
.next>p{margin:1mm 0}
#budget{margin-top:6mm}
.gains-cover,.rag,.all,.side{break-before:page}
.gains-cover h2,.rag h2,.all h2,.side h2{margin-top:0}
.rag p{margin-bottom:2mm}
table.all-measures,table.colours{width:100%}
table.all-measures tr,table.colours tr{break-inside:avoid}
table.all-measures td,table.all-measures th{vertical-align:middle;padding:2pt 4pt;white-space:nowrap}
table.data.all-measures th[scope=row],table.data.colours th[scope=row]{font-weight:400;overflow-wrap:anywhere;width:30%;white-space:normal}
table.data.all-measures td:nth-child(2),table.data.all-measures th:nth-child(2){text-align:left}
table.all-measures .spark{width:30mm;height:7mm;display:block}
table.all-measures td b,table.all-measures i{display:block;font-size:8pt;line-height:10pt}
table.all-measures td b{font-size:9pt}
table.all-measures i,.chips i{color:#4c6272}
table.all-measures td img[width="28"]{width:17pt;height:17pt}
.chips .moved{border:1.2pt solid #425563}
.many{margin-top:4mm}
.one{display:inline-block;width:56mm;margin:0 4mm 4mm 0;vertical-align:top;break-inside:avoid;font-size:8.5pt;line-height:11pt}
.one img{vertical-align:middle}
.one .small{display:block;width:100%;margin-top:1mm}
.one p img{width:14pt;height:14pt;margin-right:3pt}
.end{margin-top:5mm;color:#4c6272;font-size:8.5pt}
.how{margin-top:5mm;break-inside:avoid}
"""

_EDGES = """
@page{margin:%(top)s %(side)s %(bottom)s;
@top-left{content:element(head);width:62%%;vertical-align:bottom;padding-bottom:2.5mm;
margin-bottom:6mm;border-bottom:.6pt solid #768692}
@top-right{content:element(period);width:38%%;vertical-align:bottom;padding-bottom:2.5mm;
margin-bottom:6mm;border-bottom:.6pt solid #768692}
@bottom-left{content:%(source)s;width:78%%;vertical-align:top;padding-top:2.5mm;border-top:.6pt solid #768692;
font:8.5pt "Liberation Sans";color:#425563}
@bottom-right{content:"Page " counter(page) " of " counter(pages);width:22%%;vertical-align:top;padding-top:2.5mm;
border-top:.6pt solid #768692;font:8.5pt "Liberation Sans";color:#425563;text-align:right}
}
"""

_A4 = """
@page{size:A4}
h1{font-size:20pt;line-height:25pt}
h2{font-size:15pt;line-height:19pt;margin-top:7mm}
.measure h2{font-size:18pt;line-height:23pt;margin-top:0}
"""

_SLIDES = """
@page{size:320mm 180mm}
h1{font-size:22pt;line-height:26pt}
h2{font-size:16pt;line-height:20pt;margin-top:6mm}
.measure h2{font-size:20pt;line-height:24pt;margin-top:0}
.fact{width:110mm}
.fact+.fact{width:110mm}
.picture{clear:both;float:left;width:158mm}
.words{margin-left:165mm}
.rows{margin-top:0}
.words .row h3{float:none;width:auto}
.words .row p,.words .row ul{margin-left:0}
.facts{margin:2mm 0}
.words .row{padding:3pt 0}
.block{margin-top:2mm}
.chart.paper{width:200mm}
html{font-size:8.5pt}
h3{font-size:9.5pt;line-height:12pt}
.below{clear:both}
.one{width:54mm}
"""


def sheet(paper: str, source: str) -> str:
    """The sheet; `source` stands at the foot of each page."""
    edges = (
        {"top": "28mm", "side": "14mm", "bottom": "20mm"}
        if paper == "a4"
        else {"top": "22mm", "side": "13mm", "bottom": "15mm"}
    )
    own = _A4 if paper == "a4" else _SLIDES
    return f"{FONTS}{_COMMON}{_EDGES % (edges | {'source': quoted(source)})}{own}"


def quoted(text: str) -> str:
    """A text as a sheet takes it; what could end it is written as a number."""
    return '"' + "".join(mark if mark.isalnum() or mark in " .,:;-" else f"\\{ord(mark):x} " for mark in text) + '"'
