import { openEventStore, type EventStore } from '#event-store';
import { Refusal, type Envelope, type Position } from '#kernel';
import { recordSkip } from '#operations/skips';
import { VIEWS, openRegisterToRead } from '#register';
import { configured } from './configured.js';
import { withLog, withoutSkipped } from './held-register.js';
import { commandLineActor } from './command-line-actor.js';
import { print, type Global } from './terminal.js';

export interface SkipOptions extends Global {
  readonly position: string;
  readonly reason: string;
}

/** `register follower skip`: the one way past an event that a follower cannot take. It is recorded, with who and why. */
export const skipCommand = async (name: string, { dataDir, json, position, reason }: SkipOptions): Promise<void> => {
  const configuration = configured(dataDir);
  const at = wholeNumber(position);
  if (reason.trim() === '') {
    throw new Refusal('SKIP_REASON', 'the reason is empty: needed why the event is left out', { field: 'reason' });
  }
  await refuseUnlessStuck(configuration, name, at);
  await withLog(configuration, 'register follower skip', async (store) =>
    recordSkip(store, { follower: name, position: at, reason: reason.trim() }, commandLineActor()),
  );
  const skipped = { follower: name, position: at, reason: reason.trim() };
  print(
    json
      ? JSON.stringify(skipped)
      : `recorded: follower ${name} goes on without position ${at}; a running one does so within a few seconds`,
  );
};

/** Only what a follower stands before may be left out: anything else would be in the views now and gone after a rebuild. */
async function refuseUnlessStuck(
  { dataDirectory, eventStoreUrl, readModelUrl }: ReturnType<typeof configured>,
  name: string,
  at: Position,
): Promise<void> {
  const store = await openEventStore(eventStoreUrl, dataDirectory, { readOnly: true });
  let views: Awaited<ReturnType<typeof openRegisterToRead>> | undefined;
  try {
    views = await openRegisterToRead(dataDirectory, VIEWS, readModelUrl, await withoutSkipped(store));
    const states = await views.register.followerStates();
    const kept = states.find((state) => state.name === name);
    if (!kept) {
      const known =
        states.length === 0 ? 'and none has run here yet' : `needed ${states.map((state) => state.name).join(' or ')}`;
      throw new Refusal('UNKNOWN_FOLLOWER', `no follower called ${JSON.stringify(name)} has run here: ${known}`);
    }
    const reached = await views.register.position();
    if (kept.state !== 'failed') {
      throw new Refusal(
        'SKIP_NOT_STUCK',
        `follower ${name} is ${kept.state} at position ${reached}: only one that failed is let go on`,
      );
    }
    const last = await endOfCommand(store, reached + 1);
    if (at > reached && at <= last) return;
    const where = last === reached + 1 ? `position ${last}` : `positions ${reached + 1} to ${last}`;
    throw new Refusal('SKIP_NOT_STUCK', `follower ${name} stands before ${where}: found --position ${at}`, {
      field: 'position',
      remedy: `say --position ${reached + 1}`,
    });
  } finally {
    await views?.close();
    await store.close();
  }
}

async function endOfCommand(store: EventStore, from: Position): Promise<Position> {
  const [first] = await store.readAll(from, 1);
  if (!first) return from - 1;
  const { index, count } = JSON.parse(first.envelope) as Envelope;
  return from + Math.max(0, count - 1 - index);
}

function wholeNumber(text: string): Position {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Refusal(
    'SKIP_POSITION',
    `--position is ${JSON.stringify(text)}: needed the position of an event, for example 1042`,
    {
      field: 'position',
    },
  );
}
