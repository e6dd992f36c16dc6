import { said, type CivilDate } from '#kernel';
import type { InstrumentVersion } from '#governance';
import type { InstrumentView } from './instrument.view.js';
import type { ClauseView } from './version.view.js';

/** What is said of a version while it stands. */
export interface StandingVersion {
  readonly version?: string;
  readonly change?: string;
  readonly approvedOn?: CivilDate;
  readonly versionAdoptedByDecision?: string;
  readonly clauses?: readonly ClauseView[];
}

const standingIn = ({
  version,
  change,
  approvedOn,
  versionAdoptedByDecision,
  clauses,
}: InstrumentView): StandingVersion => said({ version, change, approvedOn, versionAdoptedByDecision, clauses });

/** The record with another version standing, and nothing of the one that stood. */
const withStanding = (state: InstrumentView, standing: StandingVersion): InstrumentView => {
  const {
    version: _version,
    change: _change,
    approvedOn: _approvedOn,
    versionAdoptedByDecision: _adopted,
    clauses: _clauses,
    previousVersion: _previous,
    versionBefore: _before,
    setAside: _aside,
    ...kept
  } = state;
  return { ...kept, ...standing };
};

/** A version that takes effect. The one that stood before is kept, to stand again where this one never was valid. */
export const issued = (state: InstrumentView, data: InstrumentVersion): InstrumentView => {
  const { version, change, approvedOn, draft, adoptedByDecision, clauses } = data;
  if (draft) return said({ ...state, draftVersion: version, draftChange: change });
  const { draftVersion: _version, draftChange: _change, ...kept } = state;
  const standing = said({ version, change, approvedOn, versionAdoptedByDecision: adoptedByDecision, clauses });
  return said({
    ...withStanding(kept, standing),
    previousVersion: state.version,
    versionBefore: state.version === undefined ? undefined : standingIn(state),
    invalidVersions: invalidBut(state, version),
  });
};

/** A version that was never valid: where it stood, the one before does. */
export const foundInvalid = (
  state: InstrumentView,
  found: { readonly version: string; readonly because: string; readonly since?: CivilDate },
): InstrumentView => {
  const invalidVersions = [...(invalidBut(state, found.version) ?? []), said(found)];
  if (state.version === found.version) {
    return said({ ...withStanding(state, state.versionBefore ?? {}), invalidVersions, setAside: standingIn(state) });
  }
  const versionBefore = state.versionBefore?.version === found.version ? undefined : state.versionBefore;
  return said({ ...state, invalidVersions, versionBefore });
};

/** A version that is valid after all: where none came since, it stands again. */
export const ratified = (state: InstrumentView, version: string): InstrumentView => {
  const invalidVersions = invalidBut(state, version);
  const { setAside } = state;
  if (setAside?.version !== version) return said({ ...state, invalidVersions });
  return said({
    ...withStanding(state, setAside),
    previousVersion: state.version,
    versionBefore: state.version === undefined ? undefined : standingIn(state),
    invalidVersions,
  });
};

function invalidBut({ invalidVersions }: InstrumentView, version: string): InstrumentView['invalidVersions'] {
  const others = (invalidVersions ?? []).filter((one) => one.version !== version);
  return others.length === 0 ? undefined : others;
}
