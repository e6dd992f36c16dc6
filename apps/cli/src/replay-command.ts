import { join } from 'node:path';
import { isEmbedded, type Configuration } from '#access';
import { LOG_FILE, openEventStore, readWitness, sha256Hex, witnessOf, type EventStore } from '#event-store';
import { eventReader } from '#governance';
import { isRefusal } from '#kernel';
import {
  VIEWS,
  replay,
  wholeLog,
  type Basis,
  type Difference,
  type Kept,
  type ReplayReport,
  type ViewsToRead,
  type WholeLog,
} from '#register';
import { contradictedAt, contradictedLines, type Contradicted } from './contradicted.js';
import { configured } from './configured.js';
import { skipsOf, viewsToRead, withoutSkipped } from './held-register.js';
import { Progress } from './progress.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

export interface ReplayOptions extends Global {
  readonly asAt: string;
  readonly knownAt?: string;
  readonly subject?: string;
}

/**
 * `register replay`: whether the log is whole and as it was, and what the raw events say beside what the views say. Exit code
 * 1 where something is amiss, 2 where there is nothing to replay.
 */
export const replayCommand = async (options: ReplayOptions): Promise<void> => {
  const configuration = configured(options.dataDir);
  // What the witness knows and the log has not is told with the rest.
  const opening = { readOnly: true, onLoss: () => undefined };
  const store = await openEventStore(configuration.eventStoreUrl, options.dataDir, opening);
  try {
    const witness = witnessOfLog(configuration);
    const views = await viewsOrWhyNot(configuration, store);
    try {
      const log = await lookedAt(store, [
        ...witness,
        ...(typeof views === 'string' ? [] : await keptByViews(views, store)),
      ]);
      const answered = typeof views === 'string' ? { views } : await replayed(views, store, options);
      if (options.json) print(JSON.stringify({ ...answered, log }));
      else for (const line of [...logLines(log), ...answerLines(answered)]) print(line);
      if (log.flawed > 0 || 'views' in answered || answered.differences.length > 0) doneWithTrouble();
    } finally {
      if (typeof views !== 'string') await views.close();
    }
  } finally {
    await store.close();
  }
};

/** Read before the log, which goes on meanwhile and then has all that it knows. */
function witnessOfLog({ dataDirectory, eventStoreUrl }: Configuration): readonly Kept[] {
  if (!isEmbedded(eventStoreUrl)) return [];
  const file = join(dataDirectory, LOG_FILE);
  const mark = readWitness(file);
  return typeof mark === 'object' ? [{ by: witnessOf(file), mark, seen: (event) => event }] : [];
}

async function viewsOrWhyNot(configuration: Configuration, store: EventStore): Promise<ViewsToRead | string> {
  try {
    return await viewsToRead(configuration, store);
  } catch (thrown) {
    if (isRefusal(thrown) && thrown.code === 'LOG_OLDER_THAN_KNOWN') return thrown.message;
    throw thrown;
  }
}

async function keptByViews(views: ViewsToRead, store: EventStore): Promise<readonly Kept[]> {
  const { by, mark } = await views.mark();
  const skips = await skipsOf(store);
  return mark ? [{ by, mark, seen: (event) => skips.seen(event) }] : [];
}

async function lookedAt(
  store: EventStore,
  kept: readonly Kept[],
): Promise<WholeLog & { readonly seenBy: readonly string[] }> {
  const progress = new Progress('reading the log');
  try {
    const log = await wholeLog(store, kept, (done, all) => progress.show(done, all));
    return {
      ...log,
      seenBy: kept.map(({ by, mark }) => `${by.replace(/^.*[/\\]/, '')} up to position ${mark.position}`),
    };
  } finally {
    progress.end();
  }
}

interface Replayed extends ReplayReport {
  readonly basis: Basis;
  /** What the sources of subjects say otherwise, as known at the position of the basis. */
  readonly contradicted: readonly Contradicted[];
}

async function replayed(
  { register }: ViewsToRead,
  store: EventStore,
  { asAt, knownAt, subject: named }: ReplayOptions,
): Promise<Replayed> {
  const subject = named?.normalize('NFC');
  const basis = await register.resolveBasis({ asAt, asKnownAt: knownAt, now: Date.now() });
  const progress = new Progress('replaying');
  try {
    const report = await replay(await withoutSkipped(store), register, VIEWS, eventReader(), {
      asAt: basis.asAt,
      position: basis.position,
      ...(subject !== undefined && { subject }),
      onProgress: (done, all) => progress.show(done, all),
    });
    const { answer } = report;
    const shown = answer === undefined ? {} : { answer: toldOf(subject ?? '', answer) };
    return {
      basis,
      ...report,
      ...shown,
      contradicted: await contradictedAt(store, basis, subject),
      differences: report.differences.map(told),
    };
  } finally {
    progress.end();
  }
}

function logLines({ events, chain, flaws, flawed, seenBy }: Awaited<ReturnType<typeof lookedAt>>): readonly string[] {
  const lines = flaws.map(({ position, sentence }) => `position ${position}: ${sentence}`);
  if (flawed > flaws.length) lines.push(`and ${flawed - flaws.length} more`);
  const known =
    seenBy.length === 0 ? 'nothing is kept beside it to compare it with' : `as seen by ${seenBy.join(' and ')}`;
  const found = flawed === 0 ? `is whole, ${known}` : `is not what it was: ${flawed} found`;
  return [...lines, `the log of ${events} events ${found}${chain === null ? '' : `; chain sha256 ${chain}`}`];
}

function answerLines(answered: Replayed | { readonly views: string }): readonly string[] {
  if ('views' in answered) return [`the views cannot be compared: ${answered.views}`];
  const { basis, subjects, events, stood, answer, differences, contradicted } = answered;
  const kinds = Object.entries(stood).map(([aggregate, counts]) => {
    const each = Object.entries(counts).map(([kind, count]) => `${count} ${kind.replaceAll('-', ' ')}`);
    return `  ${aggregate}: ${each.join(', ')}`;
  });
  return [
    ...differences.map(
      ({ subject, oracle, register }) => `${subject} differs\n  by the events: ${oracle}\n  by the views:  ${register}`,
    ),
    ...kinds,
    ...(answer === undefined ? [] : [`  ${answer}`]),
    ...contradictedLines(contradicted),
    `as at ${basis.asAt}, as known at position ${basis.position}: ${subjects} subjects, ${events} events, ${differences.length === 0 ? 'no difference' : `${differences.length} differ`}`,
  ];
}

/**
 * Whoever runs the register has no need to see what is withheld of a decision; and what differs cannot be asked what
 * is. Of decisions digests are shown: whoever may read the decision finds what differs there.
 */
const toldOf = (subject: string, text: string): string =>
  subject.startsWith('decision/') ? `sha256 ${sha256Hex(text)}` : text;

const told = ({ subject, oracle, register }: Difference): Difference => ({
  subject,
  oracle: toldOf(subject, oracle),
  register: toldOf(subject, register),
});
