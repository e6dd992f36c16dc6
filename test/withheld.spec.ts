import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { pounds } from '#governance';
import { everythingOf } from './everything-asked.js';
import { canary, CLOSED, figure, runWithheldRegister, type WithheldRegister } from './withheld-register.js';

let register: WithheldRegister;
let schema: GraphQLSchema;
beforeAll(async () => {
  register = await runWithheldRegister();
  const { data } = await register.ask(['reader'], getIntrospectionQuery());
  schema = buildClientSchema(data as object as IntrospectionQuery);
}, 60_000);
afterAll(() => register.close());

const OFFICER = ['governance-officer'];
const OTHERS = [['reader'], ['scrutiny-officer', 'operator']] as const;

/** What nobody but officers and auditors may ever meet. The lifted decision keeps how its exemption was argued. */
const CANARIES = new RegExp(
  [
    `CANARY-(?:${CLOSED.join('|')})-`,
    `CANARY-lifted-(?:reasoning|exemptedBy)`,
    `CANARY-parts-(?:reasons|newReasons|supplier|noticeId|note|reasoning|exemptedBy|document)\\b`,
    ...[0, 1, 2, 3, 5, 6, 7].flatMap((nth) =>
      ([0, 1] as const).flatMap((field) => [String(figure(nth, field)), pounds(figure(nth, field))]),
    ),
    // The words of a canary, in the form in which they are searched.
    `canary-(?:${CLOSED.join('|')})-`,
  ].join('|'),
);
/** Where a cursor hides it, its bytes have to be read. */
const opened = (text: string): string =>
  `${text}\n${Array.from(text.matchAll(/"((?:[A-Za-z0-9_-]{4})+[A-Za-z0-9_-]{0,3})"/g), ([, cursor]) =>
    Buffer.from(cursor ?? '', 'base64url').toString(),
  ).join('\n')}`;

const DAYS = ['2024-03-15', '2024-06-15', '2025-01-01', '2999-06-01'];
const SUBJECTS = ['open', 'heir', 'lifted', 'parts', ...CLOSED];

/** What is asked about something: each with what it is asked about here. */
const ABOUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  functionsMap: { organisation: '"icb"' },
  schemeOfDelegation: { organisation: '"icb"' },
  whatLapses: { organisation: '"icb"' },
  reliedOn: { on: '"body/board"', first: '20' },
  decisionsByAuthority: { datedFrom: '"2023-01-01"', datedTo: '"2026-12-31"', first: '50' },
};

/** Every query there is, for everything it can give. */
const questions = (instants: readonly string[], days: readonly string[] = DAYS): string[] => {
  const bases = [
    {},
    ...days.map((day) => ({ asAt: `"${day}"` })),
    ...instants.flatMap((instant) => [
      { asKnownAt: `"${instant}"`, asAt: '"2024-03-15"' },
      { asKnownAt: `"${instant}"`, asAt: '"2999-06-01"' },
    ]),
  ];
  const of = (root: string, given: Record<string, string>, depth: number): string[] => {
    const query = everythingOf(schema, root, given, depth);
    return query === undefined ? [] : [query];
  };
  const roots = Object.keys(schema.getQueryType()?.getFields() ?? {});
  return [
    ...bases.flatMap((basis) => [
      // What is due is no record: what it names, and not what that names, is as much as a question may say.
      ...roots
        .filter((root) => !(root in ABOUT))
        .flatMap((root) => of(root, { ...basis, first: '3' }, root === 'dueDecisionLogs' ? 1 : 2)),
      ...Object.entries(ABOUT).flatMap(([root, about]) => of(root, { ...basis, ...about }, 1)),
      ...SUBJECTS.flatMap((id) => of('authority', { ...basis, decision: `"decision/${id}"` }, 1)),
      ...SUBJECTS.flatMap((id) => [
        // What it names is asked as known now; as known then, by the list of all.
        ...of('decision', { ...basis, id: `"${id}"` }, 'asKnownAt' in basis ? 1 : 2),
        ...of('history', { ...basis, of: `"decision/${id}"`, first: '50' }, 2),
        ...of('timeline', { ...basis, of: `"decision/${id}"`, first: '50' }, 2),
      ]),
    ]),
    ...days.flatMap((asAt) => of('changesBetween', { from: '0', first: '100', asAt: `"${asAt}"` }, 2)),
    ...instants.flatMap((to) => of('changesBetween', { from: '0', to: `"${to}"`, first: '100' }, 2)),
  ];
};

