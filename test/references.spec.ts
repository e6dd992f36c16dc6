import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, getNamedType, isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { Submit, SubmitHandler } from '#command';
import { isRefusal, type Actor } from '#kernel';
import { dayOf, type Told } from './joined-world.js';
import { dataOf } from './recorder.js';
import { NOT_REFERENCES, PARTS, REVERSES } from './reference-table.js';
import { referringHistory } from './referring-world.js';
import { runApi, type RunningApi } from './running-api.js';
import { Place } from './stores/place.js';

const schema = buildSchema(readFileSync(new URL('../apps/api/schema.graphql', import.meta.url), 'utf8'));
const isRecord = (type: unknown): boolean =>
  isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Recorded');
const types = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType =>
    isObjectType(type) && !/^(Query|Mutation|__.*)$|(Edge|Connection|Answer)$/.test(type.name),
);
const fieldOf = (name: string): GraphQLField<unknown, unknown> | undefined => {
  const [type, field] = name.split('.') as [string, string];
  return types.find((one) => one.name === type)?.getFields()[field];
};
/** Name of the type that a field shows. */
const shownBy = (name: string): string | undefined => {
  const type = fieldOf(name)?.type;
  return type && getNamedType(type).name;
};

/** Names of all fields that name a record. */
const references = types.flatMap((type) =>
  Object.values(type.getFields())
    .filter((field) => isRecord(getNamedType(field.type)))
    .map((field) => `${type.name}.${field.name}`),
);

describe('every field that names a record', () => {
  it('has its reverse, which is a list of what it stands in', () => {
    expect(references.filter((name) => !(name in NOT_REFERENCES)).toSorted()).toEqual(Object.keys(REVERSES).toSorted());
    for (const [name, reverse] of Object.entries(REVERSES)) {
      const [owner = ''] = name.split('.');
      expect([name, reverse.split('.')[0]]).toEqual([name, shownBy(name)]);
      expect([name, shownBy(reverse)]).toEqual([name, `${PARTS[owner]?.[0] ?? owner}Connection`]);
    }
  });
});

/** Root lists of the API, by the type that they list. */
const LISTS: Readonly<Record<string, string>> = {
  Appointment: 'appointments',
  Body: 'bodies',
  Budget: 'budgets',
  Decision: 'decisions',
  Delegation: 'delegations',
  Instrument: 'instruments',
  Interest: 'interests',
  Meeting: 'meetings',
  Organisation: 'organisations',
  Person: 'people',
  Place: 'places',
  Function: 'functions',
  FunctionHolding: 'functionHoldings',
  Reservation: 'reservations',
  ScrutinyMatter: 'scrutinyMatters',
  Seat: 'seats',
  StandingOrder: 'standingOrders',
  Succession: 'successions',
};

type Named = { readonly id: string } | readonly { readonly id: string }[] | null;
type Shown = Readonly<Record<string, unknown>> & { readonly id: string };

const idsIn = (named: unknown): readonly string[] =>
  [named as Named].flat().flatMap((one) => (one === null ? [] : [one.id]));

/** What is asked of each record of a type: what it names, and what is listed under it. */
const selectionOf = (type: string): string => {
  const own = Object.keys(REVERSES).filter((name) => name.startsWith(`${type}.`));
  const inParts = Object.entries(PARTS).filter(([, [of]]) => of === type);
  const parts = inParts.map(([part, [, field]]) => {
    const named = Object.keys(REVERSES).filter((name) => name.startsWith(`${part}.`));
    const held = named.map((name) => `${name.split('.')[1]} { id: subject }`).join(' ');
    return field.split('.').reduceRight((inner, step) => `${step} { ${inner} }`, held);
  });
  const lists = [...new Set(Object.values(REVERSES))].filter((name) => name.startsWith(`${type}.`));
  const lasts = types.find(({ name }) => name === type)?.getFields()['holds'] ? 'holds' : '';
  return [
    'id: subject',
    lasts,
    ...own.map((name) => `${name.split('.')[1]} { id: subject }`),
    ...parts,
    ...lists.map((name) => `${name.split('.')[1]}(first: 20) { edges { node { id: subject } } }`),
  ].join(' ');
};

const namedIn = (record: Shown, name: string): readonly string[] => {
  const [owner = '', field = ''] = name.split('.');
  const part = PARTS[owner];
  if (!part) return idsIn(record[field] ?? null);
  let held: readonly unknown[] = [record];
  for (const step of [...part[1].split('.'), field]) {
    held = held.flatMap((one) => (one as Readonly<Record<string, unknown>>)[step] ?? []);
  }
  return held.flatMap((one) => idsIn(one));
};

