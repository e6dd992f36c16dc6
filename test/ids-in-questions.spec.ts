import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runApi, type RunningApi } from './running-api.js';

/** One letter as keyboards of two makes write it. */
const [WHOLE, IN_TWO] = ['caf\u00e9', 'cafe\u0301'];

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const { data, errors } = await api.ask(
    `mutation { registerPerson(id: "${IN_TWO}", recording: { effectiveOn: "2024-01-01" }, data: { name: "Ann" }) { subject position } }`,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  await api.runtime.register.waitFor((data as { registerPerson: { position: number } }).registerPerson.position, 5_000);
}, 60_000);
afterAll(() => api.close());

describe('an id in a question', () => {
  it.each([
    (id: string) => `person(id: "${id}") { person { id } absence { sentence } }`,
    (id: string) => `person(id: "person/${id}") { person { id } absence { sentence } }`,
    (id: string) => `person(id: "nobody-${id}") { person { id } absence { sentence } }`,
    (id: string) => `history(of: "person/${id}") { edges { node { sentence } } }`,
    (id: string) => `history(of: "${id}") { edges { node { sentence } } }`,
    (id: string) => `appointments(person: "${id}") { totalCount }`,
    (id: string) => `people(search: "${id}") { totalCount }`,
  ])('means the same in whichever form it is written: %#', async (question) => {
    const [whole, inTwo] = [await api.ask(`{ ${question(WHOLE)} }`), await api.ask(`{ ${question(IN_TWO)} }`)];
    expect(whole.errors).toBeUndefined();
    expect(inTwo).toEqual(whole);
  });
});
