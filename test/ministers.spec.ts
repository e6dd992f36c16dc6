import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { runApi, type RunningApi } from './running-api.js';
import { Place } from './stores/place.js';

/**
 * The ministers' register, which has a real history of corrections: what the API answers for a post or a person on a
 * day, as known at an instant, beside what the rows of the source say by themselves. Nothing of the register's own code
 * takes part in the expectation.
 */
const FILES = ['organisation', 'organisation_link', 'post', 'person', 'appointment', 'appointment_characteristics'];
const ROWS = {
  organisation: 113,
  organisation_link: 61,
  post: 1633,
  person: 1645,
  appointment: 5485,
  appointment_characteristics: 5347,
};
const TRIPLES = 400;
const EACH_QUERY = 25;

interface Version {
  readonly line: number;
  readonly id: string;
  readonly person: string;
  readonly post: string;
  readonly start: string;
  readonly end: string;
  readonly from: number;
  readonly to: number;
}
interface Counts {
  readonly rows: number;
  readonly recorded: number;
  readonly corrected: number;
  readonly annulled: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly leftStanding: number;
}
interface Report {
  readonly total: Counts;
  readonly files: readonly (Counts & { readonly file: string })[];
  readonly refusals: readonly { readonly file: string; readonly line: number }[];
}

const source = join(process.cwd(), 'examples', 'uk-ministers');
const register = (
  ...args: readonly string[]
): { readonly status: number | null; readonly out: string; readonly err: string } => {
  const program = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    env: { ...process.env, ...place.environment },
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  return { status, out: stdout, err: stderr };
};
const importMinisters = (): Report => {
  const files = FILES.map((name) => join(source, `${name}.csv.gz`));
  const mappings = FILES.flatMap((name) => ['--mapping', join(source, `${name}.yaml`)]);
  const kept = report ? [] : ['--keep-recorded-instants'];
  const { status, out, err } = register('import', ...files, ...mappings, ...kept, '--json');
  if (status !== 1) throw new Error(`the import ended with ${status}: ${err}${out}`);
  return JSON.parse(out) as Report;
};

let place: Place;
let report: Report | undefined;
let api: RunningApi;
beforeAll(async () => {
  place = await Place.find();
  report = importMinisters();
}, 600_000);
afterAll(async () => {
  await api?.close();
  await place?.remove();
});

const versions = (): readonly Version[] => {
  const text = gunzipSync(readFileSync(join(source, 'appointment.csv.gz'))).toString();
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  return rows.map((row, index) => ({
    line: index + 2,
    id: row['id'] ?? '',
    person: row['person_id'] ?? '',
    post: row['post_id'] ?? '',
    start: row['start_date'] ?? '',
    end: row['end_date'] || '9999-12-31',
    from: Date.parse(row['recorded_from'] ?? ''),
    to: row['recorded_to'] ? Date.parse(row['recorded_to']) : Number.POSITIVE_INFINITY,
  }));
};

/** The versions of each row that stand at an instant: a refused one leaves the one before it standing. */
const standingAt = (
  rows: ReadonlyMap<string, readonly Version[]>,
  refused: ReadonlySet<number>,
  at: number,
): Version[] =>
  [...rows.values()].flatMap((history) => {
    let standing: Version | undefined;
    for (const [index, version] of history.entries()) {
      if (version.from > at) break;
      const gap = index > 0 && (history[index - 1] as Version).to < version.from;
      if (gap) standing = undefined;
      if (!refused.has(version.line)) standing = version;
      if (version.to <= at && history[index + 1]?.from !== version.to) standing = undefined;
    }
    return standing ? [standing] : [];
  });

