import { createHash } from 'node:crypto';
import { canonicalJson, Refusal } from '#kernel';
import type { HoldingView, OrganisationView, Place, PlaceView, Shown } from '#register';
import { hiddenFrom } from '../disclosing.js';
import type { LogBasis, ReaderClass } from '../document.js';
import { notAhead } from '../question.js';
import type { LogSource } from '../source.js';

/** On which basis a document of who may decide is asked for. */
export interface BasisAsked {
  /** Default: today. */
  readonly asAt?: string | undefined;
  /** A position, an instant or a day; default now. */
  readonly asKnownAt?: string | number | undefined;
  /** "Today" and "now", as UTC epoch milliseconds. */
  readonly now: number;
}

/** @throws Refusal `LOG_KNOWN_AT_AHEAD`, or one of `Register.resolveBasis`. */
export const basisFor = async (source: LogSource, reader: ReaderClass, asked: BasisAsked): Promise<LogBasis> => {
  notAhead(asked);
  const { asAt, position, recordedAt, rootHash } = await source.register.resolveBasis({
    ...asked,
    hidden: await hiddenFrom(reader, source, asked.now),
  });
  return { asAt, position, recordedAt, rootHash };
};

/**
 * The organisation of a document, by its id, its global id or a reference.
 *
 * @param alsoAt another day on which it is enough that it is there: of a difference, the earlier one.
 * @throws Refusal `UNKNOWN_SUBJECT` where nothing is called so, or nothing of it stands on the day.
 */
export const organisationFor = (
  source: LogSource,
  named: string,
  basis: Place,
  alsoAt?: Place,
): Promise<Shown<OrganisationView & HoldingView>> =>
  subjectFor(source, 'organisation', named, [basis, alsoAt ?? basis]);

/** The place of a document, likewise. */
export const placeFor = (source: LogSource, named: string, basis: Place): Promise<Shown<PlaceView & HoldingView>> =>
  subjectFor(source, 'place', named, [basis]);

async function subjectFor<State extends object>(
  { register }: LogSource,
  aggregate: 'organisation' | 'place',
  named: string,
  places: readonly [Place, ...Place[]],
): Promise<Shown<State>> {
  const [basis] = places;
  const id = await register.resolveSubject(aggregate, named, basis);
  for (const place of id === undefined ? [] : places) {
    const answer = await register.point<State>(aggregate, id ?? '', place);
    if (answer.kind === 'found') return answer;
  }
  throw new Refusal(
    'UNKNOWN_SUBJECT',
    `${aggregate} is ${JSON.stringify(named.slice(0, 200))}: needed one of the register as at ${basis.asAt}, as known at position ${basis.position}`,
    {
      field: aggregate,
      remedy: 'give a global id, the part after its slash, or a code, and a day on which it is there',
    },
  );
}

/** Sixteen hexadecimal digits: the same for the same question on the same basis. */
export const documentId = (question: object): string =>
  createHash('sha256').update(canonicalJson(question)).digest('hex').slice(0, 16);
