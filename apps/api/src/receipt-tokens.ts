import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '#kernel';

/** Where a key is kept that was made at the first start, for whoever runs one program. */
const KEY_FILE = 'receipts.key';

const KEY_BYTES = 32;

/** Bytes of a code that are enough to tell a receipt from a guess. */
const CODE_BYTES = 16;

/**
 * The `after` of receipts, as clients hold it: what they wait for with a code over it (HMAC, RFC 2104), so that nobody can
 * ask about a subject by making up a receipt of it, and learn from the answer whether it is there.
 */
export class ReceiptTokens {
  constructor(private readonly key: Uint8Array) {}

  /** The key that is set, else one that is made and kept in the data directory: then receipts are good at one program. */
  static with(key: Uint8Array | undefined, dataDirectory: string): ReceiptTokens {
    return new ReceiptTokens(key ?? keptKey(dataDirectory));
  }

  sealed(after: string): string {
    return Buffer.concat([this.codeOf(after), Buffer.from(after)]).toString('base64url');
  }

  /** What a receipt says to wait for. @throws Refusal `NOT_A_RECEIPT` at once, whatever is wrong with it. */
  opened(token: string): string {
    const bytes = Buffer.from(token, 'base64url');
    const after = bytes.subarray(CODE_BYTES).toString();
    const code = bytes.subarray(0, CODE_BYTES);
    const isOurs =
      code.length === CODE_BYTES && timingSafeEqual(code, this.codeOf(after)) && this.sealed(after) === token;
    if (isOurs) return after;
    throw new Refusal('NOT_A_RECEIPT', 'afterReceipt is not the "after" of a receipt that this register gave', {
      field: 'afterReceipt',
      remedy: 'give it as it stands in the receipt, or leave it out',
    });
  }

  private codeOf(after: string): Uint8Array {
    return createHmac('sha256', this.key).update(after).digest().subarray(0, CODE_BYTES);
  }
}

/** Made once, whole or not at all, also where two programs start together. */
function keptKey(directory: string): Uint8Array {
  const file = join(directory, KEY_FILE);
  const kept = keyIn(file);
  if (kept) return kept;
  mkdirSync(directory, { recursive: true });
  const made = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(made, randomBytes(KEY_BYTES).toString('base64'), { mode: 0o600 });
  try {
    linkSync(made, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(made);
  }
  return keyIn(file) ?? remade(file);
}

function keyIn(file: string): Uint8Array | undefined {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
    return key.length === KEY_BYTES ? key : undefined;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** A key that was damaged is made anew: receipts that were given with it are refused, and nothing else is lost. */
function remade(file: string): Uint8Array {
  const key = randomBytes(KEY_BYTES);
  writeFileSync(file, key.toString('base64'), { mode: 0o600 });
  return key;
}