const listedIn = (record: Shown | undefined, field: string): readonly string[] => {
  const list = record?.[field] as { readonly edges: readonly { readonly node: { readonly id: string } }[] } | undefined;
  return list?.edges.map(({ node }) => node.id) ?? [];
};

/** Everything there is on a day, as known at a position, by type. */
const everything = async (api: RunningApi, basis: string): Promise<ReadonlyMap<string, readonly Shown[]>> => {
  const found = new Map<string, readonly Shown[]>();
  for (const [type, list] of Object.entries(LISTS)) {
    const query = `{ ${list}(first: 5, ${basis}) { edges { node { ${selectionOf(type)} } } } }`;
    const data = dataOf<Record<string, { readonly edges: readonly { readonly node: Shown }[] }>>(await api.ask(query));
    found.set(type, data[list]?.edges.map(({ node }) => node) ?? []);
  }
  return found;
};

/** What is over is in no list, but where that it is over is what the list is about. */
const SAID_OF_WHAT_ENDED: ReadonlySet<string> = new Set(['Body.mergedInto', 'Instrument.replacedBy']);

const officer: Actor = { id: 'officer', roles: ['governance-officer'], vouchedBy: 'test' };

/** Runs the API over a history; what cannot be recorded is left out. */
const over = async (facts: readonly Told[], look: (api: RunningApi, positions: readonly number[]) => Promise<void>) => {
  const place = await Place.find();
  try {
    const store = await place.openLog();
    const door = new SubmitHandler(store);
    const positions: number[] = [];
    for (const [nth, { command, aggregate, id, data, day }] of facts.entries()) {
      const steps = [{ command, data, effectiveOn: dayOf(day) }];
      try {
        await door.execute(new Submit({ aggregate, id, commandId: `c${nth}`, steps }, officer));
        positions.push(await store.head());
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
      }
    }
    await store.close();
    const api = await runApi(place.environment);
    try {
      await api.runtime.register.waitFor(positions.at(-1) ?? 0, 20_000);
      await look(api, positions);
    } finally {
      await api.close();
    }
  } finally {
    await place.remove();
  }
};

/** Where one end says what the other does not. @param met takes down which references there are. */
const differences = (found: ReadonlyMap<string, readonly Shown[]>, met: Set<string>): readonly string[] => {
  const at = new Map([...found.values()].flat().map((record) => [record.id, record]));
  const wrong: string[] = [];
  for (const [name, reverse] of Object.entries(REVERSES)) {
    const [owner = ''] = name.split('.');
    const [, field = ''] = reverse.split('.');
    for (const record of found.get(PARTS[owner]?.[0] ?? owner) ?? []) {
      if (record['holds'] === 'NO' && !SAID_OF_WHAT_ENDED.has(name)) continue;
      for (const id of namedIn(record, name)) {
        met.add(name);
        const target = at.get(id);
        // Which replaces which may be recorded of either.
        const either = name === 'Decision.supersededBy' ? idsIn(target?.['supersedes'] ?? null) : [];
        if (!target || [...listedIn(target, field), ...either].includes(record.id)) continue;
        wrong.push(`${record.id} names ${id} in ${name}, and is not in ${reverse}`);
      }
    }
  }
  for (const reverse of new Set(Object.values(REVERSES))) {
    const [type = '', field = ''] = reverse.split('.');
    const fields = Object.keys(REVERSES).filter((name) => REVERSES[name] === reverse);
    for (const target of found.get(type) ?? []) {
      for (const id of listedIn(target, field)) {
        const record = at.get(id);
        if (!record || fields.some((name) => namedIn(record, name).includes(target.id))) continue;
        wrong.push(`${target.id} lists ${id} in ${reverse}, which does not name it`);
      }
    }
  }
  return wrong;
};

describe('what names something and what it is named in', () => {
  it('say the same from both ends, in random histories, as at and as known at', async () => {
    const met = new Set<string>();
    for (const seed of [20_241, 7]) {
      await over(referringHistory(seed, 600), async (api, positions) => {
        const [half, last] = [positions[Math.floor(positions.length * 0.6)], positions.at(-1)];
        const places = [`asAt: "${dayOf(3)}"`, `asAt: "${dayOf(6)}"`, `asAt: "${dayOf(6)}", asKnownAt: ${half}`];
        for (const place of places) {
          const found = await everything(api, place.includes('Known') ? place : `${place}, asKnownAt: ${last}`);
          expect(differences(found, met)).toEqual([]);
        }
      });
    }
    // Logs are issued, not recorded at random: their reverses are held by the schema alone.
    const never = Object.keys(REVERSES).filter((name) => !met.has(name) && !name.startsWith('IssuedDecisionLog.'));
    expect(never).toEqual([]);
  }, 60_000);
});
