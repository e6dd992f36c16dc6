import { describe, expect, it } from '@jest/globals';
import { inCase } from './case.js';

describe('case 01: since when somebody is in office', () => {
  it('is the day of the appointment, whatever changed since; a stretch has names of its own', () =>
    inCase('01', async ({ answer, ask }) => {
      const lasting = { inOfficeSince: '2007-05-21', inOfficeUntil: null, termEnds: '2027-05-20' };
      expect(answer?.data).toEqual({
        in2015: { appointment: { role: 'Member', ...lasting, stretchUntil: '2019-05-28' } },
        in2020: { appointment: { role: 'Chair', ...lasting, stretchUntil: '2027-05-20' } },
      });
      const over = await ask(
        '{ appointment(id: "a", asAt: "2027-05-21") { appointment { inOfficeSince inOfficeUntil } } }',
      );
      expect(over.data).toEqual({
        appointment: { appointment: { inOfficeSince: '2007-05-21', inOfficeUntil: '2027-05-20' } },
      });
      const old = await ask('{ appointment(id: "a") { appointment { until } } }');
      expect(old.errors?.[0]?.message).toContain('Cannot query field "until"');
    }));
});
