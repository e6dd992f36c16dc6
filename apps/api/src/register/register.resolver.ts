import {
  Args,
  Context,
  Field,
  Int,
  ObjectType,
  Query,
  registerEnumType,
  ResolveField,
  Resolver,
  Root,
} from '@nestjs/graphql';
import { mayRead } from '#access';
import { AGGREGATES, type Aggregate } from '#governance';
import { BasisView, Register, type Basis } from '#register';
import { BasisArgs } from '../graphql/arguments.js';
import { Disclosing } from '../disclosing.js';
import { Records } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { VERSION } from '../project.js';
import { RegisterRuntime } from '../register.runtime.js';

const SIGN_IN_MODES = { oidc: 'oidc', development: 'development' } as const;
registerEnumType(SIGN_IN_MODES, {
  name: 'SignIn',
  description: 'How the register knows who asks.',
  valuesMap: {
    oidc: { description: 'By a token of an identity provider.' },
    development: { description: 'Not at all: only this machine can reach it, and what is recorded is marked.' },
  },
});

@ObjectType('SubjectCount', { description: 'How many subjects of a kind the register holds.' })
export class SubjectCount {
  @Field(() => String, { description: 'The kind: organisation, person, body, decision and so on.' })
  aggregate!: Aggregate;

  @Field(() => Int, { description: 'How many there are on the day, as known at the moment asked about.' })
  count!: number;
}

@ObjectType('Register', { description: 'The register itself: what it is and how far it has come.' })
export class RegisterSummary {
  @Field(() => String, { description: 'What this is called.' })
  name!: string;

  @Field(() => String, { description: 'What this is for, in a sentence.' })
  about!: string;

  @Field(() => String, { description: 'Version of the program that answers.' })
  version!: string;

  @Field(() => SIGN_IN_MODES, { description: 'How it knows who asks.' })
  signIn!: 'oidc' | 'development';

  @Field(() => Int, {
    description: 'Position of the last event recorded, of those that whoever asks may know of; −1 where nothing is.',
  })
  position!: number;

  @Field(() => BasisView, { description: 'What the answer rests on.' })
  basis!: Basis;
}

@Resolver(() => RegisterSummary)
export class RegisterResolver {
  constructor(
    private readonly runtime: RegisterRuntime,
    private readonly views: Register,
    private readonly records: Records,
    private readonly disclosing: Disclosing,
  ) {}

  @Query(() => RegisterSummary, { description: 'The register itself: what it is and how far it has come.' })
  async register(@Args() args: BasisArgs, @Context() context: RequestContext): Promise<RegisterSummary> {
    const { position } = await this.records.basis({}, context);
    return {
      name: 'The decision register',
      about:
        'Who could decide what, who did decide, on whose behalf, and who answers for it: for any day, and as known at any moment.',
      version: VERSION,
      signIn: this.runtime.signIn,
      position: this.disclosing.restricts('decision', context) ? position : await this.runtime.store.head(),
      basis: await this.records.basis(args, context),
    };
  }

  @ResolveField(() => [SubjectCount], { description: 'How many subjects of each kind it holds.' })
  async holds(@Root() { basis }: RegisterSummary, @Context() context: RequestContext): Promise<SubjectCount[]> {
    return Promise.all(
      AGGREGATES.map(async (aggregate) => {
        mayRead(context.actor, aggregate);
        const restriction = await this.disclosing.narrowed(aggregate, [], basis, context);
        return { aggregate, count: await this.views.count(aggregate, { restriction }, basis) };
      }),
    );
  }
}
