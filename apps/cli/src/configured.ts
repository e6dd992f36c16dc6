import { readConfiguration, type Configuration } from '#access';
import { ACCEPT_OLDER_LOG } from '#event-store';

/**
 * The configuration of a command: the environment's, with the data directory that the command line names.
 *
 * @throws Refusal `CONFIGURATION` in one sentence, as the servers do.
 */
export const configured = (dataDir: string): Configuration => readConfiguration({ ...process.env, DATA_DIR: dataDir });

/** Whether somebody said to go on without acknowledged events that the log has not: an option of every command. */
export const acceptsOlderLog = (): boolean => process.argv.includes(ACCEPT_OLDER_LOG);
