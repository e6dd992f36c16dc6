import { DateScalar, enumeration } from '#schema';
import type { Type } from '@nestjs/common';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate } from '#kernel';
import { BasisView, FoundInEnum, type FoundIn } from '#register';

@ObjectType('PageInfo', { description: 'Where a page of entries stands in the whole list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'True where more entries follow, or it was asked for with "before".' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description:
      'True where entries came before: it was asked for with "after", or there are more than the "last" that were asked for.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, { description: 'Cursor of the first entry.', nullable: true })
  startCursor!: string | null;

  @Field(() => String, {
    description: 'Cursor of the last entry: give it as "after" for the next page.',
    nullable: true,
  })
  endCursor!: string | null;
}

const AbsenceKindEnum = enumeration('AbsenceKind', 'Why there is nothing to show.', {
  NEVER_RECORDED: 'The register has never held it.',
  NOT_YET_BEGUN: 'It is recorded and begins later than the day asked about.',
  RECORDED_AS_NONE: 'The register says that there was nothing: a seat recorded as vacant.',
  WITHDRAWN: 'All that was recorded of it has been annulled.',
  NOT_YET_KNOWN: 'It came to be known only later than the state of knowledge asked about.',
  ERASED: 'It was erased from the register.',
});

@ObjectType('Absence', { description: 'Why there is nothing to show: the kinds of nothing are told apart.' })
export class AbsenceView {
  @Field(() => AbsenceKindEnum, { description: 'Which kind of nothing it is.' })
  kind!: string;

  @Field(() => String, { description: 'The same in a sentence.' })
  sentence!: string;

  @Field(() => DateScalar, { description: 'The day on which it begins, where it has not begun.', nullable: true })
  from?: CivilDate | null;

  @Field(() => Int, { description: 'Position of the recording that made it so, where one did.', nullable: true })
  position?: number | null;
}

/** A page of records, with `totalCount` counted only when it is asked for. */
export interface Connection<Node> {
  readonly basis: BasisView;
  readonly edges: readonly {
    readonly node: Node;
    readonly cursor: string;
    /** Where something was searched for. */
    readonly foundIn?: readonly FoundIn[];
  }[];
  readonly pageInfo: PageInfo;
  /** A getter: Nest reads properties and calls no functions. */
  readonly totalCount: Promise<number>;
  /** Of how many more nobody knows whether they are as a filter asks; where it can ask. */
  readonly undeterminedCount?: Promise<number>;
  /** Of something that lasts: how many are known to hold, and of how many nobody knows. */
  readonly knownCount?: Promise<number>;
  readonly notKnownCount?: Promise<number>;
}

/** The Relay connection type of a kind of record. @param name of the record's type, `Organisation`. */
export const connectionOf = (node: Type, name: string): Type => {
  @ObjectType(`${name}Edge`, { description: `One entry of a list: the ${name} and its cursor.` })
  class Edge {
    @Field(() => node, { description: 'The entry itself.' })
    node!: unknown;

    @Field(() => String, { description: 'Its place in the list.' })
    cursor!: string;

    @Field(() => [FoundInEnum], {
      description: 'Where in it the words of "search" stand; empty where nothing was searched for.',
      nullable: true,
    })
    foundIn?: readonly FoundIn[];
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}, with what the answer rests on.` })
  class RecordConnection {
    @Field(() => BasisView, { description: 'What the answer rests on.' })
    basis!: BasisView;

    @Field(() => [Edge], { description: 'The entries of this page.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many entries the whole list has.' })
    totalCount!: number;
  }
  return RecordConnection;
};

/** A connection of what can be narrowed by what not every record says. */
export const filtered = (connection: Type): Type => {
  Field(() => Int, {
    description:
      'Of how many nobody knows whether they are as the filter asks, because they do not say what it looks at: they are not in the list unless "notKnown" says so.',
  })(connection.prototype, 'undeterminedCount');
  return connection;
};

/** As `connectionOf`, of something that lasts: what holds and what nobody knows of are counted apart. */
export const lastingConnectionOf = (node: Type, name: string): Type => {
  const connection = connectionOf(node, name);
  const counted = (field: string, description: string): void =>
    Field(() => Int, { description })(connection.prototype, field);
  counted('knownCount', 'How many of them are known to hold on that day.');
  counted('notKnownCount', 'Of how many of them nobody knows whether they held already, or still, on that day.');
  return connection;
};

/** The type of an answer about one subject: the record under `field`, or why there is none. */
export const answerOf = (node: Type, name: string, field: string): Type => {
  @ObjectType(`${name}Answer`, { description: `One ${name}, or why there is none, with what the answer rests on.` })
  class Answer {
    @Field(() => BasisView, { description: 'What the answer rests on.' })
    basis!: BasisView;

    @Field(() => AbsenceView, {
      description: 'Why there is nothing to show; empty where there is something.',
      nullable: true,
    })
    absence!: AbsenceView | null;

    @Field(() => Answer, {
      description: 'The same question answered from the second state of knowledge; empty where none was given.',
      nullable: true,
    })
    compared?: unknown;
  }
  Field(() => node, { description: 'The record, as it stood; empty where there is none.', nullable: true })(
    Answer.prototype,
    field,
  );
  return Answer;
};
