"""The stylesheet of a site: the one of exported HTML pages, and rules for what only a site contains."""

from collections.abc import Iterable

from summitcli.exports.page.stylesheet import STYLE

_SITE = """
body { max-width: 60rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 0; top: 0; z-index: 2; padding: .5rem 1rem; background: var(--paper); }
body > header { padding: 1rem 0 .5rem; border-bottom: 1px solid var(--line); }
body > header p { font-weight: 600; }
body > header p a { color: inherit; text-decoration: none; }
nav { position: static; border-bottom: 0; overflow: visible; }
nav ul { flex-wrap: wrap; }
nav a { padding: .35rem .6rem; }
nav [aria-current] { font-weight: 600; color: inherit; }
nav.hours { position: sticky; top: 0; z-index: 1; background: var(--paper); overflow-x: auto;
  border-bottom: 1px solid var(--line); }
nav.hours ul { flex-wrap: nowrap; }
main { padding-top: 1.25rem; }
main > h1 { margin-bottom: .25rem; }
main a.plain, h3 a, h4 a { color: inherit; text-decoration-color: var(--quiet); }
article h3 a, article h4 a, ul.facts a { display: inline-block; padding: .1rem 0; }
ul.list { list-style: none; }
ul.list > li { padding: .4rem 0; border-bottom: 1px solid var(--line); }
ul.columns { list-style: none; columns: 16rem; column-gap: 2rem; }
ul.columns > li { padding: .25rem 0; break-inside: avoid; }
h1 ~ p.only-screen a { display: inline-block; padding: .3rem 0; }
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
h3.hour { padding-top: 1rem; color: var(--quiet); font-size: .95rem; font-variant-numeric: tabular-nums; }
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
  .beside > section + section { position: sticky; top: 2.5rem; max-height: calc(100vh - 2.5rem);
    overflow-y: auto; } }
@media screen and (max-width: 34rem) {
  nav ul { column-gap: 0; }
  nav a { padding: .5rem .3rem; }
  nav ul { margin-left: -.3rem; }
  dl { display: block; }
  dd { margin-bottom: .5rem; } }
@media print {
  .skip, .only-screen, body > header nav { display: none; }
  body > header { padding: 0; border: 0; }
  @page grid { size: landscape; }
  .beside > section + section, .wide > footer { page: grid; }
  .grid { overflow: visible; }
  .grid + .grid { break-before: page; }
  table { font-size: 8pt; }
  tr { break-inside: avoid; }
  article h3 a, article h4 a, ul.facts a { display: inline; }
  th, td { min-width: 0; padding: 2pt 3pt; overflow-wrap: anywhere; }
  .sheet { font-size: 14pt; }
  .sheet .timed { grid-template-columns: 9rem 1fr; }
  .sheet h1, .again { font-size: 34pt; }
  .sheet h2 { font-size: 22pt; }
  .sheet h3 { font-size: 16pt; }
  .sheet section + section { break-before: page; }
  .sheet footer { display: none; } }
"""
"""The rules for what only a site contains, in ASCII."""

NOT_FOUND = """
:root { color-scheme: light dark; }
body { max-width: 34rem; margin: 4rem auto; padding: 0 1.25rem; font: 1rem/1.5 system-ui, sans-serif; }
"""
"""The stylesheet of the page for unknown addresses.

It is written into that page, which can't link to files.
"""


def stylesheet(colors: Iterable[str]) -> str:
    """Return the stylesheet of a site, with a class such as ``.c2`` for the colour of each category."""
    rules = (f".c{number}{{--category:{color}}}\n" for number, color in enumerate(colors))
    return STYLE + _SITE + "".join(rules)
