import { eventId, REGISTER_STREAM, QUARANTINED, sha256Hex, type ForeignEventQuarantined } from '#event-store';
import { canonicalJson, epochMsOf, instantOf, londonDay, type Actor, type Envelope, type NewEvent } from '#kernel';

/** The event that says that a foreign event is passed over. Of the same one there is one. */
export const quarantineEvent = (quarantined: ForeignEventQuarantined, actor: Actor): NewEvent => {
  const { stream, revision, event } = quarantined;
  const payload = canonicalJson(quarantined);
  const commandId = `${REGISTER_STREAM}/quarantine/${stream}/${revision}/${event}`;
  const envelope: Envelope = {
    effectiveOn: londonDay(epochMsOf(instantOf(Date.now()))),
    actor,
    commandId,
    commandDigest: sha256Hex(payload),
    index: 0,
    count: 1,
  };
  return {
    id: eventId(commandId, 0),
    type: QUARANTINED,
    schemaVersion: 1,
    payload,
    envelope: canonicalJson(envelope),
  };
};
