import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inStep, traceOf, type Matter, type Trace } from '#governance';
import { addDays, type CivilDate, type DomainEvent } from '#kernel';
import { VIEWS } from '../rooms/views.js';
import { closeNow, follow, logOf, onEachReadModel, openOn, readEvent, runs, type Line } from '../register.contract.js';
import { assess } from './assess.js';
import { Facts, registerFacts } from './facts.js';
import { naively } from './naive-facts.js';

const FIRST = '2025-04-01' as CivilDate;
const day = (at: number): CivilDate => addDays(FIRST, at);
const money = (pounds: number) => ({ pence: pounds * 100 });

/** What is there all the time: a board with two committees below it. */
const WORLD: readonly Line[] = [
  ['organisation/icb', 'OrganisationRegistered', { name: 'ICB', kind: 'ICB' }],
  ['body/board', 'BodyEstablished', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] }],
  ['body/a', 'BodyEstablished', { name: 'A', kind: 'ICB_COMMITTEE', owners: ['icb'] }],
  ['body/b', 'BodyEstablished', { name: 'B', kind: 'ICB_SUBCOMMITTEE', owners: ['icb'] }],
  ['function/f', 'FunctionDefined', { name: 'F' }],
  ['functionHolding/h', 'HoldingRecorded', { function: 'f', organisationKind: 'ICB', route: 'CONFERRED' }],
  ['instrument/s', 'InstrumentAdopted', { title: 'Scheme', kind: 'SORD_ENTRY', version: '1' }],
  ['seat/post', 'SeatDefined', { title: 'Director', organisation: 'icb' }],
].map(([stream, type, data]) => ({ stream, type, data, effectiveOn: day(-10) }) as Line);

const terms = (amount: number, version: string) => ({
  functions: ['f'],
  catalogueFunctions: ['f'],
  limits: [{ amount: money(amount), basis: 'PER_DECISION' }],
  onward: 'PERMITTED',
  instrument: 's',
  version,
});

/** What may happen, to which subject; dated and linked by the story. */
const HAPPENINGS: readonly (readonly [string, string, object])[] = [
  [
    'delegation/1',
    'DelegationGranted',
    { ...terms(10, '1'), grantedByBody: 'board', delegateBodies: ['a'], to: day(5) },
  ],
  ['delegation/1', 'DelegationVaried', { version: '2', limits: [{ amount: money(20), basis: 'PER_DECISION' }] }],
  ['delegation/1', 'DelegationVaried', { onward: 'PROHIBITED' }],
  ['delegation/1', 'DelegationSuspended', {}],
  ['delegation/1', 'DelegationResumed', {}],
  ['delegation/1', 'DelegationExtended', { to: day(7) }],
  ['delegation/1', 'DelegationRevoked', {}],
  ['delegation/2', 'DelegationGranted', { ...terms(15, '2'), grantedByBody: 'a', delegateBodies: ['b'] }],
  ['delegation/2', 'DelegationVaried', { delegateBodies: null, delegateSeats: ['post'] }],
  ['delegation/2', 'DelegationRevoked', {}],
  [
    'delegation/3',
    'DelegationGranted',
    { ...terms(12, '2'), grantedByBody: 'board', delegateBodies: ['a'], replaces: '1' },
  ],
  ['instrument/s', 'VersionFoundInvalid', { version: '2', reason: 'inquorate' }],
  ['instrument/s', 'VersionRatified', { version: '2' }],
  ['body/a', 'BodySuspended', {}],
  ['body/a', 'BodyResumed', {}],
  ['functionHolding/h', 'HoldingEnded', {}],
  ['appointment/jo', 'AppointmentMade', { person: 'jo', seat: 'post', status: 'SUBSTANTIVE' }],
  ['appointment/jo', 'AppointmentChanged', { status: 'DESIGNATE' }],
  ['appointment/jo', 'AppointmentEnded', {}],
];

interface Step {
  readonly what: number;
  readonly on: number;
  /** Which earlier event of the subject it corrects or annuls, where it does. */
  readonly link: 'none' | 'corrects' | 'annuls';
  readonly which: number;
}

