// Scheme, map and difference of an organisation in every format, in a process of its own: `node scheme.one.mjs DATA_DIR ORGANISATION`.
// Says in JSON the seconds from the question to the last byte of all, one after the other, and those of the processors.
import { onOwnNode } from '#own-node';

await onOwnNode();
const decisionLog = await import('#decision-log');
const { openEventStore } = await import('#event-store');
const { eventReader } = await import('#governance');
const { openRegisterToRead, VIEWS } = await import('#register');

const [directory = '', organisation = ''] = process.argv.slice(2);
const store = await openEventStore('sqlite:', directory, { readOnly: true });
const { register, close } = await openRegisterToRead(directory, VIEWS, 'sqlite:', store);
const now = Date.UTC(2026, 0, 15);
const source = {
  ...{ register, store, readEvent: eventReader() },
  disclose: decisionLog.disclosing(register, store, now),
  known: decisionLog.knowing(register, store, now),
};
const reader = 'public';
const basis = await decisionLog.basisFor(source, reader, { asAt: '2026-01-15', now });
const question = { organisation, reader, basis };
const MAKE = {
  scheme: async () => decisionLog.schemeMade(await decisionLog.schemeOf(source, question)),
  'functions map': async () => decisionLog.mapMade(await decisionLog.functionsMapOf(source, question)),
  difference: async () =>
    decisionLog.differenceMade(await decisionLog.schemeDifferenceOf(source, { ...question, from: '2022-06-30' })),
};
const measured = [];
for (const [name, make] of Object.entries(MAKE)) {
  const started = performance.now();
  const before = process.cpuUsage();
  const since = () => (performance.now() - started) / 1000;
  const made = await make();
  const gathered = since();
  const formats = [];
  for (const format of ['html', 'csv', 'json', 'docx', 'pdf']) {
    const begun = since();
    const { byteLength } = await decisionLog.authoritiesFile(made, format);
    formats.push({ format, seconds: since() - begun, bytes: byteLength });
  }
  const { user, system } = process.cpuUsage(before);
  measured.push({ name, gathered, formats, seconds: since(), cpu: (user + system) / 1e6 });
}
console.log(JSON.stringify(measured));
await close();
await store.close();
