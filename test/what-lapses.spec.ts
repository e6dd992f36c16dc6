import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalIn, type Fact } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';
import { END, organisation, recordSplitBoard } from './split-board.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
});
afterAll(() => api.close());

interface Entry {
  readonly kind: string;
  readonly subject: string;
  readonly condition: string | null;
  readonly outcome: string;
  readonly successor: { readonly name: string } | null;
  readonly by: string | null;
  readonly since: string | null;
  readonly gapDays: number | null;
  readonly lapsedOn: string | null;
  readonly inWords: string;
  readonly path: readonly { readonly subject: string; readonly says: string }[];
}
interface Answer {
  readonly handovers: readonly {
    on: string;
    isKnown: boolean;
    isWhole: boolean;
    successors: readonly { name: string }[];
  }[];
  readonly counts: readonly { outcome: string; count: number }[];
  readonly entries: readonly Entry[];
  readonly totalCount: number;
  readonly text: string;
}

const lapses = async (organisation: string, rest: string): Promise<Answer> => {
  const { whatLapses } = dataOf<{ whatLapses: Answer }>(
    await api.ask(`{ whatLapses(organisation: "${organisation}", ${rest}) { totalCount text
      handovers { on isKnown isWhole successors { name } } counts { outcome count }
      entries { kind subject condition outcome successor { name } by since gapDays lapsedOn inWords path { subject says } } } }`),
  );
  return whatLapses;
};

/** `delegation/a Thames Valley: IN_THE_GAP 30` */
const told = ({ entries }: Answer): readonly string[] =>
  entries
    .map(({ subject, condition, successor, outcome, by, since, gapDays }) =>
      [
        `${subject}${condition === null ? '' : ` ${condition}`} ${successor?.name ?? '-'}: ${outcome}`,
        ...[by, since, gapDays].filter((value) => value !== null),
      ].join(' '),
    )
    .toSorted();

