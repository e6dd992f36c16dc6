import type { Picture, PictureArrow, PictureBox } from './document.js';

/** Height of a line of text, and from the frame to the first of them. */
const LINE = 15;
const INSET = 8;

const FILL = { organisation: '#d6e4f0', body: '#f3f3f3', post: '#fff' } as const;

/** Boxes and arrows as a picture that reads itself out: a title and a sentence inside it; the table beside it has it all. */
export const pictureSvg = ({ title, alternative, width, height, boxes, arrows }: Picture, id: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" style="width:auto;max-width:none" role="img" aria-labelledby="${id}-title ${id}-text" xmlns="http://www.w3.org/2000/svg">` +
  `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-text">${escaped(alternative)}</desc>` +
  `<defs><marker id="${id}-head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path fill="#5a5a5a" d="M0 0 8 4 0 8z"/></marker></defs>` +
  `<g aria-hidden="true">${arrows.map((arrow) => arrowSvg(arrow, id)).join('')}${boxes.map(boxSvg).join('')}</g></svg>`;

/** From one side to another, level at both ends. */
function arrowSvg({ from, to, broken }: PictureArrow, id: string): string {
  const bend = Math.max(24, Math.round(Math.abs(to.x - from.x) / 2));
  return (
    `<path fill="none" stroke="#5a5a5a" stroke-width="1.5" d="M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}"` +
    `${broken ? ' stroke-dasharray="5 4"' : ''} marker-end="url(#${id}-head)"/>`
  );
}

function boxSvg({ x, y, width, height, frame, lines, label }: PictureBox): string {
  const round = frame === 'organisation' ? 0 : frame === 'body' ? 6 : height / 2;
  const first = y + (height - lines.length * LINE) / 2 + LINE - 4;
  const text = lines
    .map(
      (line, at) =>
        `<text x="${x + INSET + (frame === 'post' ? 4 : 0)}" y="${first + at * LINE}">${escaped(line)}</text>`,
    )
    .join('');
  return `<g><title>${escaped(label)}</title><rect fill="${FILL[frame]}" stroke="#1b1b1b" x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>${text}</g>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
