import { recordAll } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';
import { madeLog, type MadeLog } from './made-log.js';
import { recordedRegister, step, type ToRecord } from './recorded-register.js';

/** A text of a decision that was public when a log was issued, and has been withheld since. */
export const CANARY = 'CANARY';

const taken = (id: string): ToRecord => ({
  aggregate: 'decision',
  id,
  step: step('TakeDecision', '2025-03-03', {
    title: `${id === 'part' ? 'Open' : CANARY} title of ${id}`,
    reference: `R-${id}`,
    takenOn: '2025-03-03',
    organisation: 'icb',
    decidedBy: ['board'],
    note: `${CANARY} note of ${id}`,
    amount: { pence: 77_777_700 },
    procurement: { supplier: `${CANARY} supplier of ${id}` },
  }),
});

const FACTS: readonly ToRecord[] = [
  {
    aggregate: 'organisation',
    id: 'icb',
    step: step('RegisterOrganisation', '2022-07-01', { name: 'County ICB', kind: 'ICB' }),
  },
  {
    aggregate: 'body',
    id: 'board',
    step: step('EstablishBody', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }),
  },
  taken('whole'),
  taken('gone'),
  taken('part'),
];

const WITHHELD = { ground: 'LGA_12A_3', reasoning: `${CANARY} reasoning` };

export interface ExemptedSince {
  readonly folder: string;
  /** As it was given to somebody, with the canaries. */
  readonly issued: MadeLog;
  readonly id: string;
  readonly api: RunningApi;
}

/** A log issued to the public in every format, and a server on which its decisions have been withheld since. */
export const exemptedSince = async (): Promise<ExemptedSince> => {
  const { folder } = await recordedRegister(FACTS);
  const question = ['--for', 'board', '--from', '2025-01-01', '--to', '2025-12-31'];
  const issued = await madeLog(folder, [...question, '--issue', '--recipient', 'The press', '--json']);
  const { issued: id } = JSON.parse(issued.out) as { issued: string };
  const api = await runApi({ DATA_DIR: folder });
  const last = await recordAll(api, [
    ['ClassifyDecision', 'whole', '2025-03-03', { ...WITHHELD, disclosure: 'EXEMPT', publicTitle: 'A contract' }],
    ['ClassifyDecision', 'gone', '2025-03-03', { ...WITHHELD, disclosure: 'CONFIDENTIAL' }],
    [
      'ClassifyDecision',
      'part',
      '2025-03-03',
      { ...WITHHELD, disclosure: 'EXEMPT', fields: ['note', 'amount', 'procurement'] },
    ],
  ]);
  await api.runtime.register.waitFor(last.position, 10_000);
  return { folder, issued, id: id.replace('decisionLog/', ''), api };
};
