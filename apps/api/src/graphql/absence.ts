import type { Absence, Basis } from '#register';
import type { AbsenceView } from './connection.js';

/** Why there is nothing to show, in a word and in a sentence (T7). */
export const absenceShown = (absence: Absence, subject: string, { asAt, position }: Basis): AbsenceView => {
  const kind = absence.kind.toUpperCase().replaceAll('-', '_');
  switch (absence.kind) {
    case 'never-recorded':
      return { kind, sentence: `The register held nothing called ${subject} at position ${position}.` };
    case 'not-yet-begun': {
      const moved =
        absence.position === null ? '' : `; position ${absence.position} of the register moved its beginning there`;
      const { from } = absence;
      return {
        kind,
        from,
        position: absence.position,
        sentence: `On ${asAt} it had not begun: it begins on ${from}${moved}.`,
      };
    }
    case 'recorded-as-none':
      return { kind, from: absence.from, sentence: `It is recorded that there was nothing from ${absence.from} on.` };
    case 'withdrawn':
      return {
        kind,
        position: absence.position,
        sentence: `All that was recorded of it has been annulled, last at position ${absence.position}.`,
      };
    case 'not-yet-known':
      return {
        kind,
        position: absence.position,
        sentence: `At position ${position} it was not yet known; it came to be known at position ${absence.position}.`,
      };
  }
};
