import type { Type } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DecisionView, DelegationView, FunctionView, ReservationView, SuccessionView } from '#register';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Naming = RecordOf<{ readonly catalogueFunctions?: readonly string[] }>;

const exercised = (view: Type, description: string): Type => {
  @Resolver(() => view)
  class ExercisedResolver {
    constructor(private readonly records: Records) {}

    @ResolveField(() => [FunctionView], { description })
    async catalogueFunctions(
      @Parent() { catalogueFunctions, basis }: Naming,
      @Context() context: RequestContext,
    ): Promise<readonly RecordOf<FunctionView>[]> {
      return this.records.namedEach('function', catalogueFunctions, basis, context);
    }
  }
  return ExercisedResolver;
};

/** The functions of a catalogue by their ids, as somebody found them, beside the words of a source. */
export const EXERCISED_RESOLVERS: readonly Type[] = [
  exercised(DecisionView, 'The functions of a catalogue that it exercises, or would exercise while it is proposed.'),
  exercised(
    DelegationView,
    'The functions of a catalogue that it lets others exercise, beside the words of its source.',
  ),
  exercised(SuccessionView, 'The functions of a catalogue that went over; all of them where there is none.'),
  exercised(ReservationView, 'The functions of a catalogue that it reserves, beside the words of its source.'),
];
