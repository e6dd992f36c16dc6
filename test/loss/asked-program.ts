import type { Program } from '../operations/programs.js';

/** What a running api answers: the data, or the code of the first refusal. */
export const ask = async (api: Program, query: string): Promise<unknown> => {
  const response = await fetch(`${await api.address()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: { extensions: { code: string } }[] };
  return errors?.[0]?.extensions.code ?? data;
};

/** Records somebody of this name. */
export const record = (api: Program, id: string): Promise<unknown> =>
  ask(
    api,
    `mutation { registerPerson(id: "${id}", data: { name: "${id}" }, recording: { effectiveOn: "2024-01-01" }) { position } }`,
  );