describe('a board that is split over two successors by place', () => {
  let [split, later] = [0, 0];
  let after = '';
  beforeAll(async () => {
    const { before, cut, grown } = await recordSplitBoard(api);
    [split, later] = [cut.position, grown.position];
    after = `afterReceipt: "${grown.after}"`;
    expect(before.position).toBeLessThan(split);
  });

  it('has nothing on the day before, as nothing is gone', async () => {
    expect(await lapses('frimley', `asAt: "2026-03-31", ${after}`)).toMatchObject({
      ...{ handovers: [], entries: [], text: 'By 31 March 2026 nothing of Frimley has ended or gone over.' },
    });
  });

  it('tells of each thing what became of it with each successor in whose share it is, as known then', async () => {
    const found = await lapses('frimley', `asAt: "2026-04-30", asKnownAt: ${split}, ${after}`);
    expect(found.handovers).toEqual([
      { on: END, isKnown: true, isWhole: true, successors: [{ name: 'Surrey and Sussex' }, { name: 'Thames Valley' }] },
    ]);
    expect(told(found)).toEqual([
      'appointment/f-chair Surrey and Sussex: IN_THE_GAP 30',
      'appointment/f-chair Thames Valley: IN_THE_GAP 30',
      'body/f-audit Surrey and Sussex: IN_THE_GAP 30',
      'body/f-audit Thames Valley: IN_THE_GAP 30',
      'body/f-board Surrey and Sussex: IN_THE_GAP 30',
      'body/f-board Thames Valley: RE_GRANTED body/v-board 2026-04-01 0',
      'body/f-heath Surrey and Sussex: CARRIED 2026-04-01 0',
      'body/f-quality Surrey and Sussex: ENDED 0',
      'body/f-quality Thames Valley: CARRIED body/v-board 2026-04-01 0',
      'delegation/f-all Surrey and Sussex: IN_THE_GAP 30',
      'delegation/f-all Thames Valley: IN_THE_GAP 30',
      'delegation/f-all cfo Surrey and Sussex: IN_THE_GAP 30',
      'delegation/f-all cfo Thames Valley: IN_THE_GAP 30',
      'delegation/f-all sums Surrey and Sussex: IN_THE_GAP 30',
      'delegation/f-all sums Thames Valley: IN_THE_GAP 30',
      'delegation/f-dental Surrey and Sussex: IN_THE_GAP 30',
      'delegation/f-dental Thames Valley: RE_GRANTED delegation/v-dental 2026-04-01 0',
      'delegation/f-slough Thames Valley: IN_THE_GAP 30',
      'delegation/f-teeth Surrey and Sussex: IN_THE_GAP 30',
      'delegation/f-teeth Thames Valley: IN_THE_GAP 30',
      'delegation/f-timed Surrey and Sussex: ENDED 0',
      'delegation/f-timed Thames Valley: ENDED 0',
      'instrument/f-s75 Surrey and Sussex: IN_THE_GAP 30',
      'instrument/f-s75 Thames Valley: IN_THE_GAP 30',
      'reservation/f-plan Surrey and Sussex: IN_THE_GAP 30',
      'reservation/f-plan Thames Valley: IN_THE_GAP 30',
      'scrutiny/f-beds Surrey and Sussex: IN_THE_GAP 30',
      'scrutiny/f-beds Thames Valley: IN_THE_GAP 30',
    ]);
  });

  it('knows now what came of it since: carried, granted again after a gap, still in it', async () => {
    const found = await lapses('frimley', `asAt: "2026-06-30", asKnownAt: ${later}, ${after}`);
    const lines = told(found);
    expect(lines).toEqual(
      expect.arrayContaining([
        'delegation/f-slough Thames Valley: RE_GRANTED delegation/v-buy 2026-06-01 61',
        'delegation/f-all Thames Valley: CARRIED delegation/v-sign 2026-04-01 0',
        'delegation/f-all cfo Thames Valley: CARRIED delegation/v-sign 2026-04-01 0',
        'delegation/f-all sums Thames Valley: IN_THE_GAP 91',
        'reservation/f-plan Thames Valley: RE_GRANTED reservation/v-plan 2026-04-20 19',
        'appointment/f-chair Thames Valley: RE_GRANTED appointment/v-chair 2026-06-15 75',
        'delegation/f-all Surrey and Sussex: IN_THE_GAP 91',
        'instrument/f-s75 Thames Valley: CARRIED 2026-05-01 30',
        'scrutiny/f-beds Surrey and Sussex: CARRIED 2026-04-15 14',
      ]),
    );
    const slough = found.entries.find(({ subject }) => subject === 'delegation/f-slough');
    expect(slough?.inWords).toBe(
      'The delegation “to buy” has the delegation “buying” in its place with Thames Valley from 1 June 2026, after 61 days without it.',
    );
    expect(slough?.path).toEqual([
      { subject: 'body/f-board', says: 'is a body of it' },
      { subject: 'delegation/f-slough', says: 'is granted by it' },
      { subject: 'succession/f-valley', says: 'names the successor' },
      { subject: 'delegation/v-buy', says: 'is of the same kind with the successor' },
    ]);
    // On the last day of the gap it is in the gap, and from the first day of the new power it is not.
    const on = async (day: string): Promise<string | undefined> =>
      told(await lapses('frimley', `asAt: "${day}", asKnownAt: ${later}, ${after}`)).find((line) =>
        line.includes('slough'),
      );
    expect(await on('2026-05-31')).toBe('delegation/f-slough Thames Valley: IN_THE_GAP 61');
    expect(await on('2026-06-01')).toBe('delegation/f-slough Thames Valley: RE_GRANTED delegation/v-buy 2026-06-01 61');
  });

  it('gives what is asked for, counts all, and says it as text', async () => {
    const found = await lapses(
      'frimley',
      `asAt: "2026-04-30", asKnownAt: ${split}, ${after}, outcome: [CARRIED, ENDED]`,
    );
    expect(found.totalCount).toBe(5);
    expect(found.counts).toEqual([
      { outcome: 'CARRIED', count: 2 },
      { outcome: 'RE_GRANTED', count: 2 },
      { outcome: 'ENDED', count: 3 },
      { outcome: 'IN_THE_GAP', count: 21 },
    ]);
    expect(found.text).toBe(
      [
        'What Frimley had was its own no longer on 1 April 2026; after it came: Surrey and Sussex, Thames Valley.',
        'By 30 April 2026: 2 went over, 2 granted again, 3 ended, 21 in the gap.',
        'The Heath committee went over to Surrey and Sussex from 1 April 2026.',
        'The Quality ended on 31 March 2026.',
        'The Quality went over to Thames Valley from 1 April 2026, as the Board says.',
        'The delegation “to the day” ended on 31 March 2026.',
        'The delegation “to the day” ended on 31 March 2026.',
      ].join('\n'),
    );
    const none = await api.ask('{ whatLapses(organisation: "frimley", first: 0) { totalCount } }');
    expect(refusalIn(none)).toMatchObject({ code: 'PAGE_SIZE', field: 'first' });
    const nobody = await api.ask('{ whatLapses(organisation: "nobody") { totalCount } }');
    expect(refusalIn(nobody)).toMatchObject({ code: 'UNKNOWN_SUBJECT', field: 'organisation' });
  });
});

