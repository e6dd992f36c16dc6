import { existsSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isEmbedded, withoutPassword } from '#access';
import { ACCEPT_OLDER_LOG, holdRegister, readWitness } from '#event-store';
import { instantOf, Refusal } from '#kernel';
import { checkBackup, LOG_FILE, makeBackup, synced, type Manifest } from './backup.js';
import { configured } from './configured.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

export interface BackupOptions extends Global {
  readonly to: string;
}

export interface RestoreOptions extends Global {
  readonly check: boolean;
}

/** `register backup`: a copy of the embedded log with digest and manifest, also beside a running server. */
export const backupCommand = async ({ dataDir, json, to }: BackupOptions): Promise<void> => {
  const log = embeddedLog(dataDir);
  if (!existsSync(log)) {
    throw new Refusal('STORE_NOT_FOUND', `there is no log in ${dataDir}: found no ${LOG_FILE}`, {
      field: 'DATA_DIR',
      remedy: 'name the directory that holds the register in DATA_DIR',
    });
  }
  const made = await makeBackup(log, to);
  print(json ? JSON.stringify(made) : `${lineOf(made)}\nwritten to ${made.folder}`);
};

/**
 * `register restore`: puts the log of a backup in the place of the register's, which is kept beside it; with `--check` only
 * looks, and ends with exit code 1 where the backup is not what its manifest says.
 */
export const restoreCommand = async (folder: string, { dataDir, json, check }: RestoreOptions): Promise<void> => {
  const log = embeddedLog(dataDir);
  const { manifest, wrong } = await checkBackup(folder);
  const lost = lostBy(log, manifest);
  if (wrong.length > 0 && !check) throw new Refusal('BACKUP_DIFFERS', wrong.join('; '), { field: 'folder' });
  if (check) {
    const told = [
      lineOf(manifest),
      ...wrong,
      ...lost,
      wrong.length === 0 ? 'the backup is whole' : 'do not restore it',
    ];
    print(json ? JSON.stringify({ ...manifest, folder, wrong, lost }) : told.join('\n'));
    if (wrong.length > 0) doneWithTrouble();
    return;
  }
  const holder = holdRegister(dataDir, 'register restore');
  try {
    const aside = await putBack(join(folder, LOG_FILE), log);
    const kept = aside === undefined ? [] : [`what was there is kept as ${aside}`];
    const next = lost.length === 0 ? [] : [`start once with ${ACCEPT_OLDER_LOG}: it is recorded`];
    print(
      json
        ? JSON.stringify({ ...manifest, folder, aside, lost })
        : [lineOf(manifest), ...kept, ...lost, ...next].join('\n'),
    );
  } finally {
    holder.release();
  }
};

/** @returns where what was there is now. */
async function putBack(copy: string, log: string): Promise<string | undefined> {
  const part = `${log}.restored`;
  await rm(part, { force: true });
  await copyFile(copy, part);
  await synced(part);
  const aside = existsSync(log) ? `${log}.before-${instantOf(Date.now()).replaceAll(/[-:.]/g, '')}` : undefined;
  for (const ending of ['-wal', '-shm', '']) {
    if (aside !== undefined && existsSync(log + ending)) await rename(log + ending, aside + ending);
  }
  await rename(part, log);
  return aside;
}

/** What the register here knows and a backup has not, in a sentence; nothing where nobody knows. */
function lostBy(log: string, { mark }: Manifest): readonly string[] {
  const known = readWitness(log);
  if (typeof known !== 'object') return [];
  const has = mark?.position ?? -1;
  if (mark && known.log !== mark.log) return [`the register here is of another log than the backup`];
  if (known.position <= has) return [];
  return [
    `the register here goes to position ${known.position}, recorded at ${known.recordedAt}: ` +
      `${known.position - has} events are not in the backup, positions ${has + 1} to ${known.position}`,
  ];
}

/** @throws Refusal `BACKUP_NOT_EMBEDDED` */
function embeddedLog(dataDir: string): string {
  const { eventStoreUrl, dataDirectory } = configured(dataDir);
  if (isEmbedded(eventStoreUrl)) return join(dataDirectory, LOG_FILE);
  throw new Refusal(
    'BACKUP_NOT_EMBEDDED',
    `the log is at ${withoutPassword(eventStoreUrl)}, not in the data directory`,
    {
      field: 'EVENT_STORE_URL',
      remedy: 'back the server up as its own guide says, or copy the log with register migrate --to sqlite:',
    },
  );
}

const lineOf = ({ events, mark, bytes, sha256, madeAt }: Manifest): string =>
  `${events} events${mark ? ` up to position ${mark.position}, recorded at ${mark.recordedAt}` : ''}, ${bytes} bytes, ` +
  `SHA-256 ${sha256}, made at ${madeAt}`;
