import { Refusal, canonicalJson, londonDay, epochMsOf, type Actor, type Envelope, type Instant } from '#kernel';
import { eventId, REGISTER_STREAM, sha256Hex, type EventStore, type StreamWrite } from '#event-store';

/** Data of `RegisterOpened`, the event at position 0. */
export interface RegisterOpened {
  /** `own`: every event is stamped when it is written. `kept`: an import brought the recording instants of its source. */
  readonly recordedInstants: 'own' | 'kept';
  /** Whose instants were kept. */
  readonly source?: string;
  /**
   * A UUID made when the log began, so that no other log has the same first event: two registers that begin with the same
   * import at the same instants would. Logs begun before have none.
   */
  readonly log?: string;
}

/** Id of the first event of every log. */
export const OPENING = eventId(REGISTER_STREAM, 0);

/**
 * The first write to an empty log, which says whose recording instants it holds (T1). It goes in with the first command,
 * so that a command that is refused opens nothing.
 *
 * @param at the recording instant.
 */
export const openingOf = (opened: RegisterOpened, actor: Actor, at: Instant): StreamWrite => {
  const payload = canonicalJson({ ...opened, log: crypto.randomUUID() });
  const envelope: Envelope = {
    effectiveOn: londonDay(epochMsOf(at)),
    actor,
    commandId: REGISTER_STREAM,
    commandDigest: sha256Hex(payload),
    index: 0,
    count: 1,
  };
  const event = { id: OPENING, type: 'RegisterOpened', schemaVersion: 1, payload, envelope: canonicalJson(envelope) };
  return { stream: REGISTER_STREAM, expected: 'no stream', events: [event] };
};

/**
 * Opens an empty log by itself. Does nothing where the log has begun.
 *
 * @param at the recording instant: of the first row that is going to be imported, or now.
 * @returns false where the log had begun already.
 * @throws Refusal `OUTCOME_UNKNOWN` where the store does not say what became of it.
 */
export const openLog = async (
  store: EventStore,
  opened: RegisterOpened,
  actor: Actor,
  at: Instant,
): Promise<boolean> => {
  if ((await store.head()) >= 0) return false;
  const options = opened.recordedInstants === 'kept' ? { recordedAt: at } : {};
  const outcome = await store.append([openingOf(opened, actor, at)], options);
  if (outcome.kind === 'appended') return true;
  if (outcome.kind === 'already appended' || outcome.kind === 'wrong revision' || outcome.kind === 'id taken')
    return false;
  throw new Refusal('OUTCOME_UNKNOWN', `the store has not said whether the register was opened: ${outcome.kind}`, {
    remedy: 'send the same command again with the same commandId: it is recorded once',
  });
};
