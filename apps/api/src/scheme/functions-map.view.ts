import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { BasisView, type Basis } from '#register';
import { LogLinkView } from '../decision-log/decision-log-summary.view.js';
import { BasisArgs } from '../graphql/arguments.js';
import { MOST_ENTRIES, SchemeNameView, SchemePartyView, SchemeStandingEnum, USUAL_ENTRIES } from './scheme.view.js';
import type { EntryStanding } from '#decision-log';

@ArgsType()
export class FunctionsMapArgs extends BasisArgs {
  @Field(() => ID, {
    description: 'The organisation: a global id, the part after its slash, or a code. It, or a place.',
    nullable: true,
  })
  organisation?: string | null;

  @Field(() => ID, {
    description: 'The place, with those within it: a global id, the part after its slash, or a code.',
    nullable: true,
  })
  place?: string | null;

  @Field(() => Int, {
    description: `How many functions to give at most: 1 to ${MOST_ENTRIES}.`,
    defaultValue: USUAL_ENTRIES,
  })
  first!: number;
}

@ObjectType('MapHolder', { description: 'Who holds a function in law.' })
export class MapHolderView {
  @Field(() => ID, { description: 'Global id of the organisation; empty where all of a kind hold it.', nullable: true })
  subject!: string | null;

  @Field(() => String, { description: 'What it is called on the day.' })
  name!: string;

  @Field(() => String, { description: 'How it holds it, and where that stands.' })
  how!: string;
}

@ObjectType('MapDelegation', { description: 'Who delegates a function to whom.' })
export class MapDelegationView {
  @Field(() => ID, { description: 'Global id of the delegation.' })
  subject!: string;

  @Field(() => [SchemePartyView], { description: 'Who delegates.' })
  from!: readonly SchemePartyView[];

  @Field(() => [SchemePartyView], { description: 'To whom.' })
  to!: readonly SchemePartyView[];

  @Field(() => SchemeStandingEnum, { description: 'Where it stands on the day.' })
  standing!: EntryStanding;

  @Field(() => String, { description: 'The same in words, with its limits.' })
  text!: string;
}

@ObjectType('MapFunction', { description: 'A function, who holds it in law, and who delegates it to whom.' })
export class MapFunctionView {
  @Field(() => SchemeNameView, {
    description: 'The function of a catalogue; empty where only the words of the source are there.',
    nullable: true,
  })
  function!: SchemeNameView | null;

  @Field(() => String, { description: 'As the catalogue calls it, else in the words of the source.' })
  title!: string;

  @Field(() => [MapHolderView], { description: 'Who holds it in law, as far as that is recorded.' })
  heldBy!: readonly MapHolderView[];

  @Field(() => [MapDelegationView], { description: 'Who delegates it to whom; none where nobody does.' })
  delegations!: readonly MapDelegationView[];
}

@ObjectType('FunctionsMap', {
  description:
    'The functions of an organisation, or for a place, on a day: who holds each in law, and who delegates it to whom.',
})
export class FunctionsMapView {
  @Field(() => BasisView, { description: 'What the answer rests on.' })
  basis!: Basis;

  @Field(() => ID, { description: 'Global id of the organisation or place that it is of.' })
  of!: string;

  @Field(() => [MapFunctionView], { description: 'Functions by name.' })
  functions!: readonly MapFunctionView[];

  @Field(() => Int, { description: 'How many functions there are, also where not all are given.' })
  totalCount!: number;

  @Field(() => String, {
    description: 'All delegations as a picture of who delegates to whom: an SVG that reads itself out.',
  })
  picture!: string;

  @Field(() => String, {
    description: 'The functions that are given as text, a line for each and for each delegation.',
  })
  text!: string;

  @Field(() => [LogLinkView], { description: 'Where it is as a document, on the same basis, in each format.' })
  links!: readonly LogLinkView[];
}
