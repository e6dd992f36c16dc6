import { addDays, said, type CivilDate, type Decider, type Fact } from '#kernel';
import { refersTo, type Part } from '../lifecycle.js';
import { NO_TERM, standsInTerm, termAfter, type TermedLife } from '../term.js';
import type { InterestDetails, InterestEvent } from './interest.events.js';

/** Last day of the interest, where it is known. */
interface Until {
  readonly until?: CivilDate;
}

export type InterestCommand =
  | Fact<'DeclareInterest', InterestDetails & Until>
  | Fact<'AmendInterest', Partial<InterestDetails> & Until>
  | Fact<'EndInterest', { readonly reason?: string }>;

const PARTS: Record<InterestEvent['type'], Part> = {
  InterestDeclared: 'begins',
  InterestAmended: 'goes on',
  InterestEnded: 'ends',
};

/** Interests: what a person declared that may conflict with a part in decisions. */
export const interest: Decider<TermedLife, InterestCommand, InterestEvent> = {
  initial: NO_TERM,

  references: ({ type, data }) =>
    type === 'EndInterest'
      ? []
      : [...refersTo('person', data.person, 'person'), ...refersTo('organisation', data.organisation, 'organisation')],

  decide({ type, data }) {
    switch (type) {
      case 'DeclareInterest': {
        const { person, kind, nature } = data;
        return { type: 'InterestDeclared', data: said({ ...details(data), person, kind, nature }) };
      }
      case 'AmendInterest':
        return { type: 'InterestAmended', data: details(data) };
      case 'EndInterest':
        return { type: 'InterestEnded', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, event, effectiveOn) => standsInTerm(life, PARTS[event.type], termOf(event), effectiveOn, 'interest'),
  evolve: (life, event) => termAfter(life, PARTS[event.type], termOf(event)),
};

const termOf = ({ data }: InterestEvent): { readonly to?: CivilDate } => ('to' in data ? { to: data.to } : {});

const details = (data: Partial<InterestDetails> & Until): Partial<InterestDetails> & { readonly to?: CivilDate } =>
  said({
    person: data.person,
    kind: data.kind,
    nature: data.nature,
    organisation: data.organisation,
    organisationName: data.organisationName,
    declaredOn: data.declaredOn,
    publishedOn: data.publishedOn,
    to: data.until && addDays(data.until, 1),
    note: data.note,
  });
