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
      } fragment at on DecisionAnswer { decision { status ended supersededBy { id: subject } } }`);
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

describe('case 71: the holder of a seat', () => {
  it('is a member of the body that the seat is on, in lists and counts', () =>
    inCase('71', async ({ answer, ask }) => {
      const members = [{ node: { person: { name: 'Bo Dy' } } }, { node: { person: { name: 'Val Seat' } } }];
      expect(answer?.data).toEqual({
        body: { body: { appointments: { totalCount: 2, edges: members } } },
        appointments: { totalCount: 2 },
        appointment: { appointment: { body: { name: 'ICB Board' }, seat: { body: { name: 'ICB Board' } } } },
      });
      const { data } = await ask(`{ appointments(body: "b", asAt: "2024-01-01", holds: YES, first: 1) {
        knownCount edges { node { id: subject } } pageInfo { hasNextPage endCursor } } }`);
      expect(data).toMatchObject({ appointments: { knownCount: 2, pageInfo: { hasNextPage: true } } });
    }));
});

describe('case 06: members of a body that was dissolved', () => {
  it('lapse with it on its last day, leave the lists, and say so', () =>
    inCase('06', async ({ answer, ask }) => {
      expect(answer?.data).toEqual({
        person: { person: { appointments: { totalCount: 0, edges: [] } } },
        appointments: { totalCount: 0 },
      });
      const { data } = await ask(`{
        a: appointment(id: "a", asAt: "2024-01-01") { ...lapsed } a2: appointment(id: "a2", asAt: "2024-01-01") { ...lapsed }
        last: appointments(body: "old", asAt: "2022-06-30") { knownCount }
        first: appointments(body: "old", asAt: "2022-07-01") { totalCount }
        over: appointments(holds: NO, asAt: "2024-01-01") { totalCount }
        still: appointments(holds: YES, asAt: "2024-01-01") { totalCount }
        body(id: "old", asAt: "2024-01-01") { body { dissolvedOn end { day event } } }
      } fragment lapsed on AppointmentAnswer { appointment {
        ended inOfficeUntil holds holdsInWords end { day event } lapsed { with name lastDay event isKnown inWords } } }`);
      const { body, a, a2, ...counts } = data as Record<string, { readonly appointment: { readonly end: object } }>;
      const end = { day: '2022-06-30', event: expect.stringMatching(/^[0-9a-f-]{36}$/) };
      expect(body).toEqual({ body: { dissolvedOn: '2022-07-01', end } });
      const inWords = 'no, it lapsed with CCG Governing Body on 30 June 2022';
      const lapsed = { with: 'body/old', name: 'CCG Governing Body', lastDay: '2022-06-30', isKnown: true, inWords };
      expect(a?.appointment).toMatchObject({ ended: true, inOfficeUntil: '2022-06-30', holds: 'NO', end, lapsed });
      const late = 'no, CCG Governing Body had ended on 30 June 2022 when it was to begin';
      expect(a2?.appointment).toMatchObject({ ended: true, inOfficeUntil: null, holdsInWords: late });
      expect(a?.appointment.end).toEqual(a2?.appointment.end);
      expect(counts).toEqual({
        last: { knownCount: 1 },
        first: { totalCount: 0 },
        over: { totalCount: 2 },
        still: { totalCount: 0 },
      });
    }));
});

describe('case 05: a seat that is recorded as vacant', () => {
  it('says so, and is told from one of which nothing is recorded', () =>
    inCase('05', async ({ ask }) => {
      const { data } = await ask(`{
        vacant: seat(id: "s", asAt: "2023-02-20") { ...said } before: seat(id: "s", asAt: "2023-02-13") { ...said }
        unknown: seat(id: "s2", asAt: "2023-02-20") { ...said }
        body(id: "b", asAt: "2023-02-20") { body { seats { edges { node { title vacant } } }
          vacantSeats { totalCount edges { node { title vacantSince } } } } }
      } fragment said on SeatAnswer { seat { vacant vacantSince vacancy { id since } } }`);
      expect(data).toEqual({
        vacant: {
          seat: {
            vacant: true,
            vacantSince: '2023-02-14',
            vacancy: { id: 'appointment/v?asAt=2023-02-20', since: '2023-02-14' },
          },
        },
        before: { seat: { vacant: false, vacantSince: null, vacancy: null } },
        unknown: { seat: { vacant: null, vacantSince: null, vacancy: null } },
        body: {
          body: {
            seats: {
              edges: [
                { node: { title: 'Chief Executive', vacant: true } },
                { node: { title: 'Seat nobody wrote about', vacant: null } },
              ],
            },
            vacantSeats: { totalCount: 1, edges: [{ node: { title: 'Chief Executive', vacantSince: '2023-02-14' } }] },
          },
        },
      });
    }));
});