describe('importing the ministers', () => {
  it('accounts for every row of every file, and names the one line that ends before it starts', () => {
    expect(report?.total.rows).toBe(14_284);
    for (const { file, rows, recorded, corrected, annulled, unchanged, refused } of report?.files ?? []) {
      const name = file.replace(/.*\//, '').replace('.csv.gz', '') as keyof typeof ROWS;
      expect([name, rows]).toEqual([name, ROWS[name]]);
      expect(recorded + corrected + annulled + unchanged + refused).toBe(rows);
    }
    const lines = report?.refusals.map(({ file, line }) => `${file.replace(/.*\//, '')}:${line}`) ?? [];
    expect(lines).toContain('appointment.csv.gz:4789');
    expect(lines).toContain('appointment_characteristics.csv.gz:4690');
    expect(report?.total.leftStanding).toBe(2);
  });
  it('adds nothing a second time, and refuses the same lines', () => {
    const again = importMinisters();
    const { recorded, corrected, annulled, unchanged, refused } = again.total;
    expect([recorded, corrected, annulled]).toEqual([0, 0, 0]);
    expect([refused, unchanged]).toEqual([report?.total.refused, 14_284 - (report?.total.refused ?? 0)]);
    expect(again.refusals.map(({ file, line }) => [file, line])).toEqual(
      report?.refusals.map(({ file, line }) => [file, line]),
    );
  });
  it('replays without a difference, now and as known in the middle of its history', () => {
    for (const known of [[], ['--known-at', '2024-09-01'], ['--known-at', '9000']]) {
      const { status, out } = register('replay', '--as-at', '2019-06-01', ...known);
      expect([status, out.trim().endsWith('no difference')]).toEqual([0, true]);
    }
  });
});

describe('asking who held a post, and what a person held', () => {
  it(`answers as the rows of the source do, for ${TRIPLES} random days and instants`, async () => {
    api = await runApi(place.environment);
    const all = versions();
    const refused = new Set(
      report?.refusals.filter(({ file }) => file.endsWith('appointment.csv.gz')).map(({ line }) => line),
    );
    const rows = new Map<string, Version[]>();
    for (const version of all.toSorted((a, b) => a.from - b.from)) {
      rows.set(version.id, [...(rows.get(version.id) ?? []), version]);
    }
    const instants = [...new Set(all.flatMap(({ from, to }) => [from, to]))]
      .filter(Number.isFinite)
      .toSorted((a, b) => a - b);
    const standing = new Map(instants.map((at) => [at, standingAt(rows, refused, at)]));
    const now = standing.get(instants.at(-1) as number) as Version[];

    let seed = 20_261_121;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return Math.floor((seed / 0x80000000) * below);
    };
    const holds = (version: Version, on: string): boolean => version.start <= on && on < version.end;
    const near = (date: string): string => {
      const day = new Date(
        Date.parse(`${date === '9999-12-31' ? '2024-06-01' : date}T00:00:00Z`) + (random(5) - 2) * 86_400_000,
      );
      return day.toISOString().slice(0, 10);
    };
    const corrected = all.filter(({ id }) => (rows.get(id)?.length ?? 0) > 1);
    const triples = Array.from({ length: TRIPLES }, (_, index) => {
      const picked = (index % 2 ? corrected : all)[random(index % 2 ? corrected.length : all.length)] as Version;
      const by = index % 4 < 2 ? ('seat' as const) : ('person' as const);
      const subject = by === 'seat' ? picked.post : picked.person;
      return {
        by,
        subject,
        on: near(random(2) ? picked.start : picked.end),
        at: instants[Math.min(random(instants.length), random(instants.length))] as number,
      };
    });

    let differsFromToday = 0;
    let answered = 0;
    for (let from = 0; from < triples.length; from += EACH_QUERY) {
      const asked = triples.slice(from, from + EACH_QUERY);
      const fields = asked.map(
        ({ by, subject, on, at }, index) => `q${index}: appointments(${by}: "ifg:${subject}", asAt: "${on}",
          asKnownAt: "${new Date(at).toISOString()}", first: 100) { edges { node { id: subject } } }`,
      );
      const { data, errors } = await api.ask(`{ ${fields.join('\n')} }`);
      const unexpected = (errors ?? []).filter(({ extensions }) => extensions?.['code'] !== 'UNKNOWN_SUBJECT');
      expect(unexpected).toEqual([]);
      for (const [index, { by, subject, on, at }] of asked.entries()) {
        const key = by === 'seat' ? 'post' : 'person';
        const expected = (versionsAt: readonly Version[]): string[] =>
          versionsAt
            .filter((version) => version[key] === subject && holds(version, on))
            .map(({ id }) => id)
            .toSorted();
        const then = expected(standing.get(at) as Version[]);
        const page = data?.[`q${index}`] as { edges: { node: { id: string } }[] } | undefined;
        const found = (page?.edges ?? []).map(({ node }) => node.id.replace('appointment/ifg:', '')).toSorted();
        expect({ by, subject, on, at, found }).toEqual({ by, subject, on, at, found: then });
        if (then.join() !== expected(now).join()) differsFromToday += 1;
        if (then.length > 0) answered += 1;
      }
    }
    expect(differsFromToday).toBeGreaterThan(30);
    expect(answered).toBeGreaterThan(100);
  }, 120_000);
});
