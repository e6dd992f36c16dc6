import { describe, expect, it } from '@jest/globals';
import { counted } from '../importing.js';
import { inCase } from './case.js';

describe('case 62: null takes a value away', () => {
  it('from the day of the change on, and the history says so', () =>
    inCase('62', ({ recorded, answer }) => {
      expect(recorded?.errors).toBeUndefined();
      expect(answer?.data).toMatchObject({
        body: { body: { note: null } },
        appointment: { appointment: { deputyFor: null, termEnds: null } },
      });
      expect(JSON.stringify(answer?.data?.['history'])).toContain('It has no note any more.');
    }));
});

describe('case 25: what was said when a decision was proposed can be changed', () => {
  it('is due on the new day from the day of the change on, and was due on the old one before', () =>
    inCase('25', async ({ report, answer, ask }) => {
      expect(counted(report)).toEqual({ rows: 6, recorded: 5, refused: 1 });
      expect(report.refusals.map(({ code }) => code)).toEqual(['ALREADY_BEGUN']);
      expect(answer?.data).toMatchObject({ decision: { decision: { dueOn: '2025-07-30' } } });
      const before = await ask('{ decision(id: "p", asAt: "2025-05-19") { decision { dueOn } } }');
      expect(before.data).toMatchObject({ decision: { decision: { dueOn: '2025-05-28' } } });
    }));
});
