import 'reflect-metadata';
import { readConfiguration } from '#access';
import { follow, holdRegister, openEventStore } from '#event-store';
import { eventReader } from '#governance';
import { isRefusal } from '#kernel';
import { VIEWS, openRegister } from '#register';

/** Could not run: told apart from a crash by whoever starts the program. */
const COULD_NOT_RUN = 2;

/**
 * Followers only, in a process of their own: for a log that other processes write. The embedded log has one holder, so
 * there this program is refused while the api runs, which follows by itself; it serves to bring views up to date while
 * the api is stopped.
 */
try {
  await start();
} catch (thrown) {
  if (!isRefusal(thrown)) throw thrown;
  const { remedy } = thrown.detail;
  process.stderr.write(`${thrown.message}${remedy ? ` (${remedy})` : ''}\n`);
  process.exitCode = COULD_NOT_RUN;
}

async function start(): Promise<void> {
  const { dataDirectory: directory, eventStoreUrl } = readConfiguration(process.env);
  const holder = holdRegister(directory, 'register projector');
  const store = await openEventStore(eventStoreUrl, directory);
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const views = await openRegister({ directory, store, views: VIEWS, readEvent: eventReader(), onNote: say });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const follower = follow(store, views.follower, {
    onState: ({ state, position, lastError }) =>
      say(`the views are ${state} at position ${position}${lastError ? `: ${lastError}` : ''}`),
  });
  await stopped;
  await follower.stop();
  await views.close();
  await store.close();
  holder.release();
}
