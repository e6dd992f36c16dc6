import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStore, type EventStore } from '#event-store';
import { newDatabase } from '#testing/postgres';

/** The stores that a register is put into: what `EVENT_STORE_URL` and `READ_MODEL_URL` of a program would say. */
export interface Stores {
  /** `sqlite:`, or the address of an EventStoreDB in which every place is a register of its own. */
  readonly eventStoreUrl: string;
  /** `sqlite:`, or the address of a PostgreSQL in which every place is a database of its own. */
  readonly readModelUrl: string;
}

/** What a program is told of its place. */
export interface PlaceEnvironment extends Readonly<Record<string, string>> {
  readonly DATA_DIR: string;
  readonly EVENT_STORE_URL: string;
  readonly READ_MODEL_URL: string;
}

/**
 * Where end-to-end specs put their registers: as `EVENT_STORE_URL` and `READ_MODEL_URL` of the run say, embedded SQLite
 * without them. `npm run test:stores` runs every spec that depends on this file once for each pair of stores.
 */
export const storesOfThisRun = (): Stores => ({
  eventStoreUrl: process.env['EVENT_STORE_URL'] || 'sqlite:',
  readModelUrl: process.env['READ_MODEL_URL'] || 'sqlite:',
});

/** A place for one register, empty at first and its own: a folder, a register name in the log, a database for the views. */
export class Place {
  readonly #folder: string;
  readonly #stores: Stores;
  readonly #name = `spec-${randomBytes(8).toString('hex')}`;
  #database: { readonly url: string; drop(): Promise<void> } | undefined;

  private constructor(folder: string, stores: Stores) {
    this.#folder = folder;
    this.#stores = stores;
  }

  static async find(stores: Stores = storesOfThisRun()): Promise<Place> {
    const place = new Place(await mkdtemp(join(tmpdir(), 'register-')), stores);
    await place.#makeDatabase();
    return place;
  }

  get environment(): PlaceEnvironment {
    const { eventStoreUrl } = this.#stores;
    const joint = eventStoreUrl.includes('?') ? '&' : '?';
    return {
      DATA_DIR: this.#folder,
      EVENT_STORE_URL: eventStoreUrl === 'sqlite:' ? eventStoreUrl : `${eventStoreUrl}${joint}register=${this.#name}`,
      READ_MODEL_URL: this.#database?.url ?? this.#stores.readModelUrl,
    };
  }

  /** The log alone, to be filled before a program opens it. */
  openLog(): Promise<EventStore> {
    return openEventStore(this.environment.EVENT_STORE_URL, this.#folder);
  }

  /** So that the next program to start makes the views anew. Nobody may have them open. */
  async forgetViews(): Promise<void> {
    await rm(join(this.#folder, 'views.json'), { force: true });
    await this.#database?.drop();
    await this.#makeDatabase();
  }

  /** Removes what can be removed: an event store forgets nothing. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
    await this.#database?.drop();
  }

  async #makeDatabase(): Promise<void> {
    const { readModelUrl } = this.#stores;
    this.#database = readModelUrl === 'sqlite:' ? undefined : await newDatabase(readModelUrl);
  }
}
