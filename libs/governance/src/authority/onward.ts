import { points, type Asking } from '../facts.js';
import type { Failure, MissingDatum } from './authority.js';
import type { BodyRead, DelegationRead, SeatRead } from './readings.js';
import { delegationLacks, delegationNamed, failure, type Edge, type Walk } from './walk.js';
import { marked } from './words.js';

export interface OnwardFinding {
  readonly failure?: Failure;
  readonly missing: readonly MissingDatum[];
}

/**
 * Whether a power could be passed on from one delegation by the next below it (BR-052). An organisation that was given a
 * power exercises it through its own bodies and officers: that passes nothing on.
 *
 * @param below those that pass it on, the nearest first.
 */
export function* againstOnward(walk: Walk, above: Edge, below: readonly Edge[]): Asking<OnwardFinding> {
  const { known, to } = above;
  const at = delegationNamed(known.id);
  const passing: Edge[] = [];
  for (const edge of below) {
    const isWithin = to.kind === 'organisation' && (yield* staysWithin(edge.known.state, to.id, walk));
    if (!isWithin) passing.push(edge);
  }
  const [first] = passing;
  if (!first) return { missing: [] };
  const { onward, onwardDepth } = known.state;
  const by = marked(delegationNamed(first.known.id));
  if (onward === 'PROHIBITED' || onwardDepth === 0) {
    return {
      missing: [],
      failure: failure('ONWARD', at, `it may not be passed on, and was by ${by}`, 'power to pass it on', 'BR-052'),
    };
  }
  if (onwardDepth !== undefined && passing.length > onwardDepth) {
    const found = `it was passed on ${passing.length} times`;
    return { missing: [], failure: failure('DEPTH', at, found, `no more than ${onwardDepth}`, 'BR-052') };
  }
  const missing: MissingDatum[] = [];
  if (onward === undefined)
    missing.push(delegationLacks(known.id, 'onward', `whether ${marked(at)} may be passed on, as it was by ${by}`));
  if (onward === 'WITH_CONSENT') {
    for (const edge of passing) {
      if (consents(known.state, edge.known.state)) continue;
      const { id } = edge.known;
      missing.push(
        delegationLacks(
          id,
          'approvals',
          `the consent of whoever granted ${marked(at)} to ${marked(delegationNamed(id))}`,
        ),
      );
    }
  }
  return { missing };
}

/** Whether whoever granted the power is among those who approved that it was passed on. */
const consents = (above: DelegationRead, onward: DelegationRead): boolean =>
  (onward.approvals ?? []).some(
    ({ body, organisation }) =>
      (body !== undefined && body === above.grantedByBody) ||
      (organisation !== undefined && organisation === above.grantedByOrganisation),
  );

function* staysWithin(state: DelegationRead, organisation: string, { on }: Walk): Asking<boolean> {
  const { delegateOrganisations = [], delegateBodies = [], delegateSeats = [] } = state;
  if (delegateOrganisations.some((id) => id !== organisation)) return false;
  const bodies = yield* points<BodyRead>('body', delegateBodies, on);
  if (bodies.some((body) => (body.state.owners ?? []).some((owner) => owner !== organisation))) return false;
  const seats = yield* points<SeatRead>('seat', delegateSeats, on);
  return seats.every((seat) => seat.state.organisation === undefined || seat.state.organisation === organisation);
}
