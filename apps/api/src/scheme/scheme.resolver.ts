import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { LOG_FORMATS, schemeDifferenceOf, schemeOf, type SchemeChange } from '#decision-log';
import { dayInWords } from '#governance';
import { Refusal } from '#kernel';
import { OrganisationView, type Basis } from '#register';
import type { LogLinkView } from '../decision-log/decision-log-summary.view.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import {
  MOST_ENTRIES,
  SchemeArgs,
  SchemeDifferenceArgs,
  SchemeDifferenceView,
  SchemeOfDelegationView,
  type SchemeChangeView,
} from './scheme.view.js';
import { Schemes } from './schemes.js';

type Organisation = RecordOf<OrganisationView>;

@Resolver(() => SchemeOfDelegationView)
export class SchemeOfDelegationResolver {
  constructor(
    private readonly schemes: Schemes,
    private readonly records: Records,
  ) {}

  @Query(() => SchemeOfDelegationView, {
    description:
      'The scheme of reservation and delegation of an organisation on a day: what is reserved to it and its bodies, and what it, its bodies, posts and people delegate to whom, within which limits.',
  })
  async schemeOfDelegation(
    @Args() args: SchemeArgs,
    @Context() context: RequestContext,
  ): Promise<SchemeOfDelegationView> {
    const first = sizeIn(args);
    const { source, reader } = this.schemes.for(context.actor, context.requestedAt);
    const basis = await this.records.basis(args, context);
    const { head, entries } = await schemeOf(source, { organisation: args.organisation, reader, basis });
    const given = entries.slice(0, first);
    const { id, name } = head.organisation;
    const day = dayInWords(basis.asAt);
    const begins =
      entries.length === 0
        ? `On ${day} nothing is recorded as reserved or delegated by ${name}.`
        : `${name}, as at ${day}:`;
    return {
      ...{ basis, organisation: id, entries: given, totalCount: entries.length },
      text: [begins, ...given.map(({ place, text }) => `${place}. ${text}`)].join('\n'),
      links: linksTo('schemes', encodeURIComponent(id), { asAt: basis.asAt, asKnownAt: `p${basis.position}` }),
    };
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: SchemeOfDelegationView,
    @Context() context: RequestContext,
  ): Promise<Organisation | null> {
    return this.records.named('organisation', organisation, basis, context);
  }
}

@Resolver(() => SchemeDifferenceView)
export class SchemeDifferenceResolver {
  constructor(
    private readonly schemes: Schemes,
    private readonly records: Records,
  ) {}

  @Query(() => SchemeDifferenceView, {
    description:
      'What the scheme of an organisation says on a day that it did not say on another: added, removed and changed, field by field, with the decisions that made it.',
  })
  async schemeDifference(
    @Args() { organisation: named, from, to, asKnownAt, ...args }: SchemeDifferenceArgs,
    @Context() context: RequestContext,
  ): Promise<SchemeDifferenceView> {
    const first = sizeIn(args);
    const { source, reader } = this.schemes.for(context.actor, context.requestedAt);
    const basis = await this.records.basis({ asAt: to, asKnownAt: asKnownAt ?? null }, context);
    const { head, changes } = await schemeDifferenceOf(source, { organisation: named, reader, basis, from });
    const given = changes.slice(0, first);
    const { id, name } = head.organisation;
    const days = `${dayInWords(from)} and ${dayInWords(to)}`;
    const begins =
      changes.length === 0 ? `The scheme of ${name} says the same on ${days}.` : `${name}, between ${days}:`;
    return {
      ...{ basis, organisation: id, totalCount: changes.length },
      changes: given.map(changeShown),
      text: [begins, ...given.map(({ text }) => text)].join('\n'),
      links: linksTo('scheme-differences', encodeURIComponent(id), { from, to, asKnownAt: `p${basis.position}` }),
    };
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: SchemeDifferenceView,
    @Context() context: RequestContext,
  ): Promise<Organisation | null> {
    return this.records.named('organisation', organisation, basis, context);
  }
}

const changeShown = ({ before, after, ...change }: SchemeChange): SchemeChangeView => ({
  ...change,
  before: before ?? null,
  after: after ?? null,
});

/** @throws Refusal `PAGE_SIZE` */
export function sizeIn({ first }: { readonly first: number }): number {
  if (first >= 1 && first <= MOST_ENTRIES) return first;
  throw new Refusal('PAGE_SIZE', `first is ${first}: needed 1 to ${MOST_ENTRIES}`, { field: 'first' });
}

/** Where a document is on a basis, in each format. @param named as the address names what it is of. */
export const linksTo = (
  kind: string,
  named: string,
  basis: Readonly<Record<string, string>> & { readonly asKnownAt: Basis['asKnownAt'] & string },
): readonly LogLinkView[] =>
  Object.keys(LOG_FORMATS).map((format) => ({
    format,
    path: `/${kind}/${named}.${format}?${new URLSearchParams(basis).toString()}`,
  }));
