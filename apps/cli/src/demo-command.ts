import { basename } from 'node:path';
import { loadSample } from './demo.js';
import { configured } from './configured.js';
import { catchUp, withLog } from './held-register.js';
import { commandLineActor } from './command-line-actor.js';
import { tell } from './import-command.js';
import { Progress } from './progress.js';
import type { Global } from './terminal.js';

/** `register demo`: loads the sample register. */
export const demo = async ({ dataDir, json }: Global): Promise<void> => {
  const configuration = configured(dataDir);
  const report = await withLog(configuration, 'register demo', async (store) => {
    let progress: { readonly file: string; readonly bar: Progress } | undefined;
    const loaded = await loadSample(store, commandLineActor(), (done, all, file) => {
      if (progress?.file !== file) {
        progress?.bar.end();
        progress = { file, bar: new Progress(basename(file)) };
      }
      progress.bar.show(done, all);
    });
    progress?.bar.end();
    await catchUp(configuration, store);
    return loaded;
  });
  tell(report, json);
};
