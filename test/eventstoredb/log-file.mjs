// How the stand-in keeps its log over the end of its process: an append a line.
import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';

export class LogFile {
  #descriptor;

  /** @param takeUp told of each line that is in the file already. */
  static open(file, takeUp) {
    const kept = new LogFile();
    if (existsSync(file)) for (const line of wholeLinesOf(file)) takeUp(line);
    kept.#descriptor = openSync(file, 'a');
    return kept;
  }

  /** @param line `[stream, created, events]` for an append, or what else was done to the log. */
  add(line) {
    writeSync(this.#descriptor, `${JSON.stringify(Array.isArray(line) ? written(line) : line)}\n`);
  }

  close() {
    closeSync(this.#descriptor);
  }
}

/** A line that a kill cut short was never answered: it is left out. */
function wholeLinesOf(file) {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  const lines = whole.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line)).map((line) => (Array.isArray(line) ? read(line) : line));
}

const written = ([name, created, events]) => [
  name,
  created,
  events.map(({ id, type, contentType, data, metadata }) => {
    const [body, beside] = [data, metadata].map((bytes) => Buffer.from(bytes).toString('base64'));
    return [id, type, contentType, body, beside];
  }),
];

const read = ([name, created, events]) => [
  name,
  created,
  events.map(([id, type, contentType, data, metadata]) => {
    const [body, beside] = [data, metadata].map((text) => Buffer.from(text, 'base64'));
    return { id, type, contentType, data: body, metadata: beside };
  }),
];
