import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEventStore, readPages } from '#event-store';
import type { StoredEvent } from '#kernel';
import { Programs } from './programs.js';

interface Digest {
  readonly events: number;
  readonly digest: string;
  readonly instants: string;
}
interface Report {
  readonly position: number;
  readonly there: number;
  readonly copied: number;
  readonly from: Digest;
  readonly to: Digest;
  readonly same: boolean;
  readonly instantsKept: boolean;
}

const MINISTERS = join(process.cwd(), 'examples', 'uk-ministers');
const ALL = ['organisation', 'organisation_link', 'post', 'person', 'appointment', 'appointment_characteristics'];
/** A part of it for `npm test`; all of it where `WHOLE_REGISTERS` is set (`npm run test:loss`). */
const [FILES, EVENTS] = process.env['WHOLE_REGISTERS'] ? [ALL, 10_000] : [ALL.slice(0, 3), 1_500];

const programs = new Programs();
let [first, second, esdb]: [string, string, string] = ['', '', ''];

const eventsIn = async (url: string, folder: string): Promise<StoredEvent[]> => {
  const store = await openEventStore(url, folder, { readOnly: true });
  const events: StoredEvent[] = [];
  for await (const page of readPages(store)) events.push(...page);
  await store.close();
  return events;
};
const positionIn = async (url: string, folder: string): Promise<number> => {
  const store = await openEventStore(url, folder, { readOnly: true }).catch(() => undefined);
  const position = (await store?.head()) ?? -1;
  await store?.close();
  return position;
};
const migrate = async (folder: string, from: string, to: string): Promise<Report> => {
  const { code, out, err } = await programs.register(
    { DATA_DIR: folder },
    'migrate',
    '--from',
    from,
    '--to',
    to,
    '--json',
  );
  if (code !== 0) throw new Error(`it ended with ${code}: ${err}${out}`);
  return JSON.parse(out) as Report;
};

beforeAll(async () => {
  [first, second] = [await programs.folder(), await programs.folder()];
  const files = FILES.map((name) => join(MINISTERS, `${name}.csv.gz`));
  const mappings = FILES.flatMap((name) => ['--mapping', join(MINISTERS, `${name}.yaml`)]);
  const said = await programs.register(
    { DATA_DIR: first },
    'import',
    ...files,
    ...mappings,
    '--keep-recorded-instants',
  );
  if (said.code !== 0 && said.code !== 1) throw new Error(`the import ended with ${said.code}: ${said.err}`);
  esdb = await programs.eventStoreDb();
}, 120_000);
afterAll(() => programs.end());

describe('moving the ministers’ register to EventStoreDB and back', () => {
  it('goes on where it was killed, and both say the same', async () => {
    const cut = programs.start('cli', { DATA_DIR: first }, ['migrate', '--to', esdb]);
    const looking = await programs.folder();
    for (let tries = 0; tries < 300 && (await positionIn(esdb, looking)) < EVENTS / 10; tries++) await pause(50);
    cut.child.kill('SIGKILL');
    await cut.ended;

    const report = await migrate(first, 'sqlite:', esdb);
    expect(report.there).toBeGreaterThan(0);
    expect(report.copied).toBeGreaterThan(0);
    expect(report).toMatchObject({ same: true, instantsKept: true, there: report.position + 1 - report.copied });
    expect(report.to).toEqual(report.from);
  }, 120_000);

  it('comes back with the same ids, order, bytes and instants', async () => {
    const report = await migrate(second, esdb, 'sqlite:');
    expect(report).toMatchObject({ same: true, instantsKept: true, there: 0 });
    const before = await eventsIn('sqlite:', first);
    expect(before.length).toBeGreaterThan(EVENTS);
    expect(await eventsIn('sqlite:', second)).toEqual(before);
  }, 120_000);

  it('gives the same answers', async () => {
    expect(await programs.register({ DATA_DIR: second }, 'rebuild')).toMatchObject({ code: 0 });
    const replay = ['replay', '--as-at', '2020-03-01', '--known-at', '2024-09-01', '--json'];
    const [one, other] = [
      await programs.register({ DATA_DIR: first }, ...replay),
      await programs.register({ DATA_DIR: second }, ...replay),
    ];
    expect(one).toMatchObject({ code: 0 });
    // All but the names of the files that have seen the log.
    const answered = ({ out }: { out: string }): unknown =>
      JSON.parse(out, (key, value: unknown) => (key === 'seenBy' ? undefined : value));
    expect(answered(other)).toEqual(answered(one));
  }, 120_000);

  it('refuses a target that holds something else, and one that is the source', async () => {
    const other = await programs.folder();
    const person = join(MINISTERS, 'organisation.csv.gz');
    const imported = ['import', person, '--mapping', join(MINISTERS, 'organisation.yaml')];
    expect(await programs.register({ DATA_DIR: other }, ...imported)).toMatchObject({ code: 0 });
    const wrong = await programs.register({ DATA_DIR: other }, 'migrate', '--to', esdb);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/^register: the target holds \d+ events and is not the beginning of this log[^\n]*\n$/);
    expect(await programs.register({ DATA_DIR: other }, 'migrate', '--to', 'sqlite:')).toMatchObject({ code: 2 });
  }, 120_000);
});
