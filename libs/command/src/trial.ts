import { weigh, type StreamWrite } from '#event-store';
import { canonicalJson, Refusal, type NewEvent } from '#kernel';
import type { FieldChange, Receipt } from './intent.js';
import type { Judgement } from './judge.js';
import type { DecidedFact, Judged } from './standing.js';
import type { SubjectLog } from './subject-log.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a command would be answered if it were sent to be recorded. Nothing of it is kept. */
export const trialReceipt = ({ facts, stood }: Judgement, log: SubjectLog, writes: readonly StreamWrite[]): Receipt => {
  const { refused } = weigh(writes);
  if (refused?.kind === 'too large') throw tooLarge(refused);
  const { events } = writes.at(-1) as StreamWrite;
  return {
    subject: log.stream,
    events: events.map(({ id, type }) => ({ id, type, position: null })),
    position: null,
    // Nothing is waited for.
    after: 'p-1',
    alreadyRecorded: false,
    written: events,
    trial: facts.flatMap((fact) => changesOf(fact, stood.get(fact.id)?.() ?? [], log)),
  };
};

/** A command that no log takes. */
export const tooLarge = ({ bytes, limit }: { readonly bytes: number; readonly limit: number }): Refusal =>
  new Refusal('TOO_LARGE', `the command takes ${bytes} bytes; the register takes ${limit}`, {
    field: 'data',
    remedy: 'record the long text as a document elsewhere and its address here',
  });

/** @param before the live events before its place, the last first. */
function changesOf(
  { id, data, corrects, annuls }: DecidedFact,
  before: Iterable<Judged>,
  log: SubjectLog,
): readonly FieldChange[] {
  const dropped = log.live(corrects ?? annuls ?? '')?.event.data as Fields | undefined;
  const earlier = dropped ? [dropped] : [...before].map((event) => event.data as Fields);
  const said = data as Fields;
  const named = [...new Set([...Object.keys(said), ...Object.keys(dropped ?? {})])];
  return named.flatMap((field): readonly FieldChange[] => {
    const was = shown(earlier.find((event) => Object.hasOwn(event, field))?.[field]);
    const is = shown(said[field]);
    return was === is ? [] : [{ event: id, field, before: was, after: is }];
  });
}

const shown = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : canonicalJson(value);

/** The reference that a command gives its subject or takes for it; undefined where it does neither. */
export const referenceIn = (events: readonly Pick<NewEvent, 'payload'>[]): string | undefined => {
  const given = events.map(({ payload }) => (JSON.parse(payload) as Fields)['reference']);
  return given.findLast((reference) => typeof reference === 'string');
};
