import { describe, expect, it } from '@jest/globals';
import { inCase } from './case.js';

describe('case 54: a row that says it was recorded in the future', () => {
  it('is refused with its line, and stops no clock: what is recorded afterwards is stamped when it is', () =>
    inCase('54', async ({ report, recorded, answer, ask }) => {
      expect(report.total).toMatchObject({ rows: 2, recorded: 1, refused: 1 });
      expect(report.refusals).toEqual([expect.objectContaining({ file: 'rows.csv', line: 3 })]);
      expect(report.refusals[0]?.message).toContain('2030-01-01T00:00:00.000Z');
      expect(recorded?.errors).toBeUndefined();
      const data = answer?.data as { body: { body: { name: string; recordedAt: string } } } | undefined;
      const body = data?.body.body;
      const age = Date.now() - Date.parse(body?.recordedAt ?? '');
      expect([body?.name, age >= 0 && age < 600_000]).toEqual(['Recorded today', true]);
      const kept = await ask('{ body(id: "m:1") { basis { keptInstants } body { recordedAt } } }');
      expect(kept.data).toEqual({
        body: { basis: { keptInstants: 'mid-bodies' }, body: { recordedAt: '2024-03-30T10:00:00.000Z' } },
      });
    }));
});
