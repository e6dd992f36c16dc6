import { buildSchema, type GraphQLSchema } from 'graphql';
import { schemaText } from '../../apps/api/src/graphql/schema.js';
import { everythingOf } from '../everything-asked.js';
import type { Issuer } from '../issuer.js';
import { dataOf } from '../recorder.js';
import { runApi, type GraphQLAnswer, type RunningApi } from '../running-api.js';
import { Place, type Stores } from './place.js';

interface Fetched {
  readonly status: number;
  /** Of a decision log: whether its bytes are those that were issued. */
  readonly asIssued: string | null;
  readonly text: string;
}

/** The same for every pair of stores, so that their receipts are the same too. */
const RECEIPT_KEY = Buffer.alloc(32, 1).toString('base64');

/** An API over one pair of stores, and all that it was heard to say. */
export class Journey {
  /** What was asked, and the answer as it came, but for the instants at which this run recorded. */
  readonly told = new Map<string, string>();
  readonly #instants = new Map<string, number>();
  readonly #place: Place;
  readonly #tokens: Readonly<Record<'officer' | 'reader', string>>;
  readonly #schema: GraphQLSchema;

  private constructor(
    /** As a governance officer uses it. */
    readonly api: RunningApi,
    place: Place,
    tokens: Readonly<Record<'officer' | 'reader', string>>,
    schema: GraphQLSchema,
  ) {
    this.#place = place;
    this.#tokens = tokens;
    this.#schema = schema;
  }

  static async begin(stores: Stores, issuer: Issuer): Promise<Journey> {
    const place = await Place.find(stores);
    // Everything that there is, asked at once, costs more than anybody may ask.
    const dear = { BUDGET_READER: '100000', BUDGET_GOVERNANCE_OFFICER: '100000' };
    const api = await runApi({ ...place.environment, ...issuer.environment, ...dear, RECEIPT_KEY });
    const tokens = {
      officer: await issuer.tokenOf('Olive Officer', ['governance-officer']),
      reader: await issuer.tokenOf('Rae Reader', ['reader']),
    };
    const asOfficer: RunningApi = { ...api, ask: (query, variables) => asked(api, tokens.officer, query, variables) };
    return new Journey(asOfficer, place, tokens, buildSchema(await schemaText()));
  }

  /** What is asked, answered to one who may see everything or to one who may not; kept for the comparison. */
  async ask<Data extends object>(query: string, as: 'officer' | 'reader' = 'officer'): Promise<Data> {
    const answer = await asked(this.api, this.#tokens[as], query);
    this.told.set(`${as}: ${query}`, this.#masked(JSON.stringify(answer)));
    return dataOf<Data>(answer);
  }

  /** Everything that a root field can give, and what it names. @param given arguments, as GraphQL writes them. */
  everything(root: string, given: Readonly<Record<string, string>>, as?: 'officer' | 'reader'): Promise<object> {
    const query = everythingOf(this.#schema, root, given, 2);
    if (query === undefined) throw new Error(`${root} needs more than ${Object.keys(given).join(', ')}`);
    return this.ask(query, as);
  }

  /** A document of the API. */
  async fetch(path: string, as: 'officer' | 'reader' = 'officer'): Promise<Fetched> {
    const headers = { authorization: `Bearer ${this.#tokens[as]}` };
    const response = await fetch(`${this.api.url}${path}`, { headers });
    const text = await response.text();
    const { status } = response;
    const asIssued = response.headers.get('decision-log-as-issued');
    const type = response.headers.get('content-type');
    this.told.set(`${as}: ${path}`, this.#masked(JSON.stringify([status, type, asIssued, text])));
    return { status, asIssued, text };
  }

  /** Takes note of when this run recorded what: these instants, and nothing else, may differ from run to run. */
  async rememberInstants(): Promise<void> {
    for (const { recordedAt, position } of await this.api.runtime.store.readAll(0, 10_000)) {
      if (!this.#instants.has(recordedAt)) this.#instants.set(recordedAt, position);
    }
  }

  async end(): Promise<void> {
    await this.api.close();
    await this.#place.remove();
  }

  #masked(text: string): string {
    return text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (instant) => {
      const position = this.#instants.get(instant);
      return position === undefined ? instant : `<when position ${position} was recorded>`;
    });
  }
}

const asked = async (
  { url }: RunningApi,
  token: string,
  query: string,
  variables: object = {},
): Promise<GraphQLAnswer> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ query, variables });
  return (await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json()) as GraphQLAnswer;
};
