import { said, type Decider, type Fact } from '#kernel';
import { contradiction } from '../contradiction.js';
import { UNBORN, lifeAfter, refersTo, refersToEach, standsInLife, type Life, type Part } from '../lifecycle.js';
import type { SuccessionEvent, SuccessionRecordedData } from './succession.events.js';

export type SuccessionCommand =
  Fact<'RecordSuccession', SuccessionRecordedData> | Fact<'EndSuccession', { readonly reason?: string }>;

const PARTS: Record<SuccessionEvent['type'], Part> = { SuccessionRecorded: 'begins', SuccessionEnded: 'ends' };

/** Successions: which organisation took over from which, each a subject of its own, so that one may have several. */
export const succession: Decider<Life, SuccessionCommand, SuccessionEvent> = {
  initial: UNBORN,

  references: (command) =>
    command.type === 'RecordSuccession'
      ? [
          ...refersTo('organisation', command.data.predecessor, 'predecessor'),
          ...refersTo('organisation', command.data.successor, 'successor'),
          ...refersToEach('place', command.data.places, 'places'),
          ...refersToEach('function', command.data.catalogueFunctions, 'catalogueFunctions'),
          ...refersTo('instrument', command.data.instrument, 'instrument'),
          ...refersTo('decision', command.data.madeByDecision, 'madeByDecision'),
        ]
      : [],

  decide({ type, data }) {
    switch (type) {
      case 'RecordSuccession': {
        const { predecessor, successor, kind, places, catalogueFunctions, share, instrument, madeByDecision, note } =
          data;
        if (predecessor === successor) {
          throw contradiction('successor', 'is the predecessor', { remedy: 'name the organisation that took over' });
        }
        return {
          type: 'SuccessionRecorded',
          data: said({
            ...{ predecessor, successor, kind, share, instrument, madeByDecision, note },
            places: places && [...places],
            catalogueFunctions: catalogueFunctions && [...catalogueFunctions],
          }),
        };
      }
      case 'EndSuccession':
        return { type: 'SuccessionEnded', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, { type }) => standsInLife(life, PARTS[type], 'succession'),
  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};
