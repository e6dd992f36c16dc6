import { Field, Int, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
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

  @Field(() => Int, { description: 'Position of the last event recorded; −1 where nothing is.' })
  position!: number;
}

@Resolver(() => RegisterSummary)
export class RegisterResolver {
  constructor(private readonly runtime: RegisterRuntime) {}

  @Query(() => RegisterSummary, { description: 'The register itself: what it is and how far it has come.' })
  async register(): Promise<RegisterSummary> {
    return {
      name: 'The decision register',
      about:
        'Who could decide what, who did decide, on whose behalf, and who answers for it: for any day, and as known at any moment.',
      version: VERSION,
      signIn: this.runtime.signIn,
      position: await this.runtime.store.head(),
    };
  }
}
