import { openEventStore, sha256Hex } from '#event-store';
import { eventReader } from '#governance';
import { VIEWS, openRegisterToRead, replay, type Difference } from '#register';
import { configured } from './configured.js';
import { withoutSkipped } from './held-register.js';
import { Progress } from './progress.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

export interface ReplayOptions extends Global {
  readonly asAt: string;
  readonly knownAt?: string;
  readonly subject?: string;
}

/** `register replay`: what the raw events say beside what the views say; exit code 1 where they differ. */
export const replayCommand = async ({ dataDir, json, asAt, knownAt, subject }: ReplayOptions): Promise<void> => {
  const { eventStoreUrl, readModelUrl } = configured(dataDir);
  const store = await openEventStore(eventStoreUrl, dataDir, { readOnly: true });
  try {
    const views = await openRegisterToRead(dataDir, VIEWS, readModelUrl);
    try {
      const basis = await views.register.resolveBasis({ asAt, asKnownAt: knownAt, now: Date.now() });
      const progress = new Progress('replaying');
      const { position } = basis;
      const report = await replay(await withoutSkipped(store), views.register, VIEWS, eventReader(), {
        asAt: basis.asAt,
        position,
        ...(subject !== undefined && { subject }),
        onProgress: (done, all) => progress.show(done, all),
      });
      progress.end();
      const differences = report.differences.map(told);
      if (json) print(JSON.stringify({ basis, ...report, differences }));
      else {
        for (const difference of differences) {
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

/**
 * Whoever runs the register has no need to see what is withheld of a decision; and what differs cannot be asked what
 * is. Of decisions digests are shown: whoever may read the decision finds what differs there.
 */
function told(difference: Difference): Difference {
  if (!difference.subject.startsWith('decision/')) return difference;
  const digest = (text: string): string => `sha256 ${sha256Hex(text)}`;
  return { ...difference, oracle: digest(difference.oracle), register: digest(difference.register) };
}
