import { said, type CivilDate, type DomainEvent } from '#kernel';
import type { Clause, InstrumentEvent } from './instrument.events.js';

/** A version of an instrument that was issued, with what was found out about it. */
export interface IssuedVersion {
  readonly version: string;
  /** The day from which it takes effect; missing where nobody knows it. */
  readonly effectiveOn?: CivilDate;
  readonly change?: string;
  readonly approvedOn?: CivilDate;
  readonly draft?: boolean;
  readonly adoptedByDecision?: string;
  /** Missing where nobody recorded them. */
  readonly clauses?: readonly Clause[];
  /** That it was found never to have been valid, unless it was ratified since. */
  readonly invalid?: { readonly because: string; readonly since?: CivilDate; readonly decision?: string };
  readonly ratified?: { readonly on?: CivilDate; readonly decision?: string };
}

type Recorded = Pick<DomainEvent, 'effectiveOn' | 'envelope'> & InstrumentEvent;

/**
 * The versions that were issued, in the order in which they take effect. A version that is issued in the place of its own
 * draft, or under its own number again, is one version.
 *
 * @param events of one instrument, live as known at the position that is asked about, in T2's order, up to the day.
 */
export const issuedVersions = (events: readonly Recorded[]): readonly IssuedVersion[] => {
  const versions = new Map<string, IssuedVersion>();
  const issue = (version: IssuedVersion): void => {
    versions.delete(version.version);
    versions.set(version.version, said(version));
  };
  for (const event of events) {
    const day = event.envelope.startKnown === false ? undefined : event.effectiveOn;
    switch (event.type) {
      case 'InstrumentAdopted': {
        const { version, draft, adoptedByDecision } = event.data;
        if (version !== undefined) issue({ version, effectiveOn: day, draft, adoptedByDecision });
        break;
      }
      case 'VersionIssued':
        issue({ ...event.data, effectiveOn: day });
        break;
      case 'VersionFoundInvalid': {
        const { version, reason, decision } = event.data;
        const { ratified: _ratified, ...found } = versions.get(version) ?? { version };
        versions.set(version, { ...found, invalid: said({ because: reason, since: day, decision }) });
        break;
      }
      case 'VersionRatified': {
        const { version, decision } = event.data;
        const { invalid: _invalid, ...found } = versions.get(version) ?? { version };
        versions.set(version, { ...found, ratified: said({ on: day, decision }) });
        break;
      }
      case 'InstrumentChanged':
      case 'InstrumentWithdrawn':
    }
  }
  return [...versions.values()];
};

/** What became of a clause from one version to another. */
export const CLAUSE_CHANGES = {
  ADDED: 'The later version has it, the earlier one had it not.',
  REMOVED: 'The earlier version had it, the later one has it no more.',
  CHANGED: 'Both have it, in other words or under another title.',
} as const;
export type ClauseChange = keyof typeof CLAUSE_CHANGES;

export interface ClauseDifference {
  readonly clause: string;
  readonly change: ClauseChange;
  readonly before?: Clause;
  readonly after?: Clause;
}

/** Clause by clause what is different, in the order of the later version; what was removed stands where it stood. */
export const clauseDifferences = (
  earlier: readonly Clause[],
  later: readonly Clause[],
): readonly ClauseDifference[] => {
  const before = new Map(earlier.map((one) => [one.clause, one]));
  const names = later.map(({ clause }) => clause);
  for (const [index, { clause }] of earlier.entries()) {
    if (names.includes(clause)) continue;
    // Those before it are there by now: what is left of the earlier version is put in as it comes.
    names.splice(names.indexOf(earlier[index - 1]?.clause ?? '') + 1, 0, clause);
  }
  const after = new Map(later.map((one) => [one.clause, one]));
  return names.flatMap((clause): readonly ClauseDifference[] => {
    const [was, is] = [before.get(clause), after.get(clause)];
    if (!was || !is) return [said({ clause, change: was ? 'REMOVED' : 'ADDED', before: was, after: is })];
    if (was.text === is.text && was.title === is.title) return [];
    return [{ clause, change: 'CHANGED', before: was, after: is }];
  });
};

/** Under what is listed what one version of an instrument makes; undefined where the version is not said. */
export const versionKey = (instrument: string | undefined, version: string | undefined): string | undefined =>
  instrument === undefined || version === undefined ? undefined : JSON.stringify([instrument, version]);
