import { REGISTER_STREAM, QUARANTINED, type ForeignEventQuarantined } from '#event-store';
import type { Actor, NewEvent } from '#kernel';
import { operatorsWord } from './operators-word.js';

/** The event that says that a foreign event is passed over. Of the same one there is one. */
export const quarantineEvent = (quarantined: ForeignEventQuarantined, actor: Actor): NewEvent => {
  const { stream, revision, event } = quarantined;
  return operatorsWord(QUARANTINED, quarantined, `${REGISTER_STREAM}/quarantine/${stream}/${revision}/${event}`, actor);
};
