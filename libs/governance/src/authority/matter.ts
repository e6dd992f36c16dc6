import type { CivilDate, Money } from '#kernel';
import type { ConditionMet } from '../decision/decision.events.js';
import type { DecisionType } from '../decision/decision-lists.js';
import type { Spending, Vat } from '../spending.js';
import type { Actor, MissingDatum, SubjectNamed } from './authority.js';
import type { DecisionRead } from './readings.js';
import { marked } from './words.js';

/** What somebody decided, or thinks of deciding. */
export interface Matter {
  /** Who decides; several decide together. */
  readonly deciders: readonly Actor[];
  /** The appointment in which an officer acts. */
  readonly hat?: string;
  /** The delegation it is said to be decided under. */
  readonly delegation?: string;
  /** Ids of the catalogue. */
  readonly functions: readonly string[];
  readonly on?: CivilDate;
  readonly kind?: DecisionType;
  readonly amount?: Money;
  readonly amountPerYear?: Money;
  readonly spending?: Spending;
  readonly vat?: Vat;
  readonly places: readonly string[];
  readonly provider?: string;
  readonly conditionsMet: readonly ConditionMet[];
  /** The decision; missing where it is only thought of. */
  readonly decision?: string;
  /** Fields that are withheld from whoever asks. */
  readonly withheld: readonly string[];
}

/**
 * A recorded decision as a matter.
 *
 * @param met the body of its meeting, where no body is said to have decided, and the day of it.
 */
export const matterOf = (
  id: string,
  state: DecisionRead,
  met: { readonly body?: string; readonly on?: CivilDate } = {},
): Matter => {
  const { decidedBy = [], bodies = [], officer, taken } = state;
  const asked = taken === true ? decidedBy : [...decidedBy, ...(decidedBy.length === 0 ? bodies : [])];
  const of = asked.length > 0 || officer !== undefined || met.body === undefined ? asked : [met.body];
  const on = state.takenOn ?? met.on;
  return {
    deciders: [
      ...of.map((body): Actor => ({ kind: 'body', id: body })),
      // Where a body decided, an officer named beside it carries it out.
      ...(of.length === 0 && officer !== undefined ? [{ kind: 'person', id: officer } as const] : []),
    ],
    functions: state.catalogueFunctions ?? [],
    places: state.places ?? [],
    conditionsMet: state.conditionsMet ?? [],
    decision: id,
    withheld: state.stub === true ? ['title'] : (state.withheldParts ?? []).map(({ field }) => field),
    ...(on !== undefined && { on }),
    ...(state.appointment !== undefined && { hat: state.appointment }),
    ...(state.delegation !== undefined && { delegation: state.delegation }),
    ...(state.kind !== undefined && { kind: state.kind }),
    ...(state.amount !== undefined && { amount: state.amount }),
    ...(state.amountPerYear !== undefined && { amountPerYear: state.amountPerYear }),
    ...(state.spending !== undefined && { spending: state.spending }),
    ...(state.vat !== undefined && { vat: state.vat }),
    ...(state.provider !== undefined && { provider: state.provider }),
  };
};

/** What the matter is in a sentence, and where its data are recorded. */
export const aboutMatter = ({ decision }: Matter): SubjectNamed | undefined =>
  decision === undefined ? undefined : { aggregate: 'decision', id: decision };

/** That a datum of the matter itself is missing: of a decision, or in the question. */
export const lacking = (matter: Matter, field: string, datum: string): MissingDatum => {
  const about = aboutMatter(matter);
  const isWithheld = matter.withheld.includes(field) || matter.withheld.includes('title');
  return {
    about: about ?? { aggregate: 'decision', id: '' },
    field,
    datum: `${about ? `of ${marked(about)}: ` : ''}${datum}${isWithheld ? ', which is withheld from you' : ''}`,
    recordedBy: isWithheld
      ? 'a governance officer or an auditor sees it'
      : about
        ? 'whoever records decisions of the body: ChangeDecision'
        : 'whoever asks',
  };
};
