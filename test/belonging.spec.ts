import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Submit, SubmitHandler, type Step } from '#command';
import type { DecisionEntry, DecisionLog } from '#decision-log';
import type { Actor, CivilDate } from '#kernel';
import { ANSWER, MET, ORGANISATIONS, PROPOSED, WORLD } from './belonging-world.js';
import { openIssuer } from './issuer.js';
import { dataOf } from './recorder.js';
import { logOf } from './decision-log/log-of.js';
import { runApi, type GraphQLAnswer, type RunningApi } from './running-api.js';
import { Place } from './stores/place.js';

const officer: Actor = { id: 'officer', roles: ['governance-officer'], vouchedBy: 'test' };
let api: RunningApi;
let ask: (role: string, query: string) => Promise<GraphQLAnswer>;
let close: () => Promise<void>;
beforeAll(async () => {
  const [issuer, place] = [await openIssuer(), await Place.find()];
  const store = await place.openLog();
  const door = new SubmitHandler(store);
  for (const [nth, [command, subject, effectiveOn, data]] of [...WORLD, ...PROPOSED].entries()) {
    const [aggregate, id] = subject.split('/') as [string, string];
    const step: Step = { command, data, effectiveOn: effectiveOn as CivilDate };
    await door.execute(new Submit({ aggregate, id, commandId: `c${nth}`, steps: [step] }, officer));
  }
  await store.close();
  const limits = {
    BUDGET_READER: '100000',
    BUDGET_GOVERNANCE_OFFICER: '100000',
    LIMIT_PER_SUBJECT: 'off',
    LIMIT_PER_ADDRESS: 'off',
  };
  api = await runApi({ ...place.environment, ...issuer.environment, ...limits });
  await api.runtime.register.waitFor(await api.runtime.store.head(), 5_000);
  ask = async (role, query) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await issuer.tokenOf(role, [role])}`,
    };
    const answer = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return (await answer.json()) as GraphQLAnswer;
  };
  close = async () => {
    await api.close();
    await issuer.close();
    await place.remove();
  };
}, 60_000);
afterAll(() => close());

interface Listed {
  readonly edges: readonly {
    readonly node: {
      readonly title: string;
      readonly datedOn: string | null;
      readonly decidedBy: readonly { readonly id: string }[];
      readonly bodyOfMeeting: { readonly id: string } | null;
    };
    readonly cursor: string;
  }[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean };
}
const LIST =
  '{ totalCount edges { cursor node { title datedOn decidedBy { id: subject } bodyOfMeeting { id: subject } } } pageInfo { hasNextPage } }';

const titles = ({ edges }: Listed): string[] => edges.map(({ node }) => node.title).toSorted();
const listed = async (role: string, args: string): Promise<Listed> =>
  dataOf<{ list: Listed }>(await ask(role, `{ list: decisions(first: 100, ${args}) ${LIST} }`)).list;
const OFFICER = 'governance-officer';

interface Answerable {
  readonly organisation: { readonly id: string };
  readonly said: boolean;
  readonly bodies: readonly { readonly id: string }[];
  readonly meeting: { readonly id: string } | null;
  readonly asked: readonly { readonly id: string }[];
  readonly delegation: { readonly id: string } | null;
}
const BY_NOTHING = { said: false, bodies: [], meeting: null, asked: [], delegation: null };
const answerable = async (role: string, id: string, asAt: string): Promise<readonly Answerable[] | null> => {
  const query = `{ one: decision(id: "decision/${id}", asAt: "${asAt}") { decision {
    answerable { said organisation { id: subject } bodies { id: subject } meeting { id: subject } asked { id: subject } delegation { id: subject } } } } }`;
  return (
    dataOf<{ one: { decision: { answerable: Answerable[] } | null } }>(await ask(role, query)).one.decision
      ?.answerable ?? null
  );
};
const names = (answering: readonly Answerable[]): string[] =>
  answering.map(({ organisation: { id } }) => id.replace('organisation/', '')).toSorted();

describe('who answers for a decision', () => {
  it.each(Object.entries(ANSWER))('follows from who decided: %s', async (id, organisations) => {
    expect(names((await answerable(OFFICER, id, '2024-12-31')) ?? [])).toEqual(organisations);
  });

  it('says by what: what was said, which body, which delegation', async () => {
    expect(await answerable(OFFICER, 'met below', '2024-12-31')).toEqual([
      { ...BY_NOTHING, organisation: { id: 'organisation/county' }, said: true },
      { ...BY_NOTHING, organisation: { id: 'organisation/icb' }, meeting: { id: 'meeting/of the group' } },
    ]);
    expect(await answerable(OFFICER, 'asked', '2024-12-31')).toEqual([
      { ...BY_NOTHING, organisation: { id: 'organisation/icb' }, asked: [{ id: 'body/joint' }] },
      { ...BY_NOTHING, organisation: { id: 'organisation/council' }, asked: [{ id: 'body/joint' }] },
    ]);
    expect(await answerable('reader', 'met stub', '2024-12-31')).toEqual([]);
    expect(await answerable(OFFICER, 'with a lent power', '2024-12-31')).toEqual([
      { ...BY_NOTHING, organisation: { id: 'organisation/icb' }, bodies: [{ id: 'body/board' }] },
      { ...BY_NOTHING, organisation: { id: 'organisation/council' }, delegation: { id: 'delegation/lent' } },
    ]);
    expect(await answerable(OFFICER, 'said and followed', '2024-12-31')).toEqual([
      { ...BY_NOTHING, organisation: { id: 'organisation/icb' }, said: true, bodies: [{ id: 'body/board' }] },
      { ...BY_NOTHING, organisation: { id: 'organisation/council' }, said: true },
    ]);
  });
});

describe('the two ends', () => {
  it.each([OFFICER, 'reader'])('say the same to %s, as at any day', async (role) => {
    for (const asAt of ['2022-07-01', '2023-06-15', '2023-12-31', '2024-01-01', '2024-12-31']) {
      const theirs = new Map<string, string[]>();
      for (const id of Object.keys(ANSWER)) {
        for (const of of names((await answerable(role, id, asAt)) ?? []))
          theirs.set(of, [...(theirs.get(of) ?? []), id]);
      }
      for (const id of ORGANISATIONS) {
        const found = await listed(role, `organisation: "${id}", asAt: "${asAt}"`);
        expect([asAt, id, titles(found).length]).toEqual([asAt, id, found.totalCount]);
        const shown = titles(found).map((title) => (title === 'Title withheld' ? 'stub' : title));
        expect([asAt, id, shown.toSorted()]).toEqual([asAt, id, (theirs.get(id) ?? []).toSorted()]);
        const under = `{ one: organisation(id: "${id}", asAt: "${asAt}") { organisation { accountableFor(first: 100) ${LIST} } } }`;
        const { one } = dataOf<{ one: { organisation: { accountableFor: Listed } | null } }>(await ask(role, under));
        if (one.organisation) {
          expect(titles(one.organisation.accountableFor)).toEqual(titles(found));
          expect(one.organisation.accountableFor.totalCount).toBe(found.totalCount);
        }
      }
    }
  });

  it('a stub is found by the body that decided, and by nothing that it does not show', async () => {
    expect(titles(await listed('reader', 'organisation: "icb"'))).toContain('Title withheld');
    expect(titles(await listed('reader', 'organisation: "council"'))).not.toContain('Title withheld');
    expect(titles(await listed(OFFICER, 'organisation: "council"'))).toContain('stub');
    expect(titles(await listed('reader', 'organisation: "icb", search: "stub"'))).toEqual([]);
  });

  it.each([
    [OFFICER, 'organisation: "icb"'],
    [OFFICER, 'body: "joint"'],
    [OFFICER, 'datedFrom: "2023-11-01"'],
    [OFFICER, 'asAt: "2024-12-31"'],
    ['reader', 'asAt: "2024-12-31"'],
  ])('pages give each once, in order of the day by which it goes: to %s, %s', async (role, only) => {
    const whole = await listed(role, only);
    const seen: string[] = [];
    for (let after = '', more = true; more;) {
      const args = `first: 2, ${only}${after && `, after: "${after}"`}`;
      const { page } = dataOf<{ page: Listed }>(await ask(role, `{ page: decisions(${args}) ${LIST} }`));
      seen.push(...page.edges.map(({ node }) => node.title));
      after = page.edges.at(-1)?.cursor ?? '';
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(whole.edges.map(({ node }) => node.title));
    expect(seen.length).toBe(whole.totalCount);
    const days = whole.edges.map(({ node }) => node.datedOn ?? '');
    expect(days).toEqual(days.toSorted());
  });

  it('a body has what was taken at its meetings where no body is said to have, whichever way it is asked', async () => {
    for (const role of [OFFICER, 'reader']) {
      for (const body of ['joint', 'group', 'board', 'moved']) {
        const found = await listed(role, `body: "${body}", asAt: "2024-12-31"`);
        const under = `{ one: body(id: "${body}", asAt: "2024-12-31") { body { decisions(first: 100) ${LIST} } } }`;
        const { one } = dataOf<{ one: { body: { decisions: Listed } } }>(await ask(role, under));
        expect(one.body.decisions.edges).toEqual(found.edges);
        expect(one.body.decisions.totalCount).toBe(found.totalCount);
        const said = found.edges.filter(({ node }) => node.decidedBy.some(({ id }) => id === `body/${body}`));
        const met = found.edges.filter(({ node }) => node.bodyOfMeeting?.id === `body/${body}`);
        expect(said.length + met.length).toBe(found.edges.length);
        expect(met.map(({ node }) => node.title).toSorted()).toEqual(
          role === OFFICER || body !== 'joint' ? MET[body] : ['met'],
        );
      }
    }
  });
});

describe('a decision without a day of its own', () => {
  it('goes by the day of its meeting, marked so', async () => {
    const query = `{ list: decisions(first: 100, asAt: "2024-12-31") { edges { node { title datedOn datedBy takenOn } } } }`;
    const { list } = dataOf<{ list: { edges: { node: { title: string } }[] } }>(await ask(OFFICER, query));
    const one = (title: string) => list.edges.map(({ node }) => node).find((node) => node.title === title);
    expect(one('at the first')).toMatchObject({ datedOn: '2023-11-01', datedBy: 'MEETING', takenOn: null });
    expect(one('some day')).toMatchObject({ datedOn: null, datedBy: null });
    expect(one('said')).toMatchObject({ datedOn: '2024-03-01', datedBy: 'TAKEN' });
  });

  it('is found in a stretch of days, among those that have one', async () => {
    const found = await listed(OFFICER, 'datedFrom: "2023-11-01", datedTo: "2023-12-31"');
    expect(found.edges.map(({ node }) => node.title)).toEqual([
      'at the first',
      'met before it moved',
      'before it moved',
      'under a post before it moved',
    ]);
    expect(found.totalCount).toBe(4);
    expect(titles(await listed(OFFICER, 'datedFrom: "2023-11-02", datedTo: "2023-12-30"'))).toEqual([]);
    expect(titles(await listed(OFFICER, 'datedTo: "2023-11-01"'))).toEqual([
      'after it closed',
      'at the first',
      'before it began',
      'met before it moved',
    ]);
  });
});

describe('a decision log', () => {
  const log = async (about: string, reader: 'public' | 'officers') =>
    logOf(api, { for: 'scrutiny', from: '2023-07-01', to: '2024-12-31', asAt: '2024-12-31', about: [about], reader });
  const entriesOf = ({ sections }: DecisionLog): readonly DecisionEntry[] =>
    sections.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === 'decisions' ? block.entries : []));
  const dated = (id: string): boolean =>
    !['after it closed', 'before it began', 'some day', 'only proposed', 'asked', 'put before'].includes(id);

  it.each(['icb', 'council', 'county'])(
    'has everything that %s answers for, with or without a word about it',
    async (id) => {
      const theirs = Object.keys(ANSWER).filter((one) => dated(one) && ANSWER[one]?.includes(id));
      const officers = entriesOf(await log(id, 'officers'));
      expect(officers.map((entry) => entry.id).toSorted()).toEqual(theirs.toSorted());
      for (const entry of officers) {
        if (entry.kind !== 'full') throw new Error(`${entry.id} is withheld`);
        expect([entry.id, entry.facts.accountable.toSorted()]).toEqual([entry.id, ANSWER[entry.id]]);
      }
      const others = entriesOf(await log(id, 'public')).map((entry) => entry.id);
      expect(others.toSorted()).toEqual(theirs.filter((one) => one !== 'hidden' && one !== 'met stub').toSorted());
    },
  );

  it('says that a day is that of the meeting', async () => {
    const [entry] = entriesOf(await log('council', 'public')).filter((one) => one.id === 'at the first');
    if (entry?.kind !== 'full') throw new Error('it is not there');
    expect(entry).toMatchObject({ datedOn: '2023-11-01', dateInWords: '1 November 2023 (day of its meeting)' });
    expect(entry.facts).toMatchObject({ datedBy: 'meeting', takenOn: null });
    expect(JSON.stringify(entry.details)).toContain('Not said; its meeting was on 1 November 2023');
  });

  it('says that who decided is not said, and at whose meeting it was', async () => {
    const [entry] = entriesOf(await log('council', 'public')).filter((one) => one.id === 'met');
    if (entry?.kind !== 'full') throw new Error('it is not there');
    expect(entry).toMatchObject({ group: 'joint (its meeting; not said who decided)' });
    expect(entry.facts).toMatchObject({ decidedBy: [], bodyOfMeeting: 'joint' });
    expect(JSON.stringify(entry.details)).toContain('Not said; it was at a meeting of joint');
    const [officers] = entriesOf(await log('icb', 'public')).filter((one) => one.id === 'met with an officer');
    expect(JSON.stringify(officers?.details)).toContain('A Jones (officer); it was at a meeting of group');
  });

  it.each(['icb', 'council', 'county'])('accounts for what it has of %s and what it has not', async (id) => {
    const theirs = Object.keys(ANSWER).filter((one) => dated(one) && ANSWER[one]?.includes(id));
    const all = Object.keys(ANSWER).filter(dated);
    // What is only proposed and has a day: that it was published, or that of its meeting.
    const proposed = id === 'icb' ? 2 : 0;
    const { head } = await log(id, 'officers');
    expect(head.holdings).toEqual({ inPeriod: all.length + 2, theirs: theirs.length + proposed, unattributed: 1 });
    const account = JSON.stringify(head.particulars);
    expect(account).toContain(`The register holds ${theirs.length + proposed} decisions of these`);
    expect(account.includes('2 more are only proposed')).toBe(id === 'icb');
    expect(account.includes('1 decision of theirs has no day that is known')).toBe(id === 'county');
    expect(account).toContain('1 decision of the period says neither which body decided');
  });

  it('accounts to the public as if what is confidential had never been recorded', async () => {
    const [officers, others] = [await log('icb', 'officers'), await log('icb', 'public')];
    expect(others.head.holdings).toEqual({
      inPeriod: officers.head.holdings.inPeriod - 1,
      theirs: officers.head.holdings.theirs - 2,
      unattributed: 2,
    });
  });
});

describe('a meeting that is put right', () => {
  it('takes with it who decided, and leaves it as it was known before', async () => {
    const before = await api.runtime.store.head();
    const [event] = await api.runtime.store.readStream('meeting/of the joint body', 0);
    const why = 'why: { kind: NEVER_HAPPENED, reason: "of another body" }';
    const mutation = `mutation { annul(subject: "meeting/of the joint body", events: ["${event?.id}"], ${why}) { after } }`;
    const { annul } = dataOf<{ annul: { after: string } }>(await ask(OFFICER, mutation));
    const found = async (place: string) => titles(await listed(OFFICER, `organisation: "council", ${place}`));
    expect(await found(`afterReceipt: "${annul.after}"`)).not.toContain('met');
    expect(await found(`asKnownAt: ${before}`)).toContain('met');
    const { head } = await logOf(api, { for: 'scrutiny', from: '2023-07-01', to: '2024-12-31', about: ['council'] });
    expect(head.holdings.unattributed).toBe(3);
  });
});
