import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ReceiptTokens } from './receipt-tokens.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'receipts-'));
const outcome = (work: () => string): string => {
  try {
    return work();
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
};

describe('the "after" of a receipt', () => {
  it('is opened where it was given, also after a start anew, and says nothing plainly', () => {
    const dir = folder();
    const token = ReceiptTokens.with(undefined, dir).sealed('r3.decision/secret');
    expect(token).not.toContain('secret');
    expect(ReceiptTokens.with(undefined, dir).opened(token)).toBe('r3.decision/secret');
    expect(statSync(join(dir, 'receipts.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['receipts.key']);
  });

  it('cannot be made up, changed, or taken from another register', () => {
    const tokens = ReceiptTokens.with(undefined, folder());
    const token = tokens.sealed('p17');
    const foreign = ReceiptTokens.with(undefined, folder()).sealed('p17');
    const changed = [...token].map(
      (_, at) => `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`,
    );
    const tried = [
      '',
      'p17',
      'r0.decision/d',
      'é',
      foreign,
      `${token}A`,
      `${token}=`,
      ` ${token}`,
      token.slice(1),
      ...changed,
    ];
    expect(new Set(tried.map((each) => outcome(() => tokens.opened(each))))).toEqual(new Set(['NOT_A_RECEIPT']));
  });

  it('is good at every program with the same key', () => {
    const key = Buffer.alloc(32, 7);
    const [one, other] = [ReceiptTokens.with(key, folder()), ReceiptTokens.with(key, folder())];
    expect(other.opened(one.sealed('p1'))).toBe('p1');
  });

  it('is given again where the key was damaged', () => {
    const dir = folder();
    writeFileSync(join(dir, 'receipts.key'), 'x');
    const tokens = ReceiptTokens.with(undefined, dir);
    expect(tokens.opened(tokens.sealed('p1'))).toBe('p1');
    expect(ReceiptTokens.with(undefined, dir).opened(tokens.sealed('p1'))).toBe('p1');
  });
});
