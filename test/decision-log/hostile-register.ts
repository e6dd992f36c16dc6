import { recordedRegister, step, type ToRecord } from './recorded-register.js';

/** Texts that a format could take for something else than text, or stumble over. */
export const HOSTILE = {
  typst: '#import "@preview/x:1.0.0": * #set page(width: 1pt) $sum_(i)$ *strong* @ref <label> `raw` // note \\u{41}',
  html: '<script>alert(1)</script><img src=x onerror=alert(2)> &amp; </title></style> ]]> <!-- x -->',
  word: '</w:t></w:r><w:r><w:t>_x0041_ %PDF-1.7 endobj &#0; {{mustache}} ${shell} `id`',
  formula: '=HYPERLINK("https://example.org";"here")',
  overridden: 'The sum is \u202e000,1£\u202c and \u2066no more\u2069',
  combining: '\u0301lone mark first, then many: Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307',
  emoji: 'Approved \u{1f469}\u200d\u{1f680} with \u{1faf6}\u{1f3fd} and 日本語 and \u{e0001}',
  arabic: 'مجلس and שלום',
} as const;

/** Twenty thousand characters, as long as a reason may be; in words, and with lines. */
export const LONG = `${'Considered at length.\n'.repeat(909)}END`.padStart(20_000, 'x').slice(0, 20_000);

/** Tags are short. */
export const tagOf = (text: string): string => [...text].slice(0, 40).join('').trim();

const everywhere = Object.values(HOSTILE).join(' ');

const decision = (id: string, data: object): ToRecord => ({
  aggregate: 'decision',
  id,
  step: step('TakeDecision', '2025-03-03', {
    takenOn: '2025-03-03',
    organisation: 'icb',
    decidedBy: ['board'],
    reference: `R-${id}`,
    ...data,
  }),
});

/** Hostile texts in names of organisations and bodies, titles, references, reasons, notes about amounts, addresses. */
export const hostileRegister = async (): Promise<string> =>
  (
    await recordedRegister([
      {
        aggregate: 'organisation',
        id: 'icb',
        step: step('RegisterOrganisation', '2022-07-01', { name: `ICB ${HOSTILE.html}`, kind: 'ICB' }),
      },
      {
        aggregate: 'body',
        id: 'board',
        step: step('EstablishBody', '2022-07-01', {
          name: `Board ${HOSTILE.typst}`,
          kind: 'ICB_BOARD',
          owners: ['icb'],
        }),
      },
      ...Object.entries(HOSTILE).map(([id, text], nth) =>
        decision(id, {
          title: text,
          reasons: everywhere,
          amount: { pence: 100 * nth },
          amountNote: text,
          tags: [tagOf(text)],
          website: `https://example.org/?q=${text}`,
          procurement: { supplier: text },
        }),
      ),
      decision('long', { title: '-1+1', reasons: LONG, note: `Unbroken ${'w'.repeat(400)}` }),
    ])
  ).folder;
