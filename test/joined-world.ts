import type { CommandName } from '#wire';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Submit, SubmitHandler } from '#command';
import { MemoryEventStore } from '#event-store';
import { eventReader, type Aggregate } from '#governance';
import { isRefusal, UNKNOWN_START, type Actor, type CivilDate } from '#kernel';
import { openRegister, VIEWS, type Register } from '#register';
import { Disclosing } from '../apps/api/src/disclosing.js';
import { Lapses } from '../apps/api/src/lapses.js';
import { ReceiptTokens } from '../apps/api/src/receipt-tokens.js';
import { Records } from '../apps/api/src/records.js';
import { requestContext, type RequestContext } from '../apps/api/src/request-context.js';
import { Waiting } from '../apps/api/src/waiting.js';

const officer: Actor = { id: 'officer', roles: ['governance-officer'], vouchedBy: 'test' };

/** One fact: what is recorded of what, on which of a few days; a day that nobody knows where `unknown` says so. */
export interface Told {
  readonly command: CommandName;
  readonly aggregate: Aggregate;
  readonly id: string;
  readonly data: object;
  readonly day: number;
  readonly unknown?: boolean;
}

/** The nth of the few days on which anything happens. */
export const dayOf = (nth: number): CivilDate => `2024-01-0${nth}` as CivilDate;
export const DAYS = [1, 2, 3, 4, 5, 6].map(dayOf);

/** A register over facts; those that cannot be recorded are left out, as the door leaves them. */
export interface JoinedWorld {
  readonly register: Register;
  readonly store: MemoryEventStore;
  readonly records: Records;
  readonly lapses: Lapses;
  /** The position after each fact that was recorded. */
  readonly positions: readonly number[];
  context(): RequestContext;
}

export const inWorld = async (facts: readonly Told[], look: (world: JoinedWorld) => Promise<void>): Promise<void> => {
  const store = new MemoryEventStore();
  const door = new SubmitHandler(store);
  const positions: number[] = [];
  for (const [nth, { command, aggregate, id, data, day, unknown }] of facts.entries()) {
    const when = unknown ? { effectiveOn: UNKNOWN_START, startKnown: false as const } : { effectiveOn: dayOf(day) };
    try {
      const steps = [{ command, data, ...when }];
      await door.execute(new Submit({ aggregate, id, commandId: `c${nth}`, steps }, officer));
      positions.push(await store.head());
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
    }
  }
  const directory = await mkdtemp(join(tmpdir(), 'register-'));
  const views = await openRegister({ directory, store, views: VIEWS, readEvent: eventReader() });
  try {
    const events = await store.readAll(0, 10_000);
    if (events.length > 0) await views.follower.handle(events);
    const { register } = views;
    const tokens = new ReceiptTokens(new Uint8Array(32));
    const records = new Records(register, new Waiting(store, register, tokens), new Disclosing(register, store));
    const context = () => requestContext(officer, Date.UTC(2024, 5, 1));
    await look({ register, store, records, lapses: new Lapses(records), positions, context });
  } finally {
    await views.close();
    await rm(directory, { recursive: true, force: true });
  }
};

const among = <Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const days = fc.integer({ min: 1, max: 5 });

const told = (
  aggregate: Aggregate,
  command: CommandName,
  ids: readonly string[],
  data: fc.Arbitrary<object>,
): fc.Arbitrary<Told> =>
  fc.record({
    aggregate: fc.constant(aggregate),
    command: fc.constant(command),
    id: among(...ids),
    data,
    day: days,
  });

const maybe = (field: string, ...values: readonly unknown[]): fc.Arbitrary<object> =>
  among(undefined, ...values).map((value) => (value === undefined ? {} : { [field]: value }));
const both = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object);

const ORGANISATIONS = ['o1', 'o2'] as const;
const BODIES = ['b1', 'b2'] as const;
const SEATS = ['s1', 's2'] as const;
const FUNCTIONS = ['f1', 'f2'] as const;
const INSTRUMENTS = ['i1', 'i2', 'i3', 'i4', 'i5'] as const;

const place = both(maybe('seat', ...SEATS), maybe('body', ...BODIES), maybe('organisation', ...ORGANISATIONS));
const powers = both(
  maybe('grantedByBody', ...BODIES),
  maybe('grantedByOrganisation', ...ORGANISATIONS),
  maybe('delegateBodies', ['b1'], ['b1', 'b2']),
  maybe('delegateOrganisations', ['o1'], ['o1', 'o2']),
  maybe('grantedBySeat', ...SEATS),
  maybe('delegateSeats', ['s1'], ['s1', 's2']),
  maybe('delegateNames', ['all others']),
  maybe('instrument', ...INSTRUMENTS),
);
const ended = (aggregate: Aggregate, command: CommandName, ids: readonly string[], data = fc.constant({})) =>
  fc
    .tuple(told(aggregate, command, ids, data), fc.integer({ min: 0, max: 3 }))
    .map(([fact, dice]): Told => ({ ...fact, unknown: dice === 0 }));

const ORDER = { every: 'MONTH', firstDay: '2024-01-01', daysAfterPeriod: 5, reader: 'PUBLIC', recipient: 'them' };

