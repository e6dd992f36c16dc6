import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { liveEvents, type Actor, type Envelope } from '#kernel';
import { MemoryEventStore, type EventStore } from '#event-store';
import { importFiles, type ImportOrder } from '../apps/cli/src/import/import.js';
import type { Report } from '../apps/cli/src/import/report.js';

export const OPERATOR: Actor = { id: 'cli:spec', roles: ['operator'], vouchedBy: 'operator' };

/** A folder with files in it. @returns their paths, by name. */
export const filesIn = (contents: Readonly<Record<string, string | Uint8Array>>): Record<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'register-import-'));
  return Object.fromEntries(
    Object.entries(contents).map(([name, content]) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return [name, path];
    }),
  );
};

/** A log in memory with imports into it. */
export class Bench {
  readonly store: EventStore = new MemoryEventStore();

  /** Names ending in `.yaml` are mappings. */
  async import(
    contents: Readonly<Record<string, string | Uint8Array>>,
    options: Omit<Partial<ImportOrder>, 'files' | 'mappings'> = {},
  ): Promise<Report> {
    const paths = Object.entries(filesIn(contents));
    const isMapping = ([name]: readonly [string, string]): boolean => name.endsWith('.yaml');
    const files = paths.filter((entry) => !isMapping(entry)).map(([, path]) => path);
    const mappings = paths.filter(isMapping).map(([, path]) => path);
    return importFiles(this.store, OPERATOR, { files, mappings, ...options });
  }

  /** The live events of a subject, in order, each as `Type day`. */
  async live(stream: string): Promise<readonly string[]> {
    const events = (await this.store.readStream(stream)).map((event) => {
      const envelope = JSON.parse(event.envelope) as Envelope;
      return { ...event, effectiveOn: envelope.effectiveOn, envelope };
    });
    return liveEvents(events).map(({ event }) => `${event.type} ${event.effectiveOn}`);
  }

  async envelopes(stream: string): Promise<readonly Envelope[]> {
    return (await this.store.readStream(stream)).map(({ envelope }) => JSON.parse(envelope) as Envelope);
  }
}

/** What became of the rows, without the zeros. */
export const counted = ({ total }: Report): Record<string, number> =>
  Object.fromEntries(Object.entries(total).filter(([, count]) => count !== 0));
