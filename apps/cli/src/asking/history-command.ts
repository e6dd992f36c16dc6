import { print } from '../terminal.js';
import type { Answers } from './answers.js';
import { withAnswers, type Asking } from './asking.js';
import { flattened, type Row } from './flattened.js';
import { globalId } from './global-id.js';
import { answered } from './query-command.js';
import { formatOf, printedAs } from './tables.js';
import { allOf, wholeList } from './whole-list.js';

export interface BasisOptions {
  readonly asAt?: string;
  readonly knownAt?: string;
}

export interface HistoryOptions extends Asking, BasisOptions {
  readonly format: string;
}

/** One recording about a subject, as the register tells it. */
export interface Recorded {
  readonly position: number;
  readonly eventId: string;
  readonly effectiveOn: string | null;
  readonly effectiveIn: string | null;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly vouchedBy: string;
  readonly onBehalfOf: string | null;
  readonly status: 'IN_FORCE' | 'CORRECTED' | 'ANNULLED';
  readonly type: string;
  readonly sentence: string;
  readonly source: Readonly<Record<'system' | 'document' | 'url' | 'locator' | 'statedAt', string | null>> | null;
  readonly corrects: { readonly sentence: string } | null;
  readonly annuls: { readonly sentence: string } | null;
  readonly why: { readonly kind: string; readonly reason: string; readonly evidence: string | null } | null;
}

const HISTORY = `query History($of: ID!, $asAt: Date, $knownAt: KnownAt, $first: Int!, $after: String) {
  history(of: $of, asAt: $asAt, asKnownAt: $knownAt, first: $first, after: $after) {
    edges { node {
      position eventId effectiveOn effectiveIn recordedAt recordedBy vouchedBy onBehalfOf status type sentence
      source { system document url locator statedAt }
      why { kind reason evidence }
      corrects { sentence } annuls { sentence }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Everything recorded about a subject up to a basis, in the order of recording. */
export const historyOf = (
  answers: Answers,
  of: string,
  { asAt, knownAt }: BasisOptions,
): AsyncGenerator<Recorded, void> => wholeList<Recorded>(answers, HISTORY, { of: globalId(of), asAt, knownAt });

/** `register history`: each recording about a subject. */
export const historyCommand = async (subject: string, options: HistoryOptions): Promise<void> => {
  const format = formatOf(options.format, options.json);
  await answered(options, async () => {
    const entries = await withAnswers(options, async (answers) => allOf(historyOf(answers, subject, options)));
    print(
      format === 'table'
        ? printedAs(format, entries.map(shown), entries)
        : printedAs(format, entries.map(flattened), entries),
    );
  });
};

/** A recording for people. */
const shown = (entry: Recorded): Row =>
  new Map<string, unknown>([
    ['position', `p${entry.position}`],
    ['effective', dayOf(entry)],
    ['recorded', entry.recordedAt],
    ['by', entry.recordedBy],
    ['status', entry.status === 'IN_FORCE' ? 'in force' : entry.status.toLowerCase()],
    ['source', sourceInWords(entry.source)],
    ['what', entry.why ? `${entry.sentence} Why: ${entry.why.reason}` : entry.sentence],
  ]);

/** The day, as far as it is known. */
export const dayOf = ({ effectiveOn, effectiveIn }: Pick<Recorded, 'effectiveOn' | 'effectiveIn'>): string =>
  effectiveIn ?? effectiveOn ?? 'not known';

/** Where an auditor can look. */
export const sourceInWords = (source: Recorded['source']): string =>
  source === null ? '' : [source.document ?? source.system, source.locator, source.url].filter(Boolean).join(', ');
