import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { docxParts } from '../decision-log/read-back.js';
import { dataOf, refusalIn } from '../recorder.js';
import { LATER, SCHEME_WORLD } from './scheme-world.js';
import { serveScheme, type ServedScheme } from './served-scheme.js';

let served: ServedScheme;
beforeAll(async () => {
  served = await serveScheme([SCHEME_WORLD, LATER]);
}, 60_000);
afterAll(() => served.close());

interface Party {
  readonly name: string;
  readonly heldBy: readonly string[];
  readonly vacant: boolean;
}
interface Entry {
  readonly kind: string;
  readonly place: number;
  readonly subject: string;
  readonly standing: string;
  readonly standingInWords: string;
  readonly to: readonly Party[];
  readonly limits: readonly { readonly amount: { readonly pence: number }; readonly vat: string | null }[];
  readonly madeByDecision: { readonly name: string } | null;
  readonly text: string;
}
interface Answer {
  readonly entries: readonly Entry[];
  readonly totalCount: number;
  readonly text: string;
  readonly links: readonly { readonly format: string; readonly path: string }[];
}

const FIELDS = `totalCount text links { format path } entries { kind place subject standing standingInWords
  to { name heldBy vacant } limits { amount { pence } vat } madeByDecision { name } text }`;

const scheme = async (role: string, args: string): Promise<Answer> =>
  dataOf<{ schemeOfDelegation: Answer }>(await served.ask(role, `{ schemeOfDelegation(${args}) { ${FIELDS} } }`))
    .schemeOfDelegation;

const then = (args = '') => `organisation: "icb", asAt: "2025-03-31"${args}`;
const one = ({ entries }: Answer, subject: string): Entry => {
  const found = entries.find((entry) => entry.subject === subject);
  if (!found) throw new Error(`${subject} is not in the scheme`);
  return found;
};

