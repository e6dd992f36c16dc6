import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, refusalOf } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';
import { recordMillbrook, type Story } from './millbrook.js';

let api: RunningApi;
let story: Story;
beforeAll(async () => {
  api = await runApi({ BUDGET_GOVERNANCE_OFFICER: '1000000', LIMIT_PER_SUBJECT: 'off', LIMIT_PER_ADDRESS: 'off' });
  story = await recordMillbrook(api);
  await api.runtime.register.waitFor(story.merged, 10_000);
}, 120_000);
afterAll(() => api.close());

const asked = async <Data extends object>(question: string, variables: object = {}): Promise<Data> =>
  dataOf<Data>(await api.ask(question, variables));

interface Told {
  readonly verdict: string;
  readonly sentence: string;
  readonly parts: readonly {
    readonly chains: readonly { readonly sentence: string; readonly failure: { readonly test: string } | null }[];
  }[];
}
const AUTHORITY = 'verdict sentence parts { chains { sentence failure { test } } }';
const contractAt = async (position: number): Promise<Told> => {
  const question = `{ authority(decision: "contract", asKnownAt: ${position}) { ${AUTHORITY} } }`;
  return (await asked<{ authority: Told }>(question)).authority;
};

describe('the worked scenario', () => {
  it('the committee was authorised to spend £1.2m on 3 May 2023, by the second version of the scheme', async () => {
    const told = await contractAt(story.taken);
    expect(told.verdict).toBe('AUTHORISED');
    expect(told.parts[0]?.chains[0]?.sentence).toBe(
      'NHS Vale Integrated Care Board holds the function, the Vale Board acts for NHS Vale Integrated Care Board, the Vale Board delegated it to the Millbrook Place Committee (“Scheme of reservation and delegation”, version 2, clause 4.2, up to £1,500,000.00 whole life)',
    );
  });

  it('with each link by the record that makes it, its bounds and where it is recorded', async () => {
    const data = await asked<{
      decision: {
        decision: {
          authorityWhenTaken: { on: string; parts: readonly { chains: readonly { hops: readonly object[] }[] }[] };
        };
      };
    }>(
      `{ decision(id: "contract", asKnownAt: ${story.taken}) { decision { authorityWhenTaken { on parts { chains { hops {
        kind from { subject } to { subject name } by { subject } instrument { subject } version clause limits since until } } } } } } }`,
    );
    const { on, parts } = data.decision.decision.authorityWhenTaken;
    expect(on).toBe('2023-05-03');
    expect(parts[0]?.chains[0]?.hops[2]).toEqual({
      kind: 'DELEGATED',
      from: { subject: 'body/board' },
      to: { subject: 'body/committee', name: 'Millbrook Place Committee' },
      by: { subject: 'delegation/millbrook' },
      instrument: { subject: 'instrument/sord' },
      version: '2',
      clause: '4.2',
      limits: ['£1,500,000.00 whole life'],
      since: '2023-05-01',
      until: null,
    });
  });

  it('the correction is told against what was known before, in sentences', async () => {
    const { authority } = await asked<{ authority: Told & { compared: Told; differences: readonly string[] } }>(
      `{ authority(decision: "contract", asKnownAt: ${story.taken}, comparedWith: ${story.found}) { ${AUTHORITY} compared { ${AUTHORITY} } differences } }`,
    );
    expect([authority.verdict, authority.compared.verdict]).toEqual(['AUTHORISED', 'AUTHORISED']);
    expect(authority.differences.join('\n')).toMatch(/version 2.*version 1/);
  });

  it('all 31 decisions that relied on the invalid version are listed, and proved again under the first', async () => {
    const reliedAt = async (position: number) =>
      (
        await asked<{
          reliedOn: {
            count: number;
            provedWithoutCount: number;
            challengedCount: number;
            decisions: readonly { decision: { title: string }; authorityChallenged: boolean; provedWithout: boolean }[];
          };
        }>(
          `{ reliedOn(on: "instrument/sord", version: "2", asKnownAt: ${position}, first: 100) {
            count provedWithoutCount challengedCount decisions { decision { title } provedWithout authorityChallenged } } }`,
        )
      ).reliedOn;
    const before = await reliedAt(story.found - 1);
    expect(before).toMatchObject({ count: 31, provedWithoutCount: 21, challengedCount: 0 });
    const found = await reliedAt(story.found);
    expect(found).toMatchObject({ count: 31, provedWithoutCount: 21, challengedCount: 10 });
    expect(found.decisions[0]).toEqual({
      decision: { title: 'Community services contract contract' },
      provedWithout: true,
      authorityChallenged: false,
    });
    expect(await reliedAt(story.ratified)).toMatchObject({ count: 31, provedWithoutCount: 21, challengedCount: 0 });
  });

  it('at each position the first test that fails is told', async () => {
    const at = async (decision: string, position: number) => {
      const { authority } = await asked<{ authority: Told }>(
        `{ authority(decision: "${decision}", asKnownAt: ${position}) { ${AUTHORITY} } }`,
      );
      return [authority.verdict, authority.parts[0]?.chains[0]?.failure?.test];
    };
    expect(await at('contract', story.found)).toEqual(['AUTHORISED', undefined]);
    expect(await at('more-25', story.found - 1)).toEqual(['AUTHORISED', undefined]);
    expect(await at('more-25', story.found)).toEqual(['NOT_AUTHORISED', 'LIMIT']);
    expect(await at('more-25', story.ratified)).toEqual(['AUTHORISED', undefined]);
  });

  it('after the merger nothing may be decided until it is granted again', async () => {
    const may = async (decider: string, on: string) => {
      const question = `query ($matter: MatterInput!) { mayDecide(matter: $matter) {
        authority { verdict sentence parts { failure { test } chains { failure { test } } } } whoCan { party { subject } } } }`;
      const matter = {
        decider,
        functions: ['community'],
        on,
        amount: { pounds: '900000' },
        places: ['millbrook'],
        kind: 'AWARD_CONTRACT',
      };
      const { mayDecide } = await asked<{
        mayDecide: {
          authority: Told & { parts: readonly { failure: { test: string } | null }[] };
          whoCan: readonly { party: { subject: string } }[];
        };
      }>(question, { matter });
      const { verdict, parts } = mayDecide.authority;
      return [
        verdict,
        parts[0]?.failure?.test ?? parts[0]?.chains[0]?.failure?.test,
        mayDecide.whoCan.map(({ party }) => party.subject),
      ];
    };
    expect(await may('body/committee', '2026-03-31')).toEqual(['CANNOT_DETERMINE', undefined, ['body/board']]);
    expect(await may('body/committee', '2026-04-01')).toEqual(['NOT_AUTHORISED', 'DECIDER', ['body/central-board']]);
    expect(await may('body/central-committee', '2026-04-14')).toEqual([
      'NOT_AUTHORISED',
      'INTERVAL',
      ['body/central-board'],
    ]);
    expect(await may('body/central-committee', '2026-04-15')).toEqual(['AUTHORISED', undefined, []]);
  });

  it('what would be if the limit became £2m from 1 April, without writing', async () => {
    const question = `query ($matter: MatterInput!, $suppose: SupposedInput) { mayDecide(matter: $matter, suppose: $suppose) {
      authority { verdict } asRecorded { verdict } differences } register { head } }`;
    const matter = {
      decider: 'body/central-committee',
      functions: ['community'],
      on: '2026-05-01',
      amount: { pounds: '1800000' },
      places: ['millbrook'],
      kind: 'AWARD_CONTRACT',
    };
    const varied = [
      {
        delegation: 'central-millbrook',
        from: '2026-04-20',
        data: { limits: [{ amount: { pounds: '2000000' }, basis: 'WHOLE_LIFE' }] },
      },
    ];
    const head = await api.runtime.store.head();
    const { mayDecide } = await asked<{
      mayDecide: { authority: object; asRecorded: object; differences: readonly string[] };
    }>(question.replace(' register { head }', ''), { matter, suppose: { varied } });
    expect([mayDecide.authority, mayDecide.asRecorded]).toEqual([
      { verdict: 'AUTHORISED' },
      { verdict: 'NOT_AUTHORISED' },
    ]);
    expect(mayDecide.differences[0]).toBe('As recorded it was not authorised; as supposed, authorised.');
    expect(await api.runtime.store.head()).toBe(head);
  });

  it('a recording that asks to be checked first is refused with rule and source, and records nothing', async () => {
    const head = await api.runtime.store.head();
    const decision = {
      title: 'Too much',
      takenOn: '2026-05-01',
      decidedBy: ['central-committee'],
      kind: 'AWARD_CONTRACT',
      catalogueFunctions: ['community'],
      places: ['millbrook'],
      amount: { pounds: '1000000.01' },
    };
    const first = { mode: 'PROSPECTIVE' };
    expect(await refusalOf(api, 'TakeDecision', 'too-much', '2026-05-01', decision, first)).toMatchObject({
      code: 'NOT_AUTHORISED',
      rule: 'BR-062',
      message: expect.stringContaining('£1,000,000.01'),
    });
    const { catalogueFunctions: _, ...unsaid } = decision;
    expect(await refusalOf(api, 'TakeDecision', 'unsaid', '2026-05-01', unsaid, first)).toMatchObject({
      code: 'AUTHORITY_NOT_DETERMINED',
    });
    const wide = {
      functions: ['f'],
      catalogueFunctions: ['community'],
      grantedByBody: 'central-committee',
      delegateBodies: ['central-board'],
      onward: 'PERMITTED',
    };
    expect(await refusalOf(api, 'GrantDelegation', 'back', '2026-05-01', wide, first)).toMatchObject({
      code: 'NOT_AUTHORISED',
    });
    expect(await refusalOf(api, 'EstablishBody', 'b', '2026-05-01', { name: 'B', kind: 'OTHER' }, first)).toMatchObject(
      { code: 'NOT_CHECKED_FIRST', field: 'recording.mode' },
    );
    expect(await api.runtime.store.head()).toBe(head);
  });
});
