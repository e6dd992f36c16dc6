import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importFiles } from '../../apps/cli/src/import/import.js';
import { readQuestions } from '../../apps/api/src/questions.js';
import { OPERATOR } from '../importing.js';
import { openIssuer } from '../issuer.js';
import { dataOf } from '../recorder.js';
import { runApi, type GraphQLAnswer, type RunningApi } from '../running-api.js';

/** The illustration of the sample, asked the ready-made questions about authority over HTTP. */
let api: RunningApi;
/** Where the log stands after each part of the story. */
let [before, found, last] = [0, 0, 0];
let issuer: Awaited<ReturnType<typeof openIssuer>>;
beforeAll(async () => {
  issuer = await openIssuer();
  api = await runApi({ ...issuer.environment, LIMIT_PER_SUBJECT: 'off', LIMIT_PER_ADDRESS: 'off' });
  const inFolder = (folder: string) => (name: string) => `examples/${folder}/${name}`;
  const functions = inFolder('functions');
  const { store, register } = api.runtime;
  await importFiles(store, OPERATOR, {
    files: ['functions.csv', 'holdings.csv'].map(functions),
    mappings: ['functions.yaml', 'holdings.yaml'].map(functions),
  });
  const parts: number[] = [];
  for (const name of ['1-scheme', '2-found-invalid', '3-ratified-and-merged']) {
    const report = await importFiles(store, OPERATOR, {
      files: [`examples/illustration/${name}.ndjson`],
      mappings: [],
    });
    expect(report.refusals).toEqual([]);
    parts.push(report.position);
  }
  [before = 0, found = 0, last = 0] = parts;
  await register.waitFor(last, 10_000);
}, 60_000);
afterAll(async () => {
  await api.close();
  await issuer.close();
});

/** Part of an answer, whose shape is that of the question. */
// oxlint-disable-next-line typescript/no-explicit-any
type Told = any;

/** A ready-made question by its name, as one role asks it. */
const ask = async (named: string, variables: object = {}, role = 'governance-officer'): Promise<Told> => {
  const question = readQuestions().find(({ name }) => name === named);
  return sent(role, { query: question?.query, variables: { ...question?.variables, ...variables } });
};

const sent = async (role: string, body: object): Promise<Told> => {
  const authorization = `Bearer ${await issuer.tokenOf(role, [role])}`;
  const headers = { 'content-type': 'application/json', authorization };
  const answer = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
  return dataOf((await answer.json()) as GraphQLAnswer);
};

