import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, recordAll, refusalIn, type Fact } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';

const NUMBERS = [1, 2, 3, 4, 5];
const WORLD: readonly Fact[] = [
  ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'ICB', kind: 'ICB' }],
  ['EstablishBody', 'board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['icb'] }],
  ...NUMBERS.flatMap((n): Fact[] => [
    ['EstablishBody', `sub${n}`, '2022-07-01', { name: `Group ${n % 3}`, kind: 'ICB_COMMITTEE', parentBody: 'board' }],
    ['DefineSeat', `seat${n}`, '2022-07-01', { title: `Seat ${n}`, body: 'board' }],
    ['RegisterPerson', `person${n}`, '2022-07-01', { name: `Person ${n}` }],
    ['MakeAppointment', `held${n}`, `202${n}-01-01`, { person: `person${n}`, body: 'board', role: `Role ${n}` }],
    ['ConveneMeeting', `met${n}`, `202${n}-06-01`, { body: 'board', heldOn: `202${n}-06-01` }],
    [
      'TakeDecision',
      `dated${n}`,
      `202${n}-03-01`,
      { title: `Dated ${n}`, takenOn: `202${n}-03-01`, decidedBy: ['board'] },
    ],
    // Without a body and a day of its own it is the board's, and stands at the day of its meeting (ADR 29).
    ['TakeDecision', `met${n}`, `202${n}-06-01`, { title: `Met ${n}`, meeting: `met${n}` }],
  ]),
];

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, WORLD);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const PAGE = '{ totalCount edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
type Ask = (args: string) => Promise<Page>;
const under =
  (record: string, list: string, more = ''): Ask =>
  async (args) => {
    const name = record.split('(')[0] as string;
    const query = `{ one: ${record} { ${name} { list: ${list}(${args}${more}) ${PAGE} } } }`;
    return dataOf<{ one: Record<string, { list: Page }> }>(await api.ask(query)).one[name]?.list as Page;
  };
const atRoot =
  (list: string): Ask =>
  async (args) =>
    dataOf<{ list: Page }>(await api.ask(`{ list: ${list}(${args}) ${PAGE} }`)).list;
const idsIn = ({ edges }: Page): readonly string[] => edges.map(({ node }) => node.id);

const LISTS: readonly (readonly [string, Ask])[] = [
  ['body.decisions', under('body(id: "board")', 'decisions')],
  ['organisation.accountableFor', under('organisation(id: "icb")', 'accountableFor')],
  ['body.appointments', under('body(id: "board")', 'appointments')],
  ['body.appointments that hold', under('body(id: "board")', 'appointments', ', holds: YES')],
  ['body.subBodies', under('body(id: "board")', 'subBodies')],
  ['body.seats', under('body(id: "board")', 'seats')],
  ['body.meetings', under('body(id: "board")', 'meetings')],
  ['decisions', atRoot('decisions')],
  ['bodies', atRoot('bodies')],
];

describe.each(LISTS)('%s, where it stands', (_name, ask) => {
  it('is paged forwards and backwards, and read from its end, without a gap or a double', async () => {
    const whole = await ask('first: 100');
    const ids = idsIn(whole);
    expect(ids.length).toBe(whole.totalCount);
    expect(ids.length).toBeGreaterThanOrEqual(5);
    const walk = async (first: string, on: (page: Page) => string | null): Promise<readonly (readonly string[])[]> => {
      const pages = [await ask(first)];
      for (let next = on(pages[0] as Page); next; next = on(pages.at(-1) as Page)) pages.push(await ask(next));
      for (const { totalCount } of pages) expect(totalCount).toBe(ids.length);
      return pages.map(idsIn);
    };
    const onwards =
      (order: string) =>
      ({ pageInfo }: Page) =>
        pageInfo.hasNextPage ? `first: 2, after: ${JSON.stringify(pageInfo.endCursor)}${order}` : null;
    const back = ({ pageInfo }: Page) =>
      pageInfo.hasPreviousPage ? `last: 2, before: ${JSON.stringify(pageInfo.startCursor)}` : null;
    expect((await walk('first: 2', onwards(''))).flat()).toEqual(ids);
    const turned = await walk('first: 2, order: BACKWARDS', onwards(', order: BACKWARDS'));
    expect(turned.flat()).toEqual(ids.toReversed());
    expect((await walk('last: 2', back)).toReversed().flat()).toEqual(ids);
    const end = await ask('last: 3, order: BACKWARDS');
    expect(idsIn(end)).toEqual(ids.slice(0, 3).toReversed());
    expect(end.pageInfo).toMatchObject({ hasPreviousPage: ids.length > 3, hasNextPage: false });
  });
});

describe('a page', () => {
  it.each([
    ['first: 2, before: "x"', 'before'],
    ['last: 2, after: "x"', 'after'],
    ['last: 0', 'last'],
    ['last: 101', 'last'],
  ])('is refused by name where it is asked for with %s', async (args, field) => {
    expect(refusalIn(await api.ask(`{ bodies(${args}) ${PAGE} }`))).toMatchObject({ code: 'PAGE_SIZE', field });
    expect(refusalIn(await api.ask(`{ body(id: "board") { body { seats(${args}) ${PAGE} } } }`))).toMatchObject({
      code: 'PAGE_SIZE',
      field,
    });
  });

  it('costs below a record what reading it alone costs, and "last" what "first" does', async () => {
    const costOf = async (args: string) => {
      const answer = await api.ask(
        `{ bodies(first: 10) { edges { node { seats(${args}) { edges { node { id } } } } } } }`,
      );
      return (answer.extensions as { cost: { requested: number } }).cost.requested;
    };
    const plain = await costOf('first: 10');
    expect(await costOf('last: 10')).toBeGreaterThanOrEqual(plain + 50);
    expect(await costOf('last: 40')).toBeGreaterThan((await costOf('last: 10')) * 2);
  });
});