describe('the scheme of a board on a day', () => {
  it('has what is reserved and delegated by function, then what is suspended or has lapsed, and nothing of others', async () => {
    const { entries, totalCount } = await scheme('governance-officer', then());
    expect(entries.map(({ place, kind, subject, standing }) => [place, kind, subject, standing])).toEqual([
      [1, 'RESERVED', 'reservation/large', 'IN_FORCE'],
      [2, 'RESERVED', 'reservation/plan', 'IN_FORCE'],
      [3, 'DELEGATED', 'delegation/contracts', 'IN_FORCE'],
      [4, 'DELEGATED', 'delegation/secret', 'IN_FORCE'],
      [5, 'DELEGATED', 'delegation/onward', 'IN_FORCE'],
      [6, 'DELEGATED', 'delegation/by-two', 'IN_FORCE'],
      [7, 'DELEGATED', 'delegation/held-up', 'SUSPENDED'],
      [8, 'DELEGATED', 'delegation/lapsing', 'LAPSED'],
    ]);
    expect(totalCount).toBe(8);
  });

  it('says who holds a post that day, within which limit, by which clause, and why something may not be used', async () => {
    const answer = await scheme('governance-officer', then());
    expect(one(answer, 'delegation/contracts').text).toBe(
      'Arrange community services; Approve contracts: delegated by ICB Board to Chief finance officer (Ann Archer), for Forest, up to £1,000,000.00 per decision (revenue, without VAT), with 2 conditions, by Scheme of reservation and delegation, version 3, 4.2. In force from 1 July 2022.',
    );
    expect(one(answer, 'delegation/secret').to).toEqual([{ name: 'Chief nurse', heldBy: [], vacant: true }]);
    expect(one(answer, 'delegation/held-up').standingInWords).toBe('Suspended: under review.');
    expect(one(answer, 'delegation/lapsing').standingInWords).toBe(
      'It lapsed with Old Committee on 30 September 2024.',
    );
    expect(one(answer, 'reservation/large').text).toBe(
      'Approve contracts: reserved to ICB Board, above £5,000,000.00 per decision. In force from 1 July 2022.',
    );
  });

  it('is another on a later day, and as known before that was recorded', async () => {
    const after = await scheme('governance-officer', 'organisation: "QR9", asAt: "2025-06-01"');
    expect(one(after, 'delegation/contracts').to[0]?.heldBy).toEqual(['Bob Baker (interim)']);
    expect(one(after, 'delegation/contracts').limits[0]?.amount.pence).toBe(200_000_000);
    expect(after.entries.map(({ subject }) => subject)).not.toContain('delegation/onward');
    expect(one(after, 'delegation/by-two').standingInWords).toBe(
      'Version 2 of Financial rules was found never to have been valid: the board was inquorate.',
    );
    const known = `organisation: "icb", asAt: "2025-06-01", asKnownAt: ${served.positions[0]}`;
    const before = await scheme('governance-officer', known);
    expect(one(before, 'delegation/contracts').to[0]?.heldBy).toEqual(['Ann Archer']);
    expect(before.entries.map(({ subject }) => subject)).toContain('delegation/onward');
  });

  it('counts a person’s own delegations no longer once the person has no post there', async () => {
    const until = await scheme('governance-officer', 'organisation: "icb", asAt: "2025-04-02"');
    expect(until.entries.map(({ subject }) => subject)).not.toContain('delegation/onward');
  });

  it('says so where nothing is recorded', async () => {
    const { text, totalCount } = await scheme('reader', 'organisation: "quiet", asAt: "2025-03-31"');
    expect(totalCount).toBe(0);
    expect(text).toBe('On 31 March 2025 nothing is recorded as reserved or delegated by Quiet Trust.');
    const { text: html } = await served.fetch('reader', '/schemes/quiet.html?asAt=2025-03-31');
    expect(html).toContain('The scheme is empty: nothing is recorded as reserved or delegated on this day.');
  });

  it('refuses an organisation that is not there, a size that is none, and a day that is none, naming the field', async () => {
    const refused = async (args: string) =>
      refusalIn(await served.ask('reader', `{ schemeOfDelegation(${args}) { totalCount } }`));
    expect(await refused('organisation: "nobody"')).toMatchObject({ code: 'UNKNOWN_SUBJECT', field: 'organisation' });
    expect(await refused('organisation: "icb", asAt: "2010-01-01"')).toMatchObject({ field: 'organisation' });
    expect(await refused('organisation: "icb", first: 0')).toMatchObject({ code: 'PAGE_SIZE', field: 'first' });
    const file = await served.fetch('reader', '/schemes/nobody.html');
    expect([file.status, file.text]).toEqual([422, expect.stringMatching(/organisation.*nobody/)]);
    const day = await served.fetch('reader', '/schemes/icb.html?asAt=soon');
    expect([day.status, day.text]).toEqual([422, expect.stringContaining('asAt')]);
    const ahead = await served.fetch('reader', '/schemes/icb.html?asKnownAt=2999-01-01');
    expect([ahead.status, ahead.text]).toEqual([422, expect.stringContaining('asKnownAt')]);
  });
});

describe('a decision that may not be known of, which made a delegation', () => {
  it('is shown to an officer, and nothing of it to the public', async () => {
    const seen = one(await scheme('governance-officer', then()), 'delegation/secret');
    expect(seen.madeByDecision).toEqual({ name: 'KESTREL' });
    const hidden = one(await scheme('reader', then()), 'delegation/secret');
    expect(hidden.madeByDecision).toBeNull();
    for (const format of ['html', 'csv', 'json', 'docx'] as const) {
      const path = `/schemes/icb.${format}?asAt=2025-03-31`;
      const told = await served.fetch('reader', path);
      expect(told.status).toBe(200);
      const wordsOf = ({ bytes, text }: { readonly bytes: Buffer; readonly text: string }): string =>
        format === 'docx' ? [...docxParts(bytes).values()].join('\n') : text;
      expect(wordsOf(told)).toContain('Settle claims');
      expect(wordsOf(told)).not.toMatch(/kestrel|decision\/closed|withheld/i);
      expect(wordsOf(await served.fetch('governance-officer', path))).toContain('KESTREL');
      if (format !== 'csv') expect(wordsOf(told)).toContain('The chair');
    }
  });
});

