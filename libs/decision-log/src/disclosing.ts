import { disclosed, disclosureFor, presentationOf, seesEverything, type Presentation, type Reader } from '#access';
import type { EventStore } from '#event-store';
import { CLASSES, EXEMPT_GROUNDS, strictest, type Classed, type ExemptGround } from '#governance';
import { londonDay, type Position } from '#kernel';
import {
  noneOf,
  supersededBy,
  supersedingDecisions,
  hiddenPositions,
  WithheldRecordings,
  type DecisionView,
  type Place,
  type Register,
  type Restriction,
  type Shown,
  type WithheldDecision,
} from '#register';
import type { ReaderClass } from './document.js';
import type { Disclose, Disclosure, Known } from './source.js';

/** In which roles the register is read for a class of readers. */
const READERS: Readonly<Record<ReaderClass, Reader>> = {
  public: { roles: ['reader'] },
  officers: { roles: ['governance-officer'] },
};

/** Whether readers are not even to know that something of a class is there. */
export const isUnknownTo = (readerClass: ReaderClass, { disclosure }: Pick<Classed, 'disclosure'>): boolean =>
  presentationOf(READERS[readerClass], disclosure) === 'absent';

/** Where in the log recordings stand that readers may not know of; undefined where there can be none. */
export const hiddenFrom = async (
  readerClass: ReaderClass,
  {
    register,
    store,
  }: { readonly register: Register; readonly store: Pick<EventStore, 'readStream' | 'readStreams' | 'readAll'> },
  now: number,
): Promise<ReadonlySet<Position> | undefined> => {
  if (seesEverything(READERS[readerClass])) return undefined;
  const withheld = await WithheldRecordings.over(register, store).on(londonDay(now));
  return hiddenPositions(withheld, (classed) => !isUnknownTo(readerClass, classed));
};

/** The policy of the register, asked for whole pages of decisions. @param now UTC epoch milliseconds, of the request. */
export const disclosing =
  (register: Register, store: Pick<EventStore, 'readStream' | 'readStreams' | 'readAll'>, now: number): Disclose =>
  async (decisions, readerClass, place) => {
    const reader = READERS[readerClass];
    const ask = async (some: readonly Shown<DecisionView>[]): Promise<ReadonlyMap<string, Disclosure>> =>
      disclosuresOf({ register, store, now }, some, reader, place);
    const disclosures = await ask(decisions);
    const ids = decisions.map(({ id }) => id);
    const later = await supersedingDecisions(register, ids, place);
    if (later.size === 0) return disclosures;
    const seen = await ask([...new Map([...later.values()].flat().map((one) => [one.id, one])).values()]);
    const isSeen = ({ id }: { readonly id: string }): boolean => seen.get(id)?.kind === 'full';
    return new Map(
      [...disclosures].map(([id, disclosure]) => [id, replaced(disclosure, (later.get(id) ?? []).filter(isSeen))]),
    );
  };

/** As others that whoever reads may see leave it; a stub says where it stands, and not by what. */
function replaced(disclosure: Disclosure, by: readonly Shown<DecisionView>[]): Disclosure {
  if (disclosure.kind === 'absent' || by.length === 0) return disclosure;
  const { supersededBy: later, ...state } = supersededBy(disclosure.shown.state, by);
  const named = disclosure.kind === 'full' && later !== undefined ? { supersededBy: later } : {};
  return { ...disclosure, shown: { ...disclosure.shown, state: { ...state, ...named } } };
}

interface Asked {
  readonly register: Register;
  readonly store: Pick<EventStore, 'readStream' | 'readStreams' | 'readAll'>;
  readonly now: number;
}

async function disclosuresOf(
  { register, store, now }: Asked,
  decisions: readonly Shown<DecisionView>[],
  reader: Reader,
  { position }: Place,
): Promise<ReadonlyMap<string, Disclosure>> {
  const disclosures = new Map<string, Disclosure>();
  if (seesEverything(reader)) {
    for (const shown of decisions) disclosures.set(shown.id, { kind: 'full', shown, withheld: [] });
    return disclosures;
  }
  const today: Place = { asAt: londonDay(now), position: await register.position() };
  const isOfToday = ({ from, to }: Shown<DecisionView>): boolean =>
    position === today.position && from <= today.asAt && (to === null || to > today.asAt);
  const others = decisions.filter((shown) => !isOfToday(shown)).map(({ id }) => id);
  const withheld = await WithheldRecordings.over(register, store).on(today.asAt);
  const standing = await register.pointMany<DecisionView>('decision', others, today);
  for (const shown of decisions) {
    const answer = standing.get(shown.id) ?? shown;
    const classed: Classed =
      answer?.kind === 'found' ? answer.state : strictest(await register.everShown<DecisionView>('decision', shown.id));
    disclosures.set(shown.id, shownTo(reader, shown, classed, withheld.get(shown.id)));
  }
  return disclosures;
}

/** What readers may know of: how the register is counted for them. @param now UTC epoch milliseconds, of the request. */
export const knowing =
  (register: Register, store: Pick<EventStore, 'readStream' | 'readStreams' | 'readAll'>, now: number): Known =>
  async (readerClass, place) => {
    const reader = READERS[readerClass];
    if (seesEverything(reader)) return { there: { all: [] }, inFull: { all: [] } };
    const today: Place = { asAt: londonDay(now), position: await register.position() };
    const recordings = await WithheldRecordings.over(register, store).on(today.asAt);
    const but = (...presentations: readonly Presentation[]): Restriction => {
      const classes = CLASSES.filter((each) => presentations.includes(presentationOf(reader, each)));
      const closed = [...recordings].filter(([, withheld]) =>
        classes.includes(strictest(withheld.at(place)).disclosure),
      );
      const ids = closed.map(([id]) => id);
      return noneOf(classes, today, ids, [place]);
    };
    return { there: but('absent'), inFull: but('absent', 'stub') };
  };

function shownTo(
  reader: Reader,
  shown: Shown<DecisionView>,
  now: Classed,
  recordings: WithheldDecision | undefined,
): Disclosure {
  const disclosure = disclosureFor(reader, shown.state, now, recordings?.in(shown));
  const state = disclosed(shown.state, disclosure);
  if (!state) return { kind: 'absent' };
  if (disclosure.presentation === 'stub') {
    const { ground, reviewOn } = disclosure.because ?? {};
    return { kind: 'stub', shown: { ...shown, state }, ground: groundInWords(ground), ...(reviewOn && { reviewOn }) };
  }
  return {
    kind: 'full',
    shown: { ...shown, state },
    // Also where nothing is withheld any more: how an exemption was argued stays with those who see what is.
    veilOf: ({ id }) => {
      const recorded = recordings?.of(id);
      return recorded ? disclosureFor(reader, shown.state, now, [recorded]) : disclosure;
    },
    withheld: disclosure.withheldParts.map((part) => ({
      field: part.field,
      ground: groundInWords(part.ground),
      ...(part.reviewOn && { reviewOn: part.reviewOn }),
    })),
  };
}

const groundInWords = (ground: ExemptGround | undefined): string =>
  ground === undefined ? 'The ground is not recorded.' : EXEMPT_GROUNDS[ground];