const stories = fc.array(
  fc.record({
    what: fc.nat(HAPPENINGS.length - 1),
    on: fc.integer({ min: -1, max: 6 }),
    link: fc.constantFrom('none', 'none', 'none', 'corrects', 'annuls'),
    which: fc.nat(10),
  }),
  { minLength: 3, maxLength: 10 },
) as fc.Arbitrary<readonly Step[]>;

/** One that reaches what others may not: granted, raised by a version, found invalid, passed on, ratified. */
const TOLD: readonly Step[] = [0, 1, 11, 7, 12].map((what, at) => ({
  what,
  on: [0, 1, 1, 2, 1][at] ?? 0,
  link: 'none',
  which: 0,
}));

/** The story as a log; each subject begins before anything else happens to it. */
function linesOf(story: readonly Step[]): readonly Line[] {
  const lines: Line[] = [...WORLD];
  const live = new Map<string, string[]>();
  const counts = new Map<string, number>(WORLD.map(({ stream }) => [stream, 1]));
  for (const { what, on, link, which } of story) {
    const [stream = '', type = '', data = {}] = HAPPENINGS[what] ?? [];
    const own = live.get(stream) ?? [];
    const named = own.length === 0 ? undefined : own[which % own.length];
    const id = `${stream}#${counts.get(stream) ?? 0}`;
    const isLinked = named !== undefined && link !== 'none';
    counts.set(stream, (counts.get(stream) ?? 0) + 1);
    lines.push({
      stream,
      type: isLinked && link === 'annuls' ? 'Annulled' : type,
      effectiveOn: day(on),
      data: isLinked && link === 'annuls' ? {} : data,
      ...(isLinked && { links: { [link]: named, why: { kind: 'error', reason: 'r' } } }),
    });
    const left = isLinked ? own.filter((one) => one !== named) : own;
    live.set(stream, isLinked && link === 'annuls' ? left : [...left, id]);
  }
  return lines;
}

const MATTERS = (on: CivilDate): readonly Matter[] =>
  [
    { kind: 'body', id: 'a' },
    { kind: 'body', id: 'b' },
    { kind: 'person', id: 'jo' },
  ].map((decider): Matter => ({
    deciders: [decider as Matter['deciders'][number]],
    functions: ['f'],
    on,
    amount: money(11),
    places: [],
    conditionsMet: [],
    withheld: [],
    kind: 'APPROVE',
  }));

/** Without the positions, which the oracle does not tell. */
const bare = (traces: readonly Trace[]): unknown =>
  JSON.parse(JSON.stringify(traces, (name: string, value: unknown) => (name === 'recordedFrom' ? undefined : value)));

const PROBES = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8].map(day);

onEachReadModel(() => {
  describe('who may decide', () => {
    it('T10: equals the naive evaluation for every day and every position of random histories', async () => {
      const seen = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(stories, async (story) => {
          const store = await logOf(linesOf(story));
          const house = await openOn(store, { views: VIEWS });
          await follow(house, store);
          const events: readonly DomainEvent[] = (await store.readAll(0, 1_000)).map(readEvent);
          const read = async (subject: string) => (await store.readStream(subject)).map(readEvent);
          for (let position = WORLD.length - 1; position <= (await store.head()); position++) {
            const facts = new Facts(registerFacts(house.register, position, read));
            const matters = PROBES.flatMap(MATTERS);
            const ours = await assess(inStep(matters.map((matter) => traceOf(matter))), facts);
            const answered = naively(events, position);
            const naive = matters.map((matter) => answered(traceOf(matter)));
            expect(bare(ours)).toEqual(bare(naive));
            for (const { verdict, parts } of ours) {
              const why = parts[0]?.failure?.test ?? parts[0]?.chains[0]?.failure?.test ?? verdict;
              seen.set(why, (seen.get(why) ?? 0) + 1);
            }
          }
          await closeNow(house);
        }),
        { numRuns: runs(12), examples: [[TOLD]], endOnFailure: true },
      );
      // The histories reach what they are to try.
      expect([...seen.keys()]).toEqual(expect.arrayContaining(['AUTHORISED', 'HOLDER', 'LIMIT', 'INTERVAL']));
    });
  });
});
