/** A file of a log, which is made while it is read. Read once. */
export interface LogFile {
  /** Its name in a folder of its own. */
  readonly name: string;
  readonly content: AsyncIterable<string | Uint8Array>;
}
