import { jest } from '@jest/globals';
import { Connection } from '../libs/register/src/shelves/connection.js';

/**
 * Statements by which a program looks from time to time which generation of the views is live, and how far it has come,
 * whatever is asked.
 */
const WATCHING = /\bFROM (pg_namespace|\w+\.control)\b|\bFROM meta WHERE name IN \('checkpoint', 'mark'\)/;

/** What a question answers, the statements that it takes, as they reach the database, and how many rows they read. */
export const withStatements = async <Answer>(
  ask: () => Promise<Answer>,
): Promise<{ readonly texts: readonly string[]; readonly rows: number; readonly answer: Answer }> => {
  const all = jest.spyOn(Connection.prototype, 'all');
  try {
    const answer = await ask();
    const read = await Promise.all(all.mock.results.map(({ value }) => value as Promise<readonly unknown[]>));
    const rows = read.reduce((sum, { length }) => sum + length, 0);
    return { rows, texts: all.mock.calls.map(([text]) => text).filter((text) => !WATCHING.test(text)), answer };
  } finally {
    all.mockRestore();
  }
};
