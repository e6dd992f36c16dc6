import { given, said, type CivilDate, type Decider, type Fact, type Revised } from '#kernel';
import { refersTo, type Part } from '../lifecycle.js';
import { NO_TERM, firstDayWithout, standsInTerm, termAfter, termIn, type TermedLife } from '../term.js';
import type { InterestDetails, InterestEvent } from './interest.events.js';

/** Last day of the interest, where it is known. */
interface Until {
  readonly until?: CivilDate;
}

export type InterestCommand =
  | Fact<'DeclareInterest', InterestDetails & Until>
  | Fact<'AmendInterest', Revised<InterestDetails & Until>>
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
        return { type: 'InterestDeclared', data: { ...given(details(data)), person, kind, nature } };
      }
      case 'AmendInterest':
        return { type: 'InterestAmended', data: details(data) };
      case 'EndInterest':
        return { type: 'InterestEnded', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, event, effectiveOn) => standsInTerm(life, PARTS[event.type], termIn(event), effectiveOn, 'interest'),
  evolve: (life, event) => termAfter(life, PARTS[event.type], termIn(event)),
};

const details = (data: Revised<InterestDetails & Until>): Revised<InterestDetails & { readonly to?: CivilDate }> =>
  said({
    person: data.person,
    kind: data.kind,
    nature: data.nature,
    organisation: data.organisation,
    organisationName: data.organisationName,
    declaredOn: data.declaredOn,
    publishedOn: data.publishedOn,
    to: firstDayWithout(data.until),
    note: data.note,
  });