describe('a county that is replaced by two unitaries, by function', () => {
  it('has each power with whoever took over the function, and what nobody took over with nobody', async () => {
    const day = '2027-04-01';
    const shared = (successor: string, functions: readonly string[]): Fact => [
      'RecordSuccession',
      `c-${successor}`,
      day,
      { predecessor: 'county', successor, kind: 'ABOLITION', catalogueFunctions: functions },
    ];
    const power = (id: string, functions: readonly string[]): Fact => [
      'GrantDelegation',
      id,
      '2015-04-01',
      {
        ...{ functions: [id], catalogueFunctions: functions },
        ...{ grantedByOrganisation: 'county', delegateNames: ['the director'] },
      },
    ];
    const { after } = await recordAll(api, [
      organisation('county', 'The County', 'COUNCIL', '1974-04-01'),
      organisation('c-east', 'East', 'COUNCIL', day),
      organisation('c-west', 'West', 'COUNCIL', day),
      ['DefineFunction', 'care', '1974-04-01', { name: 'Social care' }],
      ['DefineFunction', 'homes', '1974-04-01', { name: 'Care homes', partOf: 'care' }],
      ['DefineFunction', 'roads', '1974-04-01', { name: 'Roads' }],
      ['DefineFunction', 'ferries', '1974-04-01', { name: 'Ferries' }],
      power('c-homes', ['homes']),
      power('c-roads', ['roads']),
      power('c-ferries', ['ferries']),
      ['CloseOrganisation', 'county', day, {}],
      shared('c-east', ['care', 'roads']),
      shared('c-west', ['roads']),
      ['VaryDelegation', 'c-roads', day, { grantedByOrganisation: 'c-west' }],
    ]);
    expect(told(await lapses('county', `asAt: "2027-04-10", afterReceipt: "${after}"`))).toEqual([
      'delegation/c-ferries -: IN_THE_GAP 10',
      'delegation/c-homes East: IN_THE_GAP 10',
      'delegation/c-roads East: IN_THE_GAP 10',
      'delegation/c-roads West: CARRIED 2027-04-01 0',
    ]);
  });
});

