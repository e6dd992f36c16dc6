import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { holdRegister, openEventStore } from '#event-store';
import { addDays, londonDay, type CivilDate } from '#kernel';
import { Post } from './delivery/mail-server.js';
import { IDENTITY, Receiver } from './delivery/web-server.js';
import { Bench } from './importing.js';

const PROGRAM = fileURLToPath(new URL('../dist/apps/cli/src/main.js', import.meta.url));
const CLERK = 'clerk@council.example';

const thisMonth = `${londonDay(Date.now()).slice(0, 8)}01` as CivilDate;
const lastMonth = `${addDays(thisMonth, -1).slice(0, 8)}01` as CivilDate;
const takenOn = addDays(lastMonth, 4);

const order = { every: 'MONTH', firstDay: lastMonth, daysAfterPeriod: 0, reader: 'PUBLIC', recipient: 'The clerk' };
const COMMANDS = [
  ['organisation', 'gcc', 'RegisterOrganisation', { name: 'County Council', kind: 'COUNCIL' }],
  ['body', 'hosc', 'EstablishBody', { name: 'Health Scrutiny', kind: 'HOSC', owners: ['gcc'] }],
  ['decision', 'd1', 'TakeDecision', { title: 'A decision', takenOn, organisation: 'gcc', reference: 'R-1' }],
  [
    'standingOrder',
    'monthly',
    'PlaceStandingOrder',
    { committee: 'hosc', ...order, formats: ['HTML', 'CSV'], deliverTo: [{ by: 'EMAIL', to: CLERK }] },
  ],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'register-due-'));
const data = join(folder, 'data');
const out = join(folder, 'out');
let post: Post;
let receiver: Receiver;

/** Receivers on this machine, and who vouches for them. */
const trusting = { WEBHOOK_ALLOW: '127.0.0.1', NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') };
const register = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
    const env = { ...process.env, DATA_DIR: data, NODE_OPTIONS: '', ...trusting, ...environment };
    execFile(process.execPath, [PROGRAM, ...words], { env }, (fault, stdout, stderr) =>
      resolve({ code: fault ? Number(fault.code) : 0, out: stdout, err: stderr }),
    );
  });
const mail = () => ({ SMTP_URL: `smtp://127.0.0.1:${post.address().port}`, SMTP_FROM: 'register@example.org' });
const position = async (): Promise<number> => {
  const store = await openEventStore('sqlite:', data, { readOnly: true });
  try {
    return await store.head();
  } finally {
    await store.close();
  }
};

