import { isEmbedded, readConfiguration, withoutPassword } from '#access';
import { holdRegister, openEventStore } from '#event-store';
import { Refusal } from '#kernel';
import { migrate, type LogDigest, type MigrationReport } from './migrate.js';
import { Progress } from './progress.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

export interface MigrateOptions extends Global {
  readonly to: string;
  readonly from?: string;
}

/** `register migrate`: a log from one store into another, compared; exit code 1 where the two differ in the end. */
export const migrateCommand = async ({ dataDir, json, from, to }: MigrateOptions): Promise<void> => {
  const source = storeNamed(dataDir, from ?? process.env.EVENT_STORE_URL);
  const target = storeNamed(dataDir, to);
  if (source === target) {
    throw new Refusal('MIGRATE_NOWHERE', `--to and --from are both ${withoutPassword(source)}: needed two stores`, {
      field: 'to',
    });
  }
  const embedded = isEmbedded(source) || isEmbedded(target);
  const holder = embedded ? holdRegister(dataDir, 'register migrate') : undefined;
  try {
    const log = await openEventStore(source, dataDir, { readOnly: true });
    try {
      const copy = await openEventStore(target, dataDir);
      const progress = new Progress('migrating');
      try {
        const report = await migrate(log, copy, { onProgress: (done, all) => progress.show(done, all) });
        progress.end();
        print(json ? JSON.stringify(report) : reportText(report, source, target));
        if (!report.same) doneWithTrouble();
      } finally {
        progress.end();
        await copy.close();
      }
    } finally {
      await log.close();
    }
  } finally {
    holder?.release();
  }
};

/** @throws Refusal `CONFIGURATION` as the servers do, where it is no address of a store. */
const storeNamed = (dataDir: string, url: string | undefined): string => {
  const named = readConfiguration({
    DATA_DIR: dataDir,
    ...(url !== undefined && { EVENT_STORE_URL: url }),
  }).eventStoreUrl;
  if (named !== 'memory:') return named;
  throw new Refusal('MIGRATE_NOWHERE', 'memory: is gone when this command ends: needed a store that lasts', {
    field: 'to',
  });
};

function reportText(report: MigrationReport, source: string, target: string): string {
  const { there, copied, from, to, same, instantsKept, position, sourceNow } = report;
  const line = (name: string, { events, digest }: LogDigest): string => `${name}: ${events} events, digest ${digest}`;
  return [
    `${copied} events copied${there > 0 ? `, ${there} had been there` : ''}`,
    line(withoutPassword(source), from),
    line(withoutPassword(target), to),
    same
      ? `the two say the same up to position ${position}${instantsKept ? ', recorded at the same instants' : '; the target stamped instants of its own'}`
      : 'the two differ: do not use the target',
    ...(sourceNow > position
      ? [
          `the source has come to position ${sourceNow} meanwhile: stop what writes to it and migrate again before switching`,
        ]
      : []),
  ].join('\n');
}
