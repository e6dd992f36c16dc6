import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordAll, type Fact } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';
import { logOf, streamedOf, textsOf } from './log-of.js';

/** Found in no output that the public sees. */
const CANARY = 'CANARY';

const taken = (id: string, data: object = {}): Fact => [
  'TakeDecision',
  id,
  '2025-03-03',
  {
    title: `Title of ${id}`,
    takenOn: '2025-03-03',
    organisation: 'icb',
    decidedBy: ['board'],
    reference: `R-${id}`,
    amount: { pence: 100 },
    ...data,
  },
];
const secret = (id: string): Fact =>
  taken(id, {
    title: `${CANARY} title`,
    text: `${CANARY} text`,
    note: `${CANARY} note`,
    amount: { pence: 77_777_700 },
    supersedes: 'open',
  });

let api: RunningApi;
let last: number;
beforeAll(async () => {
  api = await runApi();
  const receipt = await recordAll(api, [
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'County ICB', kind: 'ICB' }],
    ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
    taken('open'),
    secret('exempt'),
    [
      'ClassifyDecision',
      'exempt',
      '2025-03-03',
      {
        disclosure: 'EXEMPT',
        ground: 'LGA_12A_3',
        reviewOn: '2026-03-03',
        publicTitle: 'A contract',
        reasoning: `${CANARY} reasoning`,
      },
    ],
    secret('zq-77'),
    ['ClassifyDecision', 'zq-77', '2025-03-03', { disclosure: 'CONFIDENTIAL', ground: 'LGA_100A' }],
    taken('amount', { amount: { pence: 77_777_700 }, note: `${CANARY} note`, reasons: 'Open reasons.' }),
    [
      'ClassifyDecision',
      'amount',
      '2025-03-03',
      { disclosure: 'EXEMPT', ground: 'FOIA_43', fields: ['amount', 'note'] },
    ],
    taken('pointing', { supersedes: 'zq-77' }),
    taken('penny', { amount: { pence: 1, words: '0.01' } }),
    ['SupersedeDecision', 'open', '2025-03-04', { by: 'zq-77' }],
  ]);
  last = receipt.position;
  await api.runtime.register.waitFor(last, 10_000);
});
afterAll(() => api.close());

const question = { for: 'board', about: ['icb'] };

describe('a log for the public', () => {
  it('has a stub that keeps its number, leaves out what is confidential, and adds up nothing that is withheld', async () => {
    const log = await logOf(api, question);
    const { html, csv, json } = await textsOf(log);
    for (const text of [html, csv, json, JSON.stringify(log), ...Object.values(await streamedOf(api, question))]) {
      expect(text).not.toContain(CANARY);
      expect(text).not.toMatch(/777[,.]?777|77777700/);
      expect(text).not.toContain('R-zq-77');
    }
    expect(log.head.figures).toMatchObject({ decisions: 5, withheld: 1, amountShown: 200, withAmount: 2 });
    expect(csv).toMatch(/R-penny.*,placeholder,/);
    expect(html).toContain('£0.01 (“0.01”, a placeholder)');
    expect(csv).toContain('R-exempt');
    expect(csv).toContain('A contract');
    expect(html).toContain('Schedule 12A, paragraph 3');
    expect(html).toContain('Amount: Section 43: commercial interests.');
  });

  it('does not tell the id of what is confidential where another decision points to it', async () => {
    const { html, csv, json } = await textsOf(await logOf(api, question));
    for (const text of [html, csv, json]) expect(text).not.toMatch(/zq-77/);
  });
});

describe('a log for officers', () => {
  it('has everything, and says on every page that it is not for publication', async () => {
    const log = await logOf(api, { ...question, reader: 'officers' });
    const { html } = await textsOf(log);
    expect(log.head.figures).toMatchObject({ decisions: 6, withheld: 0 });
    expect(html).toContain(`${CANARY} text`);
    expect(log.head.handling).toContain('Not for publication');
  });
});
