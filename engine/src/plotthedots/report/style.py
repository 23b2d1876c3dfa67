"""The report's sheet: a page on screen, on a phone and on A4."""

STYLE = """
*{box-sizing:border-box}
html{font-family:Arial,"Liberation Sans",Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#212b32;background:#f0f4f5}
body{margin:0}
a{color:#005eb8}
a:focus-visible,summary:focus-visible{outline:3px solid #ffeb3b;outline-offset:2px;box-shadow:0 0 0 6px #212b32}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:#ffeb3b;padding:8px;z-index:9}
main,header{max-width:1040px;margin:0 auto;padding:0 24px}
header{padding-top:32px;padding-bottom:8px}
h1{font-size:32px;line-height:40px;margin:0 0 8px}
h2{font-size:22px;line-height:28px;margin:32px 0 12px}
h3{font-size:18px;line-height:24px;margin:24px 0 8px}
p{margin:0 0 12px}
.logo{float:right;height:48px;margin-left:24px}
.quiet{color:#4c6272}
.small{font-size:14px;line-height:20px}
.card{background:#fff;border:1px solid #d8dde0;border-radius:4px;padding:24px;margin:0 0 24px}
.scroll{overflow-x:auto}
.grid{width:100%;border-collapse:collapse;background:#fff;border:1px solid #d8dde0;table-layout:fixed;min-width:840px}
.grid th,.grid td{border:1px solid #d8dde0;padding:12px;vertical-align:top;text-align:left}
.grid th{font-weight:700}
.grid th i{font-style:normal;display:block;font-weight:400;font-size:14px;line-height:20px;color:#4c6272}
.grid th>div{display:flex;gap:10px;align-items:flex-start}
.grid th svg{flex:none}
.grid th b{display:block;line-height:20px}
.grid thead tr>:nth-child(1){width:15%}
.grid thead tr>:nth-child(3){width:25%}
.grid thead tr>:nth-child(5){width:14%}
.grid thead tr>:nth-child(6){width:13%}
.grid .good{background:#f0f7fc}
.grid .bad{background:#fdf4ec}
.count{display:block;text-align:right;font-weight:700;font-size:14px;color:#425563}
.chips,.chips ul{list-style:none;margin:0;padding:0}
.chips li{display:inline-block;margin:0 6px 6px 0;max-width:100%}
.chips a{display:block;padding:2px 10px;border:1px solid #aeb7bd;border-radius:14px;font-size:14px;line-height:20px;
color:#212b32;text-decoration:none;background:#fff;overflow-wrap:anywhere}
.chips .moved{border:2px solid #425563;padding:1px 9px}
.chips i{font-style:normal;color:#4c6272}
.chips a:hover{border-color:#212b32;text-decoration:underline}
summary{cursor:pointer;color:#005eb8;text-decoration:underline;padding:4px 0}
.list{list-style:none;margin:0;padding:0 24px}
.list li{display:flex;gap:16px;padding:14px 0;border-top:1px solid #d8dde0;align-items:flex-start}
.list li:first-child{border-top:0}
.list .n{font-size:20px;font-weight:700;color:#425563;min-width:32px;text-align:right}
.list .icons{display:flex;gap:4px;flex:none}
.list .what{flex:1;min-width:0;overflow-wrap:anywhere}
.measure h2{font-size:26px;line-height:34px;margin:0 0 8px;overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:12px 32px;align-items:center;margin:16px 0}
.fact{display:flex;gap:12px;align-items:center;flex:0 1 auto;max-width:380px}
.fact svg{flex:none}
.fact b,.fact .small,.latest b{display:block}
.latest{margin-left:auto;text-align:right}
.latest b{font-size:24px;line-height:30px}
.chart svg{width:100%;height:auto;display:block}
.chart p{margin:4px 0 0}
.middle,.narrow{display:none}
table.data{border-collapse:collapse;width:100%;font-size:14px;line-height:20px}
table.data th,table.data td{padding:5px 8px;border-bottom:1px solid #d8dde0;text-align:right;white-space:nowrap}
table.data th:first-child,table.data td:first-child{text-align:left}
table.data td:last-child,table.data th:last-child{white-space:normal;text-align:left}
table.data.phases{width:auto}
table.data.phases th,table.data.phases td{padding-right:24px}
.ghost td:last-child{color:#4c6272}
table.data thead th{color:#4c6272}
table.data thead th,table.data thead td{border-bottom:2px solid #768692}
table.data.across td,table.data.across th{text-align:right;padding:5px 6px}
table.data.across thead th{font-weight:400;font-size:13px;line-height:16px}
table.data.across tbody th{text-align:left}
.improvement td:last-child::before{content:"\\25CF  ";color:#0081c6}
.concern td:last-child::before{content:"\\25C6  ";color:#d95f02}
.neutral_high td:last-child::before{content:"\\25B2  ";color:#6a3d7c}
.neutral_low td:last-child::before{content:"\\25BC  ";color:#6a3d7c}
.advice{margin:0;padding-left:20px}
.advice li{margin:0 0 6px}
.key{display:flex;flex-wrap:wrap;gap:12px 28px;list-style:none;margin:0;padding:0}
.key li{display:flex;gap:10px;align-items:center}
footer{max-width:1040px;margin:0 auto;padding:0 24px 32px;color:#4c6272;font-size:14px}
.list+details,details.card{margin-top:24px}
.all-points{margin-top:12px}
.scroll+p{margin-top:8px}
@media (max-width:1039px){
.grid thead th>div{flex-direction:column}
}
@media (max-width:959px){
.wide{display:none}
.middle{display:block}
}
@media (max-width:559px){
.middle{display:none}
.narrow{display:block}
.narrow svg{max-width:480px}
}
@media (max-width:600px){
main,header{padding:0 16px}
header{padding-top:20px}
h1{font-size:26px;line-height:32px}
.card{margin-left:-16px;margin-right:-16px;border-radius:0;border-left:0;border-right:0;padding:16px}
.list li{flex-wrap:wrap;gap:8px 12px}
.list .what{flex-basis:100%}
.latest{margin-left:0;text-align:left}
}
@media print{
@page{size:A4;margin:16mm 14mm 18mm;
@bottom-right{content:"Page " counter(page) " of " counter(pages);font:8pt Arial,"Liberation Sans",sans-serif;color:#4c6272}}
html{background:#fff;font-size:10.5pt;line-height:1.4}
main,header,footer{max-width:none;padding:0}
.skip,.back,.all-points{display:none}
.card,.list{border:0;padding:0;margin:0 0 16px}
.scroll{overflow:visible;padding-right:1px}
.measure{break-before:page}
h1,h2,h3{break-after:avoid}
tr,.list li,.chart,.facts{break-inside:avoid}
.grid{font-size:9pt;min-width:0}
.grid th,.grid td{padding:6px}
.grid th>div,.grid thead th>div{gap:6px;flex-direction:row}
.grid th svg{width:24px;height:24px}
.chips li{margin:0 4px 4px 0}
.grid th b{font-size:8.5pt;line-height:11pt}
.grid th i,.grid td.small{font-size:7.5pt;line-height:10pt}
.chips a{font-size:8pt;padding:0 6px;line-height:13pt}
.facts{flex-wrap:nowrap}
.fact{max-width:none}
.latest{flex:none}
details::details-content{content-visibility:visible;block-size:auto}
.how,.advice,.key li{break-inside:avoid}
.list li{padding:7px 0}
.list .icons svg{width:28px;height:28px}
.list .n{font-size:13pt}
.key svg{width:28px;height:28px}
#exceptions+p,.list li:nth-child(-n+2){break-after:avoid}
summary{color:inherit;text-decoration:none;list-style:none}
a{color:inherit;text-decoration:none}
.wide,.narrow{display:none}
.middle{display:block}
}
@supports not selector(::details-content){@media print{.how{display:none}}}
""".strip()
