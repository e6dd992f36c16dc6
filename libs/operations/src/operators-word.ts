import { eventId, sha256Hex } from '#event-store';
import { canonicalJson, londonDay, type Actor, type Envelope, type NewEvent } from '#kernel';

/**
 * An event in the register's own stream, by which an operator says something that holds for every program and for ever.
 *
 * @param commandId made of what is said: of the same word there is one event.
 */
export const operatorsWord = (type: string, data: object, commandId: string, actor: Actor): NewEvent => {
  const payload = canonicalJson(data);
  const effectiveOn = londonDay(Date.now());
  const envelope: Envelope = { effectiveOn, actor, commandId, commandDigest: sha256Hex(payload), index: 0, count: 1 };
  return { id: eventId(commandId, 0), type, schemaVersion: 1, payload, envelope: canonicalJson(envelope) };
};
