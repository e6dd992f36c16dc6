import type { DomainEvent, Envelope, StoredEvent } from '#kernel';
import { DELEGATION_UPCASTERS } from './delegation/delegation.upcasters.js';

/** Turns the payload of one schema version of an event type into that of the next. Pure. */
export interface Upcaster {
  readonly type: string;
  readonly from: number;
  /** @returns the payload as version `from + 1` would have said it. */
  upcast(payload: unknown): unknown;
}

/** Version in which new events of a type are written, where it is not 1. */
export const SCHEMA_VERSIONS: Readonly<Record<string, number>> = {
  BudgetSet: 2,
  BudgetVaried: 2,
  DecisionChanged: 2,
  DecisionTaken: 2,
  DelegationGranted: 3,
  DelegationVaried: 3,
};

/** Fields that were a bare number of pence are money. */
const saysItsUnit = (type: string, ...fields: readonly string[]): Upcaster => ({
  type,
  from: 1,
  upcast: (payload) => {
    const said = payload as Readonly<Record<string, unknown>>;
    const amounts = fields.filter((field) => typeof said[field] === 'number');
    if (amounts.length === 0) return payload;
    return { ...said, ...Object.fromEntries(amounts.map((field) => [field, { pence: said[field] }])) };
  },
});

export const UPCASTERS: readonly Upcaster[] = [
  saysItsUnit('BudgetSet', 'amount'),
  saysItsUnit('BudgetVaried', 'amount'),
  saysItsUnit('DecisionChanged', 'amount', 'amountPerYear'),
  saysItsUnit('DecisionTaken', 'amount', 'amountPerYear'),
  saysItsUnit('DelegationGranted', 'limit'),
  saysItsUnit('DelegationVaried', 'limit'),
  ...DELEGATION_UPCASTERS,
];

export const schemaVersionOf = (type: string, versions = SCHEMA_VERSIONS): number => versions[type] ?? 1;

/**
 * Reads stored events as today's code understands them.
 *
 * @throws Error at once, at start-up, where a chain of upcasters has a gap, a double, or does not end at the current version.
 */
export const eventReader = (
  upcasters: readonly Upcaster[] = UPCASTERS,
  versions: Readonly<Record<string, number>> = SCHEMA_VERSIONS,
): ((stored: StoredEvent) => DomainEvent) => {
  const chain = checkedChain(upcasters, versions);
  return (stored) => {
    const current = schemaVersionOf(stored.type, versions);
    if (stored.schemaVersion > current) {
      throw new Error(
        `event ${stored.id} is ${stored.type} version ${stored.schemaVersion}; this release knows version ${current}: start a newer release`,
      );
    }
    let data: unknown = JSON.parse(stored.payload);
    for (let version = stored.schemaVersion; version < current; version++) {
      data = chain.get(`${stored.type}@${version}`)?.upcast(data);
    }
    const envelope = JSON.parse(stored.envelope) as Envelope;
    const { id, type, stream, revision, position, recordedAt } = stored;
    return { id, type, stream, revision, position, recordedAt, effectiveOn: envelope.effectiveOn, envelope, data };
  };
};

function checkedChain(
  upcasters: readonly Upcaster[],
  versions: Readonly<Record<string, number>>,
): ReadonlyMap<string, Upcaster> {
  const chain = new Map<string, Upcaster>();
  for (const upcaster of upcasters) {
    const key = `${upcaster.type}@${upcaster.from}`;
    if (chain.has(key)) throw new Error(`two upcasters for ${key}`);
    if (upcaster.from < 1 || upcaster.from >= schemaVersionOf(upcaster.type, versions)) {
      throw new Error(`an upcaster for ${key}, which is not before the current version`);
    }
    chain.set(key, upcaster);
  }
  for (const [type, current] of Object.entries(versions)) {
    for (let version = 1; version < current; version++) {
      if (!chain.has(`${type}@${version}`))
        throw new Error(`no upcaster for ${type}@${version}: old events could not be read`);
    }
  }
  return chain;
}
