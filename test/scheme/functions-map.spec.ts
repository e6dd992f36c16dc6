import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dataOf, refusalIn, type Fact } from '../recorder.js';
import { SCHEME_WORLD } from './scheme-world.js';
import { serveScheme, type ServedScheme } from './served-scheme.js';

/** Delegations in a circle, and ten posts more that receive from the same board. */
const MORE: readonly Fact[] = [
  ['DefineFunction', 'nursing', '2022-07-01', { name: 'Arrange community nursing', partOf: 'buy' }],
  [
    'GrantDelegation',
    'nursing',
    '2022-07-01',
    { functions: ['nursing'], catalogueFunctions: ['nursing'], grantedByBody: 'board', delegateBodies: ['finance'] },
  ],
  [
    'GrantDelegation',
    'circle',
    '2022-07-01',
    { functions: ['Go round'], grantedByBody: 'finance', delegateBodies: ['board'] },
  ],
  [
    'GrantDelegation',
    'back',
    '2022-07-01',
    { functions: ['Go round'], grantedByBody: 'board', delegateBodies: ['finance'] },
  ],
  ...Array.from({ length: 10 }, (_, at): readonly Fact[] => [
    ['DefineSeat', `post-${at}`, '2022-07-01', { title: `Deputy ${at}`, organisation: 'icb' }],
    [
      'GrantDelegation',
      `to-${at}`,
      '2022-07-01',
      { functions: ['Order supplies'], grantedByBody: 'board', delegateSeats: [`post-${at}`] },
    ],
  ]).flat(),
];

let served: ServedScheme;
beforeAll(async () => {
  served = await serveScheme([SCHEME_WORLD, MORE]);
}, 60_000);
afterAll(() => served.close());

interface MapFunction {
  readonly function: { readonly subject: string } | null;
  readonly title: string;
  readonly heldBy: readonly { readonly name: string; readonly how: string }[];
  readonly delegations: readonly { readonly subject: string; readonly text: string }[];
}
interface Answer {
  readonly of: string;
  readonly functions: readonly MapFunction[];
  readonly picture: string;
  readonly text: string;
  readonly links: readonly { readonly format: string; readonly path: string }[];
}
const map = async (args: string): Promise<Answer> =>
  dataOf<{ functionsMap: Answer }>(
    await served.ask(
      'reader',
      `{ functionsMap(${args}, asAt: "2025-03-31") { of picture text links { format path } functions { title function { subject } heldBy { name how } delegations { subject text } } } }`,
    ),
  ).functionsMap;

describe('the functions and decisions map of an organisation', () => {
  it('says of each function who holds it in law and who delegates it to whom, received and passed on', async () => {
    const { functions, of } = await map('organisation: "icb"');
    expect(of).toBe('organisation/icb');
    const buy = functions.find((one) => one.function?.subject === 'function/buy');
    expect(buy).toEqual({
      function: { subject: 'function/buy' },
      title: 'Arrange community services',
      heldBy: [{ name: 'Severn ICB', how: 'conferred, NHS Act 2006, s. 3' }],
      delegations: [
        {
          subject: 'delegation/contracts',
          text: 'ICB Board → Chief finance officer (Ann Archer), up to £1,000,000.00 per decision (revenue, without VAT), 4.2',
        },
      ],
    });
    const nursing = functions.find((one) => one.function?.subject === 'function/nursing');
    expect(nursing?.heldBy).toEqual([
      { name: 'Severn ICB', how: 'conferred, NHS Act 2006, s. 3, as part of “Arrange community services”' },
    ]);
    const dental = functions.find((one) => one.function?.subject === 'function/dental');
    expect([dental?.heldBy[0]?.name, dental?.delegations[0]?.text]).toEqual([
      'NHS England',
      'NHS England → Severn ICB',
    ]);
    expect(functions.find(({ title }) => title === 'Settle claims')?.heldBy).toEqual([]);
    expect(functions.map(({ title }) => title)).not.toContain('For the council');
  });

  it('of a place has what names it, and nothing that reaches everywhere', async () => {
    const { functions, links } = await map('place: "forest"');
    expect(functions.map(({ title }) => title)).toEqual(['Arrange community services']);
    const path = links.find(({ format }) => format === 'html')?.path ?? '';
    expect((await served.fetch('reader', path)).text).toContain('<p class="subtitle">Forest, as at 31 March 2025</p>');
  });

  it('refuses to be of nothing, of two, and of what is not there, naming the field', async () => {
    const refused = async (args: string) =>
      refusalIn(await served.ask('reader', `{ functionsMap${args} { totalCount } }`));
    expect(await refused('')).toMatchObject({ code: 'INPUT', field: 'organisation' });
    expect(await refused('(organisation: "icb", place: "forest")')).toMatchObject({ code: 'INPUT' });
    expect(await refused('(place: "nowhere")')).toMatchObject({ code: 'UNKNOWN_SUBJECT', field: 'place' });
  });
});

