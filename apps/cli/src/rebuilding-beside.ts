import { isNoAnswer, LocalServer, socketOf } from '#event-store';
import { Refusal, type RefusalCode } from '#kernel';
import { REBUILD_PATH, type RebuildLine } from '#operations/rebuilding-beside';
import type { RebuildReport } from '#register';

/**
 * Has the server that holds the directory make its views anew.
 *
 * @throws Refusal as the server says it; `UNAVAILABLE` where it ends meanwhile.
 */
export const rebuiltByServer = async (
  dataDirectory: string,
  onProgress: (done: number, all: number) => void,
): Promise<RebuildReport> => {
  const server = new LocalServer(socketOf(dataDirectory));
  try {
    const { body } = await server.call({ path: REBUILD_PATH });
    for await (const line of linesOf(body)) {
      if ('report' in line) return line.report;
      if ('done' in line) onProgress(line.done, line.all);
      if ('refused' in line) {
        const { code, message, detail } = line.refused;
        throw new Refusal(code as RefusalCode, message, detail);
      }
      if ('failed' in line) throw new Error(line.failed);
    }
    throw ended();
  } catch (thrown) {
    throw isNoAnswer(thrown) || isCutOff(thrown) ? ended() : thrown;
  } finally {
    server.close();
  }
};

async function* linesOf(body: AsyncIterable<Buffer>): AsyncGenerator<RebuildLine, void> {
  const text = new TextDecoder();
  let rest = '';
  for await (const piece of body) {
    const lines = (rest + text.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as RebuildLine;
  }
}

/** The connection ended within the answer. */
const isCutOff = (thrown: unknown): boolean => (thrown as { code?: unknown } | null)?.code === 'ECONNRESET';

const ended = (): Refusal =>
  new Refusal('UNAVAILABLE', 'the server ended before the views were made anew; those in use are as they were', {
    remedy: 'start it again and rebuild once more, which goes on where this one stopped',
  });
