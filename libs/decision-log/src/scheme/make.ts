import { Refusal, type CivilDate } from '#kernel';
import type { LogBasis, ReaderClass } from '../document.js';
import { periodOf } from '../question.js';
import type { LogSource } from '../source.js';
import { organisationFor, placeFor } from './asking.js';
import { differenceOf, type SchemeDifference } from './difference.js';
import type { Authorities } from './files.js';
import { gatherMap, type FunctionsMap } from './functions-map.js';
import { gatherScheme } from './gather-scheme.js';
import { schemeDocument } from './scheme-document.js';
import { SCHEME_COLUMNS, schemeJson } from './scheme-files.js';
import type { Scheme, SchemeEntry } from './scheme.js';

/** What a scheme is asked for. */
export interface SchemeQuestion {
  /** Id, global id or reference. */
  readonly organisation: string;
  readonly reader: ReaderClass;
  readonly basis: LogBasis;
}

/** @throws Refusal `UNKNOWN_SUBJECT` */
export const schemeOf = async (source: LogSource, question: SchemeQuestion): Promise<Scheme> => {
  const { reader, basis } = question;
  const { id, subject, state } = await organisationFor(source, question.organisation, basis);
  return gatherScheme(source, { organisation: { id, subject, name: state.name }, basis, reader });
};

/** A scheme ready for every format. */
export const schemeMade = (scheme: Scheme): Authorities<SchemeEntry> => ({
  document: schemeDocument(scheme),
  columns: SCHEME_COLUMNS,
  rows: scheme.entries,
  json: schemeJson(scheme),
  file: 'scheme',
});

/** What the difference of a scheme between two days is asked for; the basis is as at the second. */
export interface DifferenceQuestion extends SchemeQuestion {
  readonly from: CivilDate;
}

/** @throws Refusal `UNKNOWN_SUBJECT`, or `LOG_PERIOD_BACKWARDS` where the second day is before the first. */
export const schemeDifferenceOf = async (
  source: LogSource,
  question: DifferenceQuestion,
): Promise<SchemeDifference> => {
  const { reader, basis, from } = question;
  periodOf(from, basis.asAt);
  const first = { ...basis, asAt: from };
  const { id, subject, state } = await organisationFor(source, question.organisation, basis, first);
  const organisation = { id, subject, name: state.name };
  const before = await gatherScheme(source, { organisation, basis: first, reader });
  const after = await gatherScheme(source, { organisation, basis, reader });
  return differenceOf(source, before, after);
};

/** What a map is asked for: of an organisation, or for a place. */
export interface MapQuestion extends Omit<SchemeQuestion, 'organisation'> {
  readonly organisation?: string | undefined;
  readonly place?: string | undefined;
}

/** @throws Refusal `UNKNOWN_SUBJECT`, or `INPUT` unless it is of one of the two. */
export const functionsMapOf = async (source: LogSource, question: MapQuestion): Promise<FunctionsMap> => {
  const { reader, basis, organisation, place } = question;
  if ((organisation === undefined) === (place === undefined)) {
    throw new Refusal(
      'INPUT',
      `${place === undefined ? 'neither organisation nor place is' : 'organisation and place are both'} given: needed one of them`,
      {
        field: 'organisation',
        remedy: 'give the organisation or the place that the map is of',
      },
    );
  }
  if (place !== undefined) {
    const { id, subject, state } = await placeFor(source, place, basis);
    return gatherMap(source, { of: { aggregate: 'place', id, subject, name: state.name }, basis, reader }, undefined);
  }
  const { id, subject, state } = await organisationFor(source, organisation ?? '', basis);
  return gatherMap(
    source,
    { of: { aggregate: 'organisation', id, subject, name: state.name }, basis, reader },
    state.kind,
  );
};
