import { validated } from '#wire';
import type { Configuration } from '#access';
import { Submit, SubmitHandler } from '#command';
import { delivererFrom, disclosing, knowing, LogIssuing, type IssuedLog } from '#decision-log';
import { eventReader } from '#governance';
import type { Actor } from '#kernel';
import type { Register } from '#register';
import { catchUp, viewsToRead, withLog } from './held-register.js';
import { commandLineActor } from './command-line-actor.js';
import { VERSION } from './project.js';

/** What a command issues logs with. */
export interface IssuingAtHand {
  readonly register: Register;
  readonly logs: LogIssuing;
  readonly actor: Actor;
}

/**
 * Issues logs: with the register held where it is embedded, beside others where it is on servers.
 *
 * @throws Refusal `REGISTER_HELD` naming the holder.
 */
export const withIssuing = async <T>(
  configuration: Configuration,
  program: string,
  work: (issuing: IssuingAtHand) => Promise<T>,
): Promise<T> =>
  withLog(configuration, program, async (store) => {
    const settled = async (): Promise<void> => catchUp(configuration, store);
    await settled();
    const { register, close } = await viewsToRead(configuration, store);
    const deliverer = delivererFrom(configuration, ({ to, why }) => {
      const { origin } = new URL(to);
      process.stderr.write(`register: ${why.startsWith(origin) ? why : `${origin}: ${why}`}\n`);
    });
    const handler = new SubmitHandler(store);
    const readEvent = eventReader();
    try {
      const logs = new LogIssuing({
        register,
        store,
        source: (now) => ({
          register,
          store,
          readEvent,
          disclose: disclosing(register, store, now),
          known: knowing(register, store, now),
        }),
        deliverer,
        check: (command, data) => void validated(command, data),
        record: async ({ id, command, commandId, data, effectiveOn }, actor) =>
          handler.execute(
            new Submit({ aggregate: 'decisionLog', id, commandId, steps: [{ command, data, effectiveOn }] }, actor),
          ),
        settled,
        release: VERSION,
      });
      return await work({ register, logs, actor: commandLineActor() });
    } finally {
      await deliverer.close();
      await close();
    }
  });

/** What became of a log, for programs. */
export const toldOf = ({ id, receipt, delivered, outstanding }: IssuedLog): object => ({
  issued: `decisionLog/${id}`,
  position: receipt.position,
  delivered,
  outstanding,
});

/** The same for people, a line each. */
export const issueLines = ({ id, receipt, delivered, outstanding }: IssuedLog): readonly string[] => [
  `${receipt.alreadyRecorded ? 'was issued before as' : 'issued as'} decisionLog/${id}`,
  ...delivered.map(({ to, at, receipt: said }) => `delivered to ${to} at ${at}: ${said}`),
  ...outstanding.map(({ to, why }) => `not delivered to ${to}: ${why}`),
];
