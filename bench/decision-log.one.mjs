// One decision log in one format, in a process of its own: `node decision-log.one.mjs DATA_DIR FORMAT COMMITTEE FROM TO [ABOUT]`.
// Says in JSON: seconds from the question to the last byte (of all files, and of the one that is the log itself), seconds
// of the process before the question, and the most memory of its own meanwhile above what it had before, in MB. Pages of
// files that the system maps in for it, such as the views, are not its own.
import { readFileSync } from 'node:fs';
import { onOwnNode } from '#own-node';

await onOwnNode();
const { disclosing, knowing, LogFiles, settle } = await import('#decision-log');
const { openEventStore } = await import('#event-store');
const { eventReader } = await import('#governance');
const { openRegisterToRead, VIEWS } = await import('#register');

const [directory = '', format = '', committee = '', from = '', to = '', about] = process.argv.slice(2);

/** In MB. */
const ownMemory = () => {
  const own = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return own === undefined ? Number.NaN : Number(own) / 1024;
};

const store = await openEventStore('sqlite:', directory, { readOnly: true });
const { register, close } = await openRegisterToRead(directory, VIEWS, 'sqlite:', store);
const before = ownMemory();
let most = before;
const look = () => {
  most = Math.max(most, ownMemory());
};
const looking = setInterval(look, 10);
const startUp = performance.now() / 1000;
const processor = process.cpuUsage();

const started = performance.now();
const now = Date.UTC(2026, 0, 15);
const question = { for: committee, from, to, asAt: '2026-01-15', now, ...(about && { about: [about] }) };
const scope = await settle({ register, store }, question);
const source = {
  ...{ register, store, readEvent: eventReader() },
  ...{ disclose: disclosing(register, store, now), known: knowing(register, store, now) },
};
let [bytes, itself] = [0, 0];
for await (const file of new LogFiles(source, scope).filesOf(format)) {
  for await (const piece of file.content) {
    bytes += Buffer.byteLength(piece);
    look();
  }
  itself ||= (performance.now() - started) / 1000;
}
const seconds = (performance.now() - started) / 1000;
clearInterval(looking);
const { user, system } = process.cpuUsage(processor);
console.log(
  JSON.stringify({
    seconds,
    itself,
    startUp,
    cpu: (user + system) / 1e6,
    bytes,
    peak: most - before,
    whole: process.resourceUsage().maxRSS / 1024,
  }),
);
await close();
await store.close();
