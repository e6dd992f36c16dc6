import type { Configuration } from '#access';
import {
  disclosing,
  issueOf,
  LogFiles,
  parseFormats,
  replacing,
  settle,
  type LogFormat,
  type LogQuestion,
  type LogSource,
  type ReaderClass,
  type Scope,
} from '#decision-log';
import { openEventStore, type EventStore } from '#event-store';
import { dayInWords, eventReader } from '#governance';
import { londonDay, Refusal } from '#kernel';
import { openRegisterToRead, VIEWS, type DecisionLogView, type Register } from '#register';
import { Submit, SubmitHandler } from '#command';
import { configured } from './configured.js';
import { FilesToBe, type WrittenFile } from './files-to-be.js';
import { catchUp, withLog } from './held-register.js';
import { commandLineActor } from './import/import.js';
import { Progress } from './progress.js';
import { VERSION } from './project.js';
import { print, type Global } from './terminal.js';

export interface LogOptions extends Global {
  readonly for: string;
  readonly from: string;
  readonly to: string;
  readonly asAt?: string;
  readonly knownAt?: string;
  readonly since?: string;
  readonly about: readonly string[];
  readonly reader: string;
  readonly format: string;
  readonly out: string;
  readonly address?: string;
  readonly issue: boolean;
  readonly recipient?: string;
  readonly replaces?: string;
}

/** A log as it was made. */
interface Made {
  readonly scope: Scope;
  readonly files: readonly WrittenFile[];
  /** Global id of the issued log; undefined where it was not issued. */
  readonly issued?: string;
}

/**
 * `register log`: a decision log for a scrutiny committee, as files in a folder: all of them, or none. With `--issue` it
 * is recorded as issued once the files are there, by the one program that holds the register.
 */
export const logCommand = async (options: LogOptions): Promise<void> => {
  const formats = parseFormats(options.format);
  const configuration = configured(options.dataDir);
  const made = options.issue
    ? await withLog(configuration, 'register log --issue', async (store) =>
        issuedLog(options, formats, configuration, store),
      )
    : await readOnly(configuration, async (store) => madeLog(options, formats, configuration, store));
  if (options.json) {
    const { scope, files, issued } = made;
    print(JSON.stringify({ log: scope.logId, issued, basis: scope.basis, period: scope.period, files }));
  } else tell(made, options.out);
};

async function readOnly<T>(
  { eventStoreUrl, dataDirectory }: Configuration,
  work: (store: EventStore) => Promise<T>,
): Promise<T> {
  const store = await openEventStore(eventStoreUrl, dataDirectory, { readOnly: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function madeLog(
  options: LogOptions,
  formats: readonly LogFormat[],
  { dataDirectory, readModelUrl }: Configuration,
  store: EventStore,
): Promise<Made> {
  const now = Date.now();
  const { register, close } = await openRegisterToRead(dataDirectory, VIEWS, readModelUrl);
  try {
    const scope = await settle(register, await questionOf(options, register, now));
    const files = await FilesToBe.in(options.out);
    try {
      const source: LogSource = { register, store, readEvent: eventReader(), disclose: disclosing(register, now) };
      const progress = new Progress('reading decisions');
      const log = new LogFiles(source, scope, (done) => progress.show(done, done));
      for (const format of wholeFirst(formats)) for await (const file of log.filesOf(format)) await files.write(file);
      progress.end();
      return { scope, files: await files.keep() };
    } finally {
      await files.discard();
    }
  } finally {
    await close();
  }
}

async function issuedLog(
  options: LogOptions,
  formats: readonly LogFormat[],
  configuration: Configuration,
  store: EventStore,
): Promise<Made> {
  await catchUp(configuration, store);
  const made = await madeLog(options, formats, configuration, store);
  const { recipient, replaces } = options;
  const { id, data } = issueOf(made.scope, made.files, {
    release: VERSION,
    recipient,
    replaces: replaces && bare(replaces),
  });
  const effectiveOn = londonDay(Date.now());
  const intent = {
    aggregate: 'decisionLog',
    id,
    commandId: `issue:${id}`,
    steps: [{ command: 'IssueDecisionLog', data, effectiveOn }],
  };
  const receipt = await new SubmitHandler(store).execute(new Submit(intent, commandLineActor()));
  await catchUp(configuration, store);
  return { ...made, issued: receipt.subject };
}

/** Documents first, which need the log whole; what is streamed is then made of the same. */
const wholeFirst = (formats: readonly LogFormat[]): readonly LogFormat[] =>
  formats.toSorted((a, b) => Number(a === 'csv' || a === 'json') - Number(b === 'csv' || b === 'json'));

const bare = (id: string): string => id.replace(/^decisionLog\//, '');

async function questionOf(options: LogOptions, register: Register, now: number): Promise<LogQuestion> {
  const { from, to, asAt, knownAt, about, address } = options;
  const question = {
    for: options.for,
    from,
    to,
    asAt,
    asKnownAt: knownAt,
    about,
    publicAddress: address,
    since: options.since === undefined ? undefined : positionOf(options.since),
    reader: readerOf(options.reader),
    now,
  };
  if (options.replaces === undefined) return question;
  const basis = await register.resolveBasis({ asAt, asKnownAt: knownAt, now });
  const answer = await register.point<DecisionLogView>('decisionLog', bare(options.replaces), basis);
  if (answer.kind !== 'found') {
    throw new Refusal('LOG_UNKNOWN', `no log was issued as ${JSON.stringify(options.replaces)}`, {
      field: 'replaces',
      remedy: 'give the id that issuing it printed',
    });
  }
  const notices = [await replacing(register, answer.id, basis)];
  return { ...question, since: question.since ?? answer.state.knownAt, notices };
}

function readerOf(text: string): ReaderClass {
  if (text === 'public' || text === 'officers') return text;
  throw new Refusal('LOG_READER_UNKNOWN', `reader is ${JSON.stringify(text)}: needed public or officers`, {
    field: 'reader',
  });
}

function positionOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Refusal('NOT_A_POSITION', `since is ${JSON.stringify(text)}: needed the position of an earlier log`, {
    field: 'since',
  });
}

function tell({ scope, files, issued }: Made, out: string): void {
  const { committee, period, basis, logId } = scope;
  print(`decision log ${logId} for ${committee.name}, ${period.words}`);
  print(`as at ${dayInWords(basis.asAt)}, as known at position ${basis.position}`);
  for (const { name, bytes, sha256 } of files) print(`${sha256}  ${String(bytes).padStart(10)}  ${name}`);
  print(`written to ${out}`);
  if (issued !== undefined) print(`issued as ${issued}`);
}
