import type { Fact } from '#kernel';
import type { NameOf } from '../wording.js';
import type { DecisionEvent } from './decision.events.js';
import { decisionSentence } from './decision.sentences.js';
import { classifiedSentence, liftedSentence } from './disclosure.sentences.js';
import { eventWithout, type DecisionPart } from './disclosure.js';

/** What is withheld of a decision from somebody who is told about it. */
export interface Veil {
  /** True where the whole is withheld and only that it is there is shown. */
  readonly stub: boolean;
  /** Parts that are withheld. */
  readonly withheldFields: readonly DecisionPart[];
  /** Those of them of which not even the name is shown. */
  readonly unnamedFields: readonly DecisionPart[];
}

/** What an event about a decision says to somebody from whom something is withheld. */
export interface Veiled {
  readonly sentence: string;
  /** False where the source and the reasons given for a correction may say again what is withheld. */
  readonly open: boolean;
}

/**
 * An event as it is told to whoever may not read everything about the decision: of a stub what happened and nothing of
 * what it said; else what it says without the parts that are withheld, and without how an exemption was argued.
 */
export const veiled = (event: Fact, veil: Veil, nameOf: NameOf): Veiled => {
  const told = event as DecisionEvent;
  if (veil.stub) return { sentence: stubSentence(told), open: false };
  if (told.type === 'DecisionClassified' || told.type === 'ExemptionLifted') {
    return { sentence: classSentence(told, veil.unnamedFields), open: false };
  }
  const unnamed = eventWithout(told, veil.unnamedFields);
  const kept = eventWithout(unnamed, veil.withheldFields);
  const remark = kept === unnamed ? '' : ' A part of it is withheld.';
  return {
    sentence: `${decisionSentence(withoutClass(kept), nameOf)}${remark}`,
    open: kept === told,
  };
};

/** The class that an event gives a decision from the first is argued with what is withheld. */
function withoutClass(event: DecisionEvent): DecisionEvent {
  if (!('disclosure' in event.data) || event.type === 'DecisionClassified') return event;
  const { disclosure: _, ...data } = event.data;
  return { ...event, data } as DecisionEvent;
}

const CHANGED = 'What may be seen of the decision was changed.';

function classSentence(
  event: Extract<DecisionEvent, { type: 'DecisionClassified' | 'ExemptionLifted' }>,
  unnamed: readonly DecisionPart[],
): string {
  const { fields } = event.data;
  if (fields?.some((field) => unnamed.includes(field))) return CHANGED;
  if (event.type === 'ExemptionLifted') return liftedSentence({ ...(fields && { fields }) });
  const { disclosure, ground, reviewOn } = event.data;
  if (disclosure === 'CONFIDENTIAL') return CHANGED;
  return classifiedSentence({
    disclosure,
    ...(ground && { ground }),
    ...(reviewOn && { reviewOn }),
    ...(fields && { fields }),
  });
}

function stubSentence(event: DecisionEvent): string {
  switch (event.type) {
    case 'DecisionProposed':
      return 'The decision was proposed; what it says is withheld.';
    case 'DecisionTaken':
      return 'The decision was taken; what it says is withheld.';
    case 'DecisionChanged':
      return 'Something was recorded about the decision; what it says is withheld.';
    case 'DecisionPublished':
      return 'The decision was published as far as it may be.';
    case 'DecisionCalledIn':
      return 'The decision was called in.';
    case 'DecisionReleased':
      return 'The decision was released from call-in.';
    case 'DecisionImplemented':
      return 'The decision was carried out.';
    case 'DecisionSuperseded':
      return 'The decision was replaced, whole or in part.';
    case 'DecisionRescinded':
      return 'The decision was rescinded.';
    case 'DecisionLapsed':
      return 'The decision lapsed.';
    case 'DecisionClassified':
      return event.data.fields === undefined ? classSentence(event, []) : CHANGED;
    case 'ExemptionLifted':
      return CHANGED;
  }
}
