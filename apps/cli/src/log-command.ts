import type { Configuration } from '#access';
import {
  disclosing,
  knowing,
  documentsFirst,
  LogFiles,
  parseFormats,
  parseRoute,
  replacing,
  settle,
  type IssuedLog,
  type LogFormat,
  type LogQuestion,
  type LogSource,
  type ReaderClass,
  type Scope,
} from '#decision-log';
import type { EventStore } from '#event-store';
import { dayInWords, eventReader } from '#governance';
import { Refusal } from '#kernel';
import type { DecisionLogView, Register } from '#register';
import { configured } from './configured.js';
import { FilesToBe, type WrittenFile } from './files-to-be.js';
import { readOnly, viewsToRead } from './held-register.js';
import { issueLines, toldOf, withIssuing } from './issuing.js';
import { Progress } from './progress.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

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
  readonly deliverTo: readonly string[];
}

/** A log as it was made. */
interface Made {
  readonly scope: Scope;
  readonly files: readonly WrittenFile[];
  readonly issued?: IssuedLog;
}

/**
 * `register log`: a decision log for a scrutiny committee, as files in a folder: all of them, or none. With `--issue` it
 * is delivered and recorded as issued, by the one program that holds the register.
 */
export const logCommand = async (options: LogOptions): Promise<void> => {
  const formats = parseFormats(options.format);
  const configuration = configured(options.dataDir);
  const made = options.issue
    ? await issuedLog(options, formats, configuration)
    : await readOnly(configuration, async (store) => madeLog(options, formats, configuration, store));
  const { scope, files, issued } = made;
  if (options.json) print(JSON.stringify({ ...madeOf(scope, files), ...(issued && toldOf(issued)) }));
  else tell(made, options.out);
  if (issued && issued.outstanding.length > 0) doneWithTrouble();
};

const madeOf = ({ logId, basis, period }: Scope, files: readonly WrittenFile[]): object => ({
  log: logId,
  basis,
  period,
  files,
});

async function madeLog(
  options: LogOptions,
  formats: readonly LogFormat[],
  configuration: Configuration,
  store: EventStore,
): Promise<Made> {
  const now = Date.now();
  const { register, close } = await viewsToRead(configuration, store);
  try {
    const scope = await settle({ register, store }, await questionOf(options, register, now));
    const files = await FilesToBe.in(options.out);
    try {
      const source: LogSource = {
        register,
        store,
        readEvent: eventReader(),
        disclose: disclosing(register, store, now),
        known: knowing(register, store, now),
      };
      const progress = new Progress('reading decisions');
      const log = new LogFiles(source, scope, (done) => progress.show(done, done));
      for (const format of documentsFirst(formats))
        for await (const file of log.filesOf(format)) await files.write(file);
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
): Promise<Made> {
  const { recipient, replaces } = options;
  const deliverTo = options.deliverTo.map((route) => parseRoute(route, 'deliver-to'));
  return withIssuing(configuration, 'register log --issue', async ({ logs, actor }) => {
    const progress = new Progress('reading decisions');
    const { reader, ...question } = plainQuestion(options, Date.now());
    const order = {
      ...question,
      reader: reader === 'officers' ? ('OFFICERS' as const) : ('PUBLIC' as const),
      formats,
      recipient,
      replaces,
      deliverTo,
    };
    const issued = await logs.issue(order, actor, {
      shelf: async () => FilesToBe.in(options.out),
      onProgress: (done) => progress.show(done, done),
    });
    progress.end();
    return { scope: issued.scope, files: issued.files, issued };
  });
}

const bare = (id: string): string => id.replace(/^decisionLog\//, '');

function plainQuestion({ for: whom, from, to, asAt, knownAt, about, address, ...options }: LogOptions, now: number) {
  return {
    for: whom,
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
}

async function questionOf(options: LogOptions, register: Register, now: number): Promise<LogQuestion> {
  const { asAt, knownAt } = options;
  const question = plainQuestion(options, now);
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
  if (issued !== undefined) for (const line of issueLines(issued)) print(line);
}
