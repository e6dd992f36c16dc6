import { point, type Asking, type Known } from '../facts.js';
import { dayInWords } from '../wording.js';
import type { Actor, Failure, MissingDatum } from './authority.js';
import type { BodyRead, DelegationRead, Lasts, SeatRead } from './readings.js';
import { delegationLacks, delegationNamed, failure, type Walk } from './walk.js';
import { marked, markedActor } from './words.js';

export interface GrantorFinding {
  readonly grantor?: Actor;
  /** The organisation as which it granted; missing where it is not known, or several. */
  readonly organisation?: string;
  readonly failure?: Failure;
  readonly missing: readonly MissingDatum[];
}

/** Who granted a delegation, and whether they are there on the day: what they granted goes with them. */
export function* grantorOf({ on }: Walk, { id, state }: Known<DelegationRead>): Asking<GrantorFinding> {
  const grantor = grantorIn(state);
  const at = delegationNamed(id);
  if (!grantor) {
    const who =
      state.grantedByName === undefined
        ? 'who granted'
        : `who of the register “${state.grantedByName}” is, who granted`;
    return { missing: [delegationLacks(id, 'grantedByBody', `${who} ${marked(at)}`)] };
  }
  const known = yield* point<Lasts & BodyRead & SeatRead>(grantor.kind, grantor.id, on);
  const owners = grantor.kind === 'body' ? (known?.state.owners ?? []) : [];
  const organisation =
    state.grantedByOrganisation ??
    (grantor.kind === 'seat' ? known?.state.organisation : owners.length === 1 ? owners[0] : undefined);
  const of = { grantor, ...(organisation !== undefined && { organisation }) };
  const gone = goneOn(known, on);
  if (gone !== undefined) {
    const needed = `that ${markedActor(grantor)} is there on ${dayInWords(on)}`;
    return {
      ...of,
      missing: [],
      failure: failure('GRANTOR', at, `${markedActor(grantor)}, who granted it, ${gone}`, needed, 'BR-073'),
    };
  }
  if (grantor.kind === 'body' && owners.length > 0) {
    for (const owner of owners) {
      const lost = goneOn(yield* point<Lasts>('organisation', owner, on), on);
      if (lost === undefined || owners.length > 1) continue;
      const owned = marked({ aggregate: 'organisation', id: owner });
      const needed = `that ${owned} is there on ${dayInWords(on)}`;
      return {
        ...of,
        missing: [],
        failure: failure('GRANTOR', at, `${owned}, whose body granted it, ${lost}`, needed, 'BR-073'),
      };
    }
  }
  return { ...of, missing: [] };
}

/** The nearest of those that are named. */
const grantorIn = (state: DelegationRead): Actor | undefined => {
  if (state.grantedByBody !== undefined) return { kind: 'body', id: state.grantedByBody };
  if (state.grantedBySeat !== undefined) return { kind: 'seat', id: state.grantedBySeat };
  if (state.grantedByPerson !== undefined) return { kind: 'person', id: state.grantedByPerson };
  return state.grantedByOrganisation === undefined
    ? undefined
    : { kind: 'organisation', id: state.grantedByOrganisation };
};

/** Why something is not there on a day; nothing where it is, or may be. */
export const goneOn = (known: Known<Lasts> | undefined, on: string): string | undefined => {
  if (!known) return 'is not in the register';
  if (!known.begun) return `was not there before ${dayInWords(known.from)}`;
  if (known.state.holds !== 'NO') return undefined;
  const day = known.state.end?.day;
  return day && day < on ? `was gone: its last day was ${dayInWords(day)}` : 'was gone by then';
};
