import { commandName, type EventStore, type Sender } from '#event-store';
import { eventReader } from '#governance';
import { liveEvents, londonDay, type Envelope } from '#kernel';
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

/** The log that a command of the sender's has issued; what others call by the same id is not looked at. */
export const recordedBy = async (
  { register, store }: { readonly register: Register; readonly store: Pick<EventStore, 'readStream'> },
  { sender, commandId, now }: { readonly sender: Sender; readonly commandId: string; readonly now: number },
): Promise<IssuedBefore | undefined> => {
  const place = { asAt: londonDay(now), position: await register.position() };
  const name = commandName(sender, commandId);
  for (let after: string | undefined; ;) {
    const page = await register.list('decisionLog', { where: { commandId }, first: 100, after }, place);
    for (const { id } of page.rows) {
      const [issued] = await store.readStream(`decisionLog/${id}`);
      const { actor } = JSON.parse(issued?.envelope ?? '{}') as Partial<Envelope>;
      if (actor && commandName(actor, commandId) === name) return issuedIn(store, id);
    }
    if (!page.hasNext) return undefined;
    after = page.rows.at(-1)?.cursor;
  }
};
