import { describe, expect, it } from '@jest/globals';
import { logOf, textsOf } from '../decision-log/log-of.js';
import { inCase } from './case.js';

describe('case 23: a decision that replaces another', () => {
  it('is seen from the one it replaces, from its day on, and in the log', () =>
    inCase('23', async ({ answer, ask, api }) => {
      const [first, second] = [
        { reference: 'R1', status: 'SUPERSEDED', supersedes: null, supersededBy: { reference: 'R2' } },
        { reference: 'R2', status: 'TAKEN', supersedes: { reference: 'R1' }, supersededBy: null },
      ];
      expect(answer?.data).toEqual({ decisions: { edges: [{ node: first }, { node: second }] } });
      const days = await ask(`{
        before: decision(id: "d1", asAt: "2024-01-09") { ...at } on: decision(id: "d1", asAt: "2024-01-10") { ...at }
      } fragment at on DecisionAnswer { decision { status ended supersededBy { id } } }`);
      expect(days.data).toEqual({
        before: { decision: { status: 'TAKEN', ended: false, supersededBy: null } },
        on: { decision: { status: 'SUPERSEDED', ended: true, supersededBy: { id: 'decision/d2' } } },
      });
      const log = await logOf(api, {
        for: 'sc',
        from: '2023-01-01',
        to: '2024-12-31',
        about: ['icb'],
        asAt: '2025-01-01',
      });
      const { csv, html } = await textsOf(log);
      const [head = '', ...rows] = csv.split('\r\n');
      const at = head.split(',').indexOf('replaced_by');
      expect(rows.find((row) => row.includes('R1'))?.split(',')[at]).toBe('R2');
      expect(html).toContain('Replaced by');
    }));
});
