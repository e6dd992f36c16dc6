import { openIssuer } from '../issuer.js';
import { recordAll, type Fact } from '../recorder.js';
import { runApi, type GraphQLAnswer, type RunningApi } from '../running-api.js';

/** A file as it was fetched. */
export interface FetchedFile {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  readonly text: string;
}

/** The API over a small world, asked as whoever holds a role. */
export interface ServedScheme {
  readonly api: RunningApi;
  /** Positions up to which each part of the world was recorded. */
  readonly positions: readonly number[];
  ask(role: string, query: string): Promise<GraphQLAnswer>;
  fetch(role: string, path: string, headers?: Readonly<Record<string, string>>): Promise<FetchedFile>;
  close(): Promise<void>;
}

/** @param parts recorded one after the other. */
export const serveScheme = async (parts: readonly (readonly Fact[])[]): Promise<ServedScheme> => {
  const issuer = await openIssuer();
  const budgets = { BUDGET_READER: '100000', BUDGET_GOVERNANCE_OFFICER: '100000' };
  const free = { LIMIT_PER_SUBJECT: 'off', LIMIT_PER_ADDRESS: 'off' };
  const api = await runApi({ ...issuer.environment, ...budgets, ...free });
  const tokens = new Map<string, string>();
  const authorized = async (role: string) => {
    const token = tokens.get(role) ?? (await issuer.tokenOf(role, [role]));
    tokens.set(role, token);
    return { authorization: `Bearer ${token}` };
  };
  const ask = async (role: string, query: string, variables: object = {}): Promise<GraphQLAnswer> => {
    const headers = { 'content-type': 'application/json', ...(await authorized(role)) };
    const body = JSON.stringify({ query, variables });
    return (await (await fetch(`${api.url}/graphql`, { method: 'POST', headers, body })).json()) as GraphQLAnswer;
  };
  const officer = { ...api, ask: (query: string, variables?: object) => ask('governance-officer', query, variables) };
  const positions: number[] = [];
  for (const part of parts) positions.push((await recordAll(officer, part)).position);
  await api.runtime.register.waitFor(positions.at(-1) ?? 0, 20_000);
  return {
    ...{ api, positions, ask },
    fetch: async (role, path, headers = {}) => {
      const answer = await fetch(`${api.url}${path}`, { headers: { ...headers, ...(await authorized(role)) } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString() };
    },
    close: async () => {
      await api.close();
      await issuer.close();
    },
  };
};
