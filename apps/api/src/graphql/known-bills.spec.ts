import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { costOf } from './cost.js';
import { knownBills } from './known-bills.js';
import { schemaText } from './schema.js';

const schema = buildSchema(await schemaText());

const document = parse(`
  query Fixed { people(first: 7) { edges { node { name } } } }
  query Paged($first: Int, $after: String, $search: String) {
    people(first: $first, after: $after, search: $search) { edges { node { name appointments { totalCount } } } }
  }
  query Without($more: Boolean!) { people { edges { node { name appointments @include(if: $more) { totalCount } } } } }`);
const operations = new Map(
  document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [[node.name?.value ?? '', node] as const] : [],
  ),
);
const operation = (name: string): OperationDefinitionNode => operations.get(name) as OperationDefinitionNode;

describe('bills of questions that come again', () => {
  it('say the same as those drawn up anew, whatever came before with which variables', () => {
    const variables = fc.record(
      {
        first: fc.constantFrom(1, 2, 30, 1_000, null, 'many'),
        after: fc.constantFrom('x', null, 'long'.repeat(200)),
        search: fc.constantFrom('a', '', null),
        more: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const asked = fc.array(fc.tuple(fc.constantFrom(...operations.keys()), variables), {
      minLength: 20,
      maxLength: 60,
    });
    fc.assert(
      fc.property(asked, (questions) => {
        const billOf = knownBills();
        for (const [name, given] of questions) {
          const bill = billOf(schema, document, operation(name), given);
          expect(bill).toEqual(costOf(schema, document, operation(name), given));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('are drawn up once for the same variables', () => {
    const billOf = knownBills();
    const bill = (name: string, given = {}) => billOf(schema, document, operation(name), given);
    expect(bill('Fixed')).toBe(bill('Fixed', { unasked: 1 }));
    expect(bill('Paged', { first: 5 })).toBe(bill('Paged', { first: 5 }));
    expect(bill('Paged', { first: 5 })).not.toEqual(bill('Paged', { first: 6 }));
  });

  it('are kept for a few short variables of an operation, and no more', () => {
    const billOf = knownBills();
    const bill = (given: Record<string, unknown>) => billOf(schema, document, operation('Paged'), given);
    const first = bill({ first: 1 });
    expect(bill({ first: 1 })).toBe(first);
    for (let size = 2; size < 40; size++) bill({ first: size });
    expect(bill({ first: 1 })).not.toBe(first);
    const long = { after: 'x'.repeat(1_000) };
    expect(bill(long)).not.toBe(bill(long));
  });

  it('tell a search that is too long each time', () => {
    const billOf = knownBills();
    const bill = () => billOf(schema, document, operation('Paged'), { search: 'x'.repeat(201) });
    expect(bill).toThrow('needed at most 200');
    expect(bill).toThrow('needed at most 200');
  });
});
