import { getNamedType, isObjectType, type GraphQLSchema } from 'graphql';
import { Refusal } from '#kernel';
import type { Answers } from './answers.js';
import type { BasisOptions } from './history-command.js';
import { globalId } from './global-id.js';
import { roomsOf, selectionOf, type Room } from './selections.js';

/** A subject that somebody named, by the id that its room knows it by. */
export interface Named {
  readonly room: Room;
  readonly id: string;
}

export interface BasisShown {
  readonly asAt: string;
  readonly position: number;
  readonly recordedAt: string | null;
}

export interface Absent {
  readonly kind: string;
  readonly sentence: string;
}

export type Fields = Readonly<Record<string, unknown>>;

/** What a register says of a subject on one basis: its record, or why there is none. */
export interface Told {
  readonly basis: BasisShown;
  readonly absence: Absent | null;
  readonly record: Fields | null;
}

/**
 * What is meant on the command line: a global id (`body/glos:772`), the same with a colon (`body:glos:772`), or a human
 * reference, which is looked for in every room.
 *
 * @throws Refusal `REFERENCE_AMBIGUOUS` naming the rooms, `UNKNOWN_SUBJECT`.
 */
export const namedBy = async (answers: Answers, named: string, basis: BasisOptions): Promise<Named> => {
  const schema = await answers.schema();
  const rooms = roomsOf(schema);
  const id = globalId(named);
  const said = rooms.find(({ aggregate }) => id.startsWith(`${aggregate}/`));
  if (said) return { room: said, id };
  const found = (await lookedFor(answers, schema, rooms, named, basis)) ?? [];
  const [first, ...others] = found;
  if (first && others.length === 0) return first;
  if (!first) {
    throw new Refusal('UNKNOWN_SUBJECT', `nothing in the register is called ${JSON.stringify(named)}`, {
      field: 'subject',
      remedy: 'give a global id such as body/glos:772, or a human reference',
    });
  }
  throw new Refusal(
    'REFERENCE_AMBIGUOUS',
    `${JSON.stringify(named)} is the reference of ${found.map(({ id }) => id).join(', ')}`,
    { field: 'subject', remedy: 'ask by global id' },
  );
};

async function lookedFor(
  answers: Answers,
  schema: GraphQLSchema,
  rooms: readonly Room[],
  named: string,
  { asAt, knownAt }: BasisOptions,
): Promise<readonly Named[]> {
  const questions = rooms.map(
    (room) =>
      `${room.one}(id: $id, asAt: $asAt, asKnownAt: $knownAt) { absence { kind } ${recordIn(schema, room)} { subject } }`,
  );
  const data = await answers.ask(`query Find($id: ID!, $asAt: Date, $knownAt: KnownAt) { ${questions.join(' ')} }`, {
    id: named,
    asAt,
    knownAt,
  });
  return rooms.flatMap((room) => {
    const { absence, ...told } = data[room.one] as { absence: Absent | null } & Fields;
    const record = told[recordIn(schema, room)] as { subject: string } | null;
    if (record) return [{ room, id: record.subject }];
    return absence?.kind === 'NEVER_RECORDED' ? [] : [{ room, id: named }];
  });
}

/** What a subject's room says of it on a basis. */
export const toldOf = async (answers: Answers, { room, id }: Named, { asAt, knownAt }: BasisOptions): Promise<Told> => {
  const schema = await answers.schema();
  const query = `query Show($id: ID!, $asAt: Date, $knownAt: KnownAt) {
    told: ${room.one}(id: $id, asAt: $asAt, asKnownAt: $knownAt) {
      basis { asAt position recordedAt }
      absence { kind sentence }
      record: ${recordIn(schema, room)} { ${selectionOf(room.type, 'called')} }
    }
  }`;
  return (await answers.ask(query, { id, asAt, knownAt }))['told'] as Told;
};

/** The field of an answer that holds the record. */
function recordIn(schema: GraphQLSchema, { one, type }: Room): string {
  const answer = getNamedType(schema.getQueryType()?.getFields()[one]?.type);
  const fields = isObjectType(answer) ? Object.values(answer.getFields()) : [];
  return fields.find((field) => getNamedType(field.type).name === type.name)?.name ?? one;
}
