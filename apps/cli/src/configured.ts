import { readConfiguration, type Configuration } from '#access';

/**
 * The configuration of a command: the environment's, with the data directory that the command line names.
 *
 * @throws Refusal `CONFIGURATION` in one sentence, as the servers do.
 */
export const configured = (dataDir: string): Configuration => readConfiguration({ ...process.env, DATA_DIR: dataDir });
