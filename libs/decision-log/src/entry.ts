import { factsOf, type Material, type Recorded } from './facts.js';
import { createHash } from 'node:crypto';
import { addDays, epochMsOf, liveEvents, londonDay, type CivilDate, type DomainEvent, type Position } from '#kernel';
import type { BodyView, DecisionView } from '#register';
import { detailsOf, stubDetails } from './details.js';
import type { ChangeMark, CorrectionRow, DecisionEntry, DecisionFacts } from './document.js';
import type { Lookups } from './names.js';
import { byText, dayOrNot, inShort, onOneLine } from './plain.js';
import type { Scope } from './question.js';
import { historyOf, reasonOf, recordedOn, tell, type Naming, type Recordings } from './recordings.js';

/** A decision of the log, with what its place in the log is settled by. */
export interface PlacedEntry {
  /** Its place is 0 until the whole page is in order. */
  readonly entry: DecisionEntry;
  /** Sort key of its group: by the rank of who decided, then by name. */
  readonly groupOrder: string;
  /** What was corrected or annulled about it, since the log before where there is one. */
  readonly corrections: readonly CorrectionRow[];
}

/** Order of groups: the system, its board, its committees, joint committees, place, other bodies, officers, nobody. */
const RANKS: Readonly<Partial<Record<BodyView['kind'], number>>> = {
  ICP: 1,
  ICB_BOARD: 2,
  CCG_GOVERNING_BODY: 2,
  CLUSTER_BOARD: 2,
  ICB_COMMITTEE: 3,
  ICB_SUBCOMMITTEE: 3,
  EXECUTIVE_GROUP: 3,
  JOINT_COMMITTEE: 4,
  COMMITTEE_IN_COMMON: 4,
  HWB: 5,
  PLACE_CONSULTATIVE_FORUM: 5,
  LOCALITY_PARTNERSHIP: 5,
};
const OTHER_BODY = 6;
const OFFICER = 7;
const IN_WORDS_ONLY = 8;
const NOBODY = 9;

/** @param scope.printed false for an entry that is not to be printed: without details. Default true. */
export const placedEntry = (
  material: Material,
  lookups: Lookups,
  { publicAddress, since, printed = true }: Pick<Scope, 'publicAddress' | 'since'> & { readonly printed?: boolean },
): PlacedEntry => {
  const { decision, disclosure } = material;
  const { state, id } = decision.shown;
  const reference = state.reference ?? id;
  const [rank, group] = groupOf(material, lookups);
  const groupOrder = `${rank} ${group}`;
  const dateInWords = `${dayOrNot(decision.datedOn)}${decision.byMeeting ? ' (day of its meeting)' : ''}`;
  const place = {
    id,
    reference,
    place: 0,
    anchor: anchorOf(id),
    datedOn: decision.datedOn ?? null,
    dateInWords,
    group,
  };
  const link = publicAddress === undefined ? {} : { permalink: permalinkOf(publicAddress, reference) };
  const mark = markOf(material, since ?? -1);
  const marked = mark === undefined ? {} : { mark };
  if (disclosure.kind === 'stub') {
    const title = inShort(state.title) || 'Withheld';
    const stub = {
      ...place,
      ...link,
      ...marked,
      title,
      ground: disclosure.ground,
      reviewOn: disclosure.reviewOn ?? null,
    };
    const heading = `${reference}: ${title} (withheld)`;
    const details = printed ? stubDetails(stub) : [];
    return { groupOrder, corrections: [], entry: { kind: 'stub', heading, ...stub, details } };
  }
  const facts = factsOf(
    material,
    lookups,
    disclosure.withheld.map(({ field }) => field),
    recordedOf(material, lookups),
  );
  const title = inShort(state.title) || '(no title)';
  const heading = `${inShort(reference)}: ${title}`;
  const details = printed ? detailsOf(facts, decision, { ...marked, ...link, withheld: disclosure.withheld }) : [];
  const corrections = correctionsOf(material, reference, lookups, since ?? -1);
  return {
    groupOrder,
    corrections,
    entry: { kind: 'full', heading, ...place, ...link, ...marked, title, facts, details },
  };
};

/** The order of the log: by day, then by who decided, then by reference, then by id. */
export const inLogOrder = (a: PlacedEntry, b: PlacedEntry): number =>
  byText(a.entry.datedOn ?? '', b.entry.datedOn ?? '') ||
  byText(a.groupOrder, b.groupOrder) ||
  byText(a.entry.reference, b.entry.reference) ||
  byText(a.entry.id, b.entry.id);

/** Letters, digits and hyphens; six digits of a digest keep apart what looks the same without its other characters. */
export const anchorOf = (id: string): string => {
  const plain = id.slice(0, 60).replaceAll(/[^A-Za-z0-9]+/g, '-');
  return `d-${plain}-${createHash('sha256').update(id).digest('hex').slice(0, 6)}`;
};

export const permalinkOf = (publicAddress: string, reference: string): string =>
  `${publicAddress}/decisions/${pathOf(reference)}`;

/**
 * A name as the end of an address, where a slash stands as it is: many proxies refuse `%2F`, or turn it into a slash on
 * the way. Only where a piece between slashes would be lost on the way (`.`, `..` or nothing) is the slash written so.
 */
export const pathOf = (name: string): string => {
  const pieces = name.split('/').map(encodeURIComponent);
  return pieces.join(pieces.some((piece) => /^\.{0,2}$/.test(piece)) ? '%2F' : '/');
};

