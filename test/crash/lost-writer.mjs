// Ends the writer thread under a store that has appends on their way: `node lost-writer.mjs DIR`. Prints what became of them.
import { join } from 'node:path';
import { eventId, SqliteEventStore } from '../../dist/libs/event-store/src/index.js';

const store = await SqliteEventStore.open({ file: join(process.argv[2], 'log.sqlite'), groupLimit: 1 });
const append = (name) => {
  const event = { id: eventId(name, 0), type: 'Said', schemaVersion: 1, payload: '{}', envelope: '{}' };
  return store.append([{ stream: name, expected: 'no stream', events: [event] }]);
};
await append('before');
// A number that its code cannot take ends the thread, as any bug in it would. It is sent in the same turn of the event
// loop as the first append, just before it: nothing can be heard of the end in between.
const cap = new Promise((resolve) => setImmediate(() => resolve(store.capPages(5n))));
const answers = Promise.allSettled([append('with the writer'), append('queued')]);
const [capped] = await Promise.allSettled([cap]);
const [withWriter, queued] = await answers;
const [later] = await Promise.allSettled([append('later')]);
console.log(
  JSON.stringify({
    withWriter: withWriter.value?.kind,
    queued: queued.reason?.code,
    capped: capped.reason?.code,
    later: later.reason?.code,
    reading: (await store.readStream('before')).length,
  }),
);
await store.close();
