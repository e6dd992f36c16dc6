import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANNULLED, isPlaceholder, liveEvents, type CivilDate, type DomainEvent, type Envelope } from '#kernel';
import {
  decisionFiltered,
  decisionView,
  EVERYTHING,
  met,
  ofClass,
  oracleAt,
  soughtIn,
  supersededBy,
  VIEWS,
  type DecisionFilter,
  type Answer,
  type DecisionView,
  type Register,
  type Selection,
  type Shown,
  type Sought,
} from '#register';
import { happened } from '../libs/register/src/engine/engine.contract.js';
import {
  follow,
  logOf,
  onEachReadModel,
  openOn,
  readEvent,
  runs,
  type Line,
} from '../libs/register/src/register.contract.js';
import { byHand, filtersOf, type Filter, type ShownDecision } from './filtered-by-hand.js';

const DAYS = ['2024-01-01', '2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'];
const PENCE = [-500, 0, 1, 2, 100_000];
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

const TITLES = ['Wheelchair services', 'Services for the Ángström ward', 'Ward of the NHS', 'chair'];
const TEXTS = ['Chairs; and wards.', 'Value of THE services', 'nhs-led'];

const said = fc.record(
  {
    title: fc.constantFrom(...TITLES),
    text: fc.constantFrom(...TEXTS),
    note: fc.constantFrom(...TEXTS),
    reference: fc.constantFrom('ICB-2024/25-0001', 'nhs 1'),
    kind: fc.constantFrom('AWARD_CONTRACT', 'APPROVE', 'ALLOCATE'),
    route: fc.constantFrom('MEETING_IN_PUBLIC', 'URGENT_CHAIR_CEO'),
    key: fc.boolean(),
    amount: fc.constantFrom(...PENCE).map((pence) => ({ pence })),
    takenOn: fc.constantFrom(...DAYS),
    tags: fc.subarray(['Estates', 'ärzte']),
    procurement: fc.record({
      supplier: fc.constantFrom('G DOC Limited', 'Limited Care'),
      route: fc.constantFrom('PSR_DIRECT_C', 'PSR_COMPETITIVE'),
      standstillUntil: fc.constantFrom(...DAYS),
    }),
    delegation: fc.constant('scheme'),
    decidedBy: fc.subarray(['board', 'panel'], { minLength: 1 }),
    supersedes: fc.constantFrom(...IDS),
    disclosure: fc.constantFrom('PUBLIC', 'EXEMPT').map((disclosure) => ({ disclosure })),
  },
  { requiredKeys: [] },
);

interface Fact {
  readonly type: string;
  readonly data: object;
}
const facts: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 5, arbitrary: said.map((data) => ({ type: 'DecisionTaken', data: { title: 'Decision', ...data } })) },
  { weight: 2, arbitrary: said.map((data) => ({ type: 'DecisionChanged', data })) },
  said.map(({ tags: _tags, ...data }) => ({ type: 'DecisionProposed', data: { title: 'Proposal', ...data } })),
  fc.constantFrom(...DAYS).map((publishedOn) => ({ type: 'DecisionPublished', data: { publishedOn } })),
  fc.constantFrom('DecisionCalledIn', 'DecisionRescinded', 'DecisionImplemented').map((type) => ({ type, data: {} })),
  fc.constantFrom(...IDS).map((by) => ({ type: 'DecisionSuperseded', data: { by, part: 'clause 3' } })),
);
const stories = fc.array(
  fc.record({
    id: fc.constantFrom(...IDS),
    kind: fc.constantFrom('record', 'record', 'record', 'record', 'correct', 'annul'),
    fact: facts,
    day: fc.constantFrom(...DAYS),
    pick: fc.nat(9),
  }),
  { minLength: 12, maxLength: 30 },
);
type Story = typeof stories extends fc.Arbitrary<infer Told> ? Told : never;

