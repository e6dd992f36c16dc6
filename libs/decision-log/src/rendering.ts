import { Worker } from 'node:worker_threads';
import { Refusal } from '#kernel';
import type { RegisterDocument } from './document.js';
import type { RenderingAnswer, RenderingRequest } from './rendering.writer.js';

/**
 * Measured on logs of 1,000 to 10,000 decisions with a dozen details each, in bytes: to begin with, for each of as many
 * decisions as are set at a time, and for each further one.
 */
const PDF_MEMORY = { first: 150_000_000, each: 500_000, atATime: 1_000, further: 120_000 };

const memoryFor = (decisions: number): number => {
  const { first, each, atATime, further } = PDF_MEMORY;
  return first + Math.min(decisions, atATime) * each + Math.max(0, decisions - atATime) * further;
};

/** Where the process runs; named so that a spec can ask as from elsewhere. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Bytes that the process may still take. */
  availableMemory(): number;
}

/**
 * The log as PDF/UA-1: tagged, in the order of the model, with the project's own fonts. The same log gives the same bytes
 * in every process of a release. Made in a thread of its own, one document at a time.
 *
 * @param room what is set at a time, in rows and decisions; for specs.
 * @throws Refusal `PDF_UNAVAILABLE` where the compiler does not run (anything but Linux on x64 with glibc), and
 * `PDF_TOO_LONG` where the machine has not the memory for it; both say what to ask for instead.
 */
export async function renderPdf(log: RegisterDocument, machine: Machine = process, room?: number): Promise<Uint8Array> {
  if (machine.platform !== 'linux' || machine.arch !== 'x64') throw unavailable(machine);
  const entries = log.sections
    .flatMap(({ blocks }) => blocks)
    .map((b) => (b.kind === 'decisions' || b.kind === 'entries' ? b.entries.length : 0));
  const decisions = entries.reduce((sum, count) => sum + count, 0);
  return oneAtATime(async () => {
    const needed = memoryFor(decisions);
    if (needed > machine.availableMemory()) throw tooLong(decisions, needed, machine.availableMemory());
    const answer = await inThread({ format: 'pdf', log, ...(room !== undefined && { room }) });
    if (answer.kind === 'no compiler') throw unavailable(machine);
    return made(answer);
  });
}

/**
 * The log as a Word document that can be edited and re-branded: built-in heading styles, real lists and tables whose header
 * rows repeat. The same log gives the same bytes in every process of a release; the file is dated by its basis.
 */
export const renderDocx = (log: RegisterDocument): Promise<Uint8Array> =>
  oneAtATime(async () => made(await inThread({ format: 'docx', log })));

/** A document takes a processor and some hundred megabytes for as long as it lasts: those that are asked for meanwhile wait. */
function oneAtATime<T>(make: () => Promise<T>): Promise<T> {
  const next = last.then(make);
  last = next.catch(() => undefined);
  return next;
}

let last: Promise<unknown> = Promise.resolve();

/** Without the flags of this process: some of them, such as `--input-type`, do not do for a file. */
async function inThread(request: RenderingRequest): Promise<RenderingAnswer> {
  const worker = new Worker(new URL(import.meta.resolve('#document-writer')), { workerData: request, execArgv: [] });
  try {
    return await new Promise<RenderingAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the thread that makes documents ended with code ${code}`)));
    });
  } finally {
    await worker.terminate();
  }
}

function made(answer: RenderingAnswer): Uint8Array {
  if (answer.kind === 'made') return answer.bytes;
  throw new Error(answer.kind === 'fault' ? answer.message : answer.kind);
}

const unavailable = ({ platform, arch }: Machine): Refusal =>
  new Refusal('PDF_UNAVAILABLE', `PDF needs Linux x64 with glibc: found ${platform} ${arch}`, {
    field: 'format',
    remedy: 'ask for html or docx here, or make the PDF on Linux x64',
  });

const tooLong = (decisions: number, needed: number, available: number): Refusal =>
  new Refusal(
    'PDF_TOO_LONG',
    `a PDF of ${decisions} decisions needs about ${megabytes(needed)} MB of memory and ${megabytes(available)} MB are free`,
    { field: 'format', remedy: 'ask for html or csv, or for a shorter period' },
  );

const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);
