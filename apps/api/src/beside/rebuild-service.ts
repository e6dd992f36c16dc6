import type { ServerResponse } from 'node:http';
import { isRefusal } from '#kernel';
import { REBUILD_PATH, type RebuildLine } from '#operations/rebuilding-beside';
import type { RegisterRuntime } from '../register.runtime.js';
import type { LocalService } from './local-door.js';

/** How often whoever asked is told how far it is, in milliseconds. */
const EVERY_MS = 100;

/**
 * Makes the views anew for a program beside this one, which is told line by line how far it is. Where that program goes,
 * or this one stops, so does the rebuild; the next goes on with it.
 */
export const rebuildService = (runtime: RegisterRuntime): LocalService => ({
  path: REBUILD_PATH,
  answer: async (request, response, signal) => {
    if (request.method !== 'POST') return void response.writeHead(405).end();
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    let told = Number.NEGATIVE_INFINITY;
    const onProgress = (done: number, all: number): void => {
      if (done < all && performance.now() - told < EVERY_MS) return;
      told = performance.now();
      tell(response, { done, all });
    };
    tell(response, await rebuilt(runtime, { onProgress, signal }));
    response.end();
  },
});

const tell = (response: ServerResponse, line: RebuildLine): void => void response.write(`${JSON.stringify(line)}\n`);

async function rebuilt(
  runtime: RegisterRuntime,
  options: Parameters<RegisterRuntime['rebuild']>[0],
): Promise<RebuildLine> {
  try {
    return { report: await runtime.rebuild(options) };
  } catch (thrown) {
    if (!isRefusal(thrown)) return { failed: String((thrown as { message?: unknown } | null)?.message ?? thrown) };
    const { code, message, detail } = thrown;
    return { refused: { code, message, detail } };
  }
}