describe('the scheme as a document', () => {
  const path = (format: string) => `/schemes/QR9.${format}?asAt=2025-03-31&asKnownAt=${served.positions[1]}`;

  it.each(['html', 'csv', 'json', 'docx', 'pdf'])(
    'has the same bytes twice as %s, and is not sent again',
    async (format) => {
      const first = await served.fetch('reader', path(format));
      const again = await served.fetch('reader', path(format));
      expect(first.status).toBe(200);
      expect(again.bytes.equals(first.bytes)).toBe(true);
      const etag = first.headers.get('etag') ?? '';
      expect((await served.fetch('reader', path(format), { 'if-none-match': etag })).status).toBe(304);
    },
  );

  it('has the same entries as a page, a table and JSON, and as what the links of the answer lead to', async () => {
    const { entries, links } = await scheme('reader', then(`, asKnownAt: ${served.positions[1]}`));
    const csv = (await served.fetch('reader', path('csv'))).text.trimEnd().split('\r\n');
    expect(csv.slice(1).map((row) => row.split(',').slice(0, 3))).toEqual(
      entries.map(({ place, kind, subject }) => [String(place), kind, subject]),
    );
    const json = JSON.parse((await served.fetch('reader', path('json'))).text) as { entries: readonly Entry[] };
    expect(json.entries.map(({ subject, text }) => [subject, text])).toEqual(
      entries.map(({ subject, text }) => [subject, text]),
    );
    const html = (await served.fetch('reader', path('html'))).text;
    expect([...html.matchAll(/<h4 id="entry-(\d+)">/g)].map(([, place]) => Number(place))).toEqual(
      entries.map(({ place }) => place),
    );
    const linked = links.find(({ format }) => format === 'html')?.path ?? '';
    expect((await served.fetch('reader', linked)).text).toBe(html);
  });

  it('says what each column of the CSV means, and takes its format from what a request accepts', async () => {
    const head = (await served.fetch('reader', path('csv'))).text.split('\r\n')[0]?.split(',');
    const dictionary = (await served.fetch('reader', `${path('csv')}&dictionary=true`)).text.trimEnd().split('\r\n');
    expect(dictionary.slice(1).map((row) => row.split(',')[1])).toEqual(head);
    const accepted = await served.fetch('reader', '/schemes/icb?asAt=2025-03-31', { accept: 'text/csv' });
    expect(accepted.headers.get('content-type')).toContain('text/csv');
    expect((await served.fetch('reader', '/schemes/icb', { accept: 'image/png' })).status).toBe(422);
  });

  it('is no decision log: it speaks of no last log and of no period', async () => {
    const html = (await served.fetch('reader', path('html'))).text;
    expect(html).toContain('About this scheme');
    expect(html).not.toMatch(/last log|About this log|name="decision-log"/);
  });
});

