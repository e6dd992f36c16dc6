import { DateScalar, Field, InstrumentKindEnum, ObjectType } from '#schema';
import { revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { type InstrumentEvent, type InstrumentKind, referencesAndKeys } from '#governance';
import { HoldingView } from '../holding.view.js';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import { firstDay, lastDay } from '../lifespan.js';
import type { LastingView } from '../lasting.js';
import { foundInvalid, issued, ratified, type StandingVersion } from './version-fold.js';
import { ClauseView, InstrumentPartyView, InvalidVersionView } from './version.view.js';

/** The folded state of an instrument, and the GraphQL type `Instrument`. */
@ObjectType('Instrument', {
  implements: () => [Node, Recorded, HoldingView],
  description: 'A document that gives or limits authority, or one provision of it: a constitution, a scheme, a plan.',
})
export class InstrumentView {
  @Field(() => DateScalar, {
    description:
      'The first day of the instrument itself, whatever version or change came since; empty where nobody knows it.',
    nullable: true,
  })
  inForceFrom?: CivilDate;

  @Field(() => DateScalar, {
    description: 'Its last day, once it was withdrawn.',
    nullable: true,
  })
  inForceUntil?: CivilDate;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => InstrumentKindEnum, { description: 'What sort of document or provision it is.' })
  kind!: InstrumentKind;

  /** Ids; the resolver shows the subjects themselves. */
  organisation?: string;
  body?: string;
  partOf?: string;
  adoptedByDecision?: string;
  replacedBy?: string;
  versionAdoptedByDecision?: string;

  /** The version that stood before, and one that stood until it was found invalid: either may stand again. */
  versionBefore?: StandingVersion;
  setAside?: StandingVersion;

  @Field(() => String, {
    description: 'Where in the whole it stands, for a provision: clause or paragraph.',
    nullable: true,
  })
  clause?: string;

  @Field(() => String, { description: 'What it provides.', nullable: true })
  text?: string;

  @Field(() => String, {
    description:
      'The version in force; empty while there are drafts only, or where it was found never to have been valid and none stood before.',
    nullable: true,
  })
  version?: string;

  @Field(() => String, { description: 'What the version in force changed.', nullable: true })
  change?: string;

  @Field(() => DateScalar, { description: 'The day on which the version in force was approved.', nullable: true })
  approvedOn?: CivilDate;

  @Field(() => [ClauseView], {
    description: 'The clauses of the version in force, as far as they are recorded.',
    nullable: true,
  })
  clauses?: readonly ClauseView[];

  @Field(() => [InvalidVersionView], {
    description: 'Versions that were found never to have been valid, and were not ratified since.',
    nullable: true,
  })
  invalidVersions?: readonly InvalidVersionView[];

  @Field(() => [InstrumentPartyView], { description: 'The parties to it, and how each approved it.', nullable: true })
  parties?: readonly InstrumentPartyView[];

  @Field(() => String, { description: 'The version that was in force before.', nullable: true })
  previousVersion?: string;

  @Field(() => String, { description: 'A later version that is a draft and not in force.', nullable: true })
  draftVersion?: string;

  @Field(() => String, { description: 'What the draft changes.', nullable: true })
  draftChange?: string;

  @Field(() => DateScalar, { description: 'The day on which it was adopted.', nullable: true })
  adoptedOn?: CivilDate;

  @Field(() => String, { description: 'Where it is published.', nullable: true })
  website?: string;

  @Field(() => [IdentifierView], { description: 'References others give it.', nullable: true })
  identifiers?: readonly IdentifierView[];

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => Boolean, { description: 'True once it has been withdrawn.' })
  withdrawn!: boolean;

  @Field(() => String, { description: 'Why it was withdrawn.', nullable: true })
  withdrawnBecause?: string;
}

export const instrumentView: LastingView<InstrumentView> = {
  aggregate: 'instrument',
  initial: { title: '', kind: 'OTHER', withdrawn: false },

  project(state, event) {
    const { type, data } = event as DomainEvent & InstrumentEvent;
    switch (type) {
      case 'InstrumentAdopted': {
        const { version, draft, ...details } = data;
        const adopted = draft || version === undefined ? undefined : details.adoptedByDecision;
        const inForceFrom = firstDay(event);
        return said({
          ...details,
          inForceFrom,
          ...(draft ? { draftVersion: version } : { version }),
          versionAdoptedByDecision: adopted,
          withdrawn: false,
        });
      }
      case 'VersionIssued':
        return issued(state, data);
      case 'VersionFoundInvalid':
        return foundInvalid(state, said({ version: data.version, because: data.reason, since: firstDay(event) }));
      case 'VersionRatified':
        return ratified(state, data.version);
      case 'InstrumentChanged':
        return revised(state, data);
      case 'InstrumentWithdrawn':
        return said({
          ...state,
          withdrawn: true,
          inForceUntil: lastDay(event),
          withdrawnBecause: data.reason,
          replacedBy: data.replacedBy,
        });
    }
  },

  turns: () => [],
  show: (state) => state,
  isOver: ({ withdrawn }) => withdrawn,
  title: ({ title, clause }) => (clause === undefined ? title : `${title}, ${clause}`),
  texts: ({ clauses, parties, invalidVersions, ...of }) => [
    ...[of.text, of.version, of.change, of.previousVersion, of.draftVersion, of.draftChange, of.note],
    of.withdrawnBecause,
    ...(clauses ?? []).flatMap(({ title, text }) => [title, text]),
    ...(parties ?? []).map(({ name }) => name),
    ...(invalidVersions ?? []).map(({ because }) => because),
  ],
  order: ({ title, clause }) => `${title.toLowerCase()} ${clause ?? ''}`,
  untilOver: ['organisation', 'body', 'kind', 'partOf'],
  columns: {
    organisation: ({ organisation }) => organisation,
    body: ({ body }) => body,
    kind: ({ kind }) => kind,
    partOf: ({ partOf }) => partOf,
    adoptedByDecision: ({ adoptedByDecision }) => adoptedByDecision,
    versionAdoptedBy: ({ versionAdoptedByDecision }) => versionAdoptedByDecision,
    replacedBy: ({ replacedBy }) => replacedBy,
    adoptedOn: ({ adoptedOn }) => adoptedOn,
    approvedOn: ({ approvedOn }) => approvedOn,
    inForceFrom: ({ inForceFrom }) => inForceFrom,
  },
  unindexed: ['adoptedOn', 'approvedOn', 'inForceFrom'],
  lists: {
    partyOrganisation: ({ parties }) => parties?.flatMap(({ organisation }) => organisation ?? []),
    partyBody: ({ parties }) => parties?.flatMap(({ body }) => body ?? []),
    approvedByDecision: ({ parties }) => [...new Set(parties?.flatMap((one) => one.approvedByDecision ?? []))],
    identifier: ({ identifiers }) => referencesAndKeys((identifiers ?? []).map(({ value }) => value)),
  },
};