describe('canaries in everything that is withheld', () => {
  it.each(OTHERS.map((roles) => [roles.join(' and '), roles] as const))(
    'meet nobody who is %s, whatever they ask, as at whatever day, as known at whatever moment',
    async (_, roles) => {
      // Before and after the classes of 2024; to one of them nothing but the first has to be asked.
      const instants = register.instants.filter((_, at) => (roles.length === 1 ? at % 3 === 0 : at === 0));
      for (const query of questions(instants, roles.length === 1 ? DAYS : DAYS.slice(0, 1))) {
        const bytes = await register.bytes(roles, query);
        // What is due is for those who issue logs.
        const mayFail = query.includes('{ dueDecisionLogs') ? /"FORBIDDEN"/ : /"UNKNOWN_SUBJECT"/;
        if (bytes.includes('"errors"') && !mayFail.test(bytes)) throw new Error(`${bytes}\nis the answer to ${query}`);
        const text = opened(bytes);
        const found = CANARIES.exec(text);
        if (found)
          throw new Error(
            `${found[0]} in the answer to ${query}\n${text.slice(Math.max(0, found.index - 300), found.index + 60)}`,
          );
      }
    },
    240_000,
  );

  it('are all met by a governance officer and by an auditor', async () => {
    for (const roles of [OFFICER, ['auditor']]) {
      const answers: string[] = [];
      for (const id of SUBJECTS) {
        for (const asKnownAt of [`"${register.instants[0]}"`, undefined]) {
          const basis = { asAt: '"2999-06-01"', ...(asKnownAt && { asKnownAt }) };
          const of = everythingOf(schema, 'history', { ...basis, of: `"decision/${id}"` }, 2) ?? '';
          const one = everythingOf(schema, 'decision', { ...basis, id: `"${id}"` }, 2) ?? '';
          answers.push(await register.bytes(roles, of), await register.bytes(roles, one));
        }
      }
      const text = answers.join('\n');
      for (const id of CLOSED) {
        for (const field of [
          'title',
          'outcome',
          'text',
          'reasons',
          'supplier',
          'noticeId',
          'tags',
          'note',
          'document',
        ]) {
          expect(text).toContain(canary(id, field));
        }
      }
      for (const field of ['reasons', 'newReasons', 'note', 'supplier']) expect(text).toContain(canary('parts', field));
      expect(text).toContain(String(figure(1, 0)));
    }
  }, 60_000);

  it('are in no line of the log', () => {
    expect(JSON.stringify(register.api.log)).not.toMatch(/canary/i);
  });
});

const READER = ['reader'];
const ids = (answer: object): string[] =>
  Array.from(JSON.stringify(answer).matchAll(/"id":"decision\/(\w+)["?]/g), ([, id]) => id ?? '');
const listed = async (roles: readonly string[], given: string): Promise<{ ids: string[]; total: number }> => {
  const answer = await register.ask(roles, `{ decisions(${given}) { totalCount edges { node { id: subject } } } }`);
  expect(answer.errors).toBeUndefined();
  const { totalCount } = (answer.data as { decisions: { totalCount: number } }).decisions;
  return { ids: ids(answer).toSorted(), total: totalCount };
};

