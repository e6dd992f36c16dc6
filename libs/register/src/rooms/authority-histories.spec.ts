import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CivilDate, type DomainEvent, type Instant } from '#kernel';
import { eventReader } from '#governance';
import { oracleAt } from '../engine/oracle.js';
import { Timeline, stateJson } from '../engine/timeline.js';
import type { View } from '../engine/view.js';
import { VIEWS } from './views.js';

type Told = readonly [type: string, schemaVersion: number, payload: object];

const DAYS = 6;
const day = (nth: number): CivilDate => addDays('2024-01-01' as CivilDate, nth);
const somePart = <Part extends object>(part: fc.Arbitrary<Part>): fc.Arbitrary<Part | object> =>
  fc.oneof(part, fc.constant({}));
const all = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((said) => Object.assign({}, ...said) as object);
const told = (type: string, schemaVersion: number, payload: fc.Arbitrary<object>): fc.Arbitrary<Told> =>
  payload.map((said) => [type, schemaVersion, said] as const);

const money = fc.integer({ min: 1, max: 9 }).map((pence) => ({ pence: pence * 100 }));
const limits = fc
  .array(fc.record({ amount: money, basis: fc.constantFrom('PER_YEAR', 'WHOLE_LIFE') }), { maxLength: 2 })
  .map((several) => ({ limits: several }));
const condition = (key: string) =>
  fc.record({ key: fc.constant(key), text: fc.constantFrom('a', 'b'), kind: fc.constant('OTHER') });
const conditions = fc
  .tuple(condition('x'), condition('y'), fc.constantFrom('STANDING', 'EACH_DECISION'), fc.nat(2))
  .map(([x, y, applies, many]) => ({
    conditions: [
      { ...x, applies: 'STANDING' },
      { ...y, applies },
    ].slice(0, many),
  }));
const term = fc.nat(DAYS).map((nth) => ({ to: day(nth) }));
const key = fc.constantFrom('x', 'y').map((of) => ({ condition: of }));
const version = fc.constantFrom('1', '2', '3').map((of) => ({ version: of }));
const clauses = fc.constantFrom('a', 'b').map((text) => ({ clauses: [{ clause: '1', text }] }));
const terms = fc.constant({ functions: ['f'], grantedBySeat: 's', delegateSeats: ['t'] });

/** What is recorded of each, as it is now and as it was once. */
const STORIES: Readonly<Record<string, fc.Arbitrary<Told>>> = {
  delegation: fc.oneof(
    told('DelegationGranted', 3, all(terms, somePart(limits), somePart(conditions), somePart(term))),
    told('DelegationGranted', 2, all(terms, somePart(money.map((limit) => ({ limit, conditions: ['c'] }))))),
    told('DelegationVaried', 3, all(somePart(limits), somePart(conditions), somePart(term))),
    told('DelegationVaried', 3, fc.constantFrom({ limits: null }, { conditions: null }, { to: null })),
    told(
      'DelegationVaried',
      2,
      fc.oneof(
        money.map((limit) => ({ limit })),
        fc.constant({ limit: null }),
      ),
    ),
    told('DelegationVaried', 2, fc.constantFrom({ limitBasis: 'PER_YEAR' }, { limitBasis: null, limitNote: 'n' })),
    told('ConditionSatisfied', 1, key),
    told('ConditionBreached', 1, key),
    told('DelegationSuspended', 1, fc.constant({})),
    told('DelegationRevoked', 1, fc.constant({})),
  ),
  reservation: fc.oneof(
    told('MatterReserved', 1, all(fc.constant({ functions: ['f'], body: 'b' }), somePart(term))),
    told('ReservationChanged', 1, all(version, somePart(term))),
    told('ReservationChanged', 1, fc.constantFrom({ to: null }, { above: null })),
    told('ReservationEnded', 1, fc.constant({})),
  ),
  instrument: fc.oneof(
    told('InstrumentAdopted', 1, all(fc.constant({ title: 'Scheme', kind: 'OTHER' }), somePart(version))),
    told('VersionIssued', 1, all(version, somePart(clauses))),
    told('VersionIssued', 1, all(version, clauses, fc.constant({ draft: true }))),
    told('VersionFoundInvalid', 1, all(version, fc.constant({ reason: 'r' }))),
    told('VersionRatified', 1, version),
    told('InstrumentWithdrawn', 1, fc.constant({})),
  ),
};

const read = eventReader();

/** Recorded one after the other, some in the place of an earlier one, some dropping one. */
const histories = (aggregate: string): fc.Arbitrary<readonly DomainEvent[]> =>
  fc
    .array(
      fc.tuple(
        STORIES[aggregate] as fc.Arbitrary<Told>,
        fc.nat(DAYS),
        fc.constantFrom('', '', '', 'corrects', 'annuls'),
        fc.nat(6),
      ),
      { minLength: 2, maxLength: 8 },
    )
    .map((story) =>
      story.map(([[type, schemaVersion, payload], nth, link, earlier], position) => {
        const linked = link !== '' && position > 0 ? { [link]: `e${earlier % position}` } : {};
        return read({
          id: `e${position}`,
          ...('annuls' in linked
            ? { type: 'Annulled', schemaVersion: 1, payload: '{}' }
            : { type, schemaVersion, payload: JSON.stringify(payload) }),
          envelope: JSON.stringify({ effectiveOn: day(nth), ...linked }),
          stream: `${aggregate}/1`,
          revision: position,
          position,
          recordedAt: '2024-01-01T09:00:00.000Z' as Instant,
        });
      }),
    );

describe.each(Object.keys(STORIES))('T10: the slices of a %s', (aggregate) => {
  const view = VIEWS.find((one) => one.aggregate === aggregate) as View;

  it('equal the oracle for random histories, of today’s recordings and of older ones, on every day, as known at every position', () => {
    fc.assert(
      fc.property(histories(aggregate), (events) => {
        const timeline = new Timeline(view);
        for (const event of events) {
          timeline.apply(event);
          for (let nth = -1; nth <= DAYS + 1; nth++) {
            const expected = oracleAt(view, events, day(nth), event.position);
            const slice = timeline.at(day(nth));
            const shown = slice && view.show(slice.state, day(nth), slice.validTo);
            if (expected.kind === 'found') expect(stateJson(shown ?? {})).toBe(stateJson(expected.state));
            else expect(slice).toBeUndefined();
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
