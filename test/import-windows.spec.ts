import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { importFiles, type ImportOrder } from '../apps/cli/src/import/import.js';
import { MemoryEventStore, type AppendOptions, type AppendOutcome, type StreamWrite } from '#event-store';
import { filesIn, OPERATOR } from './importing.js';

const ROWS = 600;

const BODIES = `
name: bodies
file: b*.csv
row: [no]
instant: '2024-01-01T00:00:00Z'
subject: { aggregate: body, id: 'x:{no}' }
first:
  - aggregate: organisation
    id: 'o:{owner}'
    command: RegisterOrganisation
    effectiveOn: unknown
    data: { name: '{ownerName}', kind: LEGISLATURE }
facts:
  - command: EstablishBody
    effectiveOn: unknown
    data: { name: 'Body {no}', kind: LEGISLATIVE_CHAMBER, owners: ['o:{owner}'] }
`;
const DECISIONS = `
name: decisions
file: d.csv
row: [no]
subject: { aggregate: decision, id: 'd:{subject}' }
facts:
  - command: TakeDecision
    effectiveOn: '2024-04-01'
    data: { title: 'T{no}', decidedBy: ['x:{body}'], takenOn: '2024-04-01', supersedes: 'd:{earlier}' }
`;

/** Rows that need, name and repeat what stands a window before them, or behind them. */
const tables = (): Record<string, string> => {
  const body = (no: number, owner: number, name: string): string => `${no},${owner},${name}`;
  const bodies = Array.from({ length: ROWS }, (_, no) => body(no, Math.floor(no / 7), `Owner ${Math.floor(no / 7)}`));
  const renamed = Array.from({ length: ROWS / 2 }, (_, no) => body(ROWS + no, 74 + (no % 12), 'Another name'));
  const decisions = Array.from({ length: ROWS }, (_, no) => {
    const subject = no % 97 === 96 ? Math.max(0, no - 290) : no;
    const earlier = no % 103 !== 0 ? '' : no % 2 === 0 ? no + 3 : no - 270 - (no % 7);
    return `${no},${subject},${no % 29 === 0 ? 2 * ROWS + no : no},${earlier === '' || earlier < 0 ? '' : earlier}`;
  });
  return {
    'b.csv': ['no,owner,ownerName', ...bodies].join('\n'),
    'b-2.csv': ['no,owner,ownerName', ...renamed].join('\n'),
    'd.csv': ['no,subject,body,earlier', ...decisions, ...decisions.slice(300, 450)].join('\n'),
    'b.yaml': BODIES,
    'd.yaml': DECISIONS,
  };
};

/** Says that something is written when the next rows have long been read. */
class Slow extends MemoryEventStore {
  override async append(writes: readonly StreamWrite[], options?: AppendOptions): Promise<AppendOutcome> {
    const outcome = await super.append(writes, options);
    await pause(60);
    return outcome;
  }
}

/** What an import says, and what the log holds of each subject then. */
const imported = async (store: MemoryEventStore, order: ImportOrder): Promise<unknown> => {
  const report = await importFiles(store, OPERATOR, order);
  const subjects = Map.groupBy(await store.readAll(1, 10_000), ({ stream }) => stream);
  const said = [...subjects].map(([stream, events]) => [
    stream,
    ...events.map(({ id, payload, envelope }) => id + payload + envelope),
  ]);
  return { ...report, subjects: said.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)) };
};

describe('rows that are recorded while the next are read', () => {
  it('are recorded as they would be one after the other, however long the store takes', async () => {
    const paths = Object.values(filesIn(tables()));
    const order: ImportOrder = {
      files: paths.filter((path) => path.endsWith('.csv')),
      mappings: paths.filter((path) => path.endsWith('.yaml')),
    };
    const [quick, slow] = [new MemoryEventStore(), new Slow()];
    const [first, second] = [await imported(quick, order), await imported(slow, order)];
    expect(second).toEqual(first);
    const total = { rows: 2.75 * ROWS, recorded: 1_475, unchanged: 144, refused: 31, supporting: 86 };
    expect(first).toMatchObject({ total });
    // The first row that says otherwise of what it needs stands behind the window in which that is registered.
    const [, corrected] = await quick.readStream('organisation/o:74');
    expect(corrected?.envelope).toContain('"locator":"768#');
  }, 30_000);
});
