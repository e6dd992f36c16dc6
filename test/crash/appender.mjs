// Appends until it is killed: `node appender.mjs DIR WRITERS [NAME]`, to EVENT_STORE_URL or the log in DIR. Prints a line
// `try JSON` before and `ack JSON` after each append.
import { writeSync } from 'node:fs';
import { eventId, holdRegister, openEventStore } from '../../dist/libs/event-store/src/index.js';

const [dir, writers, name = 'crash'] = process.argv.slice(2);
/** Written before it goes on, also where the pipe is full for a moment: a word still on its way would die with the child. */
const say = (word, what) => {
  const bytes = Buffer.from(`${word} ${JSON.stringify(what)}\n`);
  for (let sent = 0; sent < bytes.length;) {
    try {
      sent += writeSync(1, bytes, sent);
    } catch (full) {
      if (full.code !== 'EAGAIN') throw full;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
};

holdRegister(dir, 'test/crash/appender');
const store = await openEventStore(process.env.EVENT_STORE_URL ?? 'sqlite:', dir);

/** Commands of one to three events, so that half a command would show. */
const commandOf = (stream, revision) => {
  const commandId = `${stream}/${revision}`;
  const count = 1 + (revision % 3);
  const events = Array.from({ length: count }, (_, index) => ({
    id: eventId(commandId, index),
    type: 'Said',
    schemaVersion: 1,
    payload: JSON.stringify({ says: `${commandId} ${index}`, with: 'é😀'.repeat(40) }),
    envelope: JSON.stringify({ commandId, count, index }),
  }));
  return { stream, expected: revision === 0 ? 'no stream' : { revision: revision - 1 }, events };
};

const write = async (stream) => {
  let revision = (await store.readStream(stream)).length;
  for (;;) {
    const command = commandOf(stream, revision);
    say('try', command);
    const { kind, positions } = await store.append([command]);
    if (kind !== 'appended') throw new Error(`${stream} at ${revision}: ${kind}`);
    say(
      'ack',
      command.events.map(({ id }, index) => ({ id, position: positions[index], stream, revision: revision + index })),
    );
    revision += command.events.length;
  }
};

say('ready', {});
await Promise.all(Array.from({ length: Number(writers) }, (_, index) => write(`${name}-${index}`)));
