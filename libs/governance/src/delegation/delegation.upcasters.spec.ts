import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, revised, type Money, type Revised } from '#kernel';
import { eventReader } from '../upcasters.js';
import { withSoleLimit, type Limit, type LimitBasis, type SoleLimit } from './limit.js';

const read = eventReader();
const upcast = (type: string, schemaVersion: number, data: object): unknown =>
  read({
    id: 'e1',
    type,
    schemaVersion,
    payload: JSON.stringify(data),
    envelope: '{"effectiveOn":"2025-04-01"}',
    stream: 'delegation/1',
    revision: 0,
    position: 0,
    recordedAt: instantOf(0),
  }).data;

/** What a delegation said of its limit in version 2. */
interface One {
  readonly limit?: Money;
  readonly limitBasis?: LimitBasis;
  readonly limitNote?: string;
}

describe('a delegation as it was recorded once', () => {
  it('has its one limit among several, from bare pence on', () => {
    expect(upcast('DelegationGranted', 1, { functions: ['f'], limit: 100, limitBasis: 'PER_YEAR' })).toEqual({
      functions: ['f'],
      limits: [{ amount: { pence: 100 }, basis: 'PER_YEAR' }],
    });
    expect(upcast('DelegationGranted', 2, { functions: ['f'], limit: { pence: 5 } })).toEqual({
      functions: ['f'],
      limits: [{ amount: { pence: 5 } }],
    });
    expect(upcast('DelegationGranted', 2, { functions: ['f'] })).toEqual({ functions: ['f'] });
  });
  it('has conditions with keys, in their order, of which nobody said more', () => {
    const of = (text: string, key: string) => ({ key, text, kind: 'OTHER', applies: 'EACH_DECISION' });
    const conditions = ['after legal review', 'with the chair'];
    const keyed = [of('after legal review', '1'), of('with the chair', '2')];
    expect(upcast('DelegationGranted', 2, { functions: ['f'], conditions })).toEqual({
      functions: ['f'],
      conditions: keyed,
    });
    expect(upcast('DelegationVaried', 1, { conditions })).toEqual({ conditions: keyed });
    expect(upcast('DelegationVaried', 2, { conditions: null })).toEqual({ conditions: null });
  });
  it('is varied in what the variation named of the limit, and in nothing else', () => {
    expect(upcast('DelegationVaried', 2, { limit: { pence: 7 }, note: 'n' })).toEqual({
      note: 'n',
      soleLimit: { amount: { pence: 7 } },
    });
    expect(upcast('DelegationVaried', 1, { limit: null, limitBasis: null })).toEqual({
      soleLimit: { amount: null, basis: null },
    });
    expect(upcast('DelegationVaried', 2, { note: 'n' })).toEqual({ note: 'n' });
  });

  const basis = fc.constantFrom<LimitBasis>('PER_YEAR', 'PER_DECISION');
  const limit = fc.integer({ min: 0, max: 3 }).map((pence) => ({ pence }));
  const note = fc.constantFrom('a', 'b');
  const granted: fc.Arbitrary<One> = fc.record({ limit, limitBasis: basis, limitNote: note }, { requiredKeys: [] });
  const varied: fc.Arbitrary<Revised<One>> = fc.record(
    { limit: fc.option(limit), limitBasis: fc.option(basis), limitNote: fc.option(note) },
    { requiredKeys: [] },
  );

  it('says of its limit on every day what it said then, for all chains of variations', () => {
    fc.assert(
      fc.property(granted, fc.array(varied, { maxLength: 4 }), (first, changes) => {
        let one: One = first;
        let { limits } = upcast('DelegationGranted', 2, { functions: ['f'], ...first }) as {
          limits?: readonly Limit[];
        };
        for (const change of [{}, ...changes]) {
          one = revised(one, change);
          const { soleLimit } = upcast('DelegationVaried', 2, change) as { soleLimit?: SoleLimit };
          if (soleLimit) limits = withSoleLimit(limits, soleLimit) ?? undefined;
          const { amount, basis: of, note: said } = limits?.[0] ?? {};
          expect({ limit: amount, limitBasis: of, limitNote: said }).toEqual({
            limit: one.limit,
            limitBasis: one.limitBasis,
            limitNote: one.limitNote,
          });
          expect(limits?.length ?? 0).toBe(Object.keys(one).length === 0 ? 0 : 1);
        }
      }),
    );
  });
});
