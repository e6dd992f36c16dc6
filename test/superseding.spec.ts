import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#kernel';
import { supersededBy, type DecisionView } from '#register';
import { SupersedingResolver } from '../apps/api/src/decision/superseding.resolver.js';
import { Disclosing } from '../apps/api/src/disclosing.js';
import { ReceiptTokens } from '../apps/api/src/receipt-tokens.js';
import { Records, type RecordOf } from '../apps/api/src/records.js';
import { requestContext } from '../apps/api/src/request-context.js';
import { Waiting } from '../apps/api/src/waiting.js';
import { logOf, textsOf } from './decision-log/log-of.js';
import { dataOf, record, recordAll, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

const taken = (id: string, takenOn: string, more: object = {}): Fact => [
  'TakeDecision',
  id,
  takenOn,
  { title: `Policy ${id}`, reference: id.toUpperCase(), organisation: 'icb', decidedBy: ['board'], takenOn, ...more },
];
const proposed = (id: string): Fact => ['ProposeDecision', id, '2023-02-01', { title: id, bodies: ['board'] }];
const secret = { disclosure: { disclosure: 'CONFIDENTIAL', ground: 'LGA_100A' } };
const exempt = { disclosure: { disclosure: 'EXEMPT', ground: 'LGA_12A_3' } };

const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'County ICB', kind: 'ICB' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] }],
  ['EstablishBody', 'sc', '2022-07-01', { name: 'Health Scrutiny', kind: 'HOSC' }],
  ...['old', 'undone', 'of-secret', 'of-exempt', 'part', 'drawn', 'kept'].map((id) => taken(id, '2023-01-10')),
  taken('later', '2024-01-10', { supersedes: 'old' }),
  taken('latest', '2025-01-10', { supersedes: 'later' }),
  taken('mistake', '2024-01-10', { supersedes: 'undone' }),
  taken('hidden', '2024-01-10', { supersedes: 'of-secret', ...secret }),
  taken('closed', '2024-01-10', { supersedes: 'of-exempt', ...exempt }),
  taken('partly', '2024-01-10', { supersedes: 'part' }),
  ['SupersedeDecision', 'part', '2024-01-10', { by: 'partly', part: 'the annex' }],
  taken('round', '2024-01-10', { supersedes: 'drawn' }),
  ['ChangeDecision', 'drawn', '2024-02-01', { supersedes: 'round' }],
  proposed('plan'),
  proposed('overtaken'),
  ['ChangeDecision', 'plan', '2023-03-01', { supersedes: 'kept' }],
  taken('instead', '2023-04-01', { supersedes: 'overtaken' }),
  ['RescindDecision', 'instead', '2023-06-01', {}],
];

interface Standing {
  readonly status: string;
  readonly ended: boolean;
  readonly supersededBy: { readonly id: string } | null;
  readonly supersededPart: string | null;
  readonly supersedingDecisions: { readonly totalCount: number };
}

let api: RunningApi;
let mistaken: readonly string[];
beforeAll(async () => {
  api = await runApi();
  for (const fact of WORLD) {
    const { events } = await record(api, ...fact);
    if (fact[1] === 'mistake') mistaken = events.filter(({ type }) => type === 'DecisionTaken').map(({ id }) => id);
  }
  await api.runtime.register.waitFor(await api.runtime.store.head(), 10_000);
});
afterAll(() => api.close());

const standing = async (id: string, on = ''): Promise<Standing> => {
  const query = `{ decision(id: "${id}"${on}) { decision {
    status ended supersededBy { id: subject } supersededPart supersedingDecisions { totalCount } } } }`;
  return dataOf<{ decision: { decision: Standing } }>(await api.ask(query)).decision.decision;
};
const replacedBy = (id: string) => ({ status: 'SUPERSEDED', ended: true, supersededBy: { id: `decision/${id}` } });
const stands = { status: 'TAKEN', ended: false, supersededBy: null, supersedingDecisions: { totalCount: 0 } };

