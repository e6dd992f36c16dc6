import { DateScalar } from '#schema';
import { Field, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { addDays, type CivilDate } from '#kernel';
import { BodyView, OrganisationView, Register } from '#register';
import { streamParts } from '#governance';
import type { RecordOf } from '../records.js';

@ObjectType('FormerName', { description: 'A name that something bore before the one it bears.' })
export class FormerName {
  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => DateScalar, { description: 'The last day on which it bore it.' })
  until!: CivilDate;
}

type Named = RecordOf<{ readonly name: string }>;

const DESCRIPTION =
  'What it was called before, the latest first, up to the day of the question and as known then. It is found by these too.';

/** The names that a record bore before its day, as known at its basis. */
const formerNames = async (register: Register, { id, name, basis }: Named): Promise<readonly FormerName[]> => {
  const { aggregate, id: key } = streamParts(id);
  const former = new Map<string, CivilDate>();
  for (const slice of await register.slices<{ readonly name?: string }>(aggregate, key, basis.position)) {
    if (slice.kind !== 'found' || slice.to === null || slice.to > basis.asAt) continue;
    if (slice.state.name !== undefined && slice.state.name !== name) former.set(slice.state.name, slice.to);
  }
  return [...former].map(([was, to]) => ({ name: was, until: addDays(to, -1) })).toReversed();
};

@Resolver(() => BodyView)
export class FormerBodyNamesResolver {
  constructor(private readonly register: Register) {}

  @ResolveField(() => [FormerName], { description: DESCRIPTION })
  async formerNames(@Parent() body: Named): Promise<readonly FormerName[]> {
    return formerNames(this.register, body);
  }
}

@Resolver(() => OrganisationView)
export class FormerOrganisationNamesResolver {
  constructor(private readonly register: Register) {}

  @ResolveField(() => [FormerName], { description: DESCRIPTION })
  async formerNames(@Parent() organisation: Named): Promise<readonly FormerName[]> {
    return formerNames(this.register, organisation);
  }
}
