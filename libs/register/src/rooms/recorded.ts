import { Field, ID, Int, InterfaceType, ObjectType, DateScalar, InstantScalar } from '#schema';
import type { CivilDate, Instant } from '#kernel';

@ObjectType('Basis', {
  description:
    'What an answer rests on: the day it is about and the state of knowledge it uses. The same basis gives the same answer again.',
})
export class BasisView {
  @Field(() => DateScalar, { description: 'The day the answer is about; it means the end of that day.' })
  asAt!: CivilDate;

  @Field(() => String, {
    description:
      'The state of knowledge as it was asked for: a position, an instant or a day; empty where none was asked for.',
    nullable: true,
  })
  asKnownAt!: string | null;

  @Field(() => Int, {
    description: 'The last position of the register that the answer uses; −1 where the register is empty.',
  })
  position!: number;

  @Field(() => InstantScalar, { description: 'When that position was recorded.', nullable: true })
  recordedAt!: Instant | null;

  @Field(() => Int, {
    description: 'Size of the ledger at that position; empty until the register has a ledger.',
    nullable: true,
  })
  treeSize!: number | null;

  @Field(() => String, {
    description: 'Root hash of the ledger at that position; empty until the register has a ledger.',
    nullable: true,
  })
  rootHash!: string | null;

  @Field(() => String, {
    description:
      'Set where the register was filled by an import that kept the recording instants of its source: which source.',
    nullable: true,
  })
  keptInstants?: string;
}

@ObjectType('SourceContradiction', {
  description:
    'That the source from which something was taken says otherwise by now: a later version was refused, and the earlier one goes on standing until somebody puts it right.',
})
export class SourceContradictionView {
  @Field(() => String, { description: 'The same in a sentence.' })
  sentence!: string;

  @Field(() => String, { description: 'Why it was refused: the code of the refusal.' })
  code!: string;

  @Field(() => String, { description: 'The column or the field that it was refused for.', nullable: true })
  field?: string | undefined;

  @Field(() => String, { description: 'The collection, as its mapping calls it.' })
  system!: string;

  @Field(() => String, { description: 'The row, by its key in the collection.' })
  key!: string;

  @Field(() => String, { description: 'The file that said so.' })
  document!: string;

  @Field(() => InstantScalar, { description: 'When the source came to say so, where it says.', nullable: true })
  statedAt?: Instant | undefined;

  @Field(() => Int, { description: 'Position at which the register came to know.' })
  position!: number;
}

/** What a client's cache keeps apart by its id: one record, as it stood at one time of both clocks (ADR 34). */
@InterfaceType('Node', { description: 'A record by an id of its own, which `node` answers to at any time later.' })
export abstract class Node {
  @Field(() => ID, {
    name: 'id',
    description:
      'Id of the record as it stood: the global id, for example body/glos:772, and behind it what was asked about other than today and now, for example body/glos:772?asAt=2024-06-01&asKnownAt=p1042. Caches go by it; where a subject is to be named, it names the subject.',
  })
  nodeId!: string;
}

/** What every record of the register carries besides its state. View classes implement it in GraphQL only. */
@InterfaceType('Recorded', {
  implements: () => [Node],
  description: 'Something the register holds, as it stood on the day and at the state of knowledge of the basis.',
})
export abstract class Recorded {
  @Field(() => ID, {
    name: 'subject',
    description: 'Global id, for example body/glos:772: the same at all times.',
  })
  id!: string;

  @Field(() => DateScalar, {
    description:
      'First day of the stretch in which it stood as shown, since its last change; empty where that day is not known. When it began itself stands in a field of its own.',
    nullable: true,
  })
  stretchFrom!: CivilDate | null;

  @Field(() => DateScalar, {
    description: 'Last day of that stretch: the day before it next changes; empty while none is known.',
    nullable: true,
  })
  stretchUntil!: CivilDate | null;

  @Field(() => Boolean, { description: 'False where nobody knows the first day of the stretch.' })
  startKnown!: boolean;

  @Field(() => Int, { description: 'Position at which the register came to say this.' })
  recordedFrom!: number;

  @Field(() => InstantScalar, { description: 'When the register came to say this.' })
  recordedAt!: Instant;

  @Field(() => BasisView, { description: 'What this answer rests on.' })
  basis!: BasisView;
}

@ObjectType('Identifier', { description: 'A human reference given by somebody else.' })
export class IdentifierView {
  @Field(() => String, { description: 'Who gives it: ods, gss, moderngov, ocds.' })
  scheme!: string;

  @Field(() => String, { description: 'The reference itself.' })
  value!: string;
}