describe('a list of decisions', () => {
  it('has what is exempt as stubs and what is confidential not at all, and counts what it shows', async () => {
    const shown = ['exempt', 'heir', 'later', 'lifted', 'open', 'parts'];
    expect(await listed(READER, 'first: 50')).toEqual({ ids: shown, total: 6 });
    const all = [...shown, 'became', 'secret'].toSorted();
    expect(await listed(OFFICER, 'first: 50')).toEqual({ ids: all, total: 8 });
    const held = `{ register { holds { aggregate count } } }`;
    expect(JSON.stringify(await register.ask(READER, held))).toContain('"aggregate":"decision","count":6');
    expect(JSON.stringify(await register.ask(OFFICER, held))).toContain('"aggregate":"decision","count":8');
  });

  it('has the same entries page by page, and full pages', async () => {
    const seen: string[][] = [];
    let after = '';
    for (let page = 0; page < 5; page++) {
      const answer = await register.ask(
        READER,
        `{ decisions(first: 2${after && `, after: "${after}"`}) { edges { node { id: subject } } pageInfo { hasNextPage endCursor } } }`,
      );
      const { pageInfo } = (answer.data as { decisions: { pageInfo: { hasNextPage: boolean; endCursor: string } } })
        .decisions;
      seen.push(ids(answer));
      after = pageInfo.endCursor;
      if (!pageInfo.hasNextPage) break;
    }
    expect(seen.map(({ length }) => length)).toEqual([2, 2, 2]);
    expect(new Set(seen.flat()).size).toBe(6);
  });

  it('narrows stubs by body and day, which they show, and by nothing else', async () => {
    const stubs = ['exempt', 'later'];
    const found = async (given: string) => (await listed(READER, given)).ids.filter((id) => stubs.includes(id));
    expect(await found('body: "board", datedFrom: "2024-03-01", datedTo: "2024-03-01"')).toEqual(stubs);
    // Whose a body is everybody may know.
    expect(await found('organisation: "icb"')).toEqual(stubs);
    for (const given of ['officer: "ann"', 'meeting: "m1"', 'delegation: "scheme"', 'organisation: "council"']) {
      expect(await found(given)).toEqual([]);
      expect((await listed(OFFICER, given)).ids).toEqual(expect.arrayContaining(stubs));
    }
    const before = `asKnownAt: "${register.instants[0]}", asAt: "2024-03-15"`;
    expect(await found(`officer: "ann", ${before}`)).toEqual([]);
  });

  it('finds stubs by the public title and not by their own', async () => {
    const before = `asKnownAt: "${register.instants[0]}", asAt: "2024-03-15"`;
    for (const basis of ['', `, ${before}`]) {
      expect((await listed(READER, `search: "canary"${basis}`)).ids).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/later|exempt|secret|became/)]),
      );
      expect((await listed(READER, `search: "neutral later"${basis}`)).ids).toEqual(['later']);
      expect((await listed(READER, `search: "neutral exempt"${basis}`)).ids).toEqual(['exempt']);
    }
    expect((await listed(OFFICER, 'search: "canary-later"')).ids).toEqual(['later']);
    expect((await listed(READER, 'search: "canary-lifted"')).ids).toEqual(['lifted']);
    expect((await listed(READER, 'search: "canary-lifted", asAt: "2024-07-01"')).ids).toEqual([]);
    expect((await listed(READER, 'search: "neutral lifted", asAt: "2024-07-01"')).ids).toEqual(['lifted']);
  });

  it('is the same under a body, a meeting, an officer and a delegation', async () => {
    const under = async (roles: readonly string[], record: string, list: string) => {
      const answer = await register.ask(
        roles,
        `{ answer: ${record}) { record: ${record.split('(')[0]} { ${list}(first: 50) { totalCount edges { node { id: subject } } } } } }`,
      );
      expect(answer.errors).toBeUndefined();
      const total = Number(/"totalCount":(\d+)/.exec(JSON.stringify(answer))?.[1]);
      expect(total).toBe(ids(answer).length);
      return ids(answer).toSorted();
    };
    expect(await under(READER, 'body(id: "board"', 'decisions')).toEqual(
      (await listed(READER, 'body: "board", first: 50')).ids,
    );
    for (const [record, list] of [
      ['meeting(id: "m1"', 'decisions'],
      ['person(id: "ann"', 'decisionsTaken'],
      ['delegation(id: "scheme"', 'decisions'],
    ] as const) {
      expect(await under(READER, record, list)).toEqual(['lifted', 'parts']);
      expect(await under(OFFICER, record, list)).toEqual(expect.arrayContaining(['exempt', 'later', 'secret']));
    }
  });
});

