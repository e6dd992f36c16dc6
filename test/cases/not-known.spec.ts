import { describe, expect, it } from '@jest/globals';
import { inCase, type Case } from './case.js';

interface Member {
  readonly person: { readonly name: string };
  readonly holds: string;
  readonly holdsInWords: string;
}

interface Members {
  readonly totalCount: number;
  readonly knownCount: number;
  readonly notKnownCount: number;
  readonly edges: readonly { readonly node: Member }[];
}

/** Who is on a body on a day, and how many are known to be. */
const members = async ({ ask }: Pick<Case, 'ask'>, body: string, asAt: string, holds = ''): Promise<Members> => {
  const query = `{ body(id: "${body}", asAt: "${asAt}") { body { appointments(first: 50 ${holds}) {
    totalCount knownCount notKnownCount edges { node { person { name } holds holdsInWords } } } } } }`;
  const { data, errors } = await ask(query);
  expect(errors).toBeUndefined();
  return (data as { body: { body: { appointments: Members } } }).body.body.appointments;
};

const held = ({ edges }: Members): Record<string, string> =>
  Object.fromEntries(edges.map(({ node }) => [node.person.name, node.holds]));

describe('case 03: an end on a day that nobody knows, and members last seen years ago', () => {
  it('tells who is a member from who may be, in lists and counts', () =>
    inCase('03', async (found) => {
      expect(found.report.refusals).toEqual([]);
      const in2010 = await members(found, 'b', '2010-05-06');
      expect(held(in2010)).toMatchObject({ 'Fred Knownstart': 'YES' });
      const in2015 = await members(found, 'b', '2015-03-01');
      expect(held(in2015)).toEqual({
        'Fred Knownstart': 'NOT_KNOWN',
        'Ina Newchair': 'NOT_KNOWN',
        'Olaf Oldchair': 'NOT_KNOWN',
        'Vera Vanishes': 'YES',
      });
      expect(in2015).toMatchObject({ totalCount: 4, knownCount: 1, notKnownCount: 3 });
      expect(held(await members(found, 'b', '2026-01-27'))).toEqual({
        'Fred Knownstart': 'NOT_KNOWN',
        'Ina Newchair': 'YES',
        'Olaf Oldchair': 'NOT_KNOWN',
        'Vera Vanishes': 'NOT_KNOWN',
      });
      const known = await members(found, 'b', '2026-01-27', 'holds: YES');
      expect(known).toMatchObject({ totalCount: 1, knownCount: 1, notKnownCount: 0 });
      const listed = `{ appointments(body: "b", holds: NOT_KNOWN, asAt: "2026-01-27") {
        totalCount knownCount notKnownCount edges { node { holdsInWords } } } }`;
      expect((await found.ask(listed)).data).toEqual({
        appointments: {
          totalCount: 3,
          knownCount: 0,
          notKnownCount: 3,
          edges: expect.arrayContaining([
            { node: { holdsInWords: 'not known whether still: last known on 15 September 2020' } },
          ]),
        },
      });
    }));
});

describe('case 04: a start on a day that nobody knows', () => {
  it('is not known whether already before the first day seen', () =>
    inCase('04', async (found) => {
      const early = await members(found, 'b', '1950-01-01');
      expect(early).toMatchObject({ totalCount: 1, knownCount: 0, notKnownCount: 1 });
      expect(early.edges[0]?.node.holdsInWords).toBe('not known whether already: first known on 27 January 2026');
      expect(held(await members(found, 'b', '2026-01-27'))).toEqual({ 'Nia Now': 'YES' });
      const body = await found.ask('{ bodies(asAt: "1950-01-01", holds: YES) { totalCount } }');
      expect(body.data).toEqual({ bodies: { totalCount: 0 } });
      expect((await found.ask('{ bodies(holds: YES) { totalCount } }')).data).toEqual({ bodies: { totalCount: 1 } });
    }));
});

describe('case 33: a year or a month', () => {
  it('is kept and shown as it was said, and inside it nobody can tell', () =>
    inCase('33', async (found) => {
      expect(found.report.refusals).toEqual([]);
      const on = async (no: string, asAt: string): Promise<unknown> => {
        const answer = await found.ask(`{ appointment(id: "town:${no}", asAt: "${asAt}") {
          absence { kind } appointment { holds start { day asSaid notBefore notAfter } } } }`);
        return answer.data?.['appointment'];
      };
      const year = { day: null, asSaid: '2018', notBefore: '2018-01-01', notAfter: '2018-12-31' };
      expect(await on('1', '2018-06-01')).toEqual({ absence: null, appointment: { holds: 'NOT_KNOWN', start: year } });
      expect(await on('1', '2018-12-31')).toEqual({ absence: null, appointment: { holds: 'YES', start: year } });
      expect(await on('1', '2017-12-31')).toEqual({ absence: { kind: 'NOT_YET_BEGUN' }, appointment: null });
      const month = { day: null, asSaid: '2018-05', notBefore: '2018-05-01', notAfter: '2018-05-31' };
      expect(await on('2', '2018-05-30')).toEqual({ absence: null, appointment: { holds: 'NOT_KNOWN', start: month } });
      expect(await on('2', '2018-06-01')).toEqual({ absence: null, appointment: { holds: 'YES', start: month } });
    }));
});
