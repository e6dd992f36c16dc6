import { takingId, type StreamWrite } from '#event-store';
import { schemaVersionOf } from '#governance';
import { Refusal, canonicalJson, said, type Actor, type Envelope, type NewEvent } from '#kernel';
import type { Asked } from './asked.js';
import type { Receipt } from './intent.js';
import type { Judgement } from './judge.js';
import type { RecordedCommand, SubjectLog } from './subject-log.js';

/** What is written for a command: what it takes first, its own events last. */
export const writesOf = (
  { facts, takings }: Judgement,
  log: SubjectLog,
  { intent, name, digest: commandDigest }: Asked,
  actor: Actor,
): readonly StreamWrite[] => {
  const { commandId, onBehalfOf, notPatientNumbers, correlationId, causationId, traceparent, source, checkedOn } =
    intent;
  const taken = takings.reduce((sum, { events }) => sum + events.length, 0);
  const count = taken + facts.length;
  const command = { actor, onBehalfOf, commandId, commandDigest, count };
  const shared = { ...command, correlationId, causationId, traceparent, notPatientNumbers, checkedOn };
  let index = 0;
  const event = (id: string, type: string, data: object, own: Partial<Envelope>): NewEvent => ({
    id,
    type,
    schemaVersion: schemaVersionOf(type),
    payload: canonicalJson(data),
    envelope: canonicalJson(said({ ...shared, ...own, source: own.source ?? source, index: index++ })),
  });
  const { effectiveOn } = facts[0] as Judgement['facts'][number];
  return [
    ...takings.map(({ stream, expected, events }) => ({
      stream,
      expected,
      events: events.map(({ type, data }, place) => event(takingId(name, stream, place), type, data, { effectiveOn })),
    })),
    {
      stream: log.stream,
      expected: log.revision === -1 ? ('no stream' as const) : { revision: log.revision },
      events: facts.map(({ type, data, id: factId, ...own }) => event(factId, type, data, own)),
    },
  ];
};

/** What was written for a command, to whoever sent it. */
export const receiptOf = (stream: string, events: RecordedCommand['events'], alreadyRecorded: boolean): Receipt => {
  const position = events.at(-1)?.position ?? null;
  return {
    subject: stream,
    events: events.map(({ id, type, position: at }) => ({ id, type, position: at })),
    position,
    after: `p${position}`,
    alreadyRecorded,
  };
};

/** It is written, and the store cannot say yet at which positions: the receipt names the place in the stream. */
export const receiptWithoutPlace = ({ stream, revision }: SubjectLog, events: readonly NewEvent[]): Receipt => ({
  subject: stream,
  events: events.map(({ id, type }) => ({ id, type, position: null })),
  position: null,
  after: `r${revision + events.length}.${stream}`,
  alreadyRecorded: false,
  written: events,
});

/** The first answer to a command that comes again. @throws Refusal where it is another one under the same id. */
export const repeated = ({ stream, isSameAs, intent }: Asked, earlier: RecordedCommand): Receipt => {
  if (!isSameAs(earlier.digest)) throw reused(intent.commandId);
  return receiptOf(stream, earlier.events, true);
};

export const reused = (commandId: string): Refusal =>
  new Refusal('COMMAND_ID_REUSED', `commandId ${JSON.stringify(commandId)} was used for another command`, {
    field: 'commandId',
    remedy: 'give the new command an id of its own',
  });
