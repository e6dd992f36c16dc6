import type { Chart } from './document.js';

/** In units of the picture, which is as wide as the page allows. */
const WIDTH = 360;
const ROW = 36;
const BAR = 14;
/** Characters of a label that fit above its bar. */
const LONGEST = 44;

/** Bars as a picture that reads itself out: a title and a sentence inside it; the figures stand in a table beside it. */
export const barChart = ({ title, alternative, bars }: Chart, id: string): string => {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const height = bars.length * ROW + 4;
  const rows = bars.map(({ label, value, text }, at) => {
    const y = at * ROW;
    const width = Math.round((value / most) * WIDTH * 1_000) / 1_000;
    return (
      `<text x="0" y="${y + 13}">${escaped(short(label))}</text>` +
      `<text x="${WIDTH}" y="${y + 13}" text-anchor="end">${escaped(text)}</text>` +
      `<rect x="0" y="${y + 18}" width="${WIDTH}" height="${BAR}" class="ground"/>` +
      `<rect x="0" y="${y + 18}" width="${width}" height="${BAR}" class="bar"/>`
    );
  });
  return (
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${id}-title ${id}-text" xmlns="http://www.w3.org/2000/svg">` +
    `<title id="${id}-title">${escaped(title)}</title><desc id="${id}-text">${escaped(alternative)}</desc>` +
    `<g aria-hidden="true">${rows.join('')}</g></svg>`
  );
};

function short(label: string): string {
  const characters = [...label.slice(0, 2 * LONGEST)];
  return characters.length <= LONGEST && label.length <= 2 * LONGEST
    ? label
    : `${characters.slice(0, LONGEST - 1).join('')}…`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
