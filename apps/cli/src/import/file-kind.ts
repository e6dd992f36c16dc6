import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal } from '#kernel';

/** Bytes looked at: enough for the names of the first parts of a packed workbook. */
const LOOKED_AT = 4_096;

/** First bytes of a file that holds others, and of old Office files. */
const PACKED = Buffer.from('504b0304', 'hex').toString('latin1');
const OLD_OFFICE = Buffer.from('d0cf11e0', 'hex').toString('latin1');
const BYTE_ORDER_MARK = Buffer.from('efbbbf', 'hex').toString('latin1');

/** What is no table and no list of commands: how it begins, what else is in it, what it is, and what to do with it. */
const KINDS: readonly (readonly [begins: string, has: RegExp, is: string, remedy: string])[] = [
  [PACKED, /\[Content_Types\]|xl\//, 'an Excel workbook (.xlsx)', 'save the sheet as "CSV UTF-8"'],
  [PACKED, /opendocument/, 'an OpenDocument spreadsheet (.ods)', 'save the sheet as CSV, in UTF-8'],
  [PACKED, /^/, 'a packed archive (.zip)', 'unpack it, and import the files that are in it'],
  [OLD_OFFICE, /^/, 'an old Excel workbook (.xls)', 'save the sheet as "CSV UTF-8"'],
  ['%PDF-', /^/, 'a PDF', 'ask whoever made it for the table, as a spreadsheet or CSV'],
  ['<', /^<(\?xml|!doctype|html|[a-z])/i, 'XML or a web page', 'turn it into CSV, or into lines of commands'],
];

/**
 * Looks that a file is not evidently something else than what it is given as.
 *
 * @throws Refusal `FILE` that calls it by its name and says what to do.
 */
export const refuseOtherKinds = (file: string): void => {
  const beginning = beginningOf(file);
  const found = KINDS.find(([begins, has]) => beginning.startsWith(begins) && has.test(beginning));
  if (!found) return;
  const [, , is, remedy] = found;
  throw new Refusal('FILE', `${basename(file)} is ${is}, not text: needed CSV; ${remedy}`, { field: file, remedy });
};

/** The first bytes, a character each, behind a byte order mark and white space. */
function beginningOf(file: string): string {
  const bytes = Buffer.alloc(LOOKED_AT);
  const opened = openSync(file, 'r');
  try {
    const text = bytes.toString('latin1', 0, readSync(opened, bytes, 0, LOOKED_AT, 0));
    return (text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text).trimStart();
  } finally {
    closeSync(opened);
  }
}
