import { said } from '#kernel';
import { contradiction } from '../contradiction.js';

/** How somebody voted, or why not. */
export const VOTES = {
  FOR: 'For it.',
  AGAINST: 'Against it.',
  ABSTAIN: 'Abstained.',
  RECUSED: 'Took no part because of an interest.',
  ABSENT: 'Was not there when it was voted on.',
} as const;
export type Vote = keyof typeof VOTES;

/** Which way a casting vote went. */
export const CASTING_VOTES = { FOR: 'For it.', AGAINST: 'Against it.' } as const;
export type CastingVote = keyof typeof CASTING_VOTES;

/** Either an id of a person or a name as the source prints it. */
export interface NamedVote {
  readonly person?: string;
  readonly name?: string;
  readonly vote: Vote;
}

/** A tally, named votes, or both, as the source has them: they need not fit each other, which is told, not settled. */
export interface Votes {
  readonly for?: number;
  readonly against?: number;
  readonly abstain?: number;
  readonly recused?: number;
  readonly castingVote?: CastingVote;
  readonly named?: readonly NamedVote[];
}

const COUNTED = [
  ['for', 'FOR', 'for'],
  ['against', 'AGAINST', 'against'],
  ['abstain', 'ABSTAIN', 'abstaining'],
  ['recused', 'RECUSED', 'recused'],
] as const;

/** Copied field by field. @throws Refusal `CONTRADICTS_ITSELF` where nothing is said, or somebody votes twice. */
export const votesOf = (votes: Votes): Votes => {
  const { castingVote, named } = votes;
  const copied = said({
    for: votes.for,
    against: votes.against,
    abstain: votes.abstain,
    recused: votes.recused,
    castingVote,
    named: named?.map(({ person, name, vote }) => said({ person, name, vote })),
  });
  if (Object.keys(copied).length === 0 || named?.length === 0) {
    throw contradiction(named ? 'votes.named' : 'votes', 'says nothing', { remedy: 'give a tally, or who voted how' });
  }
  const seen = new Map<string, number>();
  for (const [index, { person, name }] of (named ?? []).entries()) {
    const key = person ?? (name === undefined ? undefined : `\n${name.trim().toLowerCase()}`);
    const [field, earlier] = [`votes.named[${index}].person`, key === undefined ? undefined : seen.get(key)];
    if (key === undefined || (person !== undefined && name !== undefined)) {
      throw contradiction(field, key === undefined ? 'and name are left out' : 'stands beside a name', {
        remedy: 'give the id of a person, or a name',
      });
    }
    if (earlier !== undefined) {
      throw contradiction(field, `is in the list already, as entry ${earlier + 1}`, {
        remedy: 'say once how each voted; two people of one name are told apart by their ids',
      });
    }
    seen.set(key, index);
  }
  return copied;
};

/** Where the tally and the named votes do not fit each other, one sentence for each kind of vote. */
export const voteDifferences = ({ named, ...tally }: Votes): readonly string[] => {
  if (!named) return [];
  return COUNTED.flatMap(([field, vote, word]) => {
    const [told, names] = [tally[field], named.filter((one) => one.vote === vote).length];
    if (told === undefined || told === names) return [];
    return [`the tally says ${told} ${word}, ${names} ${names === 1 ? 'name is' : 'names are'} recorded`];
  });
};

/** `97 for, 48 against, casting vote for; the tally says 97 for, 98 names are recorded`. */
export const votesInWords = (votes: Votes): string => {
  const { named = [], castingVote } = votes;
  const counts = COUNTED.flatMap(([field, vote, word]) => {
    const count = votes[field] ?? (named.filter((one) => one.vote === vote).length || undefined);
    return count === undefined ? [] : [`${count} ${word}`];
  });
  const casting = castingVote === undefined ? [] : [`casting vote ${castingVote.toLowerCase()}`];
  return [[...counts, ...casting].join(', ') || 'named votes', ...voteDifferences(votes)].join('; ');
};
