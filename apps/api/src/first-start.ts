import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Configuration } from '#access';
import { LOG_FILE } from '#event-store';
import { PROJECT_FOLDER } from './project.js';

const REGISTER_COMMAND = join(PROJECT_FOLDER, 'dist', 'apps', 'cli', 'src', 'main.js');

/**
 * Fills a register that does not exist yet with the sample, by the same command an operator would type: `register demo`.
 * Before this program takes hold of the data directory. Done nothing where there is a register, or where it is not wanted.
 */
export const loadSampleAtFirstStart = async (
  { sample, dataDirectory, eventStoreUrl }: Configuration,
  log: Logger,
): Promise<void> => {
  const embedded = !eventStoreUrl || eventStoreUrl === 'sqlite:';
  if (!sample || !embedded || wasThere(dataDirectory)) return;
  log.info({ dataDirectory }, 'first start: loading the sample register (SAMPLE=off keeps it empty)');
  const loading = spawn(process.execPath, [REGISTER_COMMAND, 'demo', '--data-dir', dataDirectory], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(loading, 'exit')) as [number | null, NodeJS.Signals | null];
  // 1 says that some rows were refused: the sample's own register of what its sources got wrong.
  if (code !== 0 && code !== 1)
    log.warn({ code, signal }, 'the sample was not loaded whole; "npm run register -- demo" tries again');
};

/** True where there is a log, or what only a log can have left: the sample is never loaded over one that was lost. */
const wasThere = (dataDirectory: string): boolean =>
  existsSync(dataDirectory) &&
  readdirSync(dataDirectory).some((name) => name.startsWith(LOG_FILE) || /^(log\.witness|views)/.test(name));
