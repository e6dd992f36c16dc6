/** A text as a string of CSS: nothing in it ends the string or the style element. */
const cssString = (text: string): string =>
  `"${[...text].map((character) => (/[A-Za-z0-9 .,:·]/.test(character) ? character : `\\${(character.codePointAt(0) ?? 0).toString(16)} `)).join('')}"`;

/** Sans serif, 12 points and more, left-aligned; the same words on paper as on a telephone. */
const SCREEN = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; font: 1rem/1.5 Arial, Helvetica, "Liberation Sans", sans-serif; color: #1b1b1b; background: #fff; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; margin: 1.5em 0 0.5em; unicode-bidi: isolate; }
h1 { font-size: 2rem; margin-top: 0.5em; }
h2 { font-size: 1.5rem; border-top: 3px solid #1b1b1b; padding-top: 0.5rem; }
h3 { font-size: 1.2rem; }
h4 { font-size: 1.05rem; }
p, li, dd { max-width: 44rem; unicode-bidi: plaintext; }
a { color: #0b4f8a; text-underline-offset: 0.15em; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.subtitle { font-size: 1.15rem; margin-top: 0; }
.handling, .notice { border: 3px solid #8a1f11; padding: 0.5rem 0.75rem; font-weight: bold; color: #6f1408; }
.lead, .note { color: #3d3d3d; }
.summary { font-size: 1.1rem; }
.scroll { overflow-x: auto; margin: 0.75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; }
caption { text-align: left; font-weight: bold; padding: 0.25rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem 0.35rem 0; border-bottom: 1px solid #8d8d8d; unicode-bidi: plaintext; min-width: 5.5rem; }
thead th { border-bottom: 2px solid #1b1b1b; }
tbody th { font-weight: normal; }
.n { text-align: right; white-space: nowrap; overflow-wrap: normal; padding-left: 0.6rem; }
article { border-left: 4px solid #6b6b6b; padding: 0 0 0 0.9rem; margin: 1.5rem 0; }
article.stub { border-left-style: double; border-left-width: 8px; }
dl { margin: 0.5rem 0; }
dl > div { display: grid; grid-template-columns: 12rem 1fr; gap: 0 1rem; padding: 0.2rem 0; border-bottom: 1px solid #d0d0d0; }
dt { font-weight: bold; grid-column: 1; }
dd { margin: 0; grid-column: 2; unicode-bidi: isolate; }
dd + dd { margin-top: 0.35rem; }
.chart { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.5rem; align-items: start; }
svg { width: 100%; max-width: 30rem; height: auto; font: 12px Arial, Helvetica, "Liberation Sans", sans-serif; }
svg .ground { fill: #e6e6e6; }
svg .bar { fill: #0b4f8a; }
footer.page { margin-top: 2rem; border-top: 1px solid #1b1b1b; color: #3d3d3d; }
@media (max-width: 40rem) {
  body { padding: 0.75rem; }
  h1 { font-size: 1.6rem; }
  .chart { grid-template-columns: minmax(0, 1fr); }
  dl > div { grid-template-columns: minmax(0, 1fr); }
  dd { grid-column: 1; }
}
`;

const print = (footer: string, handling: string): string => `
@page { size: A4; margin: 18mm 16mm 20mm;
  @bottom-left { content: ${cssString(footer)}; font: 9pt Arial, sans-serif; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 9pt Arial, sans-serif; }
  ${handling === '' ? '' : `@top-center { content: ${cssString(handling)}; font: bold 9pt Arial, sans-serif; }`}
}
@media print {
  body { max-width: none; padding: 0; font-size: 12pt; }
  .skip, footer.page { display: none; }
  a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; }
  table { font-size: 10pt; }
  th, td { min-width: 0; }
  thead th { overflow-wrap: normal; }
  thead { display: table-header-group; }
  tr, h1, h2, h3, h4, caption { break-inside: avoid; }
  h2, h3, h4, caption, .lead { break-after: avoid; }
  dl > div { break-inside: avoid-page; grid-template-columns: 45mm 1fr; }
  dd { grid-column: 2; }
  .chart { break-inside: avoid; grid-template-columns: 1fr 1fr; }
}
`;

/** The style of a page: on a screen of any width, and on paper with a footer on every sheet. */
export const pageStyle = (footer: string, handling: string): string => `${SCREEN}${print(footer, handling)}`;
