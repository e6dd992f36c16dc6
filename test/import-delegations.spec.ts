import { describe, expect, it } from '@jest/globals';
import { Bench, counted } from './importing.js';

/** A scheme of delegation as spreadsheets have it: an amount and a condition in columns of their own, some blank. */
const SCHEME = `
name: scheme
file: scheme*.csv
row: [no]
subject: { aggregate: delegation, id: 'scheme:{no}' }
facts:
  - command: GrantDelegation
    effectiveOn: '2024-04-01'
    data:
      functions: ['{function}']
      grantedByName: Board
      delegateNames: ['{post}']
      limits:
        - { amount: { column: each, as: pence }, basis: PER_DECISION, vat: EXCLUDED }
        - { amount: { column: life, as: pence }, basis: WHOLE_LIFE }
      conditions:
        - { key: consult, text: 'In consultation with {with}', with: '{with}', kind: CONSULTATION, applies: EACH_DECISION }
`;
const ROWS = `no,function,post,each,life,with
1,Hiring,CEO,"£1,000.00",£5000,the chair
2,Firing,CEO,,5000,
3,Paying,CFO,,,
`;

const said = async (bench: Bench, no: number): Promise<unknown> => {
  const [event] = await bench.store.readStream(`delegation/scheme:${no}`);
  const { limits, conditions } = JSON.parse(event?.payload ?? '{}') as Record<string, unknown>;
  return { limits, conditions };
};

describe('a scheme of delegation in a table', () => {
  it('gives a limit for each amount that is there, and a condition where there is one', async () => {
    const bench = new Bench();
    expect(counted(await bench.import({ 'scheme.csv': ROWS, 'map.yaml': SCHEME }))).toEqual({ rows: 3, recorded: 3 });
    const condition = { key: 'consult', kind: 'CONSULTATION', applies: 'EACH_DECISION' };
    expect(await said(bench, 1)).toEqual({
      limits: [
        { amount: { pence: 100_000 }, basis: 'PER_DECISION', vat: 'EXCLUDED' },
        { amount: { pence: 500_000 }, basis: 'WHOLE_LIFE' },
      ],
      conditions: [{ ...condition, text: 'In consultation with the chair', with: 'the chair' }],
    });
    expect(await said(bench, 2)).toEqual({ limits: [{ amount: { pence: 500_000 }, basis: 'WHOLE_LIFE' }] });
    expect(await said(bench, 3)).toEqual({});
  });
  it('is unchanged when it is read again, and corrected where an amount was put right', async () => {
    const bench = new Bench();
    await bench.import({ 'scheme.csv': ROWS, 'map.yaml': SCHEME });
    expect(counted(await bench.import({ 'scheme.csv': ROWS, 'map.yaml': SCHEME }))).toEqual({ rows: 3, unchanged: 3 });
    const mended = ROWS.replace('Firing,CEO,,5000', 'Firing,CEO,,6000');
    expect(counted(await bench.import({ 'scheme.csv': mended, 'map.yaml': SCHEME }))).toEqual({
      rows: 3,
      corrected: 1,
      unchanged: 2,
    });
  });
  it('is refused by its mapping, before anything is recorded, where that says what there was one of once', async () => {
    const once = SCHEME.replace(/ {6}limits:[\s\S]*$/, '      limit: { column: each, as: pence }\n');
    const bench = new Bench();
    await expect(bench.import({ 'scheme.csv': ROWS, 'map.yaml': once })).rejects.toMatchObject({
      code: 'MAPPING',
      message: expect.stringMatching(/facts\[0\]\.data\.limit means nothing here: needed one of .*limits/),
    });
    expect(await bench.store.head()).toBe(-1);
  });
});