describe('the picture of a map', () => {
  it('reads itself out, is the same twice, and stands in the document with its table', async () => {
    const { picture } = await map('organisation: "icb"');
    expect((await map('organisation: "icb"')).picture).toBe(picture);
    expect(picture).toMatch(
      /^<svg [^>]*role="img" aria-labelledby="picture-title picture-text"[^>]*><title id="picture-title">Who delegates to whom<\/title><desc id="picture-text">\d+ delegate to \d+/,
    );
    const html = (await served.fetch('reader', '/functions-maps/icb.html?asAt=2025-03-31')).text;
    expect(html.replaceAll(/picture-1-picture-/g, 'picture-').replaceAll('picture-1-picture', 'picture')).toContain(
      picture,
    );
    expect(html).toContain('The same in words');
  });

  it('has each who delegates and receives as a box, and many who receive from the same as one; the table has them all', async () => {
    const { picture } = await map('organisation: "icb"');
    const boxes = [...picture.matchAll(/<g><title>([^<]*)<\/title><rect/g)].map(([, label]) => label ?? '');
    expect(boxes.toSorted()).toEqual(
      [
        '13 posts and people',
        'Ann Archer',
        'Bob Baker',
        'Finance Committee',
        'ICB Board',
        'NHS England',
        'Old Committee',
        'Severn ICB',
        'the team',
      ].toSorted(),
    );
    const html = (await served.fetch('reader', '/functions-maps/icb.html?asAt=2025-03-31')).text;
    for (let at = 0; at < 10; at++) expect(html).toContain(`Deputy ${at}: nobody is recorded as holding it`);
  });

  it('has no box over another and none beyond its frame, with a circle among the delegations', async () => {
    const { picture } = await map('organisation: "icb"');
    const [, width = '0', height = '0'] = /viewBox="0 0 (\d+) (\d+)"/.exec(picture) ?? [];
    const boxes = [...picture.matchAll(/<rect [^>]*x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g)].map((found) =>
      found.slice(1).map(Number),
    ) as [number, number, number, number][];
    expect(boxes.length).toBe(9);
    for (const [at, [x, y, w, h]] of boxes.entries()) {
      expect([x >= 0, y >= 0, x + w <= Number(width), y + h <= Number(height)]).toEqual([true, true, true, true]);
      for (const [ox, oy, ow, oh] of boxes.slice(at + 1)) {
        expect(x + w <= ox || ox + ow <= x || y + h <= oy || oy + oh <= y).toBe(true);
      }
    }
  });

  it('draws what is suspended or has lapsed as broken arrows only', async () => {
    const { picture } = await map('organisation: "icb"');
    expect([...picture.matchAll(/stroke-dasharray/g)].length).toBe(2);
  });
});

describe('the map as a document', () => {
  it.each(['html', 'csv', 'json', 'docx', 'pdf'])('has the same bytes twice as %s', async (format) => {
    const path = `/functions-maps/icb.${format}?asAt=2025-03-31&asKnownAt=${served.positions[1]}`;
    const [one, two] = [await served.fetch('reader', path), await served.fetch('reader', path)];
    expect([one.status, one.bytes.equals(two.bytes)]).toEqual([200, true]);
    expect(one.text).not.toMatch(/kestrel/i);
  });

  it('has the same functions and delegations in every format, and says so where there are none', async () => {
    const { functions } = await map('organisation: "icb"');
    const pairs = functions.flatMap(({ title, delegations }) =>
      delegations.map(({ subject }) => `${title},${subject}`),
    );
    const path = (format: string) => `/functions-maps/icb.${format}?asAt=2025-03-31`;
    const json = JSON.parse((await served.fetch('reader', path('json'))).text) as { functions: typeof functions };
    expect(
      json.functions.flatMap(({ title, delegations }) => delegations.map(({ subject }) => `${title},${subject}`)),
    ).toEqual(pairs);
    const csv = (await served.fetch('reader', path('csv'))).text.trimEnd().split('\r\n').slice(1);
    expect(csv.filter((row) => row.includes('delegation/')).length).toBe(pairs.length);
    const html = (await served.fetch('reader', path('html'))).text;
    expect([...html.matchAll(/<h4 id="function-\d+">\d+\. ([^<]*)<\/h4>/g)].map(([, title]) => title)).toEqual(
      functions.map(({ title }) => title),
    );
    expect((await served.fetch('reader', '/functions-maps/quiet.html?asAt=2025-03-31')).text).toContain(
      'The map is empty',
    );
  });
});
