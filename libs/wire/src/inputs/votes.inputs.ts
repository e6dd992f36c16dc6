import { InputType, CastingVoteEnum, VoteEnum } from '#schema';
import type { CastingVote, NamedVote, Vote, Votes } from '#governance';
import { OneOf, Part, Subject, Text, Whole } from '../fields.js';

@InputType({ description: 'How somebody voted on a decision.' })
export class NamedVoteInput implements NamedVote {
  @Subject('person', 'Who it is.', { optional: true })
  person?: string;

  @Text('The name as the source prints it, where the person is not in the register.', { optional: true })
  name?: string;

  @OneOf(VoteEnum, 'How they voted, or why not.')
  vote!: Vote;
}

@InputType({
  description:
    'How a decision was voted on, whole: it replaces what was said before. A tally that differs from the names is kept as it is, and told.',
})
export class VotesInput implements Votes {
  @Whole('Votes for it.', { optional: true })
  for?: number;

  @Whole('Votes against it.', { optional: true })
  against?: number;

  @Whole('Abstentions.', { optional: true })
  abstain?: number;

  @Whole('Members who took no part because of an interest.', { optional: true })
  recused?: number;

  @OneOf(CastingVoteEnum, 'Which way the chair’s casting vote went.', { optional: true })
  castingVote?: CastingVote;

  @Part(() => NamedVoteInput, 'Who voted how, each once.', { optional: true, many: true })
  named?: NamedVoteInput[];
}
