import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSample } from '../apps/cli/src/demo.js';
import type { Report } from '../apps/cli/src/import/report.js';
import { readQuestions } from '../apps/api/src/questions.js';
import { OPERATOR } from './importing.js';
import { hostileQuestions } from './hostile-questions/spelt-out.mjs';
import { record } from './recorder.js';
import { runApi, type RunningApi } from './running-api.js';

/** The sample register as `npm start` shows it, asked over HTTP. */
let api: RunningApi;
let report: Report;
beforeAll(async () => {
  api = await runApi();
  report = await loadSample(api.runtime.store, OPERATOR);
  expect(await api.runtime.register.waitFor(report.position, 30_000)).toBe('reached');
}, 240_000);
afterAll(async () => api.close());

const ask = async <T>(query: string, variables = {}): Promise<T> => {
  const { data, errors } = await api.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as T;
};
type Edges<Node> = { readonly edges: readonly { readonly node: Node }[] };

describe('loading the sample', () => {
  it('takes every row and refuses none', () => {
    expect(report.refusals).toEqual([]);
    const { rows, recorded, corrected, annulled, unchanged } = report.total;
    expect(recorded + corrected + annulled + unchanged).toBe(rows);
  });
  it('adds nothing a second time', async () => {
    const again = await loadSample(api.runtime.store, OPERATOR);
    expect(again.position).toBe(report.position);
  });
  it('gives every fact its source', async () => {
    const silent: string[] = [];
    for (const event of await api.runtime.store.readAll(1, 10_000)) {
      const { source } = JSON.parse(event.envelope) as { source?: { document?: string } };
      if (!source?.document) silent.push(event.stream);
    }
    expect(silent).toEqual([]);
  });
});

describe('asking the ready-made questions', () => {
  it.each(readQuestions().map((question) => [question.name, question] as const))(
    '%s has an answer',
    async (_, question) => {
      const data = await ask<Record<string, unknown>>(question.query, question.variables);
      expect(Object.values(data).every((answer) => answer !== null)).toBe(true);
      expect(JSON.stringify(data).length).toBeGreaterThan(100);
    },
  );
});

describe('the authority of the real decisions', () => {
  interface Told {
    readonly subject: string;
    readonly authorityWhenTaken: { readonly verdict: string; readonly missing: readonly { readonly field: string }[] };
  }
  const FIELDS = 'subject authorityWhenTaken { verdict missing { field datum recordedBy } }';
  const real = async (): Promise<readonly Told[]> => {
    const { decisions } = await ask<{ decisions: Edges<Told> }>(
      `{ decisions(first: 50) { edges { node { ${FIELDS} } } } }`,
    );
    return decisions.edges.map(({ node }) => node).filter(({ subject }) => !subject.startsWith('decision/example:'));
  };

  it('is not determined, and what is missing is named', async () => {
    const told = await real();
    expect(told.length).toBe(14);
    for (const { authorityWhenTaken } of told) {
      expect(authorityWhenTaken.verdict).toBe('CANNOT_DETERMINE');
      expect(authorityWhenTaken.missing.map(({ field }) => field)).toContain('catalogueFunctions');
    }
  });

  it('is determined once what is missing is recorded, and is another once what gives the power is', async () => {
    const contract = 'icb:ocds-h6vhtk-0674c4';
    const verdictAfter = async (...fact: Parameters<typeof record> extends [unknown, ...infer Rest] ? Rest : never) => {
      const { position } = await record(api, ...fact);
      await api.runtime.register.waitFor(position, 10_000);
      return (await real()).find(({ subject }) => subject === `decision/${contract}`)?.authorityWhenTaken.verdict;
    };
    const catalogueFunctions = ['ics-2022:arrange-services'];
    const said = { catalogueFunctions, takenOn: '2026-04-01' };
    expect(await verdictAfter('ChangeDecision', contract, '2026-04-01', said)).toBe('NOT_AUTHORISED');
    const by = { grantedByBody: 'icb:glos-board', delegateBodies: ['icb:glos-opex'] };
    const granted = { functions: ['arranging services'], catalogueFunctions, ...by };
    expect(await verdictAfter('GrantDelegation', 'spec:opex', '2022-07-01', granted)).toBe('AUTHORISED');
  });
});

describe('what an officer asks first', () => {
  it('who sits on the Gloucestershire health scrutiny committee', async () => {
    const { body } = await ask<{ body: { body: { name: string; appointments: Edges<{ person: { name: string } }> } } }>(
      '{ body(id: "glos:772") { body { name appointments(first: 100) { edges { node { person { name } } } } } } }',
    );
    expect(body.body.name).toBe('Health Overview and Scrutiny Committee');
    const names = body.body.appointments.edges.map(({ node }) => node.person.name);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => name === '')).toEqual([]);
  });
  it('what the ICB decided in 2025, and when it was recorded', async () => {
    const { decisions } = await ask<{
      decisions: Edges<{ datedOn: string; recordedAt: string }> & { totalCount: number };
    }>(
      `{ decisions(organisation: "QR1", datedFrom: "2025-01-01", datedTo: "2025-12-31") {
        totalCount edges { node { datedOn title recordedAt } } } }`,
    );
    expect(decisions.totalCount).toBeGreaterThanOrEqual(5);
    for (const { node } of decisions.edges) {
      expect(node.datedOn.startsWith('2025-')).toBe(true);
      expect(Date.parse(node.recordedAt)).not.toBeNaN();
    }
  });
  it('how a delegation that came a year later than planned was shown before the plan moved, and since', async () => {
    const question = readQuestions().find(({ name }) => name === 'one-delegation-as-known-then-and-now');
    const { query = '', variables = {} } = question ?? {};
    const answer = JSON.stringify(await ask(query, variables));
    expect(answer).toContain('IN_FORCE');
    expect(answer).toContain('NOT_YET_BEGUN');
  });
});

describe('what the pages show to ask', () => {
  const shown = ['README.md', 'docs/issuing.md'].flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/^```graphql\n(.*?)^```/gms)].map(([, text]) => [page, text] as const),
  );

  it.each(shown)('%s: is answered as it stands, on the sample', async (_, text = '') => {
    const data = await ask<Record<string, unknown>>(text);
    expect(Object.values(data)).not.toContain(null);
  });
});

// What comes of each; how long it takes and how large the register grows is measured by `npm run bench -- --only hostile`.
describe('a hostile question', () => {
  const questions = hostileQuestions();
  const faults = () => api.log.filter(({ level }) => Number(level) >= 50);

  it('is one of at least thirty, each under a name of its own', () => {
    expect(questions.length).toBeGreaterThanOrEqual(30);
    expect(new Set(questions.map(({ name }) => name)).size).toBe(questions.length);
  });

  it.each(questions.map((question) => [question.name, question] as const))(
    '%s is answered or refused as the list says, with its bill and without a fault',
    async (_, { document, variables, expected }) => {
      const { errors: [error] = [], extensions } = await api.ask(document, variables);
      const { cost } = extensions as { cost: { requested: number; limit: number } };
      const code = error?.extensions?.['code'] ?? 'ANSWERED';
      expect(expected).toContain(code);
      expect(cost.limit).toBe(10_000);
      expect(faults()).toEqual([]);
      if (code === 'ANSWERED') expect(cost.requested).toBeLessThanOrEqual(cost.limit);
      if (code !== 'QUESTION_TOO_DEAR') return;
      expect(cost.requested).toBeGreaterThan(cost.limit);
      expect(error?.extensions).toMatchObject({ field: expect.any(String), remedy: expect.any(String) });
    },
  );
});