beforeAll(async () => {
  [post, receiver] = await Promise.all([Post.start(), Receiver.start()]);
  writeFileSync(trusting.NODE_EXTRA_CA_CERTS, IDENTITY.cert);
  const file = join(folder, 'world.ndjson');
  const lines = COMMANDS.map(([aggregate, id, command, payload], index) =>
    JSON.stringify({ commandId: `w${index}`, aggregate, id, command, data: payload, effectiveOn: lastMonth }),
  );
  writeFileSync(file, lines.join('\n'));
  expect((await register(['import', file])).err).toBe('');
}, 60_000);
afterAll(async () => {
  await Promise.all([post.stop(), receiver.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

describe('register log --due', () => {
  const due = `due ${addDays(thisMonth, -1)}   Health Scrutiny`;

  it('--list says what is due and what comes next, also while another holds the register', async () => {
    const holder = holdRegister(data, 'register api');
    try {
      const listed = await register(['log', '--due', '--list']);
      expect(listed).toMatchObject({ code: 0, err: '' });
      expect(listed.out.split('\n').map((line) => line.slice(0, due.length))).toEqual([
        due,
        expect.stringMatching(/^next /),
        '',
      ]);
      const refused = await register(['log', '--due']);
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toMatch(/is held by register api, process \d+/);
    } finally {
      holder.release();
    }
  }, 30_000);

  it('records nothing and leaves no file where nobody accepts the log, and says why in a sentence', async () => {
    const before = await position();
    const unset = await register(['log', '--due', '--out', out]);
    expect(unset.code).toBe(1);
    expect(unset.out).toMatch(/^refused {2}Health Scrutiny, .*: the log .* was not issued: .*SMTP_URL is not set/);
    post.fates.push('refuse');
    const refused = await register(['log', '--due', '--out', out, '--json'], mail());
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({ firstDay: lastMonth, refused: { code: 'LOG_NOT_DELIVERED' } });
    expect(readdirSync(out)).toEqual([]);
    expect(await position()).toBe(before);
  }, 30_000);

  it('issues what is due, delivers it, and writes each log into a folder of its own', async () => {
    const done = await register(['log', '--due', '--out', out, '--json'], mail());
    expect(done).toMatchObject({ code: 0, err: '' });
    const { issued, delivered } = JSON.parse(done.out) as { issued: string; delivered: { to: string }[] };
    expect(delivered.map(({ to }) => to)).toEqual([CLERK]);
    const folderOfLog = join(out, issued.slice('decisionLog/'.length));
    const [letter] = await post.letters();
    for (const { filename, content } of letter?.attachments ?? []) {
      expect(digest(readFileSync(join(folderOfLog, filename ?? '')))).toBe(digest(Buffer.from(content as ArrayBuffer)));
    }
    expect(readdirSync(folderOfLog).toSorted()).toEqual(letter?.attachments.map(({ filename }) => filename).toSorted());
  }, 30_000);
});

describe('register log --issue --deliver-to', () => {
  const words = ['log', '--for', 'hosc', '--from', lastMonth, '--to', takenOn, '--format', 'html', '--issue'];
  const secret = { WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 1).toString('base64')}` };

  it('delivers to all it can, issues, and exits with 1 where somebody did not accept', async () => {
    receiver.replies.push(204, 403);
    const [one, other] = [receiver.url('/one'), receiver.url('/other')];
    const to = [one, other].flatMap((url) => ['--deliver-to', `webhook:${url}`]);
    const done = await register([...words, ...to, '--out', join(folder, 'two')], secret);
    // Whoever runs it is told why; what is recorded and shown to others does not say.
    expect([done.code, done.err]).toEqual([1, `register: ${new URL(other).origin} answered HTTP 403 Forbidden\n`]);
    expect(done.out).toMatch(
      /issued as decisionLog\/\S+\ndelivered to \S+ at \S+: .*204.*\nnot delivered to \S+: the receiver did not accept it/,
    );
    expect(readdirSync(join(folder, 'two'))).toEqual(['decision-log.html']);
    const listed = await register(['log', '--due', '--list']);
    expect(listed.out).toMatch(/^due .* delivery to https:\S+ outstanding\nnext .*\n$/);
  }, 30_000);

  it('is refused without --issue, before anything is made', async () => {
    const before = await position();
    const [without, needs] = await Promise.all([
      register([...words.slice(0, -1), '--deliver-to', `email:${CLERK}`, '--out', join(folder, 'none')]),
      register(['log', '--from', lastMonth]),
    ]);
    expect([without, needs].map(({ code, out: said }) => [code, said])).toEqual([
      [2, ''],
      [2, ''],
    ]);
    expect(without.err).toContain("option '--deliver-to <route>' goes with --issue");
    expect(needs.err).toContain("required option '--for <committee>' not specified");
    expect(readdirSync(folder)).not.toContain('none');
    expect(await position()).toBe(before);
  }, 30_000);
});

describe('an import that corrects a classed decision', () => {
  it('is refused where it leaves the class out', async () => {
    const line = (commandId: string, payload: object, more: object) =>
      JSON.stringify({
        commandId,
        aggregate: 'decision',
        id: 'd2',
        command: 'TakeDecision',
        data: { title: 'A contract', takenOn, ...payload },
        effectiveOn: takenOn,
        ...more,
      });
    const corrects = { corrects: { command: 'c1', index: 0 }, why: { kind: 'error', reason: 'a slip' } };
    const lines = [
      line('c1', { disclosure: { disclosure: 'EXEMPT', ground: 'LGA_12A_3' } }, {}),
      line('c2', {}, corrects),
    ];
    const { refusals } = await new Bench().import({ 'c.ndjson': lines.join('\n') });
    expect(refusals).toMatchObject([{ line: 2, code: 'DISCLOSURE_LEFT_OUT', column: 'data.disclosure' }]);
  });
});

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
