import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { Submit, SubmitHandler, type Step } from '#command';
import { commandName, eventId } from '#event-store';
import type { Actor, CivilDate } from '#kernel';
import { everythingOf } from './everything-asked.js';
import { openIssuer } from './issuer.js';
import { runApi, type RunningApi } from './running-api.js';
import { Place } from './stores/place.js';

const officer: Actor = { id: 'officer', roles: ['governance-officer'], vouchedBy: 'test' };
const SECRET = 'CANARY';
const DAY = '2025-03-03' as CivilDate;

const step = (command: string, data: object, more: object = {}): Step => ({ command, data, effectiveOn: DAY, ...more });
const taken = (title: string, disclosure: string | undefined, more: object = {}): Step =>
  step(
    'TakeDecision',
    {
      title,
      note: title,
      decidedBy: ['board'],
      takenOn: DAY,
      ...(title.startsWith(SECRET) && {
        amount: { pence: 77_777_701 },
        reference: `${disclosure === 'EXEMPT' ? 'REF' : SECRET}-${title.slice(-1)}`,
      }),
      ...(disclosure && { disclosure: { disclosure, ground: 'OTHER', reasoning: SECRET } }),
    },
    more,
  );
const why = { kind: 'error', reason: `${SECRET} why` };
const first = (id: string) => eventId(commandName(officer, `${id}0`), 0);
const instead = (id: string) => ({ corrects: first(id), why, unsaid: 'DROP' });

/** Decisions whose words were withheld and replaced, and which are public now under harmless ones. */
const RECORDED: Readonly<Record<string, readonly Step[]>> = {
  anew: [
    taken(`${SECRET} 1`, 'CONFIDENTIAL'),
    { annuls: first('anew'), why: { ...why, kind: 'error' } },
    taken('Harmless anew', 'PUBLIC'),
  ],
  again: [
    taken(`${SECRET} 2`, 'CONFIDENTIAL'),
    { annuls: first('again'), why: { ...why, kind: 'error' } },
    taken('Harmless again', 'PUBLIC', { again: first('again') }),
  ],
  corrected: [taken(`${SECRET} 3`, 'CONFIDENTIAL'), taken('Harmless corrected', 'PUBLIC', instead('corrected'))],
  lifted: [
    taken(`${SECRET} 4`, 'EXEMPT'),
    taken('Harmless lifted', 'EXEMPT', instead('lifted')),
    step('LiftExemption', {}),
  ],
  // Public by mistake: classed, put right, and opened once nothing was left of it.
  mistake: [
    taken(`${SECRET} 5`, undefined),
    step('ClassifyDecision', { disclosure: 'CONFIDENTIAL', ground: 'OTHER' }),
    taken('Harmless mistake', 'CONFIDENTIAL', instead('mistake')),
    step('LiftExemption', {}),
  ],
};

let api: RunningApi;
let schema: GraphQLSchema;
let ask: (query: string) => Promise<string>;
let page: (path: string) => Promise<string>;
let close: () => Promise<void>;
beforeAll(async () => {
  const issuer = await openIssuer();
  const place = await Place.find();
  const store = await place.openLog();
  const door = new SubmitHandler(store);
  const send = (aggregate: string, id: string, commandId: string, one: Step) =>
    door.execute(new Submit({ aggregate, id, commandId, steps: [one] }, officer));
  await send('body', 'board', 'b', step('EstablishBody', { name: 'Board', kind: 'ICB_BOARD' }));
  for (const [id, steps] of Object.entries(RECORDED)) {
    for (const [nth, one] of steps.entries()) await send('decision', id, `${id}${nth}`, one);
  }
  await store.close();
  const limits = { BUDGET_READER: '100000', LIMIT_PER_SUBJECT: 'off', LIMIT_PER_ADDRESS: 'off' };
  api = await runApi({ ...place.environment, ...issuer.environment, ...limits });
  await api.runtime.register.waitFor(await api.runtime.store.head(), 5_000);
  const authorization = `Bearer ${await issuer.tokenOf('a reader', ['reader'])}`;
  ask = async (query) => {
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return answer.text();
  };
  page = async (path) => (await fetch(`${api.url}${path}`, { headers: { authorization } })).text();
  const { data } = JSON.parse(await ask(getIntrospectionQuery())) as { data: object };
  schema = buildClientSchema(data as IntrospectionQuery);
  close = async () => {
    await api.close();
    await issuer.close();
    await place.remove();
  };
}, 60_000);
afterAll(() => close());

const hidden = /CANARY|777[,.]?777|77777701/i;

describe.each(Object.keys(RECORDED))('the old words of a decision that is public now: %s', (id) => {
  it('are in no history, timeline, page, change or comparison, as known at whatever moment', async () => {
    const head = await api.runtime.store.head();
    const own = (await api.runtime.store.readStream(`decision/${id}`)).map(({ position }) => position);
    for (const asKnownAt of [...own, head]) {
      for (const [root, named] of [
        ['decision', 'id'],
        ['history', 'of'],
        ['timeline', 'of'],
      ] as const) {
        const given = {
          [named]: `"decision/${id}"`,
          asKnownAt: String(asKnownAt),
          ...(root === 'decision' && { comparedWith: String(head) }),
        };
        const answer = await ask(everythingOf(schema, root, given, 2) ?? '');
        expect(answer).not.toMatch(hidden);
      }
      expect(await page(`/decisions/${id}?asKnownAt=${asKnownAt}`)).not.toMatch(hidden);
    }
    const history = await ask(`{ history(of: "decision/${id}") { totalCount edges { node { sentence } } } }`);
    expect(history).toContain(`Harmless ${id}`);
    expect(await page(`/decisions/${id}`)).toContain(`Harmless ${id}`);
  });
});

describe('lists, counts and names of old words', () => {
  it('find and count nothing, whichever moment is asked about', async () => {
    const head = await api.runtime.store.head();
    for (let asKnownAt = 0; asKnownAt <= head; asKnownAt++) {
      const answer = await ask(
        `{ search: decisions(asKnownAt: ${asKnownAt}, search: "${SECRET}") { totalCount edges { cursor } }
           all: decisions(asKnownAt: ${asKnownAt}) { totalCount edges { cursor node { title reference amount { pence } } } } }`,
      );
      expect(answer).toContain('"search":{"totalCount":0,"edges":[]}');
      expect(answer).not.toMatch(hidden);
      const { data } = JSON.parse(answer) as { data: { all: { totalCount: number; edges: object[] } } };
      expect(data.all.totalCount).toBe(data.all.edges.length);
    }
    for (const nth of [1, 2, 3, 5]) {
      const named = (name: string) =>
        ask(`{ decision(id: "${name}", asKnownAt: 4) { decision { title } absence { kind } } }`);
      expect((await named(`${SECRET}-${nth}`)).replaceAll(`${SECRET}-${nth}`, '')).toBe(
        (await named(`NOTHING-${nth}`)).replaceAll(`NOTHING-${nth}`, ''),
      );
    }
  });
  it('leave no trace in what changed, nor in a log', async () => {
    const changes = await ask(everythingOf(schema, 'changesBetween', { from: '0', first: '100' }, 2) ?? '');
    expect(changes).not.toMatch(hidden);
    expect(changes).toContain('Harmless anew');
    const log = await ask(
      everythingOf(schema, 'decisionLog', { for: '"board"', from: '"2025-01-01"', to: '"2025-12-31"' }, 3) ?? '',
    );
    expect(log).not.toMatch(hidden);
  });
});