/** Bodies with owners, seats, members, powers and what else hangs on them, some of which end, on days that may not be known. */
export const worlds: fc.Arbitrary<readonly Told[]> = fc
  .array(
    fc.oneof(
      {
        arbitrary: told(
          'appointment',
          'MakeAppointment',
          ['a1', 'a2', 'a3'],
          place.map((at) => ({ person: 'p', role: 'Member', ...at })),
        ),
        weight: 3,
      },
      {
        arbitrary: told(
          'delegation',
          'GrantDelegation',
          ['g1', 'g2'],
          powers.map((of) => ({ functions: ['to pay'], ...of })),
        ),
        weight: 3,
      },
      told(
        'appointment',
        'RecordVacancy',
        ['v1'],
        among(...SEATS).map((seat) => ({ seat })),
      ),
      ended('appointment', 'EndAppointment', ['a1', 'a2']),
      { arbitrary: ended('body', 'DissolveBody', BODIES, maybe('mergedInto', 'b2')), weight: 2 },
      { arbitrary: ended('organisation', 'CloseOrganisation', ORGANISATIONS), weight: 2 },
      { arbitrary: ended('seat', 'RemoveSeat', SEATS), weight: 1 },
      told(
        'instrument',
        'AdoptInstrument',
        INSTRUMENTS,
        both(
          among({ title: 'Scheme', kind: 'OTHER' }),
          maybe('body', ...BODIES),
          maybe('organisation', ...ORGANISATIONS),
          maybe('partOf', ...INSTRUMENTS),
        ),
      ),
      ended('instrument', 'WithdrawInstrument', INSTRUMENTS, maybe('replacedBy', ...INSTRUMENTS)),
      told(
        'budget',
        'SetBudget',
        ['u1', 'u2'],
        both(
          among({ name: 'Pooled', year: '2024/25', amount: { pence: 100 } }),
          maybe('body', ...BODIES),
          maybe('organisation', ...ORGANISATIONS),
        ),
      ),
      told(
        'functionHolding',
        'RecordHolding',
        ['h1', 'h2'],
        both(
          fc.oneof(
            among(...ORGANISATIONS).map((organisation) => ({ organisation })),
            fc.constant({ organisationKind: 'ICB' }),
          ),
          among(...FUNCTIONS).map((held) => ({ function: held, route: 'CONFERRED' })),
        ),
      ),
      ended('functionHolding', 'EndHolding', ['h1']),
      ended('function', 'EndFunction', FUNCTIONS),
      told(
        'interest',
        'DeclareInterest',
        ['n1', 'n2'],
        both(among({ nature: 'Shares', kind: 'FINANCIAL', person: 'p' }), maybe('organisation', ...ORGANISATIONS)),
      ),
      {
        arbitrary: told(
          'reservation',
          'ReserveMatter',
          ['r1', 'r2'],
          both(
            among({ functions: ['to close'], reservedToName: 'them' }),
            maybe('body', ...BODIES),
            maybe('organisation', ...ORGANISATIONS),
            maybe('instrument', ...INSTRUMENTS),
          ),
        ),
        weight: 2,
      },
      told(
        'standingOrder',
        'PlaceStandingOrder',
        ['w1', 'w2'],
        both(among(ORDER), fc.oneof(maybe('committee', ...BODIES), maybe('council', ...ORGANISATIONS))),
      ),
      told('seat', 'ChangeSeat', SEATS, both(maybe('body', ...BODIES, null), maybe('organisation', ...ORGANISATIONS))),
      told('body', 'ChangeBody', BODIES, maybe('owners', ['o1'], ['o1', 'o2'], ['o2'])),
      told(
        'succession',
        'RecordSuccession',
        ['x'],
        among(...ORGANISATIONS).map((one) => ({
          predecessor: one,
          successor: one === 'o1' ? 'o2' : 'o1',
          kind: 'MERGER',
        })),
      ),
    ),
    { minLength: 6, maxLength: 26 },
  )
  .map((facts) => [...BEGUN, ...facts]);

const begun = (aggregate: Aggregate, command: CommandName, id: string, data: object): Told => ({
  aggregate,
  command,
  id,
  data,
  day: 1,
});
/** What every world begins with. */
export const BEGUN: readonly Told[] = [
  ...ORGANISATIONS.map((id) =>
    begun('organisation', 'RegisterOrganisation', id, { name: `Organisation ${id}`, kind: 'ICB' }),
  ),
  ...FUNCTIONS.map((id) => begun('function', 'DefineFunction', id, { name: `Function ${id}` })),
  begun('body', 'EstablishBody', 'b1', { name: 'Body b1', kind: 'OTHER', owners: ['o1'] }),
  begun('body', 'EstablishBody', 'b2', { name: 'Body b2', kind: 'OTHER' }),
  begun('person', 'RegisterPerson', 'p', { name: 'Pat Page' }),
  begun('seat', 'DefineSeat', 's1', { title: 'Seat s1', body: 'b1' }),
  begun('seat', 'DefineSeat', 's2', { title: 'Seat s2', organisation: 'o2' }),
];
