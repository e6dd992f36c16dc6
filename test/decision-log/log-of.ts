import {
  asStream,
  disclosing,
  knowing,
  gatherLog,
  htmlOf,
  jsonOf,
  LogFiles,
  settle,
  streamLog,
  type DecisionLog,
  type LogQuestion,
  type LogSource,
} from '#decision-log';
import { eventReader } from '#governance';
import type { RunningApi } from '../running-api.js';

/** A register with its log. */
interface Made {
  readonly runtime: Pick<RunningApi['runtime'], 'register' | 'store'>;
}

/** What a log is made from, over a running register. */
export const sourceOf = ({ runtime }: Made, now = Date.now()): LogSource => ({
  register: runtime.register,
  store: runtime.store,
  readEvent: eventReader(),
  disclose: disclosing(runtime.register, runtime.store, now),
  known: knowing(runtime.register, runtime.store, now),
});

const YEAR = { for: 'hosc', from: '2025-01-01', to: '2025-12-31', asAt: '2025-12-31' };

export const questionOf = (question: Partial<LogQuestion> = {}): LogQuestion => ({
  ...YEAR,
  now: Date.now(),
  ...question,
});

export const logOf = async (api: Made, question: Partial<LogQuestion> = {}): Promise<DecisionLog> => {
  const source = sourceOf(api);
  return gatherLog(source, await settle(source, questionOf(question)));
};

/** A log in the three formats that are made here, as text. */
export const textsOf = async (log: DecisionLog): Promise<{ html: string; csv: string; json: string }> => ({
  html: [...htmlOf(log)].join(''),
  csv: await csvOf(log),
  json: await textOf(jsonOf(asStream(log))),
});

/** The same from the register, without the log in memory. */
export const streamedOf = async (
  api: RunningApi,
  question: Partial<LogQuestion> = {},
): Promise<{ csv: string; json: string }> => {
  const source = sourceOf(api);
  const scope = await settle(source, questionOf(question));
  const csv = await textOf(new LogFiles(source, scope).file('csv').content);
  return { csv, json: await textOf(jsonOf(await streamLog(source, scope))) };
};

const csvOf = async (log: DecisionLog): Promise<string> => {
  const { csvText, DECISION_COLUMNS } = await import('#decision-log');
  return textOf(csvText(DECISION_COLUMNS, asStream(log).entries));
};

export const textOf = async (pieces: AsyncIterable<string | Uint8Array>): Promise<string> => {
  let text = '';
  for await (const piece of pieces) text += typeof piece === 'string' ? piece : Buffer.from(piece).toString();
  return text;
};