const ONE = `query ($id: ID!, $asAt: Date, $asKnownAt: KnownAt) { decision(id: $id, asAt: $asAt, asKnownAt: $asKnownAt) {
  absence { kind sentence } decision { title reference datedOn status isStub disclosure amount { pence } text stretchUntil decidedBy { id: subject } officer { id: subject }
    exemption { ground reasoning decidedBy reviewOn publicTitle } withheldParts { field disclosure ground reasoning } reasons note procurement { supplier } } } }`;
const one = async (roles: readonly string[], id: string, basis: object = {}) => {
  const { data } = await register.ask(roles, ONE, { id, ...basis });
  return (data as { decision: { absence: object | null; decision: Record<string, unknown> | null } }).decision;
};

describe('a stub', () => {
  const stub = {
    title: 'Neutral title of exempt',
    reference: 'REF-exempt',
    datedOn: '2024-03-01',
    isStub: true,
    disclosure: 'EXEMPT',
    amount: null,
    text: null,
    stretchUntil: null,
    decidedBy: [{ id: 'body/board' }],
    officer: null,
    exemption: {
      ground: 'LGA_12A_3',
      reasoning: null,
      decidedBy: null,
      reviewOn: '2030-01-31',
      publicTitle: 'Neutral title of exempt',
    },
    withheldParts: null,
    reasons: null,
    note: null,
    procurement: null,
  };

  it('shows reference, body, day, public title, ground and day of review', async () => {
    expect((await one(READER, 'exempt')).decision).toMatchObject(stub);
    expect((await one(READER, 'REF-exempt')).decision).toMatchObject(stub);
  });

  it('is not reached by a reference that it does not show, and neither is its history', async () => {
    const hidden = canary('exempt', 'identifier');
    expect(await one(READER, hidden)).toMatchObject({ absence: { kind: 'NEVER_RECORDED' }, decision: null });
    expect((await one(OFFICER, hidden)).decision).toMatchObject({ reference: 'REF-exempt' });
    const history = `{ history(of: "decision/${hidden}") { totalCount } }`;
    expect((await register.ask(READER, history)).errors?.[0]?.extensions).toMatchObject({ code: 'UNKNOWN_SUBJECT' });
    expect((await register.ask(OFFICER, history)).errors).toBeUndefined();
  });

  it('says nothing of the end of a standstill, by its bounds and by its timeline', async () => {
    for (const id of ['exempt', 'later', 'parts']) {
      const told = everythingOf(schema, 'timeline', { of: `"decision/${id}"` }, 2) ?? '';
      expect(await register.bytes(READER, told)).not.toMatch(/2031-07/);
      const whole = everythingOf(schema, 'decision', { id: `"${id}"` }, 2) ?? '';
      expect(await register.bytes(READER, whole)).not.toMatch(/2031-0|STANDSTILL/);
    }
    expect(await register.bytes(OFFICER, everythingOf(schema, 'decision', { id: '"later"' }, 2) ?? '')).toMatch(
      /"stretchUntil":"2031-07-19"/,
    );
  });
});

