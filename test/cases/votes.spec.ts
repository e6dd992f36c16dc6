import { describe, expect, it } from '@jest/globals';
import { logOf, textsOf } from '../decision-log/log-of.js';
import { record, refusalOf } from '../recorder.js';
import { inCase } from './case.js';

describe('case 28: how a decision was voted on', () => {
  it('is recorded as a tally and by name, in answers and logs, with where the two differ', () =>
    inCase('28', async ({ report, recorded, ask, api }) => {
      expect(recorded?.errors).toBeUndefined();
      expect(report.refusals).toEqual([]);
      const asked = 'votes { for against abstain castingVote named { person { name } name vote } differences inWords }';
      const { data, errors } = await ask(`{
        v: decision(id: "v") { decision { ${asked} } }
        fees: decision(id: "fees") { decision { ${asked} } }
        person(id: "p") { person { decisionsVotedOn { edges { node { id: subject } } } } } }`);
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        v: {
          decision: {
            votes: {
              ...{ for: 97, against: 48, abstain: 0, castingVote: null, named: null, differences: [] },
              inWords: '97 for, 48 against, 0 abstaining',
            },
          },
        },
        fees: {
          decision: {
            votes: {
              ...{ for: 1, against: 0, abstain: null, castingVote: 'AGAINST' },
              named: [
                { person: { name: 'Val Seat' }, name: null, vote: 'FOR' },
                { person: null, name: 'Bo Dy', vote: 'FOR' },
                { person: null, name: 'Cy Da', vote: 'RECUSED' },
              ],
              differences: ['the tally says 1 for, 2 names are recorded'],
              inWords: '1 for, 0 against, 1 recused, casting vote against; the tally says 1 for, 2 names are recorded',
            },
          },
        },
        person: { person: { decisionsVotedOn: { edges: [{ node: { id: 'decision/fees' } }] } } },
      });
      const log = await logOf(api, { for: 'sc', about: ['icb'], from: '2025-01-01', to: '2025-12-31' });
      const { csv, html, json } = await textsOf(log);
      for (const text of [csv, html, json]) expect(text).toContain('the tally says 1 for, 2 names are recorded');
      expect(csv.split('\r\n')[0]?.split(',').at(-1)).toBe('votes');
    }));

  it('is refused where it cannot be true, taken away by null, and replaced whole', () =>
    inCase('28', async ({ ask, api }) => {
      const refused = (votes: object) =>
        refusalOf(api, 'TakeDecision', 'x', '2025-03-01', { title: 'X', decidedByName: 'Council', votes });
      const twice = [
        { name: 'Bo Dy', vote: 'FOR' },
        { name: 'bo dy ', vote: 'AGAINST' },
      ];
      expect(await refused({ named: twice })).toMatchObject({
        code: 'CONTRADICTS_ITSELF',
        message: expect.stringContaining('votes.named[1].person is in the list already, as entry 1'),
      });
      expect(await refused({})).toMatchObject({ code: 'CONTRADICTS_ITSELF' });
      expect(await refused({ named: [{ vote: 'FOR' }] })).toMatchObject({ code: 'CONTRADICTS_ITSELF' });
      expect(await refused({ for: -1 })).toMatchObject({ code: 'INPUT' });
      await record(api, 'ChangeDecision', 'v', '2025-02-21', { votes: { for: 98 } });
      const { after } = await record(api, 'ChangeDecision', 'v', '2025-02-22', { votes: null });
      const { data } = await ask(`{ one: decision(id: "v", asAt: "2025-02-21", afterReceipt: "${after}") {
        decision { votes { for against } } } none: decision(id: "v") { decision { votes { for } } } }`);
      expect(data).toEqual({
        one: { decision: { votes: { for: 98, against: null } } },
        none: { decision: { votes: null } },
      });
    }));
});