/** The lines of a story: what corrects or annuls nothing is recorded. */
const linesOf = (story: Story): Line[] => {
  const events = new Map<string, DomainEvent[]>();
  const scheme = { functions: ['Buying of equipment'], delegateNames: ['the clerk'] };
  const granted = { stream: 'delegation/scheme', type: 'DelegationGranted', effectiveOn: '2020-01-01' as CivilDate };
  const lines: Line[] = [{ ...granted, data: scheme }];
  for (const { id, kind, fact, day, pick } of story) {
    const own = events.get(id) ?? [];
    const live = liveEvents(own).map(({ event }) => event.id);
    const target = kind === 'record' ? undefined : live[pick % Math.max(live.length, 1)];
    const links: Partial<Envelope> =
      target === undefined ? {} : kind === 'correct' ? { corrects: target } : { annuls: target };
    const { type, data } = links.annuls === undefined ? fact : { type: ANNULLED, data: {} };
    const stream = `decision/${id}`;
    const effectiveOn = day as CivilDate;
    events.set(id, [...own, happened(stream, own.length, lines.length, { type, data }, effectiveOn, links)]);
    lines.push({ stream, type, effectiveOn, data, links });
  }
  return lines;
};

const filters = filtersOf({
  days: DAYS,
  moments: [],
  pence: PENCE,
  tags: ['estates', 'ARZTE', 'nothing'],
  suppliers: ['limited', 'doc g', 'nobody'],
  functions: ['buying', 'selling'],
}).map(({ recorded: _recorded, ...filter }) => filter as Filter);

const questions = fc.array(
  fc.record({
    filter: filters,
    asAt: fc.constantFrom(...DAYS, '2024-01-06'),
    position: fc.nat(30),
    decidedBy: fc.constantFrom(undefined, undefined, 'board'),
    from: fc.constantFrom(undefined, undefined, ...DAYS),
    to: fc.constantFrom(undefined, undefined, ...DAYS),
    first: fc.integer({ min: 1, max: 4 }),
    backwards: fc.boolean(),
    search: fc.constantFrom(
      ...[
        'services',
        'serv WARD',
        'angs',
        'of',
        'o',
        'wheel nhs',
        'chair',
        'value the',
        'icb-2024/25-0001',
        ' NHS   1',
      ],
      ...['nhs 1', 'decision', '--', 'ward led', 'wheelchair services for'],
    ),
  }),
  { minLength: 25, maxLength: 25 },
);

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** A decision as the API shows it to somebody who sees everything. */
const shownOf = (id: string, own: DecisionView, all: ReadonlyMap<string, DecisionView>): ShownDecision => {
  const by = [...all].flatMap(([other, { taken, supersedes }]) =>
    taken === true && supersedes === id ? [{ id: other }] : [],
  );
  const state = supersededBy(own, by);
  const { amount, procurement } = state;
  return {
    ...{ subject: id, isStub: false, status: state.status, disclosure: state.disclosure, recordedAt: '' },
    ...{ kind: state.kind ?? null, route: state.route ?? null, key: state.key ?? null, tags: state.tags ?? null },
    ...{ takenOn: state.takenOn ?? null, inForceFrom: state.inForceFrom ?? null, withheldParts: null },
    publishedOn: state.publishedOn ?? null,
    amount: amount ? { pence: amount.pence, placeholder: isPlaceholder(amount) } : null,
    procurement: procurement ? { supplier: procurement.supplier ?? null, route: procurement.route ?? null } : null,
    delegation: state.delegation === undefined ? null : { functions: ['Buying of equipment'] },
  };
};

const paged = async (
  register: Register,
  selection: Selection,
  { first, backwards }: { readonly first: number; readonly backwards: boolean },
  place: { readonly asAt: CivilDate; readonly position: number },
): Promise<string[]> => {
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const { rows, hasNext } = await register.list('decision', { ...selection, first, after, backwards }, place);
    found.push(...rows.map(({ id }) => id));
    if (!hasNext) return found;
    after = rows.at(-1)?.cursor;
  }
};

const plain = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Where words are found, written naively: by what is called so, and by what is, was called and says so now. */
const rankByHand = (search: string, now: DecisionView, before: readonly DecisionView[]): number | undefined => {
  const same = (text: string): string => text.trim().toUpperCase().replaceAll(/\s+/g, ' ');
  if (now.reference !== undefined && same(now.reference) === same(search)) return 0;
  const words = plain(search);
  const titles = plain(now.title);
  const former = [...titles, ...before.flatMap(({ title }) => plain(title))];
  const texts = [now.text, now.note, now.tags?.join(' '), now.procurement?.supplier].flatMap((text) =>
    plain(text ?? ''),
  );
  const stand = (all: readonly string[]): boolean =>
    words.length > 0 &&
    words.every((word) => all.some((one) => (word.length < 3 ? one === word : one.startsWith(word))));
  const rank = [titles, former, [...former, ...texts]].findIndex(stand);
  return rank < 0 ? undefined : rank + 1;
};

