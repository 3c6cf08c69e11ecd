"""How a dossier looks, on the screen and on paper; the same sheet makes the PDF."""

_COLOURS = """
:root { --ink: #1d2430; --soft: #586273; --line: #d5dae2; --page: #ffffff; --tint: #f5f7fa; --accent: #1f4f8f;
  --verified: #17693a; --disputed: #a32020; --unverified: #7a5200; --undecided: #4c5666; --mark: #fff0b8; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #a5afbf; --line: #3a4453; --page: #14181f;
  --tint: #1c222c; --accent: #8fb8f2; --verified: #6fcf97; --disputed: #ff9a92; --unverified: #eab95a; --undecided: #b3bdcc;
  --mark: #57480e; } }
"""
_TEXT = """
* { box-sizing: border-box; }
html { font-size: 17px; color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); line-height: 1.55; font-size: 1rem;
  font-family: "Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue", Arial, "Noto Sans Arabic", "Noto Sans Hebrew",
  "Noto Sans CJK JP", sans-serif; overflow-wrap: break-word; }
header, main, footer, .contents { max-width: 58rem; margin: 0 auto; padding: 0 1.5rem; }
p, ul, ol, dl, blockquote, figure, table { margin: 0 0 0.8rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0 0 0.6rem; }
h1 { font-size: 2.2rem; letter-spacing: -0.01em; }
h2 { font-size: 1.5rem; margin-top: 3rem; padding-bottom: 0.3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.15rem; margin-top: 1.6rem; }
h4 { font-size: 0.82rem; margin-top: 1.2rem; text-transform: uppercase; letter-spacing: 0.06em; color: var(--soft); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.82em; overflow-wrap: anywhere; }
ul, ol { padding-inline-start: 1.4rem; } li { margin-bottom: 0.35rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: 0.5rem; }
.soft, .small { color: var(--soft); } .small { font-size: 0.88rem; } .lead { font-size: 1.1rem; }
.over { color: var(--soft); text-transform: uppercase; letter-spacing: 0.12em; font-size: 0.82rem; margin: 3.5rem 0 0.6rem; }
dl.facts { margin: 1.5rem 0; border-top: 1px solid var(--line); }
dl.facts div { padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
dl.facts dt { float: left; width: 13rem; color: var(--soft); } dl.facts dd { margin: 0 0 0 13.5rem; }
dl.words dt { font-weight: 600; margin-top: 0.6rem; } dl.words dd { margin: 0; }
nav ol { list-style: none; padding: 0; margin: 0; } nav li { margin: 0.2rem 0; } nav ol ol { padding-inline-start: 1.5rem; }
nav ol ol li { font-size: 0.92rem; }
"""
_PARTS = """
.g { font-family: "DejaVu Sans", "Segoe UI Symbol", "Noto Sans Symbols", "Noto Sans Math", sans-serif; }
td .badge { white-space: normal; } td .badge b { min-width: 0; }
.badge { font-weight: 650; white-space: nowrap; } .badge b { display: inline-block; min-width: 1.1em; text-align: center; }
.verified { color: var(--verified); } .disputed { color: var(--disputed); }
.unverified { color: var(--unverified); } .undecided { color: var(--undecided); }
ul.tiles { list-style: none; padding: 0; margin: 1.2rem 0; } ul.tiles li { display: inline-block; width: 23%; min-width: 9.5rem;
  margin: 0 1% 0.6rem 0; padding: 0.7rem 0.9rem; border: 1px solid currentColor; border-radius: 6px; vertical-align: top; }
ul.tiles .disputed { border-radius: 0; border-width: 2px; } ul.tiles .unverified { border-style: dashed; }
ul.tiles .undecided { border-style: dotted; } ul.tiles strong { display: block; font-size: 1.9rem; line-height: 1.1; }
ul.points { list-style: none; padding: 0; } ul.points li { padding: 0.55rem 0; border-top: 1px solid var(--line); margin: 0; }
ul.points .more { display: block; color: var(--soft); font-size: 0.92rem; }
.claim { margin: 0 0 2.2rem; padding-top: 1.4rem; border-top: 1px solid var(--line); }
.claim h3 { margin-top: 0; } .claim h3 .no { color: var(--soft); font-weight: 400; margin-inline-end: 0.35em; }
.ruling { border-inline-start: 5px solid currentColor; background: var(--tint); padding: 0.7rem 1rem; margin: 0 0 1rem; }
.ruling.disputed { border-inline-start-style: double; border-inline-start-width: 7px; }
.ruling.unverified { border-inline-start-style: dashed; } .ruling.undecided { border-inline-start-style: dotted; }
.ruling p { margin: 0 0 0.25rem; color: var(--ink); } .ruling .first { color: inherit; font-size: 1.05rem; }
.ruling .soft { color: var(--soft); } .note { white-space: pre-wrap; unicode-bidi: plaintext; }
figure { margin: 0 0 1rem; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
figure.conflicts { border-inline-start: 5px double var(--disputed); } figure.differs { border-inline-start-style: dashed; }
figcaption { font-size: 0.92rem; } figcaption .state { font-weight: 600; white-space: nowrap; }
blockquote { margin: 0.25rem 0; white-space: pre-wrap; unicode-bidi: isolate; font-size: 1.05rem; text-align: start;
  font-family: "Noto Serif", "DejaVu Serif", Georgia, "Times New Roman", "Noto Naskh Arabic", "Noto Serif Hebrew",
  "Noto Serif CJK JP", serif; }
blockquote[dir=rtl] { direction: rtl; } blockquote[dir=ltr] { direction: ltr; }
mark { background: var(--mark); color: inherit; text-decoration: underline; text-decoration-thickness: 2px;
  text-underline-offset: 0.18em; }
.tag { display: inline-block; border: 1px dashed currentColor; border-radius: 4px; padding: 0 0.4em; font-size: 0.82rem;
  color: var(--soft); } bdi { unicode-bidi: isolate; }
.scroll { overflow-x: auto; margin-bottom: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.86rem; line-height: 1.35; table-layout: fixed; }
caption { text-align: start; font-weight: 600; padding: 0.4rem 0; } th, td { border: 1px solid var(--line); padding: 0.4rem 0.5rem;
  text-align: start; vertical-align: top; } thead th { background: var(--tint); } tbody th { font-weight: 400; }
th.claim-column { width: 30%; } th.verdict-column { width: 7.2rem; } td.conflicts { color: var(--disputed); font-weight: 600;
  border: 2px solid var(--disputed); } td.differs { border-style: dashed; border-color: var(--soft); } td.faint { color: var(--soft); }
td .shown { display: block; font-weight: 400; color: var(--ink); } td .shown, .claim-column { unicode-bidi: plaintext; }
.source { margin-bottom: 1.4rem; } .source h3 { margin-bottom: 0.3rem; } .source dl.facts { margin: 0.3rem 0; }
.source dl.facts, dl.tight { font-size: 0.9rem; } footer { margin-top: 3rem; padding-bottom: 3rem; }
dl.tight { margin: 0.2rem 0 0.6rem; } dl.tight div { margin: 0; } dl.tight dt { display: inline; color: var(--soft); }
dl.tight dt::after { content: ": "; } dl.tight dd { display: inline; margin: 0; }
dl.inline div { display: inline; } dl.inline div + div::before { content: " · "; color: var(--soft); }
"""
_PAPER = """
@page { size: A4; margin: 20mm 18mm 20mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8.5pt;
  color: #586273; } @bottom-left { content: string(title); font-size: 8.5pt; color: #586273; } }
@page :first { @bottom-left { content: ""; } @bottom-right { content: ""; } }
@media print {
html { font-size: 9.5pt; } body { line-height: 1.45; } header, main, footer, .contents { max-width: none; padding: 0; }
h1 { font-size: 24pt; string-set: title content(); } h2 { font-size: 15pt; margin-top: 9mm; } h3 { font-size: 11.5pt; }
h1, h2, h3, h4, caption, figcaption { break-after: avoid; } header {  } .over { margin-top: 25mm; }
#contents, #summary, .big { break-before: page; } #contents h2, #summary h2, .big h2 { margin-top: 0; }
.skip { display: none; } a { color: inherit; } p, li, blockquote { orphans: 3; widows: 3; }
figure, .ruling, ul.points li, ul.tiles li, .source, tr, dl.facts div { break-inside: avoid; } .claim > .small { break-after: avoid; } thead { display: table-header-group; }
table { font-size: 8pt; } .scroll { overflow: visible; } th.verdict-column { width: 22mm; }
nav a { text-decoration: none; } nav a::after { content: leader(".") target-counter(attr(href url), page); color: #586273; }
dl.facts dt { width: 46mm; } dl.facts dd { margin-left: 48mm; } ul.tiles li { min-width: 0; }
}
"""

STYLE = f"{_COLOURS}{_TEXT}{_PARTS}{_PAPER}"
"""The style sheet."""
