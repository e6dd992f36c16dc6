import { figuresOf } from './chart-figures.js';
import type {
  Block,
  Chart,
  Detail,
  DocumentHead,
  Line,
  Picture,
  PrintedEntry,
  RegisterDocument,
  Section,
  Table,
} from './document.js';
import { pageStyle } from './html-style.js';
import { barChart } from './svg-chart.js';
import { pictureSvg } from './svg-picture.js';

/**
 * A document as one HTML file: everything is in it, no script runs and nothing is asked for from elsewhere. In pieces, so
 * that nobody has to hold the whole text.
 */
export function* htmlOf({ head, sections }: RegisterDocument): Generator<string, void> {
  yield opening(head.title, pageStyle(head.footer, head.handling), head);
  yield '<main id="content">\n';
  yield frontPage(head);
  yield contents(sections);
  for (const section of sections) yield* sectionHtml(section);
  yield `</main>\n<footer class="page"><p>${escaped(head.footer)}</p></footer>\n</body>\n</html>\n`;
}

/** The beginning of a page, up to its skip link. */
export const opening = (title: string, style: string, head?: DocumentHead): string =>
  [
    '<!DOCTYPE html>',
    '<html lang="en-GB">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    ...(head
      ? [
          meta(head.called === undefined ? 'decision-log' : 'document', head.id),
          meta('register-position', String(head.basis.position)),
        ]
      : []),
    ...(head?.basis.rootHash ? [meta('register-root-hash', head.basis.rootHash)] : []),
    `<title>${escaped(head?.period ? `${title}, ${head.period.words}` : title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#content">Skip to the content</a>',
    '',
  ].join('\n');

const meta = (name: string, content: string): string => `<meta name="${name}" content="${escaped(content)}">`;

export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const paragraphs = (text: string): string => escaped(text).replaceAll('\n', '<br>');

export const lineHtml = ({ text, href }: Line): string =>
  href === undefined ? paragraphs(text) : `<a href="${escaped(href)}">${paragraphs(text)}</a>`;

/** A description list. */
export const detailsHtml = (details: readonly Detail[]): string =>
  `<dl>\n${details
    .map(
      ({ label, values }) =>
        `<div><dt>${escaped(label)}</dt>${values.map((value) => `<dd>${lineHtml(value)}</dd>`).join('')}</div>\n`,
    )
    .join('')}</dl>\n`;

function frontPage(head: DocumentHead): string {
  const { title, subtitle, handling, notices, particulars, summary, changes, called = 'log' } = head;
  return [
    '<header class="front">',
    handling === '' ? '' : `<p class="handling">${escaped(handling)}</p>`,
    `<h1>${escaped(title)}</h1>`,
    `<p class="subtitle">${escaped(subtitle)}</p>`,
    ...notices.map((notice) => `<p class="notice">${escaped(notice)}</p>`),
    '</header>',
    '<section aria-labelledby="summary">',
    '<h2 id="summary">Summary</h2>',
    `<ul class="summary">${summary.map((sentence) => `<li>${escaped(sentence)}</li>`).join('')}</ul>`,
    '</section>',
    ...(changes
      ? [
          '<section aria-labelledby="changes">',
          '<h2 id="changes">What changed since the last log</h2>',
          `<ul>${changes.map((sentence) => `<li>${escaped(sentence)}</li>`).join('')}</ul>`,
          '</section>',
        ]
      : []),
    '<section aria-labelledby="about">',
    `<h2 id="about">About this ${called}</h2>`,
    detailsHtml(particulars),
    '</section>',
    '',
  ].join('\n');
}

const contents = (sections: readonly Section[]): string =>
  `<nav class="contents" aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n<ol>\n${sections
    .map(
      ({ id, title, nothing }) =>
        `<li><a href="#${id}">${escaped(title)}</a>${nothing === undefined ? '' : ' (nothing to report)'}</li>\n`,
    )
    .join('')}</ol>\n</nav>\n`;

function* sectionHtml({ id, number, title, lead, nothing, blocks }: Section): Generator<string, void> {
  yield `<section class="part" aria-labelledby="${id}">\n<h2 id="${id}">${number}. ${escaped(title)}</h2>\n`;
  if (lead !== '') yield `<p class="lead">${escaped(lead)}</p>\n`;
  if (nothing !== undefined) yield `<p>${escaped(nothing)}</p>\n`;
  for (const [at, block] of blocks.entries()) yield* blockHtml(block, `${id}-${at + 1}`);
  yield '</section>\n';
}

/** @param id unique in the document, for what is inside the block. */
function* blockHtml(block: Block, id: string): Generator<string, void> {
  switch (block.kind) {
    case 'heading':
      yield `<h3>${escaped(block.text)}</h3>\n`;
      return;
    case 'paragraph':
      yield `<p>${paragraphs(block.text)}</p>\n`;
      return;
    case 'list':
      yield `<ul>${block.items.map((item) => `<li>${lineHtml(item)}</li>`).join('')}</ul>\n`;
      return;
    case 'definitions':
      yield detailsHtml(block.items);
      return;
    case 'table':
      yield tableHtml(block, id);
      return;
    case 'chart':
      yield chartHtml(block, id);
      return;
    case 'picture':
      yield pictureHtml(block, id);
      return;
    case 'entries':
    case 'decisions':
      yield `<h3>${escaped(block.title)}</h3>\n${tableHtml(block.table, id)}`;
      for (const entry of block.entries) yield entryHtml(entry);
      return;
  }
}

/** A table that scrolls inside its own region where the page is narrow. */
function tableHtml({ caption, columns, rows, note }: Table, id: string): string {
  const heads = columns
    .map(({ title, numeric }) => `<th scope="col"${numeric ? ' class="n"' : ''}>${escaped(title)}</th>`)
    .join('');
  const cell = (value: Line, at: number): string => {
    const column = columns[at];
    if (column?.heads) return `<th scope="row">${lineHtml(value)}</th>`;
    return `<td${column?.numeric ? ' class="n"' : ''}>${lineHtml(value)}</td>`;
  };
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>\n`).join('');
  return (
    `<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0">\n<table>\n` +
    `<caption id="${id}-caption">${escaped(caption)}</caption>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${body}</tbody>\n</table>\n</div>\n` +
    (note === undefined ? '' : `<p class="note">${escaped(note)}</p>\n`)
  );
}

function chartHtml(chart: Chart, id: string): string {
  const picture = barChart(chart, `${id}-chart`);
  return `<h3>${escaped(chart.title)}</h3>\n<div class="chart">\n${picture}\n<div>${tableHtml(figuresOf(chart), id)}</div></div>\n`;
}

const pictureHtml = (picture: Picture, id: string): string =>
  `<h3>${escaped(picture.title)}</h3>\n<p>${escaped(picture.alternative)}</p>\n` +
  `<div class="scroll picture" role="region" aria-label="${escaped(picture.title)}" tabindex="0">\n${pictureSvg(picture, `${id}-picture`)}\n</div>\n` +
  tableHtml(picture.table, id);

const entryHtml = ({ anchor, heading, kind, details }: PrintedEntry): string =>
  `<article class="${kind}" aria-labelledby="${anchor}">\n<h4 id="${anchor}">${escaped(heading)}</h4>\n${detailsHtml(details)}</article>\n`;
