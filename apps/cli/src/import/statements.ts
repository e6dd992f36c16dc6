import { asStored, validated, type CommandName } from '#wire';
import { canonicalJson, isRefusal, type Reference } from '#kernel';
import { deciderOf, subjectOf, type Aggregate } from '#governance';
import { type UnknownDayOfStep } from '#command';
import type { FactRule, Mapping, SupportRule } from './mapping.js';
import { CellRefusal, type Row } from './row.js';
import { digestOfPayload } from './traces.js';

/** A fact that a row states, ready to be recorded. */
export interface Statement extends UnknownDayOfStep {
  /** Empty for the first fact of a row. */
  readonly fact: string;
  readonly command: CommandName;
  readonly data: object;
  /** The fields that it states wholly, also where it has no value for them. */
  readonly states: readonly string[];
  /** What would be stored, as canonical JSON, and its digest. */
  readonly payload: string;
  readonly digest: string;
}

/** Everything a row states, of one subject. */
export interface Desired {
  readonly aggregate: Aggregate;
  readonly id: string;
  readonly stream: string;
  readonly statements: readonly Statement[];
}

/** What a row states, by its mapping. @throws Refusal for a value that cannot be taken as it stands. */
export const desiredOf = ({ subject, facts }: Mapping, row: Row): Desired => {
  const { aggregate } = subject;
  const id = idOf(subject.id, row);
  const statements = facts
    .map((rule, index) =>
      rule.when.holds(row) ? statementOf(aggregate, rule, row, index === 0 ? '' : rule.name) : undefined,
    )
    .filter((statement) => statement !== undefined);
  if (statements.length === 0) {
    throw new CellRefusal('NOTHING_TO_RECORD', { needed: 'at least one fact whose `when:` holds' });
  }
  return { aggregate, id, stream: subjectOf(aggregate, id), statements };
};

export const idOf = (id: Mapping['subject']['id'], row: Row): string => {
  const text = id.of(row);
  if (text !== undefined) return text.normalize('NFC');
  const column = id.mentions.find((mention) => row.cell(mention.column) === '')?.column;
  throw new CellRefusal('NO_SUBJECT', { column, found: '', needed: 'a value: it is part of what the row is about' });
};

export const statementOf = (aggregate: Aggregate, rule: FactRule | SupportRule, row: Row, fact: string): Statement => {
  const data: Record<string, unknown> = {};
  for (const [field, value] of rule.data) {
    const found = value.of(row);
    if (found !== undefined) data[field] = found;
  }
  return statement(aggregate, { command: rule.command, data, states: [...rule.data.keys()] }, rule.day.of(row), fact);
};

export const statement = (
  aggregate: Aggregate,
  { command, data, states }: { readonly command: CommandName } & Pick<Statement, 'data' | 'states'>,
  day: UnknownDayOfStep,
  fact: string,
): Statement => {
  const payload = canonicalJson(decidedData(aggregate, command, data));
  return { fact, command, data, states, ...day, payload, digest: digestOfPayload(payload) };
};

/** What would be stored. The door validates; what no rule could make sense of is validated here, to be told what is wrong. */
function decidedData(aggregate: Aggregate, command: CommandName, data: object): unknown {
  const decider = deciderOf(aggregate);
  const decide = (checked: object): unknown => decider.decide({ type: command, data: checked }, decider.initial).data;
  try {
    return decide(asStored(command, data));
  } catch (thrown) {
    const checked = validated(command, data);
    if (isRefusal(thrown)) throw thrown;
    return decide(checked);
  }
}

/** The subjects that what a row states refers to. */
export const referencesOf = (aggregate: Aggregate, { command, data }: Statement): readonly Reference[] =>
  deciderOf(aggregate).references({ type: command, data });

/** Column from which the field of a refusal was made, as far as it can be told. */
export const columnOf = (
  rules: readonly FactRule[],
  field: string | undefined,
  facts: readonly string[],
): string | undefined => {
  if (field === undefined) return undefined;
  const step = /^steps\[(\d+)\]\.(.*)$/.exec(field);
  const named = step ? facts[Number(step[1])] : facts[0];
  const path = step ? (step[2] as string) : field;
  const of = rules.find(({ name }, index) => (index === 0 ? '' : name) === named) ?? rules[0];
  if (path === 'effectiveOn') return (step ? of : rules.findLast(({ day }) => day.column !== undefined))?.day.column;
  const name = /^data\.([A-Za-z]+)/.exec(path)?.[1];
  const candidates = step ? [of] : rules;
  return candidates
    .map((rule) => (name === undefined ? undefined : rule?.data.get(name)?.mentions[0]?.column))
    .find(Boolean);
};

/** The cell that the field of a refusal was made of. */
export function pointed(
  { facts, subject }: Mapping,
  field: string | undefined,
  order: readonly string[],
  row: Row,
): { column?: string; found?: string } {
  const column = field === 'subject' ? subject.id.mentions[0]?.column : columnOf(facts, field, order);
  return column === undefined ? {} : { column, found: row.cell(column) };
}