describe('the ready-made questions about authority', () => {
  it('1: authorised, and by what chain', async () => {
    const { authority } = await ask('was-whoever-decided-authorised');
    expect(authority).toMatchObject({ verdict: 'AUTHORISED', on: '2023-05-03', missing: [] });
    expect(authority.parts[0].chains[0].hops.map(({ kind, to }: Told) => [kind, to.name])).toEqual([
      ['HOLDS_FUNCTION', 'NHS Vale Integrated Care Board (example)'],
      ['ACTS_FOR', 'Vale Board (example)'],
      ['DELEGATED', 'Millbrook Place Committee (example)'],
    ]);
    expect(authority.parts[0].chains[0].hops[2]).toMatchObject({
      version: '2',
      clause: '4.2',
      limits: ['£1,500,000.00 whole life'],
    });
  });

  it('2: as known then, and what has changed since and why', async () => {
    const between = await ask('authorised-as-known-then-and-now', { knownThen: before, knownLater: found });
    expect([between.authority.verdict, between.authority.compared.verdict]).toEqual(['AUTHORISED', 'NOT_AUTHORISED']);
    expect(between.authority.differences.join(' ')).toContain('£1,400,000.00; needed was no more than £1,000,000.00');
    const since = await ask('authorised-as-known-then-and-now', { knownThen: found, knownLater: last });
    expect([since.authority.verdict, since.authority.compared.verdict]).toEqual(['NOT_AUTHORISED', 'AUTHORISED']);
  });

  it('3: may this committee decide next Tuesday, and if not, who can', async () => {
    const { mayDecide } = await ask('may-this-body-decide');
    expect(mayDecide.authority.verdict).toBe('NOT_AUTHORISED');
    expect(mayDecide.whoCan.map(({ party }: Told) => party.subject)).toEqual(['body/example:board']);
  });

  it('4: which decisions relied on what is found defective', async () => {
    const { reliedOn } = await ask('what-relied-on-it', { asKnownAt: found });
    expect([reliedOn.count, reliedOn.provedWithoutCount, reliedOn.challengedCount]).toEqual([3, 2, 1]);
    expect(reliedOn.decisions.find(({ authorityChallenged }: Told) => authorityChallenged).decision.reference).toBe(
      'EXAMPLE-2023-04',
    );
  });

  it('12: which matters reserved to the board were decided elsewhere', async () => {
    const { decisionsByAuthority } = await ask('reserved-and-decided-elsewhere');
    expect(decisionsByAuthority.decisions.map(({ decision }: Told) => decision.reference)).toEqual(['EXAMPLE-2023-05']);
  });

  it('27: still in force, and what replaced which part', async () => {
    const { decision } = await ask('is-it-still-in-force');
    expect(decision.decision).toMatchObject({
      status: 'PART_SUPERSEDED',
      supersededPart: 'the hours of the service',
      supersededBy: { reference: 'EXAMPLE-2024-04' },
    });
  });

  it('28: what each parent of the joint committee delegated', async () => {
    const { authority } = await ask('what-each-parent-delegated');
    expect(authority.parts.map(({ parent, verdict }: Told) => [parent.name, verdict])).toEqual([
      ['NHS Vale Integrated Care Board (example)', 'AUTHORISED'],
      ['Vale County Council (example)', 'NOT_AUTHORISED'],
    ]);
  });

  it('29: which hat was used, and whether it had the power', async () => {
    const { decision } = await ask('which-hat-was-used');
    expect(decision.decision.actingUnder.appointment.seat.title).toBe('Place director, Millbrook (example)');
    expect(decision.decision.authorityWhenTaken.verdict).toBe('AUTHORISED');
    const unsaid = await ask('which-hat-was-used', { decision: 'EXAMPLE-2023-08' });
    expect(unsaid.decision.decision.authorityWhenTaken.verdict).toBe('CANNOT_DETERMINE');
    const left = await ask('which-hat-was-used', { decision: 'EXAMPLE-2024-01' });
    expect(left.decision.decision.authorityWhenTaken).toMatchObject({
      verdict: 'NOT_AUTHORISED',
      sentence: expect.stringContaining('until 31 March 2024'),
    });
  });

  it('36: who is answerable in law, and who collectively', async () => {
    const { decision } = await ask('who-answers-for-it');
    expect(
      decision.decision.answerable.map(({ organisation, answersAs }: Told) => [organisation.name, answersAs]),
    ).toEqual([
      ['Vale Community Health NHS Trust (example)', 'COLLECTIVELY'],
      ['NHS Vale Integrated Care Board (example)', 'IN_LAW'],
      ['Vale County Council (example)', 'IN_LAW'],
    ]);
  });

  it('39: conditions from above, and whether they were met', async () => {
    const { delegation } = await ask('conditions-from-above');
    expect(delegation.delegation.conditions).toMatchObject([{ key: 'segment', state: 'BREACHED' }]);
    expect(delegation.delegation.decisions.edges[0].node.authorityWhenTaken).toMatchObject({
      verdict: 'NOT_AUTHORISED',
      sentence: expect.stringContaining('is breached'),
    });
  });

  it('43: decided by others than the scheme names', async () => {
    const { decisionsByAuthority } = await ask('decided-by-others-than-the-scheme-names');
    const references = decisionsByAuthority.decisions.map(({ decision }: Told) => decision.reference);
    expect(references).toEqual([
      'EXAMPLE-2023-09',
      'EXAMPLE-2023-05',
      'EXAMPLE-2024-02',
      'EXAMPLE-2024-01',
      'EXAMPLE-2024-03',
    ]);
  });

  it('44: what would change if the limit became £2 million', async () => {
    const { mayDecide } = await ask('what-would-change-if');
    expect([mayDecide.asRecorded.verdict, mayDecide.authority.verdict]).toEqual(['NOT_AUTHORISED', 'AUTHORISED']);
  });

  it('with what is withheld: the public is told what is missing, and never a figure', async () => {
    const officers = await ask('was-whoever-decided-authorised', { decision: 'EXAMPLE-2024-05' });
    expect(officers.authority.verdict).toBe('AUTHORISED');
    const everybody = await ask('was-whoever-decided-authorised', { decision: 'EXAMPLE-2024-05' }, 'reader');
    expect(everybody.authority.verdict).toBe('CANNOT_DETERMINE');
    expect(everybody.authority.missing[0].datum).toContain('withheld from you');
    expect(JSON.stringify(everybody)).not.toMatch(/700|dispute/);
  });

  it('31: what was inherited and is still live', async () => {
    const { whatLapses } = await ask('what-was-inherited');
    expect(whatLapses.entries.map(({ kind, outcome }: Told) => [kind, outcome])).toEqual([
      ['BODY', 'RE_GRANTED'],
      ['DELEGATION_GRANTED', 'CARRIED'],
    ]);
  });

  it('45: what lapsed, what was granted again, and what fell in the gap', async () => {
    const { whatLapses } = await ask('what-lapsed-and-was-granted-again');
    const carried = whatLapses.entries.find(({ subject }: Told) => subject === 'delegation/example:millbrook');
    expect(carried).toMatchObject({ outcome: 'CARRIED', by: 'delegation/example:central-millbrook', gapDays: 14 });
    const gone = whatLapses.entries
      .filter(({ outcome }: Told) => outcome === 'IN_THE_GAP')
      .map(({ subject }: Told) => subject);
    expect(gone).toContain('delegation/example:joint-vale');
  });

  it('13: what the scheme says today and what it said then', async () => {
    const { instrumentDifference } = await ask('what-the-scheme-said-then');
    expect(instrumentDifference.to).toMatchObject({ adoptedByDecision: { reference: 'EXAMPLE-2023-01' } });
    expect(instrumentDifference.clauses.map(({ clause, change }: Told) => [clause, change])).toEqual([
      ['4.2', 'CHANGED'],
      ['4.3', 'ADDED'],
    ]);
  });
});

describe('verdicts on fixed facts', () => {
  it('move only with a new edition of the rules', async () => {
    const question = `{ decisionsByAuthority(organisation: "example:vale", datedFrom: "2022-07-01", datedTo: "2026-03-31", first: 100) {
      decisions { decision { reference } authority { edition verdict parts { verdict failure { test } missing { field }
        chains { verdict failure { test } missing { field } } } } } } }`;
    const data = await sent('governance-officer', { query: question });
    const told = data.decisionsByAuthority.decisions.map(({ decision, authority }: Told) => {
      const { verdict, parts } = authority;
      return { decision: decision.reference, verdict, parts };
    });
    const edition = data.decisionsByAuthority.decisions[0].authority.edition;
    const file = 'test/golden/verdicts.json';
    if (process.env['WRITE_GOLDEN'])
      writeFileSync(file, `${JSON.stringify({ edition, verdicts: told }, undefined, 2)}\n`);
    expect({ edition, verdicts: told }).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});