describe('what is confidential', () => {
  it('is as if it had never been recorded, whoever names it and however', async () => {
    const unknown = async (id: string) => {
      const answer = await register.bytes(READER, ONE, { id });
      return answer.slice(answer.indexOf('\n')).replaceAll(id, 'X');
    };
    const never = await unknown('nothing-of-the-kind');
    for (const id of ['secret', 'became', canary('secret', 'reference'), canary('secret', 'identifier')]) {
      expect(await unknown(id)).toBe(never);
    }
    for (const query of [
      'history(of: "decision/ID") { totalCount }',
      'timeline(of: "ID") { totalCount }',
      'scrutinyMatters(aboutDecision: "ID") { totalCount }',
    ]) {
      const said = async (id: string) =>
        JSON.stringify((await register.ask(READER, `{ ${query.replace('ID', id)} }`)).errors).replaceAll(id, 'X');
      expect(await said('secret')).toBe(await said('nothing-of-the-kind'));
    }
  });

  it('leaves no trace in what changed, nor in its counts', async () => {
    const query =
      '{ changesBetween(from: 0, aggregate: DECISION, first: 100) { totalCount summary { recorded corrected annulled } edges { node { subject } } } }';
    const [reader, officer] = [await register.ask(READER, query), await register.ask(OFFICER, query)];
    const counted = ({ data }: typeof reader) =>
      (data as { changesBetween: { totalCount: number; edges: object[] } }).changesBetween;
    expect(counted(reader).totalCount).toBe(counted(reader).edges.length);
    expect(counted(officer).totalCount - counted(reader).totalCount).toBe(3);
    expect(JSON.stringify(reader)).not.toMatch(/secret|became/);
  });

  it('is refused to somebody who records about it as what is not there is', async () => {
    const refused = async (roles: readonly string[], id: string) => {
      const answer = await register.ask(
        roles,
        `mutation { raiseMatter(recording: {effectiveOn: "2024-07-01"}, data: {committee: "board", kind: RECOMMENDATION, text: "Why?", aboutDecision: "${id}"}) { position } }`,
      );
      return JSON.stringify(answer.errors).replaceAll(id, 'X');
    };
    expect(await refused(['scrutiny-officer'], 'secret')).toBe(
      await refused(['scrutiny-officer'], 'nothing-of-the-kind'),
    );
    expect(await refused(['scrutiny-officer'], 'nothing-of-the-kind')).toMatch(/UNKNOWN_REFERENCE/);
  });
});

describe('going back in time', () => {
  const before = { asAt: '2024-03-15', asKnownAt: '2024-03-20T09:00:00Z' };
  it('does not open what was classed since', async () => {
    for (const basis of [before, { asAt: '2024-03-15' }, { asKnownAt: before.asKnownAt }]) {
      expect((await one(READER, 'later', basis)).decision).toMatchObject({
        isStub: true,
        title: 'Neutral title of later',
        amount: null,
      });
      expect((await one(READER, 'became', basis)).decision).toBeNull();
      expect((await one(OFFICER, 'later', basis)).decision).toMatchObject({
        isStub: false,
        title: canary('later', 'title'),
      });
    }
    expect((await one(READER, 'gone', before)).decision).toMatchObject({ isStub: true });
  });
  it('does not open what was withheld on the day asked about, though it is public now', async () => {
    expect((await one(READER, 'lifted')).decision).toMatchObject({ isStub: false, title: canary('lifted', 'title') });
    expect((await one(READER, 'lifted', { asAt: '2024-07-31' })).decision).toMatchObject({
      isStub: true,
      amount: null,
    });
    expect((await one(READER, 'lifted', { asKnownAt: '2024-07-20T09:00:00Z' })).decision).toMatchObject({
      isStub: true,
    });
  });
});

describe('a part that is withheld', () => {
  it('is named with its ground where it is exempt, and not named where it is confidential', async () => {
    const { decision } = await one(READER, 'parts');
    expect(decision).toMatchObject({
      isStub: false,
      title: canary('parts', 'title'),
      amount: null,
      reasons: null,
      note: null,
      procurement: null,
      status: 'TAKEN',
    });
    expect(decision?.['withheldParts']).toEqual(
      ['amount', 'amountPerYear', 'conditionsMet', 'procurement', 'reasons'].map((field) => ({
        field,
        disclosure: 'EXEMPT',
        ground: 'LGA_12A_3',
        reasoning: null,
      })),
    );
    expect((await one(OFFICER, 'parts')).decision).toMatchObject({
      amount: { pence: figure(5, 0) },
      note: canary('parts', 'note'),
    });
  });
  it('is missing in sentences, which say so', async () => {
    const answer = await register.ask(READER, '{ history(of: "decision/parts") { edges { node { type sentence } } } }');
    const text = JSON.stringify(answer);
    expect(text).toContain('A part of it is withheld.');
    expect(text).toContain('Of the decision, the amount, the amount for each year');
    expect(text).not.toMatch(/what else the source says/i);
  });
});
