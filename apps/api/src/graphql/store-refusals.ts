import { isStoreFault, type StoreFaultCode } from '#event-store';
import { Refusal } from '#kernel';

type Told = readonly [sentence: string, remedy: string];

const AGAIN_LATER = 'tell the operator, and send the same command again when they have seen to it';
const AGAIN_SOON = 'send the same command again in a few seconds; it is recorded once';

/** What whoever asked can be told of a log that cannot do its work. What is not here is a fault of ours, and masked. */
const TOLD: Readonly<Partial<Record<StoreFaultCode, Told>>> = {
  STORE_FULL: ['the disk of the log is full: nothing was recorded; reading goes on', AGAIN_LATER],
  STORE_READ_ONLY: ['the disk of the log is read-only: nothing was recorded; reading goes on', AGAIN_LATER],
  STORE_IO: [
    'the disk of the log failed: nothing was recorded, nor will be until the program is started again',
    AGAIN_LATER,
  ],
  STORE_WRITER_LOST: [
    'the writer of the log has ended: nothing was recorded, nor will be until the program is started again',
    AGAIN_LATER,
  ],
  STORE_BUSY: ['another program keeps the log locked: nothing was recorded', AGAIN_SOON],
  STORE_UNREACHABLE: ['the log does not answer: nothing was recorded', AGAIN_SOON],
  STORE_REPLACED: [
    'the log was replaced, and the register is started again: nothing that is shown or recorded now can be relied on',
    'send the same command again in a minute; it is recorded once',
  ],
  STORE_CLOSED: ['the program is being stopped: nothing was recorded', AGAIN_SOON],
  STORE_ACCESS_DENIED: ['the event store does not let this register in: nothing was recorded', AGAIN_LATER],
  STORE_CORRUPT: [
    'the log is damaged, or somebody else has changed it: nothing was recorded, nor will be until an operator has seen to it',
    AGAIN_LATER,
  ],
  STORE_FOREIGN_EVENT: [
    'another program has written into the log: nothing was recorded, nor will be until an operator has seen to it; reading goes on',
    AGAIN_LATER,
  ],
  STORE_STREAM_DELETED: [
    'somebody has deleted a part of the log: nothing was recorded, nor will be until an operator has seen to it; reading goes on',
    AGAIN_LATER,
  ],
  STORE_FORGETS_EVENTS: [
    'the log was told to forget events: nothing was recorded, nor will be until an operator has seen to it; reading goes on',
    AGAIN_LATER,
  ],
  STORE_EVENTS_MISSING: [
    'events are missing from the log: nothing was recorded, nor will be until an operator has seen to it; reading goes on',
    AGAIN_LATER,
  ],
  STORE_BEHIND: ['the newest events of the log are not known here yet: nothing was recorded', AGAIN_SOON],
};

/**
 * What a client sees of a store's fault, under its code: what became of what they asked, never where the log lies.
 * Undefined for any other error, and for a fault that they can do nothing about.
 */
export const storeRefusal = (thrown: unknown): Refusal | undefined => {
  if (!isStoreFault(thrown)) return undefined;
  const told = TOLD[thrown.code];
  return told && new Refusal(thrown.code, told[0], { remedy: told[1] });
};
