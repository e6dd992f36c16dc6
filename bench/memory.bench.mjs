// Resident memory of an api, in a process of its own, while clients record and ask without a pause: `--only memory`.
// Ten minutes in a full run, one in a quick one. The last row says by how much it grew in the last third.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/apps/api/src/main.js', import.meta.url));
const CLIENTS = 6;
const SAMPLES = 30;

const started = async (directory) => {
  const env = { PATH: process.env.PATH, DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'error' };
  const api = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const bytes of api.stdout) {
    const url = /^The register is running at (http:\S+?)\/ /m.exec((said += bytes))?.[1];
    if (url) return { api, url };
  }
  throw new Error(`the api ended: ${said}`);
};

const recordOf = (id) => ({
  query: `mutation { takeDecision(id: "${id}", recording: { effectiveOn: "2025-04-01", commandId: "${id}" },
    data: { title: "Decision ${id}", text: "${'A paragraph of a decision. '.repeat(40)}" }) { position } }`,
});
const QUESTIONS = [
  '{ decisions(first: 20) { edges { node { id title } } } }',
  '{ organisations(first: 20) { totalCount edges { node { name } } } }',
  '{ people(first: 20) { edges { node { name appointments(first: 3) { edges { node { role } } } } } } }',
].map((query) => ({ query }));

/** @returns rows of the table: name, unit, value, baseline, ratio, note. */
export const run = async ({ quick, dir }) => {
  const ms = quick ? 60_000 : 600_000;
  const own = mkdtempSync(join(dir ?? tmpdir(), 'register-bench-'));
  const { api, url } = await started(own);
  const end = performance.now() + ms;
  const count = { done: 0, refused: 0 };
  const client = async (_, who) => {
    for (let turn = 0; performance.now() < end; turn++) {
      const body = turn % 2 === 0 ? recordOf(`m${who}-${turn}`) : QUESTIONS[turn % QUESTIONS.length];
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
      const { errors } = await answer.json();
      count[errors ? 'refused' : 'done'] += 1;
      // Whoever is told to ask less does.
      if (answer.status === 429 || answer.status === 503) await pause(1_000);
    }
  };
  const megabytes = [];
  const watching = async () => {
    for (let sample = 0; sample < SAMPLES; sample++) {
      await pause(ms / SAMPLES);
      const text = await (await fetch(`${url}/metrics`)).text();
      megabytes.push(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6);
    }
  };
  await Promise.all([...Array.from({ length: CLIENTS }, client), watching()]);
  api.kill('SIGTERM');
  await new Promise((resolve) => api.once('exit', resolve));
  rmSync(own, { recursive: true });
  const third = SAMPLES / 3;
  const highest = (from) => Math.max(...megabytes.slice(from, from + third));
  const note = `${count.done} answers, ${count.refused} refused, in ${ms / 1000} s`;
  return ['first', 'second', 'last'].map((name, nth) => ({
    name: `resident memory, highest of the ${name} third`,
    unit: 'MB',
    value: highest(nth * third),
    baseline: highest(0),
    ratio: highest(nth * third) / highest(0),
    note,
  }));
};
