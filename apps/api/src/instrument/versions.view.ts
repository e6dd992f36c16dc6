import { DateScalar, Field, ObjectType, enumeration } from '#schema';
import { CLAUSE_CHANGES, type ClauseChange, type IssuedVersion } from '#governance';
import type { CivilDate } from '#kernel';
import { BasisView, ClauseView, type Basis } from '#register';

/** A version, with the instrument that it is of and the basis on which it is shown. */
@ObjectType('InstrumentVersion', { description: 'A version of an instrument that was issued.' })
export class InstrumentVersionView {
  @Field(() => String, { description: 'Its number or name, as the source gives it.' })
  version!: string;

  @Field(() => DateScalar, {
    description: 'The day from which it takes effect; empty where nobody knows it.',
    nullable: true,
  })
  effectiveOn?: CivilDate | undefined;

  @Field(() => DateScalar, {
    description: 'The day on which it was approved, which may be before it takes effect.',
    nullable: true,
  })
  approvedOn?: CivilDate | undefined;

  @Field(() => String, { description: 'What it changed.', nullable: true })
  change?: string | undefined;

  @Field(() => Boolean, { description: 'True where it is a draft and not in force.' })
  draft!: boolean;

  @Field(() => Boolean, {
    description: 'True where it was found never to have been valid, and was not ratified since.',
  })
  invalid!: boolean;

  @Field(() => String, { description: 'Why it was not valid.', nullable: true })
  invalidBecause?: string | undefined;

  @Field(() => DateScalar, { description: 'The day from which it never was.', nullable: true })
  invalidSince?: CivilDate | undefined;

  @Field(() => DateScalar, { description: 'The day from which it is valid, once it was ratified.', nullable: true })
  ratifiedOn?: CivilDate | undefined;

  @Field(() => [ClauseView], { description: 'Its clauses; empty where nobody recorded them.', nullable: true })
  clauses?: readonly ClauseView[] | undefined;

  /** Ids; the resolver shows the subjects themselves. */
  instrument!: string;
  adoptedBy?: string | undefined;
  foundBy?: string | undefined;
  ratifiedBy?: string | undefined;
  basis!: Basis;
}

export const versionShown = (instrument: string, issued: IssuedVersion, basis: Basis): InstrumentVersionView => {
  const { version, effectiveOn, approvedOn, change, draft, clauses, invalid, ratified, adoptedByDecision } = issued;
  return {
    ...{ version, effectiveOn, approvedOn, change, draft: draft === true, clauses },
    ...{ invalid: invalid !== undefined, invalidBecause: invalid?.because, invalidSince: invalid?.since },
    ...{ ratifiedOn: ratified?.on, adoptedBy: adoptedByDecision, foundBy: invalid?.decision },
    ...{ ratifiedBy: ratified?.decision, instrument, basis },
  };
};

export const ClauseChangeEnum = enumeration(
  'ClauseChange',
  'What became of a clause from one version to another.',
  CLAUSE_CHANGES,
);

@ObjectType('ClauseDifference', { description: 'A clause that is different in two versions of an instrument.' })
export class ClauseDifferenceView {
  @Field(() => String, { description: 'By which it is named.' })
  clause!: string;

  @Field(() => ClauseChangeEnum, { description: 'What became of it.' })
  change!: ClauseChange;

  @Field(() => ClauseView, { description: 'As the earlier version has it.', nullable: true })
  before?: ClauseView | undefined;

  @Field(() => ClauseView, { description: 'As the later version has it.', nullable: true })
  after?: ClauseView | undefined;
}

@ObjectType('InstrumentDifference', { description: 'What is different in two versions of an instrument.' })
export class InstrumentDifferenceView {
  @Field(() => BasisView, { description: 'What this answer rests on.' })
  basis!: BasisView;

  @Field(() => InstrumentVersionView, { description: 'The version that is compared.' })
  from!: InstrumentVersionView;

  @Field(() => InstrumentVersionView, { description: 'The version that it is compared with.' })
  to!: InstrumentVersionView;

  @Field(() => [ClauseDifferenceView], {
    description: 'Clause by clause what is different; empty where it cannot be told.',
    nullable: true,
  })
  clauses?: readonly ClauseDifferenceView[] | undefined;

  @Field(() => String, {
    description: 'Why it cannot be told: of which version no clauses are recorded.',
    nullable: true,
  })
  notKnown?: string | undefined;
}
