import { createHash } from 'node:crypto';
import type { Circumstances } from '../../libs/decision-log/src/delivery/attempts.js';
import type { Parcel } from '../../libs/decision-log/src/delivery/delivery.js';
import { IDENTITY } from './web-server.js';

const file = (name: string, type: string, bytes: Uint8Array): Parcel['files'][number] => ({
  name,
  type,
  bytes,
  sha256: sha256(bytes),
});

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every byte there is, line breaks of every kind, a line of one full stop, and a file with nothing in it. */
export const FILES = [
  file(
    'decision-log.pdf',
    'application/pdf',
    Uint8Array.from({ length: 5_000 }, (_, at) => at % 256),
  ),
  file(
    'decisions.csv',
    'text/csv; charset=utf-8; header=present',
    Buffer.from('a,b\r\n.\r\n..\n"é",\r\r\n'.repeat(40)),
  ),
  file('decision-log.html', 'text/html; charset=utf-8', Buffer.from(`<p>${'x'.repeat(3_000)}</p>\n`)),
  file('corrections.csv', 'text/csv', new Uint8Array(0)),
];

export const PARCEL: Parcel = {
  id: 'HOSC-2025-01',
  title: 'Decision log for March 2025: Gloucestershire’s health scrutiny committee, £12 million – ärztliche Versorgung',
  text: 'Here is the log.\n\nIt has 42 decisions.\n.\nFrom here on, nothing.\n',
  files: FILES,
  facts: { logId: 'HOSC-2025-01', period: { from: '2025-03-01', to: '2025-03-31' }, basis: { position: 2_380 } },
};

/** Circumstances in which waiting takes no time: the clock goes on by what was to be waited, and `waited` says how long. */
export const hurried = (
  answerMs = 5_000,
  authorities: string | Buffer = IDENTITY.cert,
): Circumstances & { readonly waited: readonly number[] } => {
  const waited: number[] = [];
  return {
    waited,
    now: () => Date.now() + waited.reduce((sum, ms) => sum + ms, 0),
    random: () => 0.5,
    wait: async (ms, stop) => {
      if (!stop.aborted) waited.push(ms);
    },
    answerMs,
    authorities,
  };
};
