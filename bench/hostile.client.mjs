// `node bench/hostile.client.mjs URL CONNECTIONS SECONDS`: so many connections, each asking for a page as soon as it has its
// answer, or after the time that a refusal names. One line of JSON.
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const [url, connections, seconds] = process.argv.slice(2);
const body = JSON.stringify({
  query: '{ decisions(first: 20) { totalCount edges { node { id title datedOn decidedBy { name } } } } }',
});
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });

const ask = () =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode, retryAfter: Number(response.headers['retry-after']) }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

const [answered, refused, statuses] = [[], [], {}];
const begun = performance.now();
const end = begun + Number(seconds) * 1000;
const one = async () => {
  while (performance.now() < end) {
    const asked = performance.now();
    const { status, retryAfter } = await ask().catch((fault) => ({ status: fault.code }));
    (status === 200 ? answered : refused).push(performance.now() - asked);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 503 && !(retryAfter > 0)) throw new Error('503 without Retry-After');
    if (status !== 200) await pause(1000);
  }
};
await Promise.all(Array.from({ length: Number(connections) }, one));
const p99 = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0;
const perSecond = (answered.length * 1000) / (performance.now() - begun);
process.stdout.write(JSON.stringify({ perSecond, p99: p99(answered), refusedP99: p99(refused), statuses }));
agent.destroy();
