import { CONFIGURATION_TABLE } from './configuration.js';

const BEGIN = '<!-- settings: written by scripts/write-configuration-table.mjs -->';
const END = '<!-- end of settings -->';

/** A page with the table of settings between its marks brought up to date. @throws Error where the page has no marks. */
export const configurationPage = (page: string): string => {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n\n${configurationTable()}\n\n${END}${after}`;
};

/** All settings as a Markdown table, its columns aligned as the formatter does. */
export const configurationTable = (): string => {
  const rows = CONFIGURATION_TABLE.map(({ name, default: without, meaning, example }) => [
    `\`${name}\``,
    /^not set|^on in/.test(without) ? without : `\`${without}\``,
    meaning,
    `\`${example}\``,
  ]);
  const table = [['variable', 'default', 'meaning', 'example'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(table[0] ?? []), rule, ...table.slice(1).map(line)].join('\n');
};
