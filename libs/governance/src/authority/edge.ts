import type { CivilDate } from '#kernel';
import { point, under, type Asking, type Known } from '../facts.js';
import { dayInWords, lastDayInWords } from '../wording.js';
import type { Failure, MissingDatum } from './authority.js';
import { againstLimits } from './limits.js';
import { ADVISING } from './bodies.js';
import { lacking, type Matter } from './matter.js';
import type { DelegationRead, InstrumentRead } from './readings.js';
import { coversFunction, placesOutside } from './scope.js';
import { delegationLacks, delegationNamed, failure, type Edge, type Walk } from './walk.js';
import { marked, markedEach } from './words.js';

/** What the tests of one delegation found: the first that it fails, and what is missing before that. */
export interface EdgeFinding {
  readonly failure?: Failure;
  readonly missing: readonly MissingDatum[];
  readonly notes: readonly string[];
}

/** A delegation as it stands on the day, without what an invalid version of its instrument made of it. */
export interface Standing {
  readonly known: Known<DelegationRead>;
  readonly failure?: Failure;
  readonly notes: readonly string[];
}

/** Versions of one instrument that are left out at most, one after the other. */
const VERSIONS = 8;

/**
 * What is left of a delegation where the version of the instrument that makes it was found invalid: what the version before
 * made of it, if there was one.
 */
export function* standingOf(delegation: Known<DelegationRead>, on: CivilDate): Asking<Standing> {
  let known = delegation;
  const left: { instrument: string; version: string }[] = [];
  const notes: string[] = [];
  while (left.length < VERSIONS) {
    const { instrument, version } = known.state;
    if (instrument === undefined) return { known, notes };
    const of = yield* point<InstrumentRead>('instrument', instrument, on);
    const invalid = of?.state.invalidVersions?.find((one) => one.version === version);
    const named = marked({ aggregate: 'instrument', id: instrument });
    if (of?.state.holds === 'NO' && of.state.replacedBy === undefined) {
      const since = of.state.end?.day ? ` since ${dayInWords(of.state.end.day)}` : '';
      const gone = failure(
        'INSTRUMENT',
        delegationNamed(known.id),
        `${named} is no longer in force${since}`,
        'an instrument in force',
      );
      return { known, notes, failure: gone };
    }
    if (!invalid || version === undefined) return { known, notes };
    const because = invalid.because === undefined ? '' : `: ${invalid.because}`;
    notes.push(`version ${version} of ${named} was found invalid${because}`);
    left.push({ instrument, version });
    const [before = []] = yield [{ kind: 'without', aggregate: 'delegation', id: known.id, on, versions: left }];
    const found = before[0] as Known<DelegationRead> | undefined;
    if (!found?.begun) {
      const at = delegationNamed(known.id);
      const said = `version ${version} of ${named}, which makes it, was found invalid${because}`;
      return { known, notes, failure: failure('VERSION', at, said, 'a valid version', 'BR-071') };
    }
    known = found;
  }
  return { known, notes };
}

/** Tests one delegation for the matter, in the order in which its own terms can be read. @param below the one that passes its power on. */
export function* againstEdge(walk: Walk, edge: Edge, below: Edge | undefined): Asking<EdgeFinding> {
  const { known } = edge;
  const missing: MissingDatum[] = [];
  const notes = toBeRead(known.state);
  const failed = (test: Failure['test'], found: string, needed: string, rule?: string): EdgeFinding => ({
    failure: failure(test, delegationNamed(known.id), found, needed, rule),
    missing,
    notes,
  });
  const inTime = againstDays(known, walk.on);
  if (inTime.kind === 'outside') return failed(below ? 'OUTLIVES' : 'INTERVAL', inTime.found, inTime.needed, 'BR-068');
  if (inTime.kind === 'missing') missing.push(inTime.missing);
  if (known.state.status === 'SUSPENDED')
    return failed('SUSPENSION', 'it is suspended', 'that it is resumed', 'BR-068');
  const successor = yield* replacedBy(known, walk.on);
  if (successor !== undefined) {
    return failed('REPLACED', `${marked(delegationNamed(successor))} has taken its place`, 'the one in force');
  }

  const { scope, matter } = walk;
  const { catalogueFunctions, powers, places, excludedProviders = [], limits = [] } = known.state;
  if (catalogueFunctions === undefined || catalogueFunctions.length === 0) {
    missing.push(
      delegationLacks(
        known.id,
        'catalogueFunctions',
        `the functions of the catalogue that ${marked(delegationNamed(known.id))} covers`,
      ),
    );
  } else if (!coversFunction(scope, catalogueFunctions)) {
    return failed(
      below ? 'WIDER' : 'FUNCTION',
      `it covers ${markedEach('function', catalogueFunctions)}`,
      marked({ aggregate: 'function', id: scope.function }),
      'BR-051',
    );
  }
  const suffices = (power: string): boolean => DECIDING.has(power) || (power === 'RECOMMEND' && advises(matter));
  if (powers && powers.length > 0 && !powers.some(suffices)) {
    return failed(
      'POWER',
      `it gives power to ${powers.map((power) => power.toLowerCase().replaceAll('_', ' ')).join(', ')}`,
      'power to decide',
    );
  }
  if (places && places.length > 0) {
    if (scope.places.length === 0) missing.push(lacking(matter, 'places', 'the places'));
    const outside = placesOutside(scope, places);
    if (outside.length > 0) {
      const reach = `it reaches to ${markedEach('place', places)}`;
      return failed(below ? 'WIDER' : 'PLACE', reach, markedEach('place', outside), 'BR-051');
    }
  } else if (known.state.scope?.place !== undefined) {
    missing.push(
      delegationLacks(
        known.id,
        'places',
        `the place of the register that “${known.state.scope.place}” is, in ${marked(delegationNamed(known.id))}`,
      ),
    );
  }
  if (matter.provider !== undefined && excludedProviders.includes(matter.provider)) {
    return failed('PROVIDER', `it leaves out ${markedEach('organisation', [matter.provider])}`, 'another provider');
  }
  if (excludedProviders.length > 0 && matter.provider === undefined) {
    missing.push(lacking(matter, 'provider', 'the provider, of whom the delegation leaves some out'));
  }
  const limit = yield* againstLimits(limits, matter, known.id, walk.on);
  if (limit.kind === 'beyond')
    return failed(below ? 'WIDER' : 'LIMIT', limit.found, limit.needed, below ? 'BR-051' : 'BR-062');
  if (limit.kind === 'missing') missing.push(limit.missing);
  const condition = againstConditions(walk, known);
  missing.push(...condition.missing);
  if (condition.breached)
    return failed('CONDITION', condition.breached.found, condition.breached.needed, condition.breached.rule);
  return { missing, notes };
}

