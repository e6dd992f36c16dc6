import fc from 'fast-check';
import { Submit, SubmitHandler, type Step } from '#command';
import { MemoryEventStore } from '#event-store';
import { eventReader } from '#governance';
import { isRefusal, type Actor, type CivilDate, type DomainEvent } from '#kernel';

const officer: Actor = { id: 'officer', roles: ['governance-officer'], vouchedBy: 'test' };
const FIRST_DAY = Date.UTC(2025, 0, 1, 9);
const DAY_MS = 86_400_000;

/** Something that is asked for; what cannot be so is refused, and nothing comes of it. */
export interface Asked {
  readonly does: 'take' | 'propose' | 'change' | 'call in' | 'classify' | 'lift' | 'annul' | 'supersede';
  readonly id: 'd1' | 'd2';
  readonly disclosure: 'PUBLIC' | 'EXEMPT' | 'CONFIDENTIAL' | undefined;
  /** Days between that on which it is recorded and that on which it takes effect. */
  readonly ahead: number;
  /** Takes the place of an earlier recording about the same decision. */
  readonly instead: 'corrects' | 'again' | undefined;
  readonly of: number;
}

export const stories = fc.array(
  fc.record({
    does: fc.oneof(
      { arbitrary: fc.constantFrom('take' as const, 'change' as const), weight: 4 },
      { arbitrary: fc.constantFrom('classify' as const, 'lift' as const, 'annul' as const), weight: 4 },
      { arbitrary: fc.constantFrom('propose' as const, 'call in' as const, 'supersede' as const), weight: 1 },
    ),
    id: fc.oneof({ arbitrary: fc.constant('d1' as const), weight: 4 }, fc.constant('d2' as const)),
    disclosure: fc.constantFrom('PUBLIC', 'PUBLIC', 'EXEMPT', 'EXEMPT', 'CONFIDENTIAL', undefined),
    ahead: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, fc.integer({ min: -3, max: 4 })),
    instead: fc.oneof({ arbitrary: fc.constant(undefined), weight: 2 }, fc.constantFrom('corrects', 'again')),
    of: fc.nat(5),
  }),
  { minLength: 3, maxLength: 14 },
);

/** Words that stand in one recording and nowhere else: `QW7Z`. */
export const canary = (nth: number): string => `QW${nth}Z`;
export const CANARIES = /QW(\d+)Z/gi;

const stepOf = (asked: Asked, nth: number, day: CivilDate, events: readonly DomainEvent[]): Step => {
  const { does, disclosure, instead, of } = asked;
  const words = canary(nth);
  const earlier = events.length === 0 ? 'nothing' : (events[of % events.length] as DomainEvent).id;
  const why = { kind: 'error' as const, reason: words };
  if (does === 'annul') return { annuls: earlier, why };
  const place =
    instead === undefined
      ? {}
      : { [instead]: earlier, ...(instead === 'corrects' && { why, unsaid: 'DROP' as const }) };
  const to = (command: string, data: object): Step => ({
    command,
    data,
    effectiveOn: day,
    source: { document: words },
    ...place,
  });
  const classed = disclosure && { disclosure: { disclosure, reasoning: words } };
  switch (does) {
    case 'take':
      return to('TakeDecision', {
        title: words,
        text: words,
        decidedBy: ['board'],
        takenOn: '2025-01-02',
        amount: { pence: 10 },
        ...classed,
      });
    case 'propose':
      return to('ProposeDecision', { title: words, summary: words, bodies: ['board'], ...classed });
    case 'change':
      return to('ChangeDecision', { title: words, note: words, tags: [words], ...classed });
    case 'call in':
      return to('CallInDecision', { reason: words });
    case 'classify':
      return to('ClassifyDecision', { disclosure: disclosure ?? 'EXEMPT', reasoning: words });
    case 'lift':
      return to('LiftExemption', { reason: words });
    case 'supersede':
      return to('SupersedeDecision', { by: asked.id === 'd1' ? 'd2' : 'd1', part: words });
  }
};

/** Of which step of its story an event is. */
export const nthOf = ({ envelope }: Pick<DomainEvent, 'envelope'>): number => Number(envelope.commandId.slice(1));

export const nthsIn = (text: string): readonly number[] => [...text.matchAll(CANARIES)].map(([, nth]) => Number(nth));

const ask = (does: Asked['does'], disclosure?: Asked['disclosure'], instead?: Asked['instead'], of = 0): Asked => ({
  ...{ does, disclosure, instead, of },
  ...{ id: 'd1', ahead: 0 },
});

/** Ways in which old words came to be told, beside those that chance finds. */
export const FIXED: readonly (readonly Asked[])[] = [
  [ask('take', 'CONFIDENTIAL'), ask('annul'), ask('take', 'PUBLIC')],
  [ask('take', 'CONFIDENTIAL'), ask('annul'), ask('take', 'PUBLIC', 'again')],
  [ask('take', 'CONFIDENTIAL'), ask('take', 'PUBLIC', 'corrects')],
  [ask('take', 'EXEMPT'), ask('take', 'EXEMPT', 'corrects'), ask('lift')],
  [ask('take'), ask('classify', 'CONFIDENTIAL'), ask('take', 'CONFIDENTIAL', 'corrects'), ask('lift')],
  [ask('take'), ask('classify', 'EXEMPT'), ask('change', 'EXEMPT'), ask('annul', undefined, undefined, 2), ask('lift')],
  [ask('take'), ask('classify', 'EXEMPT'), ask('annul', undefined, undefined, 1)],
  // Known since a recording that nobody may know of.
  [
    ask('take'),
    ask('classify', 'CONFIDENTIAL'),
    ask('annul', undefined, undefined, 1),
    { ...ask('take'), id: 'd2' },
    ask('classify', 'PUBLIC'),
  ],
];

/** A log in which a story has happened, a day for each of its steps. */
export interface Happened {
  readonly store: MemoryEventStore;
  /** UTC epoch milliseconds, when it is asked about. */
  readonly now: number;
  /** By decision, in the order of recording. */
  readonly events: ReadonlyMap<string, readonly DomainEvent[]>;
}

/** Lets a story happen at the door. */
export const happened = async (story: readonly Asked[]): Promise<Happened> => {
  let now = FIRST_DAY;
  const read = eventReader();
  const store = new MemoryEventStore({ now: () => now });
  const door = new SubmitHandler(store);
  const send = async (aggregate: string, id: string, commandId: string, step: Step): Promise<void> => {
    await door.execute(new Submit({ aggregate, id, commandId, steps: [step] }, officer));
  };
  const effectiveOn = '2024-01-01' as CivilDate;
  await send('organisation', 'icb', 'o', {
    command: 'RegisterOrganisation',
    effectiveOn,
    data: { name: 'ICB', kind: 'ICB' },
  });
  await send('body', 'board', 'b', {
    command: 'EstablishBody',
    effectiveOn,
    data: { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] },
  });
  const eventsOf = async (id: string) => (await store.readStream(`decision/${id}`)).map(read);
  for (const [nth, asked] of story.entries()) {
    now += DAY_MS;
    const day = new Date(now + asked.ahead * DAY_MS).toISOString().slice(0, 10) as CivilDate;
    const step = stepOf(asked, nth, day, await eventsOf(asked.id));
    await send('decision', asked.id, `c${nth}`, step).catch((thrown: unknown) => {
      if (!isRefusal(thrown)) throw thrown;
    });
  }
  const events = new Map([
    ['d1', await eventsOf('d1')],
    ['d2', await eventsOf('d2')],
  ]);
  return { store, now, events };
};
