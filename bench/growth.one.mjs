// `node bench/growth.one.mjs DIR DECISIONS`: records so many decisions in a log of its own. One line of JSON: appends a second
// in the last tenth of them, and the last position.
import { join } from 'node:path';
import { SubmitHandler } from '../dist/libs/command/src/index.js';
import { SqliteEventStore } from '../dist/libs/event-store/src/index.js';
import { filled } from './decisions.mjs';

const [dir, decisions] = process.argv.slice(2);
const store = await SqliteEventStore.open({ file: join(dir, 'log.sqlite') });
const last = Number(decisions) * 0.9;
let begun;
await filled(new SubmitHandler(store), Number(decisions), (done) => {
  if (done >= last) begun ??= { done, at: performance.now() };
});
const perSecond = ((Number(decisions) - begun.done) * 1000) / (performance.now() - begun.at);
console.log(JSON.stringify({ perSecond, head: await store.head() }));
await store.close();
