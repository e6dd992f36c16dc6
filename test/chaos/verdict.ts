import { READ_AT } from './load.js';
import type { Cluster } from './cluster.js';
import type { Dice } from './dice.js';
import type { Ledger } from './ledger.js';
import { eventsOf, troubleInCommands, troubleInOrder } from './log-verdict.js';

export interface Verdict {
  readonly events: number;
  readonly troubles: readonly string[];
}

/** Questions asked in the midst of it all that are asked again of both. */
const KEPT_ASKED = 150;

const PAGE = 100;

/** Holds the log against what the clients were told, the views against the log, and the programs against each other. */
export const verdictOf = async (cluster: Cluster, ledger: Ledger, dice: Dice): Promise<Verdict> => {
  const fresh = await cluster.programs.folder();
  const events = await eventsOf(cluster.store.url, fresh);
  const troubles = [...troubleInOrder(events, cluster.store.file), ...troubleInCommands(events, ledger)];
  const head = events.length - 1;
  troubles.push(...(await troubleInAnswers(cluster, ledger, dice, head)));
  const generation = await cluster.generation();
  // Of two projectors that are started at once on a log that was put back, each may make them anew.
  const [least, most] = [1 + cluster.logsPutBack, 1 + 2 * cluster.logsPutBack];
  if (generation === undefined || generation < least || generation > most)
    troubles.push(`the views were made anew without need: generation ${generation} is read`);
  await cluster.stopPrograms();
  const environment = { ...cluster.shared, DATA_DIR: fresh };
  const middle = dice.between(Math.floor(head / 3), head);
  for (const args of [
    ['--as-at', READ_AT],
    ['--as-at', '2025-06-30', '--known-at', String(middle)],
  ]) {
    const { code, out, err } = await cluster.programs.register(environment, 'replay', ...args);
    if (code !== 0)
      troubles.push(`register replay ${args.join(' ')}: exit code ${code}: ${(out + err).slice(0, 2_000)}`);
  }
  const order = orderOf(events);
  for (const { name, environment: own } of cluster.members) {
    const seen = orderOf(await eventsOf(cluster.store.url, own.DATA_DIR));
    if (seen !== order) troubles.push(`${name} numbers the events otherwise than a program that reads the log anew`);
  }
  return { events: events.length, troubles };
};

const orderOf = (events: Awaited<ReturnType<typeof eventsOf>>): string =>
  events.map(({ position, id }) => `${position} ${id}`).join('\n');

/** The same question gives the same bytes at both apis, and those that it gave when it was asked first. */
async function troubleInAnswers({ apis }: Cluster, ledger: Ledger, dice: Dice, head: number): Promise<string[]> {
  const troubles: string[] = [];
  const kept = dice.shuffled(ledger.kept).slice(0, KEPT_ASKED);
  const basis = `asAt: "${READ_AT}", asKnownAt: "${head}"`;
  const asked: { query: string; bytes?: string }[] = [...kept, ...listsOf(basis).map((query) => ({ query }))];
  for (const { query, bytes } of asked) {
    const answers = await Promise.all(apis.map((api) => askOnce(api, query)));
    const [first, second] = answers;
    if (first !== second) troubles.push(`the apis answer differently to ${query}: ${first} and ${second}`);
    if (bytes !== undefined && first !== bytes)
      troubles.push(`${query} was answered ${bytes} and is answered ${first}`);
    if (bytes === undefined && !first?.startsWith('{"data"')) troubles.push(`${query} is answered ${first}`);
  }
  return troubles;
}

const listsOf = (basis: string): string[] => [
  `{ decisions(first: ${PAGE}, ${basis}) { totalCount basis { asAt position } edges { cursor node { id title status reference stretchFrom stretchUntil } } } }`,
  `{ appointments(first: ${PAGE}, ${basis}) { totalCount edges { cursor node { id role stretchFrom stretchUntil person { name } body { name } } } } }`,
  `{ people(first: ${PAGE}, ${basis}) { totalCount edges { cursor node { id name appointments(first: 5) { totalCount edges { node { role } } } } } } }`,
  `{ bodies(first: ${PAGE}, ${basis}) { edges { node { id name remit stretchFrom stretchUntil recordedFrom decisions(first: 50) { totalCount edges { node { id } } } } } } }`,
  ...[0, 1, 2].map(
    (body) =>
      `{ body(id: "chaos-b${body}", ${basis}) { body { remit stretchFrom stretchUntil recordedFrom appointments(first: 50) { totalCount edges { node { id } } } } } }`,
  ),
];

async function askOnce(api: string, query: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${api}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.text();
}
