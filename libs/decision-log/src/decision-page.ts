import { dayInWords, referenceKey } from '#governance';
import type { CivilDate } from '#kernel';
import {
  Belonging,
  bodyThatMet,
  Contradictions,
  contradictionTold,
  type DecisionView,
  type Place,
  type Shown,
} from '#register';
import { namesFor } from './context.js';
import { answered, meetingsOf, type DatedDecision } from './dated.js';
import type { ReaderClass } from './document.js';
import { placedEntry } from './entry.js';
import type { Material } from './facts.js';
import { detailsHtml, escaped, opening } from './html.js';
import { pageStyle } from './html-style.js';
import { inThousands } from './plain.js';
import { recordingsOf, shownOf } from './recordings.js';
import type { LogSource } from './source.js';

/** What a page of one decision is asked for. */
export interface PageQuestion {
  /** The reference or the id, as it stands in the address. */
  readonly named: string;
  readonly place: Place;
  readonly reader: ReaderClass;
  readonly publicAddress: string | undefined;
}

/**
 * One decision as an HTML page, with its history in sentences; undefined where there is none that the reader may see,
 * which is not told apart from one that was never recorded.
 */
export const decisionPage = async (
  source: LogSource,
  { named, place, reader, publicAddress }: PageQuestion,
): Promise<string | undefined> => {
  const recorded = await found(source, named, place);
  if (!recorded) return undefined;
  const disclosure = (await source.disclose([recorded.shown], reader, place)).get(recorded.shown.id);
  if (!disclosure || disclosure.kind === 'absent') return undefined;
  const decision = disclosure.kind === 'stub' ? recorded : await datedByMeeting(source, recorded, place);
  const { state, id, subject } = disclosure.shown;
  // A stub is found only by what it shows.
  const keys = [id, ...(state.reference === undefined ? [] : [state.reference])].map(referenceKey);
  if (disclosure.kind === 'stub' && !keys.includes(referenceKey(named))) return undefined;
  const recordings =
    disclosure.kind === 'full'
      ? shownOf(await recordingsOf(source, subject, place.position), disclosure.veilOf)
      : { events: [] };
  const material = {
    decision: { ...decision, shown: disclosure.shown },
    disclosure,
    recordings,
    contradicted: ((await Contradictions.over(source.store).asKnownAt(place.position)).get(subject) ?? []).map(
      contradictionTold,
    ),
    ...(await attribution(source, disclosure.shown, decision.datedOn, place)),
  };
  const { entry } = await namesFor(source, place, reader).tell((lookups) =>
    placedEntry(material, lookups, { publicAddress, since: undefined }),
  );
  const basis = `As at ${dayInWords(place.asAt)} · as known at position ${inThousands(place.position)}`;
  return [
    opening(entry.heading, pageStyle(basis, '')),
    '<main id="content">',
    `<h1>${escaped(entry.heading)}</h1>`,
    `<p class="subtitle">${escaped(entry.kind === 'stub' ? 'A decision of which something is withheld' : 'A decision of the register')}</p>`,
    detailsHtml(entry.details),
    '</main>',
    `<footer class="page"><p>${escaped(basis)}</p></footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
};

/** One without a day of its own, with that of its meeting. */
async function datedByMeeting({ register }: LogSource, decision: DatedDecision, place: Place): Promise<DatedDecision> {
  if (decision.datedOn !== undefined) return decision;
  const [held] = (await meetingsOf(register, [decision.shown], place)).values();
  return held === undefined ? decision : { ...decision, datedOn: held.heldOn, byMeeting: true };
}

/** Who answers for it, and by whose meeting, as far as what is shown tells. */
async function attribution(
  { register }: LogSource,
  shown: Shown<DecisionView>,
  datedOn: CivilDate | undefined,
  place: Place,
): Promise<Pick<Material, 'answering' | 'met'>> {
  const one = answered(shown, datedOn ?? place.asAt, await meetingsOf(register, [shown], place));
  const answering = await new Belonging(register, place.position).answering([one]);
  const met = bodyThatMet(one);
  return {
    answering: (answering.get(shown.id) ?? []).map(({ organisation }) => organisation),
    ...(met !== undefined && { met }),
  };
}

/** As it stands on the day; one that takes effect only later, as it is going to. */
async function found({ register }: LogSource, named: string, place: Place): Promise<DatedDecision | undefined> {
  const id = await register.resolveSubject('decision', named, place);
  if (id === undefined) return undefined;
  const answer = await register.point<DecisionView>('decision', id, place);
  if (answer.kind === 'found') return { shown: answer, datedOn: answer.state.datedOn };
  if (answer.kind !== 'not-yet-begun') return undefined;
  const begun = await register.point<DecisionView>('decision', id, { asAt: answer.from, position: place.position });
  return begun.kind === 'found' ? { shown: begun, datedOn: begun.state.datedOn, begins: answer.from } : undefined;
}
