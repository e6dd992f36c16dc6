import { addDays, revised, said, type CivilDate, type DomainEvent } from '#kernel';
import {
  classAfter,
  type Classed,
  type ClassedAtOnce,
  type DecisionChanges,
  type DecisionEvent,
  type Procurement,
} from '#governance';
import { firstDay, lastDay } from '../lifespan.js';
import type { DecisionView } from './decision.state.js';

/** The state after an event, with the day it goes by and where it stands. */
export const foldDecision = (state: DecisionView, event: DomainEvent): DecisionView => {
  const recorded = event as DomainEvent & DecisionEvent;
  const { datedOn: _datedOn, status: _status, ...next } = folded(state, recorded);
  const { disclosure, exemption, withheldParts } = classAfter(state, recorded);
  return said({
    ...next,
    ...inForce(next, recorded),
    // What is withheld stays withheld, also where the decision begins anew.
    disclosure,
    exemption,
    withheldParts,
    datedOn: next.takenOn ?? next.noticedOn ?? next.publishedOn,
    status: next.calledIn === true && !next.ended ? 'CALLED_IN' : next.standing,
  });
};

/** The first day on which it holds, and the last. What was never taken has none. */
function inForce(
  { taken, ended, inForceFrom, inForceUntil }: Pick<DecisionView, 'taken' | 'ended' | 'inForceFrom' | 'inForceUntil'>,
  event: DomainEvent & DecisionEvent,
): Pick<Partial<DecisionView>, 'inForceFrom' | 'inForceUntil'> {
  if (event.type === 'DecisionTaken') return { inForceFrom: firstDay(event), inForceUntil: undefined };
  return { inForceFrom, inForceUntil: taken && ended ? (inForceUntil ?? lastDay(event)) : undefined };
}

/** The last day of a standstill, unless something stronger is known: a call-in, an end, that it was carried out. */
const standstillEnds = ({ procurement, status }: DecisionView): CivilDate | undefined =>
  status === 'TAKEN' || status === 'PROPOSED' ? procurement?.standstillUntil : undefined;

export const standstillTurns = (state: DecisionView): readonly CivilDate[] => {
  const last = standstillEnds(state);
  return last === undefined ? [] : [addDays(last, 1)];
};

export const inStandstill = (state: DecisionView, date: CivilDate): boolean => {
  const last = standstillEnds(state);
  return last !== undefined && date <= last;
};

/** Without the class: that is not for each kind of event to say. */
function folded(state: DecisionView, { type, data }: DecisionEvent): Omit<DecisionView, keyof Classed> {
  switch (type) {
    case 'DecisionProposed':
      return { ...withoutClass(data), status: 'PROPOSED', standing: 'PROPOSED', ended: false };
    case 'DecisionTaken':
      return {
        ...(state.ended ? {} : state),
        ...withoutClass(data),
        status: 'TAKEN',
        standing: 'TAKEN',
        taken: true,
        ended: false,
      };
    case 'DecisionChanged':
      return changedBy(state, withoutClass(data));
    case 'DecisionPublished':
      return said({ ...state, publishedOn: data.publishedOn, publishedWhere: data.where });
    case 'DecisionCalledIn':
      return said({ ...state, calledIn: true, calledInBecause: data.reason });
    case 'DecisionReleased':
      return said({ ...state, calledIn: undefined, calledInBecause: data.reason });
    case 'DecisionImplemented':
      return said({ ...state, standing: state.ended ? state.standing : 'IMPLEMENTED', implementedNote: data.note });
    case 'DecisionSuperseded': {
      const superseded = { ...state, supersededBy: data.by, supersededPart: data.part };
      if (data.part === undefined) return said({ ...superseded, standing: 'SUPERSEDED', ended: true });
      return said({ ...superseded, standing: state.ended ? state.standing : 'PART_SUPERSEDED' });
    }
    case 'DecisionRescinded':
      return said({ ...state, rescindedBy: data.by, endedBecause: data.reason, standing: 'RESCINDED', ended: true });
    case 'DecisionLapsed':
      return said({ ...state, endedBecause: data.reason, standing: 'LAPSED', ended: true });
    case 'DecisionClassified':
    case 'ExemptionLifted':
      return state;
  }
}

/** What is said of buying is put in, not in the place of what was; where nothing is left of it, nothing is. */
function changedBy(
  state: DecisionView,
  { procurement, ...changes }: DecisionChanges,
): Omit<DecisionView, keyof Classed> {
  const next = revised(state, changes);
  if (procurement === undefined) return next;
  const { procurement: before, ...rest } = next;
  const bought = procurement && revised<Procurement>(before ?? {}, procurement);
  return bought && Object.keys(bought).length > 0 ? { ...rest, procurement: bought } : rest;
}

function withoutClass<Data extends ClassedAtOnce>({ disclosure: _, ...data }: Data): Omit<Data, 'disclosure'> {
  return data;
}
