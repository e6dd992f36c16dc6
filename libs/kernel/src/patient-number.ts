/** Digits of an NHS number, the last of which checks the others. */
const LENGTH = 10;

/** A number that may be a patient's: as somebody wrote it, and its ten digits. */
export interface PatientNumber {
  readonly written: string;
  readonly digits: string;
}

/** Ten digits with any spaces between and no further digits beside. */
const SPACED = /(?<!\d[.,]?)(?<!\d[ \t]{1,3})\d(?:[ \t]{0,3}\d){9}(?![ \t]{0,3}\d)(?![.,]\d)/g;

/** As NHS numbers are printed: three, three and four, also beside other numbers. */
const PRINTED = /(?<![\d.,-])\d{3}(?: {1,3}|[-.])\d{3}(?: {1,3}|[-.])\d{4}(?!\d|[.,-]\d)/g;

/** What number it is, where that is said right before it. Words that say nothing of it may stand between. */
const SAID =
  /(?:^|[^\p{L}\p{N}])(?:(?<patient>nhs|patient)|tel|telephone|phone|fax|mobile|helpline|switchboard|textphone|isbn|issn|company|charity|registration|utr|vat|notice|tender|contract|framework|invoice|order|uprn|usrn|account|policy|licence|barcode|gtin|orcid|doi)s?(?:[\s:#=()./-]|(?:no|nr|num|number|ref|reference|id|code|is|of|on|under)(?=[^\p{L}\p{N}]|$))*$/iu;

/** A number that goes on to the left: a code, an amount, an address of the web, a telephone number with its country. */
const BELONGS_TO_MORE = /(?:[£$€]\s?|\+\d{1,3}[\s()\d-]*|[\p{L}_]|\w+[/\\:=-]|[?&#])$/u;

/** Whether it is worth looking: nearly every text has too few. */
function hasTenDigits(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 48 && unit <= 57) digits += 1;
  }
  return digits >= LENGTH;
}

/** What has no other digits, spaces and hyphens than everybody's, and nothing that nobody sees. */
const isAscii = (text: string): boolean => !/[\u0080-\uffff]/.test(text);

/**
 * The NHS numbers in a text: ten digits, with or without spaces, the last of which is the right check digit (modulus 11;
 * NHS Data Dictionary, "NHS NUMBER"). What is evidently something else is passed over: a telephone number (none of the
 * NHS begins with 0), an amount, a piece of a code or a web address, and a number that is said to be that of a company, a
 * notice, a contract, a book.
 *
 * A number may look like one by chance, one in eleven of ten digits does: whoever refuses it lets people say what it is.
 */
export const patientNumbersIn = (text: string): readonly PatientNumber[] => {
  const normal = isAscii(text) ? text : text.normalize('NFKC');
  if (!hasTenDigits(normal)) return [];
  const plain = isAscii(normal) ? normal : plainly(normal);
  const found = new Map<number, PatientNumber>();
  for (const pattern of [SPACED, PRINTED]) {
    for (const { 0: written, index } of plain.matchAll(pattern)) {
      const digits = written.replaceAll(/\D/g, '');
      if (
        isPatientNumber(digits) &&
        !isSomethingElse(plain.slice(Math.max(0, index - 80), index), plain.slice(index + written.length))
      ) {
        found.set(index, { written, digits });
      }
    }
  }
  return [...found.values()];
};

/** With spaces and hyphens as keys make them, and without what nobody sees. */
const plainly = (text: string): string =>
  text
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll(/\p{Pd}/gu, '-');

/** True for ten digits that an NHS number may have. */
export const isPatientNumber = (digits: string): boolean => {
  if (digits.length !== LENGTH || digits.startsWith('0')) return false;
  let sum = 0;
  for (let place = 0; place < LENGTH - 1; place++) sum += Number(digits[place]) * (LENGTH - place);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[LENGTH - 1]);
};

function isSomethingElse(before: string, after: string): boolean {
  const said = SAID.exec(before);
  if (said) return said.groups?.['patient'] === undefined;
  if (/nhs$/i.test(before)) return false;
  return BELONGS_TO_MORE.test(before) || /^[\p{L}_]/u.test(after);
}
