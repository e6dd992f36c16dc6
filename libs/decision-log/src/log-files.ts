import type { LogFile } from './log-file.js';
import { Refusal } from '#kernel';
import { csvCompanions, decisionsFile, spreadsheetFile } from './csv.js';
import type { DecisionLog } from './document.js';
import { asStream, gatherLog, type LogStream, type OnProgress } from './gather.js';
import { htmlOf } from './html.js';
import { jsonOf } from './json.js';
import { JSON_SCHEMA } from './json-schema.js';
import type { Scope } from './question.js';
import { renderDocx, renderPdf } from './rendering.js';
import type { LogSource } from './source.js';
import { StreamedLog } from './streamed-log.js';

/** Formats of a log, with the media type and the name of the file that is the log itself. */
export const LOG_FORMATS = {
  html: { type: 'text/html; charset=utf-8', file: 'decision-log.html' },
  pdf: { type: 'application/pdf', file: 'decision-log.pdf' },
  csv: { type: 'text/csv; charset=utf-8; header=present', file: 'decisions.csv' },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', file: 'decision-log.docx' },
  json: { type: 'application/json; charset=utf-8', file: 'decision-log.json' },
} as const;
export type LogFormat = keyof typeof LOG_FORMATS;

export const isLogFormat = (text: string): text is LogFormat => Object.hasOwn(LOG_FORMATS, text);

/** Reads `html,pdf`. @throws Refusal `LOG_FORMAT_UNKNOWN` */
export const parseFormats = (text: string): readonly LogFormat[] =>
  [...new Set(text.split(',').map((part) => part.trim()))].map((part) => {
    if (isLogFormat(part)) return part;
    throw new Refusal(
      'LOG_FORMAT_UNKNOWN',
      `format is ${JSON.stringify(part)}: needed one or several of ${Object.keys(LOG_FORMATS).join(', ')}`,
      { field: 'format' },
    );
  });

/** What a log is made into: the log is gathered when a format first needs it, and once. */
export class LogFiles {
  private log: Promise<DecisionLog> | undefined;
  private readonly streamed: StreamedLog;

  constructor(
    private readonly source: LogSource,
    private readonly scope: Scope,
    private readonly onProgress?: OnProgress,
  ) {
    this.streamed = new StreamedLog(source, scope, onProgress);
  }

  /** The file that is the log itself in a format. */
  file(format: LogFormat): LogFile {
    return { name: LOG_FORMATS[format].file, content: this.content(format) };
  }

  /** The same with those that go beside it. */
  async *filesOf(format: LogFormat): AsyncGenerator<LogFile, void> {
    yield this.file(format);
    if (format === 'csv') {
      yield spreadsheetFile(await this.entries());
      yield* csvCompanions(await this.summary());
    }
    if (format === 'json')
      yield { name: 'decision-log.schema.json', content: once(`${JSON.stringify(JSON_SCHEMA, null, 2)}\n`) };
  }

  /** The log whole, in memory. */
  whole(): Promise<DecisionLog> {
    return (this.log ??= gatherLog(this.source, this.scope, this.onProgress));
  }

  private async *content(format: LogFormat): AsyncGenerator<string | Uint8Array, void> {
    switch (format) {
      case 'html':
        return yield* htmlOf(await this.whole());
      case 'pdf':
        return yield await renderPdf(await this.whole());
      case 'docx':
        return yield await renderDocx(await this.whole());
      case 'json':
        return yield* jsonOf({ ...(await this.summary()), entries: await this.entries() });
      case 'csv':
        return yield* decisionsFile(await this.entries()).content;
    }
  }

  /** Of the log where it is in memory already; else from the register, whatever its length. */
  private async entries(): Promise<LogStream['entries']> {
    return this.log ? asStream(await this.log).entries : this.streamed.entries();
  }

  private summary(): Promise<Omit<LogStream, 'entries'>> {
    return this.log ?? this.streamed.summary();
  }
}

async function* once(text: string): AsyncGenerator<string, void> {
  yield text;
}