describe('functions that pass to a minister on a day that nobody knows', () => {
  it('are listed from the first day on which that may be, without counting days', async () => {
    const day = { effectiveOn: null, startKnown: false, notBefore: '2027-04-01' };
    const { after } = await recordAll(api, [
      organisation('nhse-2', 'NHS England 2', 'NHS_ENGLAND', '2013-04-01'),
      organisation('sos-2', 'Secretary of State', 'GOVERNMENT_DEPARTMENT', '2018-01-08'),
      organisation('icb-2', 'Some ICB', 'ICB', '2022-07-01'),
      ['DefineFunction', 'special', '2013-04-01', { name: 'Specialised services' }],
      [
        'GrantDelegation',
        'n-special',
        '2025-04-01',
        {
          ...{ functions: ['specialised'], catalogueFunctions: ['special'] },
          ...{ grantedByOrganisation: 'nhse-2', delegateOrganisations: ['icb-2'] },
        },
      ],
      [
        'GrantDelegation',
        'n-other',
        '2025-04-01',
        { functions: ['other'], grantedByOrganisation: 'nhse-2', delegateOrganisations: ['icb-2'] },
      ],
      [
        'RecordSuccession',
        'n-sos',
        '2027-04-01',
        {
          ...{ predecessor: 'nhse-2', successor: 'sos-2', kind: 'TRANSFER_OF_FUNCTIONS' },
          catalogueFunctions: ['special'],
        },
        day,
      ],
    ]);
    expect(await lapses('nhse-2', `asAt: "2027-03-31", afterReceipt: "${after}"`)).toMatchObject({ handovers: [] });
    const found = await lapses('nhse-2', `asAt: "2027-04-01", afterReceipt: "${after}"`);
    expect(found.handovers).toEqual([
      { on: '2027-04-01', isKnown: false, isWhole: false, successors: [{ name: 'Secretary of State' }] },
    ]);
    expect(told(found)).toEqual(['delegation/n-special Secretary of State: IN_THE_GAP']);
    expect(found.entries[0]).toMatchObject({ lapsedOn: null, gapDays: null });
    expect(found.text.split('\n')[0]).toBe(
      'A share of what NHS England 2 has was its own no longer on a day that nobody knows, 1 April 2027 at the earliest; after it came: Secretary of State.',
    );

    const known = await recordAll(api, [
      ['CloseOrganisation', 'nhse-2', '2027-04-01', {}, day],
      ['VaryDelegation', 'n-special', '2027-07-01', { grantedByOrganisation: 'sos-2' }],
    ]);
    expect(told(await lapses('nhse-2', `asAt: "2027-12-31", afterReceipt: "${known.after}"`))).toEqual([
      // It names no function: it may be among those that went over.
      'delegation/n-other Secretary of State: IN_THE_GAP',
      'delegation/n-special Secretary of State: CARRIED 2027-07-01',
    ]);
  });
});

describe('a change of boundaries', () => {
  it('is about what is for the places that moved, and of nothing else of a board that goes on', async () => {
    const day = '2026-04-01';
    const { after } = await recordAll(api, [
      organisation('hants', 'Hampshire', 'ICB', '2022-07-01'),
      organisation('dorset', 'Dorset', 'ICB', '2022-07-01'),
      ['DefinePlace', 'forest', '2022-07-01', { name: 'New Forest', kind: 'PLACE' }],
      ['DefinePlace', 'solent', '2022-07-01', { name: 'Solent', kind: 'PLACE' }],
      ...(['forest', 'solent'] as const).map((place): Fact => [
        'EstablishBody',
        `h-${place}`,
        '2022-07-01',
        { name: `${place} committee`, kind: 'ICB_COMMITTEE', owners: ['hants'], places: [place] },
      ]),
      ['EstablishBody', 'h-board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['hants'] }],
      [
        'RecordSuccession',
        'h-dorset',
        day,
        { predecessor: 'hants', successor: 'dorset', kind: 'BOUNDARY_CHANGE', places: ['forest'] },
      ],
      ['DissolveBody', 'h-forest', '2026-05-01', { reason: 'the place moved' }],
    ]);
    const on = async (asAt: string): Promise<readonly string[]> =>
      told(await lapses('hants', `asAt: "${asAt}", afterReceipt: "${after}"`));
    expect(await on('2026-03-31')).toEqual([]);
    expect(await on('2026-04-30')).toEqual(['body/h-forest Dorset: IN_THE_GAP 30']);
    expect(await on('2026-05-01')).toEqual(['body/h-forest Dorset: ENDED 30']);
  });
});