describe('a decision that another says it replaces', () => {
  it('is superseded from the day on which the other holds, and link by link', async () => {
    expect(await standing('old', ', asAt: "2024-01-09"')).toMatchObject(stands);
    expect(await standing('old', ', asAt: "2024-01-10"')).toMatchObject(replacedBy('later'));
    expect(await standing('later', ', asAt: "2025-01-09"')).toMatchObject(stands);
    expect(await standing('later')).toMatchObject(replacedBy('latest'));
    expect(await standing('old')).toMatchObject(replacedBy('later'));
  });
  it('held from its own first day to the last before the other, whatever changed in between', async () => {
    const query = `{ old: decision(id: "old") { decision { inForceFrom inForceUntil } }
      latest: decision(id: "latest") { decision { inForceFrom inForceUntil } }
      instead: decision(id: "instead") { decision { inForceFrom inForceUntil } }
      timeline(of: "decision/instead") { edges { node { stretchFrom stretchUntil } } } }`;
    expect(dataOf(await api.ask(query))).toEqual({
      old: { decision: { inForceFrom: '2023-01-10', inForceUntil: '2024-01-09' } },
      latest: { decision: { inForceFrom: '2025-01-10', inForceUntil: null } },
      instead: { decision: { inForceFrom: '2023-04-01', inForceUntil: '2023-05-31' } },
      timeline: {
        edges: [
          { node: { stretchFrom: '2023-04-01', stretchUntil: '2023-05-31' } },
          { node: { stretchFrom: '2023-06-01', stretchUntil: null } },
        ],
      },
    });
  });
  it('is not replaced by what is only proposed, and a proposal that was is before nobody any more', async () => {
    expect(await standing('kept')).toMatchObject(stands);
    expect(await standing('overtaken')).toMatchObject(replacedBy('instead'));
    const query = `{ decisions(proposedTo: "board") { totalCount edges { node { id: subject } } }
      body(id: "board") { body { proposedDecisions { totalCount } } } }`;
    expect(dataOf(await api.ask(query))).toEqual({
      decisions: { totalCount: 1, edges: [{ node: { id: 'decision/plan' } }] },
      body: { body: { proposedDecisions: { totalCount: 1 } } },
    });
  });
  it('keeps what its own record says: that only a part was replaced', async () => {
    expect(await standing('part')).toMatchObject({
      status: 'PART_SUPERSEDED',
      supersededBy: { id: 'decision/partly' },
      supersededPart: 'the annex',
    });
    const query = '{ decision(id: "partly") { decision { supersededDecisions { edges { node { id: subject } } } } } }';
    expect(JSON.stringify(dataOf(await api.ask(query)))).toContain('decision/part');
  });
  it('is found by the status that it is shown with, on every day', async () => {
    for (const day of ['2023-01-10', '2023-05-01', '2024-01-09', '2024-01-10', '2025-01-10']) {
      const list = `edges { node { id: subject status } }`;
      const statuses = ['PROPOSED', 'TAKEN', 'SUPERSEDED', 'PART_SUPERSEDED', 'RESCINDED'];
      const lists = statuses.map(
        (one) => `${one}: decisions(first: 99, asAt: "${day}", filter: { status: ${one} }) { ${list} }`,
      );
      const query = `{ all: decisions(first: 99, asAt: "${day}") { ${list} } ${lists.join(' ')} }`;
      type Shown = { readonly edges: readonly { readonly node: { readonly status: string } }[] };
      const { all, ...some } = dataOf<Record<string, Shown>>(await api.ask(query));
      expect(some).toEqual(
        Object.fromEntries(
          statuses.map((one) => [one, { edges: all?.edges.filter(({ node }) => node.status === one) }]),
        ),
      );
    }
  });
  it('ends nowhere in a circle: both say so, and both are answered', async () => {
    expect(await standing('drawn')).toMatchObject(replacedBy('round'));
    expect(await standing('round')).toMatchObject(replacedBy('drawn'));
  });
  it('stands again once the later one is annulled, and is still replaced as known before', async () => {
    const before = await api.runtime.store.head();
    expect(await standing('undone')).toMatchObject(replacedBy('mistake'));
    const answer = await api.ask(
      `mutation ($events: [ID!]!) { annul(subject: "decision/mistake", events: $events,
        why: { kind: NEVER_HAPPENED, reason: "of another board" }) { after } }`,
      { events: mistaken },
    );
    const { annul } = dataOf<{ annul: { after: string } }>(answer);
    expect(await standing('undone', `, afterReceipt: "${annul.after}"`)).toMatchObject(stands);
    expect(await standing('undone', `, asKnownAt: ${before}`)).toMatchObject(replacedBy('mistake'));
  });
});

