import type { NameOf } from '#governance';
import type { DelegationView } from '#register';

/** Who granted it, by the first that is said. */
export function grantor(state: DelegationView, nameOf: NameOf): string | undefined {
  const { grantedByBody, grantedByOrganisation, grantedBySeat, grantedByPerson, grantedByName } = state;
  if (grantedByBody !== undefined) return nameOf('body', grantedByBody);
  if (grantedByOrganisation !== undefined) return nameOf('organisation', grantedByOrganisation);
  if (grantedBySeat !== undefined) return nameOf('seat', grantedBySeat);
  return grantedByPerson === undefined ? grantedByName : nameOf('person', grantedByPerson);
}
