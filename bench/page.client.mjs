// `node bench/page.client.mjs URL CLIENTS MILLISECONDS QUERY`: so many clients, each asking again as soon as it has its
// answer. One line of JSON: answers a second, and how long they took.
import { Agent, request } from 'node:http';

const [url, clients, ms, query] = process.argv.slice(2);
const body = JSON.stringify({ query });
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };

const ask = () =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    });
    sent.on('error', reject);
    sent.end(body);
  });

const first = await ask();
if (JSON.parse(first).errors) throw new Error(first.toString().slice(0, 500));
const took = [];
const start = performance.now();
const one = async () => {
  while (performance.now() - start < Number(ms)) {
    const sent = performance.now();
    const answer = await ask();
    if (answer.length < first.length / 2) throw new Error(answer.toString());
    took.push(performance.now() - sent);
  }
};
await Promise.all(Array.from({ length: Number(clients) }, one));
took.sort((a, b) => a - b);
const at = (share) => took[Math.floor(took.length * share)];
const perSecond = (took.length * 1000) / (performance.now() - start);
console.log(JSON.stringify({ perSecond, p50: at(0.5), p99: at(0.99), answers: took.length }));
agent.destroy();
