import { commandLineActor } from './command-line-actor.js';
import { configured } from './configured.js';
import { catchUp, withLog } from './held-register.js';
import { importFiles } from './import/import.js';
import { reportText, type Report } from './import/report.js';
import { Progress } from './progress.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

export interface ImportOptions extends Global {
  readonly mapping: readonly string[];
  readonly keepRecordedInstants: boolean;
  readonly batchBy?: string;
  readonly views: boolean;
}

/** `register import`: what became of every row, and exit code 1 where some were refused. */
export const importCommand = async (files: readonly string[], options: ImportOptions): Promise<void> => {
  const { dataDir, mapping, keepRecordedInstants, batchBy, views } = options;
  const progress = new Progress('importing');
  const configuration = configured(dataDir);
  const report = await withLog(configuration, 'register import', async (store) => {
    try {
      const done = await importFiles(store, commandLineActor(), {
        files,
        mappings: mapping,
        keepRecordedInstants,
        ...(batchBy !== undefined && { batchBy }),
        onBatch: (batch) => print(JSON.stringify(batch)),
        onProgress: (at, all) => progress.show(at, all),
      });
      progress.end();
      if (views) await catchUp(configuration, store);
      return done;
    } finally {
      progress.end();
    }
  });
  tell(report, options.json, batchBy !== undefined);
};

/** @param beside true where standard output holds JSON lines already: a table then goes to standard error. */
export const tell = (report: Report, json: boolean, beside = false): void => {
  if (json) print(JSON.stringify(report));
  else if (beside) process.stderr.write(`${reportText(report)}\n`);
  else print(reportText(report));
  if (report.refusals.length > 0) doneWithTrouble();
};
