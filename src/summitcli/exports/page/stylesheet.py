"""The stylesheet of the HTML page: light and dark, wide and narrow, screen and print.

It is ASCII only. A page may be written in an encoding that lacks some characters; these become references
such as ``&#8230;``, which don't work in a stylesheet.
"""

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --quiet: #5c6370; --line: #dcdfe4;
  --accent: #a3197f; --category: #8a8f98; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #15171a; --ink: #e4e6ea; --quiet: #9aa1ac; --line: #33373d; --accent: #f08ad6; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { max-width: 52rem; margin: 0 auto; padding: 0 1.25rem 2rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4, p, ul { margin: 0; padding: 0; }
header { padding: 2rem 0 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; }
header .other { font-size: 1.1rem; }
header .facts { margin-top: .5rem; }
.conference { font-size: 1.1rem; }
nav { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1px solid var(--line); }
nav.long { position: static; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 .25rem; margin-left: -.6rem; list-style: none; }
nav a { display: block; padding: .5rem .6rem; white-space: nowrap; text-decoration: none; }
section { padding-top: 2rem; }
h2 { font-size: 1.3rem; line-height: 1.3; scroll-margin-top: 4rem; padding-bottom: .35rem;
  border-bottom: 2px solid var(--ink); }
small { font-size: .9rem; font-weight: 400; color: var(--quiet); }
h2 small { display: inline-block; margin-left: .4rem; }
h3, h4 { font-size: 1.05rem; line-height: 1.4; font-weight: 600; }
h1, h2 { text-wrap: balance; }
h3, h4 { text-wrap: pretty; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
article a { color: inherit; text-decoration-color: var(--quiet); }
article a:hover { color: var(--accent); text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.group { padding-top: 1rem; }
.group > h3 { margin-bottom: .15rem; font-size: .95rem; }
.group h4 { font-weight: 400; }
article { padding: .55rem 0 .55rem .8rem; border-left: 4px solid var(--category);
  border-bottom: 1px solid var(--line); scroll-margin-top: 4rem; }
article:target { background: color-mix(in srgb, var(--accent) 9%, transparent); }
.group article { padding-top: .3rem; padding-bottom: .3rem; border-bottom: 0; }
.timed { display: grid; grid-template-columns: 8rem 1fr; gap: 0 .75rem; }
.when { font-variant-numeric: tabular-nums; line-height: 1.4; overflow-wrap: normal; padding-top: .05rem; }
.other { color: var(--quiet); font-size: .95rem; }
.facts { color: var(--quiet); font-size: .9rem; list-style: none; }
ul.facts { display: flex; flex-wrap: wrap; column-gap: 1rem; }
.category::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .45em;
  border: 1px solid var(--quiet); border-radius: 2px; background: var(--category); }
.room { color: var(--ink); }
.mine { color: var(--accent); }
.when .yours { display: block; }
.again { display: none; }
.sheet h1, .again { font-size: 3.5rem; line-height: 1.1; font-weight: 700; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.links { padding-left: 1.1rem; font-size: .95rem; }
.speakers article { padding-left: 0; border-left: 0; }
.speakers p { margin: .4rem 0 .6rem; max-width: 42rem; white-space: pre-line; font-size: .95rem; }
details { margin-top: .25rem; font-size: .95rem; }
summary { width: fit-content; padding: .1rem 0; color: var(--quiet); font-size: .9rem; cursor: pointer; }
details p { margin: .4rem 0 .6rem; max-width: 42rem; white-space: pre-line; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet);
  font-size: .9rem; }
@media screen and (max-width: 34rem) {
  body { padding: 0 1rem 1.5rem; }
  header { padding-top: 1.25rem; }
  h1 { font-size: 1.4rem; }
  .sheet h1 { font-size: 2rem; }
  nav { position: static; }
  h2, article { scroll-margin-top: 0; }
  h2 small { display: block; margin-left: 0; }
  .timed { display: block; } }
@media print {
  @page { margin: 14mm 14mm 16mm;
    @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; } }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.35; orphans: 3; widows: 3; }
  header { padding-top: 0; }
  nav, .calendar, .yours, .when .yours, details:not([open]) { display: none; }
  h1, h2, h3, h4, summary { break-after: avoid; }
  article { break-inside: avoid; padding: 2.5pt 0 2.5pt 6pt; }
  article:target { background: none; }
  article:has(details[open]) { break-inside: auto; }
  section { padding-top: 12pt; }
  .timed { grid-template-columns: 7.5em 1fr; }
  a { color: inherit; text-decoration: none; }
  a[href^="http"]::after { content: " " attr(href); display: block; color: var(--quiet); font-size: .8em;
    font-weight: 400; }
  footer { break-inside: avoid; }
  .sheet { font-size: 14pt; }
  .sheet h1, .again { display: block; margin-bottom: 6pt; font-size: 44pt; }
  .sheet main > section + section { break-before: page; }
  .sheet a[href^="http"]::after, .sheet section.speakers, .sheet .links { display: none; } }
"""