const searched = async (
  register: Register,
  search: string,
  selection: Selection,
  first: number,
  place: { readonly asAt: CivilDate; readonly position: number },
) => {
  const finding = register.search<Shown<DecisionView>>('decision', soughtIn(search) as Sought, {
    rows: async (ids) => register.among('decision', selection, ids, place),
    formerTitles: async (rows) => {
      const ids = rows.map(({ id }) => id);
      const slices = await register.slicesOf<DecisionView>('decision', ids, place.position);
      const titles = (of: readonly Answer<DecisionView>[]): string[] =>
        of.flatMap((one) => (one.kind === 'found' && one.from <= place.asAt ? [one.state.title] : []));
      return new Map([...slices].map(([id, of]) => [id, titles(of)]));
    },
  });
  const found: { readonly id: string; readonly rank: number }[] = [];
  for (;;) {
    const page = await finding.page(first, found.at(-1));
    found.push(...page.map(({ id, rank }) => ({ id, rank })));
    if (page.length < first) return { found, count: await finding.count() };
  }
};

const READ = new Set(['decision', 'delegation', 'meeting']);

onEachReadModel(() => {
  describe('a list narrowed by several filters at once', () => {
    it('is what the oracle’s answers leave, in order, whichever way it is paged, at every date and position', async () => {
      await fc.assert(
        fc.asyncProperty(stories, questions, async (story, asked) => {
          const store = await logOf(linesOf(story));
          const house = await openOn(store, { views: VIEWS.filter(({ aggregate }) => READ.has(aggregate)) });
          await follow(house, store);
          const events = (await store.readAll(0, 100)).map(readEvent);
          for (const { filter, asAt: day, position, decidedBy, from, to, search, ...page } of asked) {
            const place = { asAt: day as CivilDate, position: Math.min(position, story.length) };
            const all = new Map<string, DecisionView>();
            for (const id of IDS) {
              const own = events.filter(({ stream }) => stream === `decision/${id}`);
              const answer = oracleAt(decisionView, own, place.asAt, place.position);
              if (answer.kind === 'found') all.set(id, answer.state);
            }
            const inOrder = [...all]
              .map(([id, state]) => ({ id, state, key: decisionView.order(state) }))
              .filter(({ key }) => (from === undefined || key >= from) && (to === undefined || key < to))
              .filter(({ state }) => decidedBy === undefined || state.decidedBy?.includes(decidedBy))
              .toSorted((a, b) => byBytes(a.key, b.key) || byBytes(a.id, b.id));
            const shown = inOrder.map(({ id, state }) => shownOf(id, state, all));
            const isTaken = ({ subject }: ShownDecision): boolean => all.get(subject)?.taken === true;
            const { found } = byHand(shown, filter, isTaken);
            const { conditions, disclosure, notKnown } = decisionFiltered(filter as DecisionFilter, undefined);
            const selection: Selection = {
              where: { decidedBy },
              orderRange: { from, to },
              restriction: { all: [disclosure ? ofClass(disclosure) : EVERYTHING, met(conditions, notKnown)] },
            };
            const expected = page.backwards ? found.toReversed() : found;
            expect({ filter, place, list: await paged(house.register, selection, page, place) }).toEqual({
              ...{ filter, place, list: expected },
            });
            expect(await house.register.count('decision', selection, place)).toBe(expected.length);
            const dated = [...DAYS, '2024-01-06'].filter((one) => one <= place.asAt) as CivilDate[];
            const ranked = found.flatMap((id) => {
              const before = dated.flatMap((one) => {
                const own = events.filter(({ stream }) => stream === `decision/${id}`);
                const answer = oracleAt(decisionView, own, one, place.position);
                return answer.kind === 'found' ? [answer.state] : [];
              });
              const rank = rankByHand(search, all.get(id) as DecisionView, before);
              return rank === undefined ? [] : [{ id, rank }];
            });
            const inRank = ranked.toSorted((a, b) => a.rank - b.rank || byBytes(a.id, b.id));
            const hits = await searched(house.register, search, selection, page.first, place);
            expect({ search, filter, place, hits: hits.found }).toEqual({
              ...{ search, filter, place, hits: inRank },
            });
            expect(hits.count).toBe(inRank.length);
          }
        }),
        { numRuns: runs(12), endOnFailure: true },
      );
    }, 60_000);
  });
});
