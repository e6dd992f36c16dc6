// `node bench/authority.one.mjs DIR DELEGATIONS TRACES EACH [POSTGRES]`: a register of so many delegations in chains to six, EACH
// to a committee, and how long traces take on it. One line of JSON.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Submit, SubmitHandler } from '../dist/libs/command/src/index.js';
import { SqliteEventStore } from '../dist/libs/event-store/src/index.js';
import { eventReader, traceOf } from '../dist/libs/governance/src/index.js';
import { assess, Facts, openRegister, registerFacts, VIEWS } from '../dist/libs/register/src/index.js';
import { quantile } from './appends.bench.mjs';
import { randomness } from './posts.mjs';

const [dir, delegations, traces, each, postgres] = process.argv.slice(2);
const officer = { id: 'bench', roles: ['governance-officer'], vouchedBy: 'development' };
const DEEP = 6;
const SYSTEMS = 42;
/** Traces before those that are measured: a server has answered some. */
const WARM = 1_000;
const directory = join(dir, postgres ? 'postgres' : 'sqlite');
mkdirSync(directory, { recursive: true });
const store = await SqliteEventStore.open({ file: join(directory, 'log.sqlite') });
const door = new SubmitHandler(store);
const [random, read] = [randomness(7), eventReader()];
const whole = (below) => Math.floor(random() * below);
let commands = 0;
const record = (aggregate, id, command, effectiveOn, data) => {
  const steps = [{ command, effectiveOn, data }];
  return door.execute(new Submit({ aggregate, id, commandId: String(commands++), steps }, officer));
};
const inTurn = async (count, each) => {
  for (let at = 0; at < count; at += 200) {
    await Promise.all(Array.from({ length: Math.min(200, count - at) }, (_, index) => each(at + index)));
  }
};

await record('function', 'f', 'DefineFunction', '2022-07-01', { name: 'Community services' });
await record('functionHolding', 'h', 'RecordHolding', '2022-07-01', {
  function: 'f',
  organisationKind: 'ICB',
  route: 'CONFERRED',
});
await inTurn(SYSTEMS, (at) =>
  record('organisation', `icb-${at}`, 'RegisterOrganisation', '2022-07-01', { name: `ICB ${at}`, kind: 'ICB' }),
);
await inTurn(SYSTEMS, (at) =>
  record('body', `board-${at}`, 'EstablishBody', '2022-07-01', {
    name: `Board ${at}`,
    kind: 'ICB_BOARD',
    owners: [`icb-${at}`],
  }),
);
const committees = Math.floor(Number(delegations) / Number(each));
/** One lasts the whole time; of several each a year, so that some are side by side and others over. */
const lastYear = (at) => (each === '1' ? 2026 : 2023 + (Math.floor(at / committees) % 4));
/** The committee above; the board where there is none. To six levels. */
const level = (at) => Math.min(DEEP, Math.floor(at / (committees / DEEP)) + 1);
const above = (at) => (level(at) === 1 ? `board-${at % SYSTEMS}` : `committee-${at - Math.floor(committees / DEEP)}`);
const owner = (at) => {
  let one = at;
  while (level(one) > 1) one -= Math.floor(committees / DEEP);
  return one % SYSTEMS;
};
await inTurn(committees, (at) =>
  record('body', `committee-${at}`, 'EstablishBody', '2022-07-01', {
    name: `Committee ${at}`,
    kind: 'ICB_COMMITTEE',
    owners: [`icb-${owner(at)}`],
  }),
);
const limits = (thousands) => [{ amount: { pence: thousands * 100_000 }, basis: 'PER_DECISION' }];
await inTurn(Number(delegations), (at) => {
  const of = at % committees;
  const from = `202${2 + (Math.floor(at / committees) % 4)}-08-01`;
  return record('delegation', `d-${at}`, 'GrantDelegation', from, {
    ...{
      functions: ['community services'],
      catalogueFunctions: ['f'],
      grantedByBody: above(of),
      delegateBodies: [`committee-${of}`],
    },
    ...{
      onward: 'PERMITTED',
      limits: limits(100 + whole(900)),
      until: `${lastYear(at)}-07-31`,
    },
  });
});
await inTurn(Math.floor(Number(delegations) * 0.3), (at) => {
  const of = (at * 3) % Number(delegations);
  const from = `202${2 + (Math.floor(of / committees) % 4)}-09-${10 + whole(20)}`;
  return record('delegation', `d-${of}`, 'VaryDelegation', from, {
    limits: limits(100 + whole(900)),
    note: String(at),
  });
});

const house = await openRegister({
  ...{ directory, ...(postgres && { readModelUrl: postgres }), store, views: VIEWS, readEvent: read },
});
for (let from = (await house.follower.checkpoint()) + 1; ;) {
  const page = await store.readAll(from, 512);
  if (page.length === 0) break;
  await house.follower.handle(page);
  from = page.at(-1).position + 1;
}
const head = await store.head();
const events = async (subject) => (await store.readStream(subject)).map(read);
const measured = {};
for (const when of ['now', 'then']) {
  const [taken, points, counts] = [[], [], {}];
  let hops = 0;
  for (let turn = -WARM; turn < Number(traces); turn++) {
    const position = when === 'now' ? head : Math.floor(head * (0.5 + random() / 2));
    const of = whole(committees);
    const on = `202${3 + whole(3)}-0${1 + whole(9)}-15`;
    const matter = {
      ...{
        deciders: [{ kind: 'body', id: `committee-${of}` }],
        functions: ['f'],
        on,
        amount: { pence: whole(50_000_000) },
      },
      ...{ places: [], conditionsMet: [], withheld: [], kind: 'APPROVE' },
    };
    let start = performance.now();
    const { verdict, parts } = await assess(
      traceOf(matter),
      new Facts(registerFacts(house.register, position, events)),
    );
    const took = performance.now() - start;
    start = performance.now();
    await house.register.point('delegation', `d-${whole(Number(delegations))}`, { asAt: on, position });
    const point = performance.now() - start;
    if (turn < 0) continue;
    taken.push(took);
    points.push(point);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    for (const { chains } of parts) for (const { hops: links } of chains) hops = Math.max(hops, links.length);
  }
  const told = (all) => ({ p50: quantile(all, 0.5), p99: quantile(all, 0.99) });
  const verdicts = Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');
  measured[when] = { trace: told(taken), point: told(points), hops, verdicts };
}
console.log(JSON.stringify(measured));
await house.close();
await store.close();
