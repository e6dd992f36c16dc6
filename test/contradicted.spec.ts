import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contradictedAt, contradictedLines } from '../apps/cli/src/contradicted.js';
import { importFiles } from '../apps/cli/src/import/import.js';
import { CONTRADICTED, Contradictions } from '#register';
import { filesIn, OPERATOR } from './importing.js';
import { dataOf } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';
import { Place } from './stores/place.js';

const MAPPING = `
name: members
file: '*.csv'
row: [no]
versions: { from: said }
subject: { aggregate: appointment, id: 'x:{no}' }
facts:
  - { command: MakeAppointment, effectiveOn: { column: from }, data: { person: 'x:{no}', body: 'x:board', role: '{role}' } }
  - { command: EndAppointment, when: until, effectiveOn: { column: until } }
first:
  - { aggregate: person, id: 'x:{no}', command: RegisterPerson, effectiveOn: unknown, data: { name: '{no}' } }
  - { aggregate: body, id: 'x:board', command: EstablishBody, effectiveOn: unknown, data: { name: Board, kind: ICB_BOARD } }
`;
const rows = (...lines: readonly string[]): string => ['no,from,until,role,said', ...lines].join('\n');
const FIRST = ['1,2024-01-01,,Chair,2024-02-01T00:00:00Z', '2,2024-01-01,,Member,2024-02-01T00:00:00Z'];
/** Ended before it began: refused, and the register goes on saying that 1 holds it. */
const SECOND = ['1,2024-01-01,2023-01-01,Chair,2024-03-01T00:00:00Z'];
const THIRD = ['1,2024-01-01,2024-03-31,Chair,2024-05-01T00:00:00Z'];

interface Shown {
  readonly id: string;
  readonly contradictedBySource: readonly {
    readonly code: string;
    readonly statedAt: string | null;
    readonly sentence: string;
  }[];
}

let api: RunningApi;
let place: Place;
const positions: number[] = [];
let reports: Awaited<ReturnType<typeof importFiles>>[];
beforeAll(async () => {
  place = await Place.find();
  const store = await place.openLog();
  const take = async (mapping: string, ...lines: readonly string[]) => {
    const { 'map.yaml': map, 'rows.csv': csv } = filesIn({ 'map.yaml': mapping, 'rows.csv': rows(...lines) });
    const report = await importFiles(store, OPERATOR, { files: [csv ?? ''], mappings: [map ?? ''] });
    positions.push(await store.head());
    return report;
  };
  reports = [
    await take(MAPPING, ...FIRST),
    await take(MAPPING, ...FIRST, ...SECOND),
    await take(MAPPING, ...FIRST, ...SECOND),
    await take(MAPPING, ...FIRST, ...SECOND, ...THIRD),
    await take(
      MAPPING.replace('row: [no]', 'row: [no]\nrefused: withdraw')
        .replace('members', 'others')
        .replaceAll('x:{no}', 'y:{no}'),
      ...FIRST,
    ),
  ];
  reports.push(
    await take(
      MAPPING.replace('row: [no]', 'row: [no]\nrefused: withdraw')
        .replace('members', 'others')
        .replaceAll('x:{no}', 'y:{no}'),
      ...FIRST,
      ...SECOND,
    ),
  );
  await store.close();
  api = await runApi(place.environment);
  await api.runtime.register.waitFor(await api.runtime.store.head(), 10_000);
}, 60_000);
afterAll(async () => {
  await api.close();
  await place.remove();
});

const shown = async (id: string, asKnownAt?: number): Promise<Shown | null> => {
  const basis = asKnownAt === undefined ? '' : `, asKnownAt: ${asKnownAt}`;
  const query = `{ one: appointment(id: "${id}"${basis}) { appointment { id: subject contradictedBySource { code statedAt sentence } } } }`;
  return dataOf<{ one: { appointment: Shown | null } }>(await api.ask(query)).one.appointment;
};

describe('a later version that is refused', () => {
  it('marks what goes on standing in the register itself, as known from then on and until the source agrees', async () => {
    const [first, second, , third] = positions;
    expect(reports[1]?.refusals).toMatchObject([{ code: 'ENDS_BEFORE_START', leftStanding: true }]);
    expect((await shown('x:1', first))?.contradictedBySource).toEqual([]);
    expect((await shown('x:1', second))?.contradictedBySource).toEqual([
      {
        code: 'ENDS_BEFORE_START',
        statedAt: '2024-03-01T00:00:00.000Z',
        sentence: expect.stringMatching(
          /^Its source says otherwise since 1 March 2024: .* \(rows\.csv, members, row 1\)\.$/,
        ),
      },
    ]);
    expect((await shown('x:1', third))?.contradictedBySource).toEqual([]);
    expect((await shown('x:2'))?.contradictedBySource).toEqual([]);
  });

  it('is marked once, however often it comes', () => {
    expect(positions[2]).toBe(positions[1]);
    expect(reports[2]?.total).toMatchObject({ refused: 1, leftStanding: 1 });
  });

  it('is in lists too', async () => {
    const query = `{ appointments(asKnownAt: ${positions[1]}) { edges { node { id: subject contradictedBySource { code } } } } }`;
    const { appointments } = dataOf<{ appointments: { edges: { node: Shown }[] } }>(await api.ask(query));
    expect(appointments.edges.map(({ node }) => [node.id, node.contradictedBySource.length]).toSorted()).toEqual([
      ['appointment/x:1', 1],
      ['appointment/x:2', 0],
    ]);
  });

  it('marks nothing where the mapping takes the earlier version back', async () => {
    expect(reports[5]?.total).toMatchObject({ refused: 1, leftStanding: 0, withdrawn: 1 });
    expect((await api.runtime.store.readStream(CONTRADICTED)).every(({ payload }) => !payload.includes('others'))).toBe(
      true,
    );
    expect(await shown('y:1')).toBeNull();
  });

  it('is told by the register as known at any position', async () => {
    const known = Contradictions.over(api.runtime.store);
    const at = async (position: number) => [...(await known.asKnownAt(position)).keys()];
    expect(await at(positions[0] ?? 0)).toEqual([]);
    expect(await at(positions[1] ?? 0)).toEqual(['appointment/x:1']);
    expect(await at(positions[3] ?? 0)).toEqual([]);
  });

  it('is a line of the replay', async () => {
    const basis = { position: positions[1] ?? 0 };
    const lines = contradictedLines(await contradictedAt(api.runtime.store, basis));
    expect(lines).toEqual([
      'contradicted by their source: 1',
      expect.stringMatching(/^ {2}appointment\/x:1: Its source says otherwise since 1 March 2024/),
    ]);
    expect(await contradictedAt(api.runtime.store, basis, 'appointment/x:2')).toEqual([]);
    expect(contradictedLines(await contradictedAt(api.runtime.store, { position: positions[3] ?? 0 }))).toEqual([]);
  });
});
