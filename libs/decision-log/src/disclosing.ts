import { disclosed, disclosureFor, seesEverything, type Reader } from '#access';
import type { EventStore } from '#event-store';
import { EXEMPT_GROUNDS, strictest, type Classed, type ExemptGround } from '#governance';
import { londonDay } from '#kernel';
import {
  WithheldRecordings,
  type DecisionView,
  type Place,
  type Register,
  type Shown,
  type WithheldDecision,
} from '#register';
import type { ReaderClass } from './document.js';
import type { Disclose, Disclosure } from './source.js';

/** In which roles the register is read for a class of readers. */
const READERS: Readonly<Record<ReaderClass, Reader>> = {
  public: { roles: ['reader'] },
  officers: { roles: ['governance-officer'] },
};

/** The policy of the register, asked for whole pages of decisions. @param now UTC epoch milliseconds, of the request. */
export const disclosing =
  (register: Register, store: Pick<EventStore, 'readStream' | 'readAll'>, now: number): Disclose =>
  async (decisions, readerClass, knownAt) => {
    const reader = READERS[readerClass];
    const disclosures = new Map<string, Disclosure>();
    if (seesEverything(reader)) {
      for (const shown of decisions) disclosures.set(shown.id, { kind: 'full', shown, withheld: [] });
      return disclosures;
    }
    const today: Place = { asAt: londonDay(now), position: await register.position() };
    const isOfToday = ({ from, to }: Shown<DecisionView>): boolean =>
      knownAt?.position === today.position && from <= today.asAt && (to === null || to > today.asAt);
    const others = decisions.filter((shown) => !isOfToday(shown)).map(({ id }) => id);
    const withheld = await WithheldRecordings.over(register, store).on(today.asAt);
    const standing = await register.pointMany<DecisionView>('decision', others, today);
    for (const shown of decisions) {
      const answer = standing.get(shown.id) ?? shown;
      const classed: Classed =
        answer?.kind === 'found'
          ? answer.state
          : strictest(await register.everShown<DecisionView>('decision', shown.id));
      disclosures.set(shown.id, shownTo(reader, shown, classed, withheld.get(shown.id)));
    }
    return disclosures;
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
