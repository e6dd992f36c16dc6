import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordAll, type Fact } from '../recorder.js';
import { madeLog, register, type MadeLog } from '../decision-log/made-log.js';
import { recordedRegister } from '../decision-log/recorded-register.js';
import { servedRegister, sha256Of, type ServedRegister } from '../decision-log/served-register.js';
import { sixtyDecisions } from '../decision-log/sixty-decisions.js';

const QUESTION = ['--for', 'hosc', '--from', '2025-01-01', '--to', '2025-12-31', '--as-at', '2026-01-31'];
const HERE = { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
const THERE = { TZ: 'America/Los_Angeles', LANG: 'C' };
const FORMATS = { html: 'html', pdf: 'pdf', csv: 'csv', docx: 'docx', json: 'json' };

/** What is recorded after a log was issued: of its decisions, of others, and of what it names. */
const LATER: readonly Fact[] = [
  ['ChangeDecision', 'd1', '2025-06-01', { outcome: 'Carried, as it turned out' }],
  ['LiftExemption', 'd3', '2026-01-01', { reason: 'The contract is signed.' }],
  [
    'TakeDecision',
    'late',
    '2025-05-05',
    { title: 'Recorded late', takenOn: '2025-05-05', organisation: 'icb', decidedBy: ['board'], reference: 'LATE-1' },
  ],
  ['SetBudget', 'second', '2025-04-01', { name: 'A second fund', organisation: 'icb', amount: { pence: 100 } }],
  [
    'GrantDelegation',
    'more',
    '2025-08-01',
    { functions: ['letting go'], grantedByOrganisation: 'icb', delegateBodies: ['quality'] },
  ],
  ['ChangeBody', 'board', '2022-07-01', { name: 'ICB Board, renamed' }],
  ['RecordResponse', 'asked', '2025-11-30', { text: 'They are published.', respondedOn: '2025-11-30' }],
];

const shas = ({ files }: MadeLog) => Object.fromEntries([...files].map(([name, bytes]) => [name, sha256Of(bytes)]));

const folders: string[] = [];
let folder: string;
let here: MadeLog;
let issued: { readonly id: string; readonly position: number };
let served: ServedRegister | undefined;
beforeAll(async () => {
  ({ folder } = await recordedRegister(sixtyDecisions()));
  here = await madeLog(folder, [...QUESTION, '--issue', '--recipient', 'The clerk', '--json'], HERE);
  folders.push(folder, here.folder);
  const { issued: id, basis } = JSON.parse(here.out) as { issued: string; basis: { position: number } };
  issued = { id: id.replace('decisionLog/', ''), position: basis.position };
}, 60_000);
afterAll(async () => {
  await served?.stop();
  for (const gone of folders) await rm(gone, { recursive: true, force: true });
});

/** Every format of the issued log, as the server makes it now. */
const fetchedAgain = async (): Promise<Record<string, string | null>> => {
  const found: Record<string, string | null> = {};
  for (const format of Object.keys(FORMATS)) {
    const { headers, sha256 } = (await served?.fetch(`/decision-logs/${issued.id}.${format}`)) ?? {};
    expect(headers?.get('etag')).toBe(`"${sha256}"`);
    expect([format, headers?.get('decision-log-as-issued')]).toEqual([format, 'true']);
    found[format] = sha256 ?? null;
  }
  return found;
};

const asIssued = (): Record<string, string | undefined> => {
  const all = shas(here);
  return {
    html: all['decision-log.html'],
    pdf: all['decision-log.pdf'],
    csv: all['decisions.csv'],
    docx: all['decision-log.docx'],
    json: all['decision-log.json'],
  };
};

describe('a log made again', () => {
  it('is byte for byte the same in another process, time zone and language, into another folder', async () => {
    const there = await madeLog(folder, [...QUESTION, '--known-at', String(issued.position)], THERE);
    folders.push(there.folder);
    expect(here.files.size).toBe(12);
    expect(shas(there)).toEqual(shas(here));
    const told = JSON.parse(here.out) as { files: { name: string; bytes: number; sha256: string }[] };
    for (const { name, bytes, sha256 } of told.files) {
      expect([name, sha256, bytes]).toEqual([name, shas(here)[name], here.files.get(name)?.byteLength]);
    }
  });

  it('is the same where it is streamed, for machines alone, as where it stands whole in memory', async () => {
    const words = ['--known-at', String(issued.position), '--format', 'json,csv'];
    const streamed = await madeLog(folder, [...QUESTION, ...words]);
    folders.push(streamed.folder);
    expect(shas(here)).toMatchObject(shas(streamed));
  });
});

describe('an issued log fetched from the server', () => {
  it('has the SHA-256 it was issued with in every format, after later recordings', async () => {
    served = await servedRegister(folder, THERE);
    const api = { ask: served.ask } as Parameters<typeof recordAll>[0];
    const last = await recordAll(api, LATER);
    const answer = await served.ask(
      'query ($after: String) { decisions(first: 1, afterReceipt: $after) { totalCount } }',
      {
        after: last.after,
      },
    );
    expect(answer.errors).toBeUndefined();
    expect(await fetchedAgain()).toEqual(asIssued());
  }, 60_000);

  it('has it after a restart, from views that were made anew', async () => {
    await served?.stop();
    const rebuilt = await register(folder, ['rebuild']);
    expect(rebuilt).toMatchObject({ code: 0, err: '' });
    served = await servedRegister(folder, HERE);
    expect(await fetchedAgain()).toEqual(asIssued());
  }, 60_000);

  it('has it where every format is asked for at once, twice', async () => {
    const all = [...Object.keys(FORMATS), ...Object.keys(FORMATS)];
    const answers = await Promise.all(
      all.map(async (format) => served?.fetch(`/decision-logs/${issued.id}.${format}`)),
    );
    expect(answers.map((answer) => answer?.sha256)).toEqual(all.map((format) => asIssued()[format]));
  });
});
