// Every hostile question of test/hostile-questions against the built register with its sample, in a process of its own:
// how long until it is answered or refused, how long /health/live takes meanwhile, and how large the register grows.
// Then 500 connections. Whoever asks for life, and the 500, are processes of their own too.
import { execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hostileQuestions } from '../test/hostile-questions/spelt-out.mjs';

const here = dirname(fileURLToPath(import.meta.url));

const started = async (folder) => {
  const child = spawn(process.execPath, [join(here, '..', 'dist/apps/api/src/main.js')], {
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder, SAMPLE: 'on', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (bytes) => (said += bytes));
  for (let tries = 0; tries < 1_200 && child.exitCode === null; tries++, await pause(100)) {
    const url = /^The register is running at (http:\S+)\//m.exec(said)?.[1];
    if (url) return { child, url, megabytes: () => megabytesOf(child.pid) };
  }
  throw new Error(`it did not start: ${said}`);
};

/** Resident memory where the system tells it: Linux. */
const megabytesOf = (pid) => {
  try {
    return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
};

/** Asks for life all the time, from a process of its own. */
const livesAsked = async (url) => {
  const child = fork(join(here, 'live.client.mjs'), [url]);
  await once(child, 'message');
  return child;
};

/** How slow life is, and how large the register, from now until it is asked for. */
const watched = ({ lives, megabytes }) => {
  lives.send('begin');
  let largest = megabytes();
  const looking = setInterval(() => (largest = Math.max(largest, megabytes())), 10);
  return async () => {
    // Whatever held up others is over when the next answer has come.
    await pause(30);
    clearInterval(looking);
    lives.send('end');
    const [live] = await once(lives, 'message');
    return { live, megabytes: Math.max(largest, megabytes()) };
  };
};

const askedOne = async (register, { document, variables }) => {
  const stop = watched(register);
  const begun = performance.now();
  const response = await fetch(`${register.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: document, variables }),
  });
  const text = await response.text();
  const ms = performance.now() - begun;
  const { errors, extensions } = JSON.parse(text);
  const code = errors ? errors[0].extensions.code : 'ANSWERED';
  return { ms, code, cost: extensions?.cost?.requested, kilobytes: text.length / 1000, ...(await stop()) };
};

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick, dir }) => {
  const folder = mkdtempSync(join(dir ?? tmpdir(), 'register-hostile-'));
  const register = await started(folder);
  const lives = await livesAsked(register.url);
  const watching = { ...register, lives };
  const rows = [];
  try {
    let [slowest, live, megabytes] = [0, 0, 0];
    for (const question of hostileQuestions()) {
      const seen = await askedOne(watching, question);
      [slowest, live, megabytes] = [
        Math.max(slowest, seen.ms),
        Math.max(live, seen.live),
        Math.max(megabytes, seen.megabytes),
      ];
      const told = question.expected.includes(seen.code) ? seen.code : `UNEXPECTED ${seen.code}`;
      rows.push({
        name: `hostile: ${question.name}`,
        unit: 'ms',
        value: seen.ms,
        note: `${told}, ${seen.cost ?? '?'} points, ${seen.kilobytes.toFixed(0)} kB, live ${seen.live.toFixed(0)} ms, ${seen.megabytes.toFixed(0)} MB`,
      });
    }
    rows.push(
      { name: 'hostile questions: the slowest', unit: 'ms', value: slowest, note: 'to be under 1,000' },
      { name: '/health/live meanwhile: the slowest', unit: 'ms', value: live, note: 'to be under 100' },
      { name: 'resident memory: the largest', unit: 'MB', value: megabytes, note: 'to be under 700' },
    );
    const stop = watched(watching);
    const client = [join(here, 'hostile.client.mjs'), register.url, '500', quick ? '5' : '15'];
    const { stdout } = await promisify(execFile)(process.execPath, client);
    const crowd = JSON.parse(stdout);
    const seen = await stop();
    const codes = Object.entries(crowd.statuses).map(([status, count]) => `${count} × ${status}`);
    rows.push(
      { name: '500 connections: answered', unit: 'answers/s', value: crowd.perSecond, note: codes.join(', ') },
      { name: '500 connections: p99 of answers', unit: 'ms', value: crowd.p99, note: 'to be under 1,000' },
      { name: '500 connections: p99 of refusals', unit: 'ms', value: crowd.refusedP99, note: '503 with Retry-After' },
      { name: '500 connections: /health/live, the slowest', unit: 'ms', value: seen.live },
      { name: '500 connections: resident memory, the largest', unit: 'MB', value: seen.megabytes },
    );
  } finally {
    lives.disconnect();
    register.child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
};
