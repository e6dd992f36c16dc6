import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusalIn } from './recorder.js';
import { runRecordedApi, type RecordedApi } from './recorded-api.js';

let api: RecordedApi;
beforeAll(async () => {
  api = await runRecordedApi();
});
afterAll(() => api.close());

describe('what changed between two moments', () => {
  const changes = (args: string, fields: string): Promise<readonly Record<string, unknown>[]> =>
    api.nodes(`{ changesBetween(${args}) { edges { node { ${fields} } } } }`);

  it('is late from the day after, in London: not on the day it takes effect', async () => {
    expect(await changes('from: 4, to: 6', 'position recordedAt effectiveOn late daysLate')).toEqual([
      { position: 5, recordedAt: '2024-07-01T22:59:59.999Z', effectiveOn: '2024-07-01', late: false, daysLate: 0 },
      { position: 6, recordedAt: '2024-07-01T23:00:00.000Z', effectiveOn: '2024-07-01', late: true, daysLate: 1 },
    ]);
    const summary = await api.data(
      '{ changesBetween(from: 4, to: 6) { summary { recorded corrected annulled late } } }',
    );
    expect(summary).toEqual({ changesBetween: { summary: { recorded: 2, corrected: 0, annulled: 0, late: 1 } } });
  });

  it('begins after the first moment and ends with the last, as positions, instants and days', async () => {
    const positions = async (from: string, to: string): Promise<unknown> =>
      (await changes(`from: ${from}, to: ${to}`, 'position')).map(({ position }) => position);
    expect(await positions('5', '7')).toEqual([6, 7]);
    expect(await positions('"2024-07-01T22:59:59.999Z"', '"2024-09-01T09:00:00Z"')).toEqual([6, 7]);
    expect(await positions('"2024-07-01"', '"2024-09-01"')).toEqual([6, 7]);
    expect(await positions('7', '7')).toEqual([]);
  });

  it('tells of each what it is about, what it says and what it put right', async () => {
    const [corrected] = await changes(
      'from: 6, to: 7',
      'subject aggregate title kind sentence recordedBy why { kind reason } earlier { position effectiveOn } daysLate',
    );
    expect(corrected).toEqual({
      ...{ subject: 'appointment/chair', aggregate: 'APPOINTMENT', kind: 'CORRECTED', recordedBy: 'Ada Clerk' },
      title: 'Carole Allaway-Martin, Chair of the Gloucestershire Health and Wellbeing Partnership',
      sentence:
        'Corrected: Carole Allaway-Martin was appointed Chair of the Gloucestershire Health and Wellbeing Partnership.',
      why: { kind: 'ERROR', reason: 'the minutes say 1 May' },
      earlier: { position: 4, effectiveOn: '2024-06-01' },
      daysLate: 123,
    });
  });

  it('counts them all, leaving out what the register writes for itself', async () => {
    const asked = '{ recorded corrected annulled reportedAsCorrections late }';
    const { changesBetween } = await api.data<{ changesBetween: object }>(
      `{ changesBetween(from: 0, to: "2024-12-31", first: 2) {
        totalCount summary ${asked} pageInfo { hasNextPage } basis { from { asKnownAt position } to { asKnownAt position recordedAt } } } }`,
    );
    expect(changesBetween).toEqual({
      totalCount: 12,
      summary: { recorded: 10, corrected: 1, annulled: 1, reportedAsCorrections: 2, late: 6 },
      pageInfo: { hasNextPage: true },
      basis: {
        from: { asKnownAt: '0', position: 0 },
        to: { asKnownAt: '2024-12-31', position: 13, recordedAt: '2024-11-01T09:00:00.000Z' },
      },
    });
    const kept = await changes('from: 0, to: "2024-12-31", first: 100', 'aggregate subject');
    expect(kept.length).toBe(12);
  });

  it('can be narrowed to one kind of subject, page by page', async () => {
    const args = 'from: 0, to: "2024-12-31", aggregate: DECISION';
    const all = (await changes(args, 'position kind')).map(({ position, kind }) => [position, kind]);
    expect(all.map(([, kind]) => kind)).toEqual(['RECORDED', 'RECORDED', 'ANNULLED', 'RECORDED']);
    const after = String(all[1]?.[0]);
    expect((await changes(`${args}, after: "${after}"`, 'position')).map(({ position }) => position)).toEqual(
      all.slice(2).map(([position]) => position),
    );
    expect(await api.data(`{ changesBetween(${args}) { totalCount } }`)).toEqual({ changesBetween: { totalCount: 4 } });
  });

  it.each([
    ['from: 7, to: 6', 'RANGE_BACKWARDS', 'from'],
    ['from: 0, to: 9999', 'BASIS_BEYOND_HEAD', 'to'],
    ['from: 9999', 'BASIS_BEYOND_HEAD', 'from'],
    ['from: 0, first: 101', 'PAGE_SIZE', 'first'],
    ['from: 0, after: "x"', 'NOT_A_CURSOR', 'after'],
  ])('is refused for %s', async (args, code, field) => {
    expect(refusalIn(await api.ask(`{ changesBetween(${args}) { totalCount } }`))).toMatchObject({ code, field });
  });
});
