import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal } from '#kernel';

/** Bytes looked at: enough for the names of the first parts of a packed workbook. */
const LOOKED_AT = 4_096;

/** What a file that is no table and no list of commands begins with, and what to do with it. */
const KINDS: readonly (readonly [begins: RegExp, is: string, remedy: string])[] = [
  [/^PK\x03\x04[\s\S]*(\[Content_Types\]|xl\/)/, 'an Excel workbook (.xlsx)', 'save the sheet as "CSV UTF-8"'],
  [/^PK\x03\x04[\s\S]*opendocument/, 'an OpenDocument spreadsheet (.ods)', 'save the sheet as CSV, in UTF-8'],
  [/^PK\x03\x04/, 'a packed archive (.zip)', 'unpack it, and import the files that are in it'],
  [/^\xD0\xCF\x11\xE0/, 'an old Excel workbook (.xls)', 'save the sheet as "CSV UTF-8"'],
  [/^%PDF-/, 'a PDF', 'ask whoever made it for the table, as a spreadsheet or CSV'],
  [
    /^(\xEF\xBB\xBF)?\s*<(\?xml|!doctype|html|[a-z])/i,
    'XML or a web page',
    'turn it into CSV, or into lines of commands',
  ],
];

/**
 * Looks that a file is not evidently something else than what it is given as.
 *
 * @throws Refusal `FILE` that calls it by its name and says what to do.
 */
export const refuseOtherKinds = (file: string): void => {
  const found = KINDS.find(([begins]) => begins.test(beginningOf(file)));
  if (!found) return;
  const [, is, remedy] = found;
  throw new Refusal('FILE', `${basename(file)} is ${is}, not text: needed CSV; ${remedy}`, { field: file, remedy });
};

/** The first bytes, a character each. */
function beginningOf(file: string): string {
  const bytes = Buffer.alloc(LOOKED_AT);
  const opened = openSync(file, 'r');
  try {
    return bytes.toString('latin1', 0, readSync(opened, bytes, 0, LOOKED_AT, 0));
  } finally {
    closeSync(opened);
  }
}