describe('what changed in the scheme between two days', () => {
  const args = 'organisation: "icb", from: "2025-03-31", to: "2025-06-01"';
  const asked = async (role: string, given = args) => {
    interface Change {
      readonly kind: string;
      readonly subject: string;
      readonly text: string;
      readonly fields: readonly { readonly field: string; readonly sentence: string }[];
      readonly decisions: readonly { readonly subject: string }[];
    }
    interface Told {
      readonly totalCount: number;
      readonly text: string;
      readonly changes: readonly Change[];
    }
    const query = `{ schemeDifference(${given}) { totalCount text changes { kind subject text fields { field sentence } decisions { subject } } } }`;
    return dataOf<{ schemeDifference: Told }>(await served.ask(role, query)).schemeDifference;
  };

  it('is what was added, changed field by field and removed, with the decisions that made it', async () => {
    const { changes } = await asked('reader');
    expect(changes.map(({ kind, subject, decisions }) => [kind, subject, decisions.map((by) => by.subject)])).toEqual([
      ['ADDED', 'delegation/new', ['decision/open']],
      ['CHANGED', 'delegation/contracts', []],
      ['CHANGED', 'delegation/by-two', []],
      ['REMOVED', 'delegation/onward', []],
    ]);
    expect(changes[3]?.text).toMatch(/^Removed: Sign orders: .* It was revoked; its last day was 30 April 2025\.$/);
    expect(changes[1]?.fields).toEqual([
      {
        field: 'Who holds the post that day',
        sentence:
          'Who holds the post that day: now Chief finance officer: Bob Baker (interim); it was Chief finance officer: Ann Archer.',
      },
      {
        field: 'Limit',
        sentence:
          'Limit: now £2,000,000.00 per decision (revenue, without VAT); it was £1,000,000.00 per decision (revenue, without VAT).',
      },
    ]);
  });

  it('is nothing as known before any of it was recorded', async () => {
    const before = await asked('reader', `${args}, asKnownAt: ${served.positions[0]}`);
    expect(before).toEqual({
      totalCount: 0,
      changes: [],
      text: 'The scheme of Severn ICB says the same on 31 March 2025 and 1 June 2025.',
    });
  });

  it('is the same as a page, a table and JSON, each with the same bytes twice', async () => {
    const { changes } = await asked('reader');
    const path = (format: string) =>
      `/scheme-differences/icb.${format}?from=2025-03-31&to=2025-06-01&asKnownAt=${served.positions[1]}`;
    const json = JSON.parse((await served.fetch('reader', path('json'))).text) as { changes: typeof changes };
    expect(json.changes.map(({ subject }) => subject)).toEqual(changes.map(({ subject }) => subject));
    const html = (await served.fetch('reader', path('html'))).text;
    for (const { sentence } of changes[1]?.fields ?? []) expect(html).toContain(sentence);
    const csv = (await served.fetch('reader', path('csv'))).text.trimEnd().split('\r\n');
    expect(csv.slice(1).map((row) => row.split(',')[1])).toEqual([
      'delegation/new',
      'delegation/contracts',
      'delegation/contracts',
      'delegation/by-two',
      'delegation/onward',
    ]);
    for (const format of ['html', 'pdf', 'docx']) {
      const [one, two] = [await served.fetch('reader', path(format)), await served.fetch('reader', path(format))];
      expect([one.status, one.bytes.equals(two.bytes)]).toEqual([200, true]);
    }
  });

  it('refuses a second day before the first, and a day that is left out', async () => {
    const backwards = await served.ask(
      'reader',
      '{ schemeDifference(organisation: "icb", from: "2025-06-01", to: "2025-03-31") { totalCount } }',
    );
    expect(refusalIn(backwards)).toMatchObject({ code: 'LOG_PERIOD_BACKWARDS', field: 'to' });
    const missing = await served.fetch('reader', '/scheme-differences/icb.html?to=2025-03-31');
    expect([missing.status, missing.text]).toEqual([422, expect.stringContaining('from')]);
  });
});

describe('a page of a scheme', () => {
  it.each([
    '/schemes/icb.html',
    '/functions-maps/icb.html',
    '/scheme-differences/icb.html?from=2023-01-01&to=2025-01-01',
  ])('%s may show the style that it brings, and fetches nothing', async (path) => {
    const { status, headers } = await served.fetch('reader', path);
    const policy = headers.get('content-security-policy') ?? '';
    expect([status, policy.includes("style-src 'unsafe-inline'"), policy.includes("default-src 'none'")]).toEqual([
      200,
      true,
      true,
    ]);
  });
});
