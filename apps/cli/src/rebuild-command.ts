import { BesideEventStore } from '#event-store';
import { configured } from './configured.js';
import { withLog, withViews } from './held-register.js';
import { Progress } from './progress.js';
import { rebuiltByServer } from './rebuilding-beside.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

/** `register rebuild`: the views anew from the log; exit code 1 where they differ from those in use. */
export const rebuildCommand = async ({ dataDir, json }: Global): Promise<void> => {
  const configuration = configured(dataDir);
  const progress = new Progress('rebuilding');
  const onProgress = (done: number, all: number): void => progress.show(done, all);
  const report = await withLog(configuration, 'register rebuild', async (store) => {
    try {
      if (store instanceof BesideEventStore) return await rebuiltByServer(configuration.dataDirectory, onProgress);
      return await withViews(configuration, store, async (views) => views.rebuild({ onProgress }));
    } finally {
      progress.end();
    }
  });
  const { position, events, wentOn, compared } = report;
  const different = (compared ?? []).filter(({ same }) => !same);
  if (json) print(JSON.stringify(report));
  else {
    for (const { table, rows, rowsBefore } of different)
      print(`${table}: ${rowsBefore} rows before, ${rows} now, and they differ`);
    if (wentOn) print(`it went on with an earlier one: ${wentOn.subjects} of ${wentOn.of} subjects were there already`);
    const against = compared
      ? `${compared.length} tables compared with those before, ${different.length} differ`
      : 'nothing to compare them with';
    print(`the views are made anew from ${events} events, up to position ${position}; ${against}`);
  }
  if (different.length > 0) doneWithTrouble();
};
