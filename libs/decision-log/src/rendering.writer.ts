import { parentPort, workerData } from 'node:worker_threads';
import type { RegisterDocument } from './document.js';

/** What the thread is given. */
export interface RenderingRequest {
  readonly format: 'pdf' | 'docx';
  readonly log: RegisterDocument;
  /** @see compilePdf */
  readonly room?: number;
}

/** What it answers, once. */
export type RenderingAnswer =
  | { readonly kind: 'made'; readonly bytes: Uint8Array }
  | { readonly kind: 'no compiler' }
  | { readonly kind: 'fault'; readonly message: string };

async function answerTo({ format, log, room }: RenderingRequest): Promise<RenderingAnswer> {
  if (format === 'docx') {
    const { makeDocx } = await import('./docx/word-document.js');
    return { kind: 'made', bytes: await makeDocx(log) };
  }
  // The compiler is a binary for one platform: where it cannot be loaded, that is said and not thrown.
  const typst = await import('./pdf/typst.js').catch(() => undefined);
  return typst === undefined ? { kind: 'no compiler' } : { kind: 'made', bytes: typst.compilePdf(log, room) };
}

const answer = await answerTo(workerData as RenderingRequest).catch((thrown: unknown): RenderingAnswer => {
  return { kind: 'fault', message: (thrown as { message?: string }).message ?? String(thrown) };
});
// Handed over where it has its memory to itself, not copied: a long PDF is some hundred megabytes.
const isItsOwn = answer.kind === 'made' && answer.bytes.byteLength === answer.bytes.buffer.byteLength;
parentPort?.postMessage(answer, isItsOwn ? [answer.bytes.buffer as ArrayBuffer] : []);
