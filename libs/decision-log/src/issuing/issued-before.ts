import type { EventStore } from '#event-store';
import { eventReader } from '#governance';
import { liveEvents, londonDay } from '#kernel';
import { decisionLogView, type DecisionLogView, type Register } from '#register';

/** What was recorded, and how to wait for it: as the door gives it. */
export interface LogReceipt {
  readonly subject: string;
  readonly events: readonly { readonly id: string; readonly type: string; readonly position: number | null }[];
  readonly position: number | null;
  readonly after: string;
  readonly alreadyRecorded: boolean;
}

/** A log that has been issued already. */
export interface IssuedBefore {
  readonly id: string;
  readonly state: DecisionLogView;
  readonly receipt: LogReceipt;
}

const read = eventReader();

/** A log by its id, from the record itself: the views may be behind. Undefined where none was issued under it. */
export const issuedIn = async (
  store: Pick<EventStore, 'readStream'>,
  id: string,
): Promise<IssuedBefore | undefined> => {
  const events = (await store.readStream(`decisionLog/${id}`)).map(read);
  const live = liveEvents(events).map(({ event }) => event);
  const issued = live.find(({ type }) => type === 'DecisionLogIssued');
  if (!issued) return undefined;
  const state = live.reduce((folded, event) => decisionLogView.project(folded, event), decisionLogView.initial);
  const { position, type } = issued;
  const receipt = {
    events: [{ id: issued.id, type, position }],
    position,
    after: `p${position}`,
    alreadyRecorded: true,
  };
  return { id, state, receipt: { subject: `decisionLog/${id}`, ...receipt } };
};

/** Id of the log that a command has issued. */
export const recordedBy = async (register: Register, commandId: string, now: number): Promise<string | undefined> => {
  const place = { asAt: londonDay(now), position: await register.position() };
  const page = await register.list('decisionLog', { where: { commandId }, first: 1 }, place);
  return page.rows[0]?.id;
};
