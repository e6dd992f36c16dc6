import type { Generations } from './generations.js';
import { openingFault, readModelPlace } from './read-model-url.js';
import { SqliteGenerations } from './sqlite-generations.js';
import type { View } from '../engine/view.js';

/** Where the views live. */
export interface ReadModelPlace {
  /** The data directory. Views on SQLite are kept here; made where it is not there. */
  readonly directory: string;
  /** `READ_MODEL_URL`: `postgres://…`, or nothing or `sqlite:` for files in the directory. */
  readonly readModelUrl?: string | undefined;
}

/** @throws Refusal `CONFIG_READ_MODEL_URL` where it names no database that can be used. */
export const openGenerations = (
  place: ReadModelPlace,
  views: readonly View[],
  onNote: (sentence: string) => void = () => undefined,
): Promise<Generations> =>
  opened(place, {
    files: (directory) => SqliteGenerations.open(directory, views, onNote),
    server: async (server) => (await postgres()).open(server, views, onNote),
  });

/** Beside the programs that write. @throws also Refusal `REGISTER_NO_VIEWS`. */
export const openGenerationsToRead = (place: ReadModelPlace, views: readonly View[]): Promise<Generations> =>
  opened(place, {
    files: (directory) => SqliteGenerations.openToRead(directory, views),
    server: async (server) => (await postgres()).openToRead(server, views),
  });

/** Loaded with its driver by whoever keeps views there: nobody else waits for it. */
const postgres = async () => (await import('./postgres-generations.js')).PostgresGenerations;

interface Openings {
  readonly files: (directory: string) => Promise<Generations>;
  readonly server: (place: NonNullable<ReturnType<typeof readModelPlace>>) => Promise<Generations>;
}

async function opened(
  { directory, readModelUrl = '' }: ReadModelPlace,
  { files, server }: Openings,
): Promise<Generations> {
  const place = readModelPlace(readModelUrl);
  if (!place) return files(directory);
  return server(place).catch((thrown: unknown) => {
    throw openingFault(thrown, readModelUrl);
  });
}
