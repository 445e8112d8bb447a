"""The stylesheet of a site: the one of exported HTML pages, and rules for what only a site contains."""

from collections.abc import Iterable

from summitcli.exports.page.stylesheet import STYLE

_SITE = """
body { max-width: 60rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 0; top: 0; z-index: 2; padding: .5rem 1rem; background: var(--paper); }
body > header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem;
  padding: .25rem 0; border-bottom: 1px solid var(--line); }
body > header p { flex: 1; font-weight: 600; }
body > header p a { display: inline-block; padding: .625rem 0; color: inherit; text-decoration: none; }
body > header p.language { flex: none; font-weight: 400; }
body > header p.language a { color: var(--accent); }
body > header nav { flex-basis: 100%; }
nav { position: static; border-bottom: 0; overflow: visible; }
nav a { padding: .625rem .6rem; line-height: 1.5rem; }
nav [aria-current] { font-weight: 600; color: inherit; }
nav.hours { position: sticky; top: 0; z-index: 1; background: var(--paper);
  border-bottom: 1px solid var(--line); }
nav.pager { margin-top: 2rem; }
nav.pager ul { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin: 0; }
nav.pager .next { grid-column: 2; }
nav.pager a { height: 100%; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .4rem;
  white-space: normal; }
nav.pager small, nav.pager span { display: block; }
nav.pager span { text-wrap: balance; }
main { padding-top: 1.25rem; }
main > h1 { margin-bottom: .25rem; }
main a.plain, h3 a, h4 a { color: inherit; text-decoration-color: var(--quiet); }
article h3 a, article h4 a { padding: .15rem 0; }
ul.facts { line-height: 1.75; }
ul.facts a { padding: .25rem 0; }
ul.list, ul.columns { list-style: none; }
ul.columns { columns: 16rem; column-gap: 2rem; }
ul.list > li, ul.columns > li { position: relative; padding: .625rem 0; break-inside: avoid; }
ul.list > li { border-bottom: 1px solid var(--line); }
ul.list > li a::after, ul.columns > li a::after { content: ""; position: absolute; inset: 0; }
main > p.only-screen a { display: inline-block; padding: .625rem 0; }
h2 + p { margin: .6rem 0; }
section > h3 { padding-top: .75rem; }
section > ul:not([class]) { padding-left: 1.2rem; }
.notice { margin-top: 1rem; padding: .6rem .8rem; border-left: 4px solid var(--accent); }
.theme { font-size: 1.1rem; }
.text p { margin: .5rem 0; max-width: 42rem; white-space: pre-line; }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .35rem 1rem; margin: 1rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
dd ul, dd p { list-style: none; }
.hour { scroll-margin-top: 4rem; }
.hour > h3 { padding: 1rem 0 .25rem; color: var(--quiet); font-size: .95rem;
  font-variant-numeric: tabular-nums; }
.hour > .up { display: none; }
.grid { overflow-x: auto; margin-top: 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; line-height: 1.3; }
caption { text-align: left; color: var(--quiet); padding-bottom: .35rem; }
th, td { border: 1px solid var(--line); padding: .35rem .45rem; vertical-align: top; text-align: left;
  min-width: 6.5rem; overflow-wrap: break-word; }
thead th, tbody th { font-weight: 600; }
tbody th { min-width: 3.6rem; width: 3.6rem; font-variant-numeric: tabular-nums; }
tbody th, thead th:first-child { position: sticky; left: 0; background: var(--paper); }
td.held { border-left: 4px solid var(--category); }
td.held a { color: inherit; }
td small { display: block; font-size: inherit; white-space: nowrap; }
del { color: var(--quiet); }
.sheet h1 { font-size: 1.75rem; }
.screen { max-width: none; padding: 0 3vw 2vw; font-size: clamp(1.1rem, 2.2vw, 2.6rem); }
.screen > header { font-size: 1rem; }
.screen > header nav { display: none; }
.screen h1 { font-size: 2em; }
.screen h2 { font-size: 1.3em; }
.screen small { font-size: .7em; }
.screen .timed { grid-template-columns: 7em 1fr; }
.screen h3 { font-size: 1.15em; }
.screen .when, .screen .facts { font-size: 1em; }
@media screen and (min-width: 75rem) {
  .wide { max-width: 110rem; }
  .beside { display: grid; grid-template-columns: minmax(22rem, 2fr) minmax(0, 3fr); gap: 0 2rem;
    align-items: start; }
  .beside > section + section { position: sticky; top: 3rem; max-height: calc(100vh - 3rem);
    overflow-y: auto; } }
@media screen and (max-width: 34rem) {
  nav ul, nav.days ul, nav.hours ul { column-gap: 0; margin-left: -.3rem; }
  nav a { padding: .625rem .3rem; }
  body > header nav ul { font-size: clamp(.8rem, 3.7vw, 1rem); }
  nav.days ul, nav.hours ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.4rem, 1fr)); }
  nav.hours { position: static; }
  nav.hours ul { grid-template-columns: repeat(auto-fill, minmax(3.4rem, 1fr));
    font-variant-numeric: tabular-nums; }
  .hour { position: relative; scroll-margin-top: 0; }
  .hour > h3 { position: sticky; top: 0; z-index: 2; padding: .7rem 0; background: var(--paper); }
  .hour > .up { display: block; position: sticky; top: 0; z-index: 3; height: 0; text-align: right; }
  .up a { display: inline-block; padding: .625rem; line-height: 1.5rem;
    font-size: .9rem; transform: translateY(-100%); }
  dl { display: block; }
  dd { margin-bottom: .5rem; } }
@media (pointer: coarse) {
  article { position: relative; }
  article h3 a::after, article h4 a::after { content: ""; position: absolute; inset: 0; }
  article .facts { line-height: 2.1; }
  article .facts a { position: relative; z-index: 1; padding: .4rem 0; }
  dd:has(> a), dd:has(a) li, .links li { padding: .65rem 0; }
  dd a, .links a { padding: .8rem 0; } }
@media print {
  .skip, .only-screen, body > header nav, .language { display: none; }
  body > header { padding: 0; border: 0; }
  .text a[href^="http"]::after, dd a[href^="http"]::after { content: none; }
  @page grid { size: landscape; }
  .beside > section + section, .wide > footer { page: grid; }
  .grid { overflow: visible; }
  .grid + .grid { break-before: page; }
  table { font-size: 8pt; }
  tr { break-inside: avoid; }
  article h3 a, article h4 a, ul.facts a { padding: 0; }
  body > header p a { padding: 0; }
  ul.list > li, ul.columns > li { padding: 2pt 0; }
  th, td { min-width: 0; padding: 2pt 3pt; overflow-wrap: anywhere; }
  .sheet { font-size: 14pt; }
  .sheet h1, .again { font-size: 34pt; }
  .sheet h2 { font-size: 22pt; }
  .sheet h3 { font-size: 16pt; }
  .sheet section + section { break-before: page; }
  .sheet footer { display: none; } }
"""
"""The rules for what only a site contains, in ASCII."""

NOT_FOUND = """
:root { color-scheme: light dark; }
body { background: Canvas; color: CanvasText; }
body { max-width: 34rem; margin: 4rem auto; padding: 0 1.25rem; font: 1rem/1.5 system-ui, sans-serif; }
"""
"""The stylesheet of the page for unknown addresses.

It is written into that page, which can't link to files.
"""


def stylesheet(colors: Iterable[str]) -> str:
    """Return the stylesheet of a site, with a class such as ``.c2`` for the colour of each category."""
    rules = (f".c{number}{{--category:{color}}}\n" for number, color in enumerate(colors))
    return STYLE + _SITE + "".join(rules)
