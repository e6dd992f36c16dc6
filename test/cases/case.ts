import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { importFiles } from '../../apps/cli/src/import/import.js';
import type { Report } from '../../apps/cli/src/import/report.js';
import { OPERATOR } from '../importing.js';
import { runApi, type GraphQLAnswer, type RunningApi } from '../running-api.js';
import { Place } from '../stores/place.js';

/** What became of one small case: what was imported, and what the API answered to its mutation and its question. */
export interface Case {
  readonly report: Report;
  readonly recorded: GraphQLAnswer | undefined;
  readonly answer: GraphQLAnswer | undefined;
  readonly api: RunningApi;
  ask(query: string): Promise<GraphQLAnswer>;
}

const folderOf = (number: string): string => fileURLToPath(new URL(number, import.meta.url));

/** What a case comes to in another place or with another question. */
type Look<Result> = (found: Case) => Promise<Result> | Result;

/**
 * Takes the files of `test/cases/NN` into a register of its own, sends `mutation.graphql` and then `query.graphql` over
 * HTTP, and hands on what came of it.
 */
export const inCase = async <Result>(number: string, look: Look<Result>): Promise<Result> => {
  const folder = folderOf(number);
  const names = readdirSync(folder).toSorted();
  const ending = (...ends: readonly string[]): string[] =>
    names.filter((name) => ends.some((end) => name.endsWith(end))).map((name) => join(folder, name));
  const place = await Place.find();
  try {
    const store = await place.openLog();
    const files = ending('.ndjson', '.csv');
    const given = names.includes('import.args') ? readFileSync(join(folder, 'import.args'), 'utf8') : '';
    const keepRecordedInstants = given.trim() === '--keep-recorded-instants';
    const report = await importFiles(store, OPERATOR, { files, mappings: ending('.yaml'), keepRecordedInstants });
    const head = await store.head();
    await store.close();
    const api = await runApi(place.environment);
    try {
      await api.runtime.register.waitFor(head, 10_000);
      const sent = async (name: string): Promise<GraphQLAnswer | undefined> =>
        names.includes(name) ? api.ask(readFileSync(join(folder, name), 'utf8')) : undefined;
      const recorded = await sent('mutation.graphql');
      await api.runtime.register.waitFor(await api.runtime.store.head(), 10_000);
      const answer = await sent('query.graphql');
      return await look({ report, recorded, answer, api, ask: (query) => api.ask(query) });
    } finally {
      await api.close();
    }
  } finally {
    await place.remove();
  }
};
