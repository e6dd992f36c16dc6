import { describe, expect, it } from '@jest/globals';
import { isPatientNumber, patientNumbersIn } from './patient-number.js';

const found = (text: string): readonly string[] => patientNumbersIn(text).map(({ digits }) => digits);

describe('NHS numbers in a text', () => {
  it.each([
    '9434765919',
    'Funding for 943 476 5919 agreed',
    'Funding for 943-476-5919.',
    'patient 943\u00A0476\u00A05919, aged 7',
    'NHS no. 94 34 76 59 19',
    'NHS number:9434765919',
    'NHS9434765919',
    'no telephone call with the family of 943 476 5919 was made',
    'the contract for patient 943 476 5919',
    'on day 3 943 476 5919 moved',
    '(9434765919)',
    'two: 943 476 5919; and 943 476 5919 again',
    '９４３ ４７６ ５９１９',
    '943\u200B476\u200B5919',
    'hers is 943  476  5919',
    '943.476.5919',
    '943–476–5919',
    'line one\n9434765919\nline three',
    'ward 12, 9434765919, discharged',
  ])('are found: %j', (text) => {
    expect(new Set(found(text))).toEqual(new Set(['9434765919']));
    expect(new Set(found(`“Ōtāutahi” – ${text} – “½”`))).toEqual(new Set(['9434765919']));
  });

  it.each([
    ['another check digit', '9434765918'],
    ['nine digits', '943476591'],
    ['eleven digits', '94347659190'],
    ['a telephone number with its country', 'Call +44 943 476 5919'],
    ['a telephone number with its country, in brackets', '+44 (0) 943 476 5919'],
    ['a telephone number that is said to be one', 'Tel: 943 476 5919'],
    ['a telephone number that is said to be one', 'telephone number 9434765919'],
    ['a telephone number by its first digit', '0145242606'],
    ['an amount', '£9434765919'],
    ['an amount with a fraction', '9434765919.50'],
    ['a fraction', '0.9434765919'],
    ['a number with commas', '9,434,765,919'],
    ['a company', 'company number 9434765919'],
    ['a notice', 'Contract award notice 9434765919'],
    ['a notice', 'notice no. 9434765919'],
    ['a book', 'ISBN 9434765919'],
    ['a code', 'RX9434765919'],
    ['a code', '9434765919A'],
    ['a code', 'ocds-h6vhtk-9434765919'],
    ['a web address', 'https://example.org/minutes/9434765919'],
    ['a web address', 'https://example.org/?id=9434765919'],
    ['a date and a time', '2025-04-10 09:30'],
    ['nothing', ''],
  ])('are not found in what is evidently something else: %s, %j', (_what, text) => {
    expect(found(text)).toEqual([]);
  });

  it('are told by their check digit: one in eleven of ten digits', () => {
    const ten = Array.from({ length: 11_000 }, (_, index) => String(4_000_000_000 + index));
    const share = ten.filter(isPatientNumber).length / ten.length;
    expect(share).toBeGreaterThan(0.085);
    expect(share).toBeLessThan(0.095);
    expect(isPatientNumber('4010232137')).toBe(true);
  });

  it('takes a long text in its stride', () => {
    expect(found('1 '.repeat(100_000))).toEqual([]);
    expect(found(`${'tel '.repeat(20_000)}943 476 5919`)).toEqual([]);
  });
});
