import { isRefusal, type Instant, type Position } from '#kernel';
import type { Configuration } from '#access';
import { openEventStore, whoHolds, type EventStore, type HeldBy, type LogLoss } from '#event-store';
import { streamParts } from '#governance';
import { statusOf, type FollowerStatus } from '#operations/status';
import { VIEWS, openRegisterToRead } from '#register';
import { configured } from './configured.js';
import { withoutSkipped } from './held-register.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

interface Status {
  readonly position: Position;
  readonly recordedAt: Instant | null;
  readonly events: number;
  /** Subjects by aggregate. */
  readonly subjects: Readonly<Record<string, number>>;
  readonly views: readonly {
    readonly name: string;
    readonly position: Position | null;
    readonly lag: number | null;
    readonly note?: string;
  }[];
  readonly followers: readonly FollowerStatus[];
  /** What was acknowledged and is not in the log, in a sentence. */
  readonly missing: string | null;
  readonly holder: HeldBy | null;
}

const PAGE = 5_000;

/** What a register may be without until it has been started: said in place of the views. */
const NOT_YET = new Set(['REGISTER_NO_VIEWS', 'REGISTER_VIEWS_STALE', 'LOG_OLDER_THAN_KNOWN']);

/**
 * `register status`: reads only, also beside a running server. Exit code 1 where a follower stands still; being behind is
 * no trouble. A log or views that cannot be read are one sentence and exit code 2.
 */
export const status = async ({ dataDir, json }: Global): Promise<void> => {
  const configuration = configured(dataDir);
  let loss: LogLoss | undefined;
  const onLoss = (found: LogLoss): void => void (loss = found);
  const store = await openEventStore(configuration.eventStoreUrl, dataDir, { readOnly: true, onLoss });
  try {
    const { position, recordedAt, subjects } = await counted(store);
    const views = await viewsOf(configuration, store, position);
    const found: Status = {
      position,
      recordedAt,
      events: position + 1,
      subjects,
      ...views,
      missing: (loss as LogLoss | undefined)?.sentence ?? views.missing,
      holder: whoHolds(dataDir) ?? null,
    };
    print(json ? JSON.stringify(found) : statusText(found));
    if (found.missing !== null || found.followers.some(({ state }) => state === 'failed')) doneWithTrouble();
  } finally {
    await store.close();
  }
};

async function counted(store: EventStore): Promise<Pick<Status, 'position' | 'recordedAt' | 'subjects'>> {
  const streams = new Map<string, number>();
  let position = -1;
  let recordedAt: Instant | null = null;
  for (;;) {
    const page = await store.readAll(position + 1, PAGE);
    for (const { stream, revision } of page) {
      if (revision !== 0) continue;
      const { aggregate } = streamParts(stream);
      streams.set(aggregate, (streams.get(aggregate) ?? 0) + 1);
    }
    const last = page.at(-1);
    if (!last)
      return {
        position,
        recordedAt,
        subjects: Object.fromEntries([...streams].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      };
    ({ position, recordedAt } = last);
  }
}

/** The views, and how whoever keeps them up to date fares. */
async function viewsOf(
  { dataDirectory, readModelUrl }: Configuration,
  store: EventStore,
  head: Position,
): Promise<Pick<Status, 'views' | 'followers' | 'missing'>> {
  try {
    const { register, close } = await openRegisterToRead(
      dataDirectory,
      VIEWS,
      readModelUrl,
      await withoutSkipped(store),
    );
    try {
      const position = await register.position();
      const { followers } = await statusOf(store, register, undefined);
      return { views: [{ name: 'views', position, lag: head - position }], followers, missing: null };
    } finally {
      await close();
    }
  } catch (thrown) {
    if (!isRefusal(thrown) || !NOT_YET.has(thrown.code)) throw thrown;
    const missing = thrown.code === 'LOG_OLDER_THAN_KNOWN' ? thrown.message : null;
    return { views: [{ name: 'views', position: null, lag: null, note: thrown.message }], followers: [], missing };
  }
}

function statusText({ position, recordedAt, events, subjects, views, followers, missing, holder }: Status): string {
  const kinds = Object.entries(subjects).map(([aggregate, count]) => `  ${aggregate} ${count}`);
  return [
    `position ${position}, ${events} events${recordedAt === null ? '' : `, the last recorded at ${recordedAt}`}`,
    ...(missing === null ? [] : [`missing: ${missing}`]),
    ...kinds,
    ...views.map(({ name, position: at, lag, note }) =>
      at === null ? `${name}: ${note}` : `${name} have come to position ${at}, ${lag} events behind`,
    ),
    ...followers.map(followerText),
    holder
      ? `held by ${holder.program}, process ${holder.pid} on ${holder.host} since ${holder.since}`
      : 'held by nobody',
  ].join('\n');
}

function followerText({ name, state, position, lag, lastError, ledBy, heardAt }: FollowerStatus): string {
  const behind = lag
    ? `${lag.events} events and ${lag.seconds.toFixed(1)} seconds behind`
    : 'it is not known how far behind';
  const by = ledBy ?? (heardAt === null ? 'nobody' : `nobody since ${heardAt}`);
  const why = lastError === null ? '' : `\n  ${lastError}`;
  return `follower ${name} is ${state} at position ${position}, ${behind}; run by ${by}${why}`;
}
