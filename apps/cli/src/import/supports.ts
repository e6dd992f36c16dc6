import { subjectOf } from '#governance';
import type { SupportRule } from './mapping.js';
import type { Row } from './row.js';
import type { SourceFile } from './source-file.js';
import { idOf, statementOf, type Statement } from './statements.js';
import type { Traces } from './traces.js';
import type { Turn } from './turns.js';
import type { Support } from './window.js';

/** What was said of a subject in this import, and where first. */
interface Said {
  readonly digest: string;
  readonly file: SourceFile;
  readonly line: number;
}

/** Rows that name a person by nothing but the name. */
interface Met {
  readonly file: SourceFile;
  readonly lines: Map<string, number>;
}

interface Stated {
  readonly columns: readonly string[];
  readonly cells: readonly string[];
  readonly statement: Statement;
}

/** Lines and subjects that a note names. */
const NAMED = 5;

/**
 * The subjects that rows need beside what they are about, such as the person of an appointment. Each is registered once;
 * where a later file of the same collection says otherwise of it, a name put right for example, that is a correction. A
 * list of a day corrects nothing, and of two rows of one file the first counts: both are noted.
 */
export class Supports {
  private readonly said = new Map<string, Said>();
  private readonly met = new Map<string, Met>();
  private readonly differing: string[] = [];
  /** What a rule stated last, and of which cells: rows beside each other often need the same. */
  private readonly last = new Map<SupportRule, Stated>();

  constructor(private readonly traces: Traces) {}

  of(turn: Turn, rules: readonly SupportRule[]): readonly Support[] {
    return rules.flatMap((rule) => {
      const rows = (turn.row.gathered ?? [turn.row]).filter((row) => rule.when.holds(row));
      const seen = new Set<string>();
      return rows
        .flatMap((row) => partsOf(rule, row))
        .flatMap((part) => this.support({ ...turn, line: part.line }, rule, part))
        .filter(({ stream }) => !seen.has(stream) && seen.add(stream));
    });
  }

  private support(turn: Turn, rule: SupportRule, part: Row): readonly Support[] {
    const { file, line, key } = turn;
    const stream = subjectOf(rule.aggregate, idOf(rule.id, part));
    if (isByNameAlone(rule)) this.meet(stream, file, line, key);
    const isHeld = this.traces.holds(stream);
    if (isHeld && file.mapping.versions) return [];
    const statement = this.statementOf(rule, part);
    const { digest } = statement;
    const earlier = this.said.get(stream);
    if (!earlier) this.said.set(stream, { digest, file, line });
    const known = this.traces.support(file.mapping.name, stream);
    const isOwn = known !== undefined || !isHeld;
    if (isOwn && earlier?.file === file && earlier.digest !== digest) {
      this.differing.push(`${file.name} line ${line} says otherwise of ${stream} than line ${earlier.line}: not taken`);
      return [];
    }
    if (!isHeld) return [{ stream, statement }];
    if (!known || known.digest === digest || earlier?.digest === digest) return [];
    if (file.mapping.snapshot) {
      this.differing.push(`${file.name} line ${line} says otherwise of ${stream} than an earlier list: not taken`);
      return [];
    }
    this.said.set(stream, { digest, file, line });
    return [{ stream, statement, corrects: known.id }];
  }

  private statementOf(rule: SupportRule, part: Row): Statement {
    const last = this.last.get(rule);
    const columns = last?.columns ?? columnsOf(rule);
    const cells = columns.map((column) => part.cell(column));
    if (last && cells.every((cell, index) => cell === last.cells[index])) return last.statement;
    const statement = statementOf(rule.aggregate, rule, part, '');
    this.last.set(rule, { columns, cells, statement });
    return statement;
  }

  private meet(stream: string, file: SourceFile, line: number, key: string): void {
    const met = this.met.get(stream) ?? { file, lines: new Map() };
    if (!met.lines.has(key)) met.lines.set(key, line);
    this.met.set(stream, met);
  }

  /** What somebody should look at, in sentences. */
  notes(): readonly string[] {
    const several = [...this.met].filter(([, { lines }]) => lines.size > 1);
    const rows = several.reduce((sum, [, { lines }]) => sum + lines.size, 0);
    const named = several.slice(0, NAMED).map(([stream, { file, lines }]) => {
      const shown = [...lines.values()].slice(0, NAMED).join(', ');
      return `${stream.slice(stream.indexOf('/') + 1)} (${file.name} lines ${shown}${lines.size > NAMED ? ', …' : ''})`;
    });
    const byName =
      rows === 0
        ? []
        : [
            `${rows} rows met ${several.length} people by name alone: ${named.join('; ')}${several.length > NAMED ? '; …' : ''}. Where two of them have one name, put a number of the source into the id`,
          ];
    const more = this.differing.length - NAMED;
    const differing = this.differing.slice(0, NAMED);
    return [...byName, ...differing, ...(more > 0 ? [`${more} more rows say otherwise of what they need`] : [])];
  }
}

/** True where two people of one name would be one: the id is made of nothing but the columns of the name. */
function isByNameAlone({ aggregate, id, data }: SupportRule): boolean {
  if (aggregate !== 'person' || id.mentions.length === 0) return false;
  const name = data.get('name')?.mentions.map(({ column }) => column) ?? [];
  return id.mentions.every(({ column }) => name.includes(column));
}

/** The columns of which a rule makes what it states. */
const columnsOf = ({ data, day }: SupportRule): readonly string[] => [
  ...new Set([...day.mentions, ...[...data.values()].flatMap(({ mentions }) => mentions)].map(({ column }) => column)),
];

/** The row once for each part of a column; `{each}` is the part. */
function partsOf({ each }: SupportRule, row: Row): readonly Row[] {
  if (!each) return [row];
  const values = row
    .cell(each.column)
    .split(each.split)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return values.map((value) => ({ line: row.line, cell: (column) => (column === 'each' ? value : row.cell(column)) }));
}
