import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { voteDifferences, votesInWords } from '#governance';
import { DecisionView, NamedVoteView, PersonView, VotesView, type Basis } from '#register';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type OnBasis<Part> = Part & { readonly basis: Basis };

/** Votes of a decision: the basis of the decision is handed down to them (T6). */
@Resolver(() => DecisionView)
export class DecisionVotesResolver {
  @ResolveField(() => VotesView, { description: 'How it was voted on; empty while not recorded.', nullable: true })
  votes(@Parent() { votes, basis }: RecordOf<DecisionView>): OnBasis<VotesView> | undefined {
    return votes && { ...votes, basis };
  }
}

@Resolver(() => VotesView)
export class VotesResolver {
  @ResolveField(() => [NamedVoteView], { description: 'Who voted how, where that is recorded.', nullable: true })
  named(@Parent() { named, basis }: OnBasis<VotesView>): readonly OnBasis<NamedVoteView>[] | undefined {
    return named?.map((one) => ({ ...one, basis }));
  }

  @ResolveField(() => [String], {
    description: 'Where the tally and the named votes do not fit each other, one sentence for each kind of vote.',
  })
  differences(@Parent() votes: VotesView): readonly string[] {
    return voteDifferences(votes);
  }

  @ResolveField(() => String, { description: 'All of it in words.' })
  inWords(@Parent() votes: VotesView): string {
    return votesInWords(votes);
  }
}

@Resolver(() => NamedVoteView)
export class NamedVoteResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => PersonView, { description: 'Who it is, where the person is in the register.', nullable: true })
  async person(
    @Parent() { person, basis }: OnBasis<NamedVoteView>,
    @Context() context: RequestContext,
  ): Promise<RecordOf<PersonView> | null> {
    return this.records.named('person', person, basis, context);
  }
}