const advises = ({ kind }: Matter): boolean => kind !== undefined && ADVISING.has(kind);

const DECIDING: ReadonlySet<string> = new Set(['DECIDE', 'SPEND', 'AWARD_CONTRACT', 'APPROVE_POLICY', 'SIGN']);

type InTime =
  | { readonly kind: 'inside' }
  | { readonly kind: 'outside'; readonly found: string; readonly needed: string }
  | { readonly kind: 'missing'; readonly missing: MissingDatum };

function againstDays({ id, state, begun, from }: Known<DelegationRead>, on: CivilDate): InTime {
  const needed = `that it is in force on ${dayInWords(on)}`;
  if (!begun) return { kind: 'outside', found: `it begins on ${dayInWords(from)}`, needed };
  if (state.holds === 'NO' || state.status === 'EXPIRED' || state.status === 'REVOKED') {
    const what = state.status === 'REVOKED' ? 'it was revoked' : 'its term was over';
    const day = state.end?.day ?? state.termEnds;
    return { kind: 'outside', found: day ? `${what}: its last day was ${dayInWords(day)}` : what, needed };
  }
  if (state.holds !== 'NOT_KNOWN') return { kind: 'inside' };
  const datum = `whether ${marked(delegationNamed(id))} was in force on ${dayInWords(on)}`;
  return { kind: 'missing', missing: { ...delegationLacks(id, 'start', datum), field: 'start' } };
}

/** The delegation that was granted in the place of this one and has begun, where its version is valid. */
function* replacedBy(known: Known<DelegationRead>, on: CivilDate): Asking<string | undefined> {
  const after = yield* under<DelegationRead>('delegation', 'replaces', [known.id], on);
  for (const one of after) {
    if (!one.begun || one.from > on || one.state.replaces !== known.id) continue;
    const standing = yield* standingOf(one, on);
    if (!standing.failure && standing.known.state.replaces === known.id) return one.id;
  }
  return undefined;
}

/** Limits in the words of the source that only a person can judge. */
const toBeRead = ({ scope = {} }: DelegationRead): readonly string[] => [
  ...(scope.service === undefined ? [] : [`only for “${scope.service}”: to be read by a person`]),
  ...(scope.population === undefined ? [] : [`only for “${scope.population}”: to be read by a person`]),
  ...(scope.exclusions ?? []).map((words) => `not for “${words}”: to be read by a person`),
];

interface ConditionFinding {
  readonly breached?: { readonly found: string; readonly needed: string; readonly rule: string };
  readonly missing: readonly MissingDatum[];
}

function againstConditions({ matter, on }: Walk, { id, state }: Known<DelegationRead>): ConditionFinding {
  const missing: MissingDatum[] = [];
  for (const { key, text, applies, state: stands } of state.conditions ?? []) {
    const asked = `condition ${key}, “${text}”`;
    if (applies === 'STANDING') {
      if (stands === 'BREACHED') {
        return { missing, breached: { found: `${asked}, is breached`, needed: 'that it is met', rule: 'BR-070' } };
      }
      if (stands === undefined)
        missing.push(delegationLacks(id, 'conditions', `whether ${asked}, of ${marked(delegationNamed(id))} was met`));
      continue;
    }
    const met = matter.conditionsMet.find((one) => one.delegation === id && one.condition === key);
    if (!met) missing.push(lacking(matter, 'conditionsMet', `how ${asked}, was met before the day`));
    else if (met.on !== undefined && met.on > on) {
      const found = `${asked}, was met on ${dayInWords(met.on)}`;
      return { missing, breached: { found, needed: `by ${dayInWords(on)}`, rule: 'BR-061' } };
    }
  }
  return { missing };
}

/** The last day of a half-open stretch in words; nothing where there is no end. */
export const untilInWords = (to: CivilDate | null): string => (to === null ? '' : `, until ${lastDayInWords(to)}`);
