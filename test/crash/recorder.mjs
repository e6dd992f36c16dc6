// Records, corrects and annuls through the door, with the views following, until it is killed: `node recorder.mjs DIR WRITERS`.
// Prints a line `ack JSON` for each receipt.
import { writeSync } from 'node:fs';
import { follow, holdRegister, openEventStore } from '../../dist/libs/event-store/src/index.js';
import { Submit, SubmitHandler } from '../../dist/libs/command/src/index.js';
import { eventReader } from '../../dist/libs/governance/src/index.js';
import { VIEWS, openRegister } from '../../dist/libs/register/src/index.js';

const [dir, writers] = process.argv.slice(2);
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

holdRegister(dir, 'test/crash/recorder');
const store = await openEventStore('sqlite:', dir);
const views = await openRegister({ directory: dir, store, views: VIEWS, readEvent: eventReader() });
follow(store, views.follower, { batch: 16 });
const door = new SubmitHandler(store);
const actor = { id: 'crash', roles: ['governance-officer'], vouchedBy: 'development' };
const day = (number) =>
  `2025-${String(1 + (number % 12)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`;
const why = { kind: 'error', reason: 'a slip of the pen' };

/** A life of a body: established, changed now and then also back-dated, changes corrected and annulled. */
const write = async (who) => {
  const run = `${who}-${process.pid}`;
  const send = async (commandId, steps) => {
    const intent = { aggregate: 'body', id: `crash:${run}`, commandId, steps };
    const receipt = await door.execute(new Submit(intent, actor));
    say(
      'ack',
      receipt.events.map(({ id, position }) => ({ id, position })),
    );
    return receipt;
  };
  await send(`${run}/0`, [
    { command: 'EstablishBody', data: { name: `Body ${run}`, kind: 'ICB_COMMITTEE' }, effectiveOn: '2024-01-01' },
  ]);
  let last;
  for (let turn = 1; ; turn++) {
    const change = (number) => ({
      command: 'ChangeBody',
      // Said in this turn and in no other: a change that changes nothing is refused.
      data: { remit: `remit ${number} of ${run}, in turn ${turn}` },
      effectiveOn: day(number * 7),
    });
    const steps =
      turn % 5 === 0 && last
        ? [{ annuls: last, why }, change(turn)]
        : turn % 3 === 0 && last
          ? [{ ...change(turn + 5), corrects: last, why }, change(turn)]
          : [change(turn)];
    last = (await send(`${run}/${turn}`, steps)).events.at(-1).id;
  }
};

say('ready', {});
say('try', { stream: 'first' });
await Promise.all(Array.from({ length: Number(writers) }, (_, index) => write(index)));