function groupOf({ decision, met }: Material, { nameOf, stateOf }: Lookups): [rank: number, name: string] {
  const { state } = decision.shown;
  const ranked = (id: string): [number, string] => {
    const kind = stateOf<BodyView>('body', id)?.kind;
    return [(kind && RANKS[kind]) ?? OTHER_BODY, nameOf('body', id) ?? id];
  };
  const bodies = (state.decidedBy ?? []).map(ranked);
  const [first] = bodies.toSorted(([rankA, a], [rankB, b]) => rankA - rankB || byText(a, b));
  if (first) return [first[0], inShort(first[1])];
  if (state.officer !== undefined) return [OFFICER, 'Officers'];
  if (state.decidedByName !== undefined) return [IN_WORDS_ONLY, inShort(state.decidedByName)];
  if (met !== undefined) {
    const [rank, name] = ranked(met);
    return [rank, `${inShort(name)} (its meeting; not said who decided)`];
  }
  const organisation = state.organisation === undefined ? undefined : nameOf('organisation', state.organisation);
  return [
    NOBODY,
    organisation === undefined ? 'Not said who decided' : `${inShort(organisation)} (not said by which body)`,
  ];
}

function recordedOf({ recordings, decision }: Material, naming: Naming): Recorded {
  const [first] = recordings.events;
  const taken = liveEvents(recordings.events).findLast(({ event }) => event.type === 'DecisionTaken')?.event;
  return {
    at: first?.recordedAt ?? decision.shown.recordedAt,
    position: first?.position ?? decision.shown.recordedFrom,
    effectiveFrom: taken && taken.envelope.startKnown !== false ? taken.effectiveOn : null,
    history: historyOf(recordings, naming),
  };
}

const correctionsOf = (
  { recordings }: Material,
  reference: string,
  naming: Naming,
  since: Position,
): readonly CorrectionRow[] =>
  recordings.events
    .filter(({ envelope, position }) => position > since && (envelope.corrects ?? envelope.annuls) !== undefined)
    .map((event) => correctionRow(event, recordings, reference, naming));

/** One correction or annulment. Whether it is called a correction goes by its reason (T3). */
export const correctionRow = (
  event: DomainEvent,
  { events, veilOf }: Recordings,
  reference: string,
  naming: Naming,
): CorrectionRow => ({
  reference,
  recordedAt: event.recordedAt,
  position: event.position,
  sentence: onOneLine(tell(event, events, naming, veilOf)),
  because: reasonOf(event, events, naming, veilOf),
});

/**
 * What became different since the log before; undefined where nothing did, or where there is none. Every recording since
 * then stands in the history of an entry in full, whatever it says; of a stub only what the stub shows is compared, so
 * that nothing tells that something withheld has changed.
 */
function markOf({ before, decision, disclosure, recordings }: Material, since: Position): ChangeMark | undefined {
  if (before === undefined) return undefined;
  const last = recordings.events.at(-1);
  const when = last === undefined ? '' : `, on ${recordedOn(last)}`;
  const isTold = disclosure.kind === 'stub' || recordings.events.some(({ position }) => position <= since);
  if (before.state === undefined || !isTold)
    return { kind: 'new', words: `New since the last log: recorded after it${when}.` };
  const { state } = decision.shown;
  const seen = `What may be seen of it has changed since the last log${when}.`;
  if (disclosure.kind === 'stub')
    return stubPart(before.state) === stubPart(state) ? undefined : { kind: 'changed', words: seen };
  if (before.state.disclosure !== state.disclosure) return { kind: 'now-public', words: seen };
  if (last === undefined || last.position <= since) {
    if (!before.isReplacedSince) return undefined;
    return { kind: 'changed', words: `Changed since the last log: ${replacement(state)}.` };
  }
  const corrected = last.envelope.corrects !== undefined || last.envelope.annuls !== undefined;
  return corrected
    ? { kind: 'corrected', words: `Corrected since the last log${when}; the history says what and why.` }
    : { kind: 'changed', words: `Changed since the last log${when}; the history says how.` };
}

const replacement = ({ supersededBy }: DecisionView): string =>
  supersededBy === undefined ? 'nothing replaces it any more' : 'another decision replaces it';

/** What a stub shows of a state. */
const stubPart = ({ reference, datedOn, decidedBy, disclosure, exemption = {} }: DecisionView): string => {
  const { ground, reviewOn, publicTitle } = exemption;
  return JSON.stringify([reference, datedOn, decidedBy, disclosure, ground, reviewOn, publicTitle]);
};

/** Days after which a decision was made known late. */
const LATE_AFTER_DAYS = 30;
/** Days after which it was recorded late. */
const RECORDED_LATE_AFTER_DAYS = 28;

export const isPublishedLate = ({ takenOn, effectiveFrom, noticedOn, publishedOn }: DecisionFacts): boolean => {
  const since = takenOn ?? effectiveFrom;
  const known = [noticedOn, publishedOn].filter((day): day is CivilDate => day !== null).toSorted(byText)[0];
  return since !== null && known !== undefined && known > addDays(since, LATE_AFTER_DAYS);
};

export const isRecordedLate = ({ recordedAt }: DecisionFacts, datedOn: CivilDate | null): boolean =>
  datedOn !== null && londonDay(epochMsOf(recordedAt)) > addDays(datedOn, RECORDED_LATE_AFTER_DAYS);

export const isUrgent = ({ route, procurementRoute }: DecisionFacts): boolean =>
  route === 'URGENT_CHAIR_CEO' || route === 'EMERGENCY_EPRR' || procurementRoute === 'PSR_URGENT_REG14';

export const isInPrivate = ({ route }: DecisionFacts): boolean => route === 'MEETING_PRIVATE_SESSION';
