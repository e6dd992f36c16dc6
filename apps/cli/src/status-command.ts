import { isRefusal, type Instant, type Position } from '#kernel';
import { openEventStore, whoHolds, type EventStore, type HeldBy } from '#event-store';
import { streamParts } from '#governance';
import { VIEWS, openRegisterToRead } from '#register';
import { print, type Global } from './terminal.js';

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
  readonly holder: HeldBy | null;
}

const PAGE = 5_000;

/** `register status`: reads only, also beside a running server. */
export const status = async ({ dataDir, json }: Global): Promise<void> => {
  const store = await openEventStore(process.env.EVENT_STORE_URL, dataDir, { readOnly: true });
  try {
    const { position, recordedAt, subjects } = await counted(store);
    const views = await viewsOf(dataDir, position);
    const found: Status = {
      position,
      recordedAt,
      events: position + 1,
      subjects,
      views: [views],
      holder: whoHolds(dataDir) ?? null,
    };
    print(json ? JSON.stringify(found) : statusText(found));
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

async function viewsOf(dataDir: string, head: Position): Promise<Status['views'][number]> {
  try {
    const { register, close } = await openRegisterToRead(dataDir, VIEWS);
    try {
      const position = await register.position();
      return { name: 'views', position, lag: head - position };
    } finally {
      await close();
    }
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return { name: 'views', position: null, lag: null, note: thrown.message };
  }
}

function statusText({ position, recordedAt, events, subjects, views, holder }: Status): string {
  const kinds = Object.entries(subjects).map(([aggregate, count]) => `  ${aggregate} ${count}`);
  return [
    `position ${position}, ${events} events${recordedAt === null ? '' : `, the last recorded at ${recordedAt}`}`,
    ...kinds,
    ...views.map(({ name, position: at, lag, note }) =>
      at === null ? `${name}: ${note}` : `${name} have come to position ${at}, ${lag} events behind`,
    ),
    holder
      ? `held by ${holder.program}, process ${holder.pid} on ${holder.host} since ${holder.since}`
      : 'held by nobody',
  ].join('\n');
}
