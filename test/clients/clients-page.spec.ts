import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { recordAll } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';

const PAGE = readFileSync('docs/clients.md', 'utf8');
const EXAMPLES = [...PAGE.matchAll(/^```graphql\n(.*?)^```/gms)].map(([, text]) => text as string);

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { position } = await recordAll(api, [
    ['RegisterOrganisation', 'council', '2010-01-01', { name: 'The council', kind: 'COUNCIL' }],
    ['EstablishBody', 'glos:772', '2010-01-01', { name: 'Scrutiny', kind: 'COUNCIL_COMMITTEE', owners: ['council'] }],
    ['TakeDecision', 'first', '2011-01-01', { title: 'First', takenOn: '2011-01-01', decidedBy: ['glos:772'] }],
  ]);
  await api.runtime.register.waitFor(position, 10_000);
}, 60_000);
afterAll(() => api.close());

it.each(EXAMPLES.map((text, at) => [at + 1, text] as const))(
  'example %s of docs/clients.md is answered as it stands, with something in it',
  async (_nth, text) => {
    const { data, errors } = await api.ask(text);
    expect(errors).toBeUndefined();
    expect(Object.values(data ?? {})).not.toContain(null);
  },
);

it('docs/clients.md has examples', () => {
  expect(EXAMPLES.length).toBeGreaterThanOrEqual(3);
});
