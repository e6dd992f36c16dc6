import { CastingVoteEnum, Field, Int, ObjectType, VoteEnum } from '#schema';
import { type CastingVote, type NamedVote, type Vote, type Votes } from '#governance';

@ObjectType('NamedVote', { description: 'How somebody voted.' })
export class NamedVoteView implements NamedVote {
  /** Id; the resolver shows the person. */
  person?: string;

  @Field(() => String, {
    description: 'The name as the source prints it, where the person is not in the register.',
    nullable: true,
  })
  name?: string;

  @Field(() => VoteEnum, { description: 'How they voted, or why not.' })
  vote!: Vote;
}

@ObjectType('Votes', { description: 'How a decision was voted on: a tally, named votes, or both.' })
export class VotesView implements Votes {
  @Field(() => Int, { description: 'Votes for it, by the tally.', nullable: true })
  for?: number;

  @Field(() => Int, { description: 'Votes against it, by the tally.', nullable: true })
  against?: number;

  @Field(() => Int, { description: 'Abstentions, by the tally.', nullable: true })
  abstain?: number;

  @Field(() => Int, { description: 'Members who took no part because of an interest, by the tally.', nullable: true })
  recused?: number;

  @Field(() => CastingVoteEnum, { description: 'Which way the chair’s casting vote went.', nullable: true })
  castingVote?: CastingVote;

  @Field(() => [NamedVoteView], { description: 'Who voted how, where that is recorded.', nullable: true })
  named?: readonly NamedVoteView[];
}