describe('a decision that one replaces which whoever asks may not see', () => {
  it('stands to a reader as if the other had never been recorded; officers see what replaced it', async () => {
    const { store, register } = api.runtime;
    const waiting = new Waiting(store, register, new ReceiptTokens(new Uint8Array(32)));
    const records = new Records(register, waiting, new Disclosing(register, store));
    const resolver = new SupersedingResolver(records);
    const shownTo = async (role: Actor['roles'][number], id: string): Promise<object> => {
      const context = requestContext({ id: role, roles: [role], vouchedBy: 'test' }, Date.now());
      const { decision } = await records.one('decision', 'decision', { id }, context);
      const one = decision as RecordOf<DecisionView>;
      const listed = await resolver.supersedingDecisions(one, { first: 5 }, context);
      return {
        status: await resolver.status(one, context),
        ended: await resolver.ended(one, context),
        by: (await resolver.supersededBy(one, context))?.id ?? null,
        listed: await listed.totalCount,
      };
    };
    const open = { status: 'TAKEN', ended: false, by: null, listed: 0 };
    expect(await shownTo('reader', 'of-secret')).toEqual(open);
    expect(await shownTo('reader', 'of-exempt')).toEqual(open);
    expect(await shownTo('reader', 'later')).toMatchObject({ by: 'decision/latest' });
    const officers = { status: 'SUPERSEDED', ended: true, listed: 1 };
    expect(await shownTo('governance-officer', 'of-secret')).toEqual({ ...officers, by: 'decision/hidden' });
    expect(await shownTo('governance-officer', 'of-exempt')).toEqual({ ...officers, by: 'decision/closed' });
  });
  it('is told so in logs for each class of readers, and on its page', async () => {
    const asked = { for: 'sc', about: ['icb'], from: '2023-01-01', to: '2025-12-31', asAt: '2025-12-31' };
    const statuses = async (reader: 'public' | 'officers') => {
      const { json } = await textsOf(await logOf(api, { ...asked, reader }));
      const { decisions } = JSON.parse(json) as { decisions: { id: string; status?: string; supersededBy?: string }[] };
      return new Map(decisions.map((one) => [one.id, [one.status, one.supersededBy]]));
    };
    const everybody = await statuses('public');
    expect(everybody.get('of-secret')).toEqual(['TAKEN', '']);
    expect(everybody.get('of-exempt')).toEqual(['TAKEN', '']);
    expect(everybody.get('old')).toEqual(['SUPERSEDED', 'LATER']);
    const officers = await statuses('officers');
    expect(officers.get('of-secret')).toEqual(['SUPERSEDED', 'HIDDEN']);
    const page = await (await fetch(`${api.url}/decisions/OLD`)).text();
    expect(page).toContain('LATER');
  });
  it('differs from the log before where the later one was recorded since', async () => {
    const since = await api.runtime.store.head();
    await recordAll(api, [taken('newest', '2025-02-01', { supersedes: 'latest' })]);
    await api.runtime.register.waitFor(await api.runtime.store.head(), 10_000);
    const asked = { for: 'sc', about: ['icb'], from: '2023-01-01', to: '2025-12-31', asAt: '2025-12-31' };
    const { html } = await textsOf(await logOf(api, { ...asked, since }));
    expect(html).toContain('Changed since the last log: another decision replaces it.');
  });
});

describe('a decision as others leave it', () => {
  it('that was rescinded before stays rescinded', () => {
    const rescinded = { status: 'RESCINDED', standing: 'RESCINDED', ended: true } as const;
    expect(supersededBy(rescinded, [{ id: 'later' }])).toEqual({ ...rescinded, supersededBy: 'later' });
  });
});
