import type { Aggregate } from '#governance';
import { subjectOf } from '#governance';
import type { DelegationView, ReservationView } from '#register';
import { onOneLine } from '../plain.js';
import type { Lookups } from '../names.js';
import { holderInWords, type Holders } from './posts.js';
import type { Called, Party, PartyKind } from './scheme.js';

const KIND_OF = {
  organisation: 'ORGANISATION',
  body: 'BODY',
  seat: 'POST',
  person: 'PERSON',
} as const satisfies Partial<Record<Aggregate, PartyKind>>;
type PartyAggregate = keyof typeof KIND_OF;

/** A subject by its name; by its id where no name is known. */
export const called = (aggregate: Aggregate, id: string, { nameOf }: Lookups): Called => ({
  subject: subjectOf(aggregate, id),
  name: onOneLine(nameOf(aggregate, id) ?? id),
});

/** Parties with their names, and who holds the posts among them. */
export class Parties {
  constructor(
    private readonly lookups: Lookups,
    private readonly holders: Holders,
  ) {}

  grantors(state: DelegationView): readonly Party[] {
    const { grantedByBody, grantedByOrganisation, grantedBySeat, grantedByPerson, grantedByName } = state;
    return [
      ...this.each('body', grantedByBody),
      ...this.each('organisation', grantedByOrganisation),
      ...this.each('seat', grantedBySeat),
      ...this.each('person', grantedByPerson),
      ...inWordsOnly(grantedByName),
    ];
  }

  delegates(state: DelegationView): readonly Party[] {
    return [
      ...this.each('organisation', state.delegateOrganisations),
      ...this.each('body', state.delegateBodies),
      ...this.each('seat', state.delegateSeats),
      ...this.each('person', state.delegatePersons),
      ...inWordsOnly(state.delegateNames),
    ];
  }

  reservedTo({ body, organisation, reservedToName }: ReservationView): readonly Party[] {
    return [...this.each('body', body), ...this.each('organisation', organisation), ...inWordsOnly(reservedToName)];
  }

  private each(aggregate: PartyAggregate, ids: string | readonly string[] | undefined): readonly Party[] {
    return [ids ?? []].flat().map((id) => {
      const appointed = aggregate === 'seat' ? (this.holders.appointments.get(id) ?? []) : [];
      return {
        kind: KIND_OF[aggregate],
        ...called(aggregate, id, this.lookups),
        heldBy: appointed.map((one) => onOneLine(holderInWords(one, this.lookups))),
        vacant: aggregate === 'seat' && appointed.length === 0 && this.holders.vacant.has(id),
      };
    });
  }
}

const inWordsOnly = (names: string | readonly string[] | undefined): readonly Party[] =>
  [names ?? []].flat().map((name) => ({
    ...{ kind: 'NAMED' as const, subject: null, heldBy: [], vacant: false },
    name: onOneLine(name),
  }));

/** Who holds a post that day. */
export const heldByInWords = ({ heldBy, vacant }: Party): string => {
  if (heldBy.length > 0) return heldBy.join('; ');
  return vacant ? 'vacant' : 'nobody is recorded as holding it';
};

export const partyInWords = (party: Party): string =>
  party.kind === 'POST' ? `${party.name} (${heldByInWords(party)})` : party.name;

/** Short, for a table and a picture. */
export const partiesInWords = (parties: readonly Party[]): string =>
  parties.length === 0 ? 'nobody who is recorded' : parties.map(({ name }) => name).join('; ');
