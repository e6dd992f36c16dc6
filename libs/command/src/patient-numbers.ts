import { Refusal, patientNumbersIn } from '#kernel';
import { isFreeText } from '#wire';
import type { Intent, NotPatientNumber } from './intent.js';

/** A text that somebody wrote, and the field it stands in. */
type Written = readonly [field: string, text: string];

/** A step as far as it is looked at here. `data` is the validated input, left out where no text in it is worth looking at. */
interface Worded {
  readonly data?: object;
  readonly why?: object;
  readonly source?: object;
}

/** Numbers that one command may say are no patient's. */
const MOST = 50;

/** Longest text that says what a number is. */
const LONGEST = 300;

/**
 * Keeps patients' numbers out of the register, which holds what public bodies decide and never who was treated (S27,
 * BR-006; UK GDPR Article 9): ten digits that may be an NHS number are refused in every text that people write. Whoever
 * is refused for another number says what it is in `notPatientNumbers`, which is kept in the envelope.
 *
 * The number itself is not repeated whole: refusals are logged.
 *
 * @param steps with the place of each in front of the names of its fields.
 * @throws Refusal `PATIENT_NUMBER`, `NOT_PATIENT_NUMBERS`.
 */
export const refusePatientNumbers = (
  { source, onBehalfOf, notPatientNumbers }: Intent,
  steps: readonly (readonly [place: string, step: Worded])[],
): void => {
  const written: Written[] = [];
  if (onBehalfOf !== undefined) written.push(['onBehalfOf', onBehalfOf]);
  if (source) written.push(...textsOf(source, 'source'));
  for (const [at, { data, why, source: own }] of steps) {
    if (data) written.push(...freeTextsOf(data, `${at}data`));
    if (why) written.push(...textsOf(why, `${at}why`));
    if (own) written.push(...textsOf(own, `${at}source`));
  }
  if (written.length === 0 && notPatientNumbers === undefined) return;
  const found = written.flatMap(([field, text]) => patientNumbersIn(text).map((number) => ({ field, ...number })));
  const excused = excusedBy(notPatientNumbers, new Set(found.map(({ digits }) => digits)));
  const refused = found.find(({ digits }) => !excused.has(digits));
  if (!refused) return;
  const shown = `${refused.written.slice(0, 3)}…${refused.written.slice(-2)}`;
  throw new Refusal(
    'PATIENT_NUMBER',
    `${refused.field} holds what may be a patient's NHS number (ten digits, the last of which fits): found ${shown}`,
    {
      field: refused.field,
      rule: 'BR-006',
      remedy:
        'leave the number out and write "a patient"; where it is the number of something else, give it in notPatientNumbers and say what it is',
    },
  );
};

/** Whether any text in a piece of data, written by people or not, holds what may be a patient's number. */
export const holdsNumbers = (data: unknown): boolean => {
  if (typeof data === 'string') return patientNumbersIn(data).length > 0;
  return typeof data === 'object' && data !== null && Object.values(data).some(holdsNumbers);
};

/** The place inside a document is not looked at: an import writes the keys of rows there. */
function textsOf(given: object, field: string): readonly Written[] {
  const texts = Object.entries(given).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== 'locator',
  );
  return texts.map(([name, text]) => [`${field}.${name}`, text]);
}

function freeTextsOf(input: object, field: string): readonly Written[] {
  return Object.entries(input).flatMap(([name, value]: [string, unknown]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((one, index): readonly Written[] => {
      const at = `${field}.${name}${Array.isArray(value) ? `[${index}]` : ''}`;
      if (typeof one === 'string') return isFreeText(input, name) ? [[at, one]] : [];
      return typeof one === 'object' && one !== null ? freeTextsOf(one, at) : [];
    });
  });
}

/** Digits that are said to be no patient's. */
function excusedBy(given: readonly NotPatientNumber[] | undefined, found: ReadonlySet<string>): ReadonlySet<string> {
  const refuse = (field: string, message: string): Refusal =>
    new Refusal('NOT_PATIENT_NUMBERS', `${field}: ${message}`, { field, rule: 'BR-006' });
  if (given === undefined) return new Set();
  if (!Array.isArray(given) || given.length > MOST)
    throw refuse('notPatientNumbers', `needed a list of at most ${MOST} numbers`);
  return new Set(
    given.map((each: NotPatientNumber, index) => {
      const field = `notPatientNumbers[${index}]`;
      const digits = typeof each?.number === 'string' ? each.number.replaceAll(/\D/g, '') : '';
      if (!found.has(digits))
        throw refuse(`${field}.number`, 'needed a number that stands in this command and may be taken for a patient’s');
      const { is } = each;
      if (typeof is !== 'string' || is.trim() === '' || is.length > LONGEST)
        throw refuse(`${field}.is`, `needed what the number is, in 1 to ${LONGEST} characters`);
      return digits;
    }),
  );
}
