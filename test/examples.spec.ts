import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '#event-store';
import { loadSample } from '../apps/cli/src/demo.js';
import { matches, readMapping } from '../apps/cli/src/import/mapping.js';
import { checkedFile } from '../apps/cli/src/import/source-file.js';
import { PROJECT_FOLDER } from '../apps/cli/src/project.js';
import { Bench, OPERATOR, counted } from './importing.js';

const EXAMPLES = join(PROJECT_FOLDER, 'examples');

/** Rows of each file that has a mapping beside it, as its source counts them. */
const ROWS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'gloucestershire-councils': { 'committee_members.csv': 1075, 'committees.csv': 117 },
  ics: { 'icbs_2022.csv': 42 },
  'nhs-ods': {
    'pcns_2022-01.csv': 1255,
    'sub_icb_locations_2022-01.csv': 106,
    'trusts_2015-snapshot.csv': 241,
    'trusts_2020-snapshot.csv': 227,
    'trusts_2022-snapshot.csv': 218,
    'trusts_2025-snapshot.csv': 210,
  },
  'uk-commons-decisions': { 'decisions.csv.gz': 8848 },
  'uk-local-authorities': {
    'england_upper_tier.csv': 153,
    'local_authorities_mysociety.csv': 470,
    'local_authority_digital_land.csv': 380,
    'versions_local_authority_digital_land.csv': 815,
  },
  'uk-ministers': {
    'appointment.csv.gz': 5485,
    'appointment_characteristics.csv.gz': 5347,
    'organisation.csv.gz': 113,
    'organisation_link.csv.gz': 61,
    'person.csv.gz': 1645,
    'post.csv.gz': 1633,
  },
  'us-states': { 'committee_members.csv.gz': 38616, 'committees.csv.gz': 3004, 'roles.csv.gz': 30319 },
};

describe('the examples', () => {
  it.each(Object.entries(ROWS))('%s: every table has one mapping that fits it', async (folder, rows) => {
    const names = readdirSync(join(EXAMPLES, folder));
    const mappings = names
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => readMapping(join(EXAMPLES, folder, name)));
    const found: Record<string, number> = {};
    for (const name of names.filter((file) => /\.csv(\.gz)?$/.test(file))) {
      const fitting = mappings.filter(({ files }) => files.some((pattern) => matches(pattern, name)));
      expect({ name, fitting: fitting.length }).toEqual({ name, fitting: 1 });
      const [mapping] = fitting;
      if (mapping) found[name] = (await checkedFile(join(EXAMPLES, folder, name), mapping)).rows;
    }
    expect(found).toEqual(rows);
  });

  it('load as the sample register, every row of it, and a second time add nothing', async () => {
    const store = new MemoryEventStore();
    const first = await loadSample(store, OPERATOR);
    expect(first.refusals).toEqual([]);
    const { recorded, corrected, annulled, unchanged, rows } = first.total;
    expect(recorded + corrected + annulled + unchanged).toBe(rows);
    const second = await loadSample(store, OPERATOR);
    expect(second.total).toMatchObject({ rows, unchanged: rows });
    expect(await store.head()).toBe(first.position);
  });
});

describe('the worked example of docs/import.md', () => {
  it('imports as it says', async () => {
    const text = readFileSync(join(PROJECT_FOLDER, 'docs', 'import.md'), 'utf8');
    const blocks = (language: string): readonly string[] =>
      [...text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map((found) => found[1] ?? '');
    const bench = new Bench();
    const report = await bench.import({
      'councillors.csv': blocks('csv')[0] ?? '',
      'councillors.yaml': blocks('yaml').join(''),
    });
    expect(counted(report)).toEqual({ rows: 3, recorded: 3, supporting: 5 });
    expect(await bench.live('appointment/town:18')).toEqual([
      'AppointmentMade 2023-05-01',
      'AppointmentEnded 2024-05-01',
    ]);
    const lines = await bench.import({ 'c.ndjson': blocks('json')[0] ?? '' });
    expect(counted(lines)).toEqual({ rows: 2, recorded: 1, corrected: 1 });
  });
});
