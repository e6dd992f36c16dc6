import { openEventStore } from '#event-store';
import { eventReader } from '#governance';
import { VIEWS, openRegisterToRead, replay } from '#register';
import { Progress } from './progress.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

export interface ReplayOptions extends Global {
  readonly asAt: string;
  readonly knownAt?: string;
  readonly subject?: string;
}

/** `register replay`: what the raw events say beside what the views say; exit code 1 where they differ. */
export const replayCommand = async ({ dataDir, json, asAt, knownAt, subject }: ReplayOptions): Promise<void> => {
  const store = await openEventStore(process.env.EVENT_STORE_URL, dataDir, { readOnly: true });
  try {
    const views = await openRegisterToRead(dataDir, VIEWS);
    try {
      const basis = await views.register.resolveBasis({ asAt, asKnownAt: knownAt, now: Date.now() });
      const progress = new Progress('replaying');
      const { position } = basis;
      const report = await replay(store, views.register, VIEWS, eventReader(), {
        asAt: basis.asAt,
        position,
        ...(subject !== undefined && { subject }),
        onProgress: (done, all) => progress.show(done, all),
      });
      progress.end();
      if (json) print(JSON.stringify({ basis, ...report }));
      else {
        for (const difference of report.differences) {
          print(
            `${difference.subject} differs\n  by the events: ${difference.oracle}\n  by the views:  ${difference.register}`,
          );
        }
        const found = report.differences.length === 0 ? 'no difference' : `${report.differences.length} differ`;
        print(
          `as at ${basis.asAt}, as known at position ${position}: ${report.subjects} subjects, ${report.events} events, ${found}`,
        );
      }
      if (report.differences.length > 0) doneWithTrouble();
    } finally {
      await views.close();
    }
  } finally {
    await store.close();
  }
};
