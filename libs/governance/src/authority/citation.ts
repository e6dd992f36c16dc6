import { point, under, type Asking } from '../facts.js';
import { listed } from '../wording.js';
import type { Chain } from './authority.js';
import type { AppointmentRead, DelegationRead } from './readings.js';
import { delegationNamed, failure, type Walk } from './walk.js';
import { marked } from './words.js';

/**
 * The chain of the delegation that a decision names, where it leads to somebody else: what it is said to rest on is tested
 * and told, whatever else it may rest on.
 */
export function* unusedCitation(
  { matter, on, decider, scope }: Walk,
  found: readonly Chain[],
): Asking<Chain | undefined> {
  const { delegation } = matter;
  if (delegation === undefined || found.some((chain) => chain.hops.some(({ by }) => by.id === delegation)))
    return undefined;
  const known = yield* point<DelegationRead>('delegation', delegation, on);
  if (!known) return undefined;
  const { delegateOrganisations = [], delegateBodies = [], delegateSeats = [], delegatePersons = [] } = known.state;
  const holders = yield* under<AppointmentRead>('appointment', 'seat', delegateSeats, on);
  const inPost = holders.filter(({ begun, state }) => begun && state.holds !== 'NO' && state.vacant !== true);
  const to = [
    ...delegateOrganisations.map((id) => marked({ aggregate: 'organisation', id })),
    ...delegateBodies.map((id) => marked({ aggregate: 'body', id })),
    ...delegatePersons.map((id) => marked({ aggregate: 'person', id })),
    ...delegateSeats.map((id) => {
      const holder = inPost.find(({ state }) => state.seat === id)?.state.person;
      const held =
        holder === undefined ? 'nobody is known to have held' : `${marked({ aggregate: 'person', id: holder })} held`;
      return `${marked({ aggregate: 'seat', id })}, which ${held} on the day`;
    }),
  ];
  const test = delegateSeats.length > 0 && decider.kind === 'person' ? 'POST' : 'DELEGATE';
  return {
    function: scope.function,
    hops: [
      {
        kind: 'DELEGATED',
        to: decider,
        by: delegationNamed(delegation),
        since: known.from,
        until: known.to,
        recordedFrom: known.recordedFrom,
        notes: [],
      },
    ],
    failure: failure(
      test,
      delegationNamed(delegation),
      `it is to ${listed(to)}`,
      `that it is to ${marked({ aggregate: decider.kind, id: decider.id })}`,
    ),
    missing: [],
  };
}
