import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayRead } from '#access';
import { subjectOf, type NameOf } from '#governance';
import { Refusal } from '#kernel';
import {
  LAPSE_OUTCOMES,
  lapsingInWords,
  OrganisationView,
  Register,
  whatLapses,
  whatLapsesInWords,
  type Basis,
  type LapseOutcome,
  type LapsingEntry,
  type WhatLapses,
} from '#register';
import { Disclosing } from '../disclosing.js';
import { Names } from '../history/names.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { SubjectKeys } from '../subject-keys.js';
import { HandoverView, LapsingEntryView, MOST_ENTRIES, WhatLapsesArgs, WhatLapsesView } from './what-lapses.view.js';

type Organisation = RecordOf<OrganisationView>;

@Resolver(() => WhatLapsesView)
export class WhatLapsesResolver {
  private readonly keys: SubjectKeys;

  constructor(
    private readonly register: Register,
    private readonly records: Records,
    private readonly names: Names,
    disclosing: Disclosing,
  ) {
    this.keys = new SubjectKeys(register, disclosing);
  }

  @Query(() => WhatLapsesView, {
    description:
      'What ended with an organisation by a day, or with a share of it that went to another, and what became of each: carried, granted again, ended, or in the gap.',
  })
  async whatLapses(@Args() args: WhatLapsesArgs, @Context() context: RequestContext): Promise<WhatLapsesView> {
    mayRead(context.actor, 'organisation');
    const { outcome: wanted, first } = args;
    if (first < 1 || first > MOST_ENTRIES) {
      throw new Refusal('PAGE_SIZE', `first is ${first}: needed 1 to ${MOST_ENTRIES}`, { field: 'first' });
    }
    const basis = await this.records.basis(args, context);
    const organisation = await this.keys.keyOf('organisation', args.organisation, basis, 'organisation', context);
    const found = await whatLapses(this.register, organisation, basis);
    const asked = wanted ? found.entries.filter(({ outcome }) => wanted.includes(outcome)) : found.entries;
    const given = asked.slice(0, first);
    const { entries, text } = await this.names.tell(basis, context, ({ nameOf }) => ({
      entries: given.map((entry) => entryShown(entry, nameOf, basis)),
      text: whatLapsesInWords(found, given, { organisation, asAt: basis.asAt, nameOf }),
    }));
    return {
      ...{ basis, organisation, entries, text, totalCount: asked.length, counts: countsOf(found) },
      handovers: found.handovers.map(({ on, isKnown, isWhole, successors }) => ({
        ...{ on, isKnown, isWhole, basis },
        successors: successors.map((one) => one.organisation),
      })),
    };
  }

  @ResolveField(() => OrganisationView, { description: 'The organisation.', nullable: true })
  async organisation(
    @Parent() { organisation, basis }: WhatLapsesView,
    @Context() context: RequestContext,
  ): Promise<Organisation | null> {
    return this.records.named('organisation', organisation, basis, context);
  }
}

@Resolver(() => HandoverView)
export class HandoverResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => [OrganisationView], { description: 'Who came after it then.' })
  async successors(
    @Parent() { successors, basis }: HandoverView,
    @Context() context: RequestContext,
  ): Promise<readonly Organisation[]> {
    return this.records.namedEach('organisation', successors, basis, context);
  }
}

@Resolver(() => LapsingEntryView)
export class LapsingEntryResolver {
  constructor(private readonly records: Records) {}

  @ResolveField(() => OrganisationView, {
    description: 'With which successor; empty where none is recorded, or none in whose share it is.',
    nullable: true,
  })
  async successor(
    @Parent() { successor, basis }: LapsingEntryView,
    @Context() context: RequestContext,
  ): Promise<Organisation | null> {
    return this.records.named('organisation', successor, basis, context);
  }
}

const entryShown = (entry: LapsingEntry, nameOf: NameOf, basis: Basis): LapsingEntryView => {
  const { kind, aggregate, id, condition, outcome, successor, handover, by, since, lastDay, gapDays, path } = entry;
  return {
    ...{ kind, outcome, successor, basis, subject: subjectOf(aggregate, id), name: nameOf(aggregate, id) ?? null },
    condition: condition ?? null,
    lapsedOn: handover.isKnown ? handover.on : null,
    by: by ? subjectOf(by.aggregate, by.id) : null,
    byName: (by && nameOf(by.aggregate, by.id)) ?? null,
    since: since ?? null,
    lastDay: lastDay ?? null,
    gapDays: gapDays ?? null,
    path: path.map((step) => ({
      subject: subjectOf(step.aggregate, step.id),
      name: nameOf(step.aggregate, step.id) ?? null,
      says: step.says,
    })),
    inWords: lapsingInWords(entry, nameOf),
  };
};

const countsOf = ({ entries }: WhatLapses): WhatLapsesView['counts'] =>
  (Object.keys(LAPSE_OUTCOMES) as LapseOutcome[]).map((outcome) => ({
    outcome,
    count: entries.filter((entry) => entry.outcome === outcome).length,
  }));
