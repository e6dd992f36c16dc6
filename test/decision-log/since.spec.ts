import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { madeLog, type MadeLog } from './made-log.js';
import { eventOf, recordedRegister, step, type ToRecord } from './recorded-register.js';
import { sixtyDecisions, WITHHELD } from './sixty-decisions.js';

const QUESTION = ['--for', 'hosc', '--from', '2025-01-01', '--to', '2025-12-31', '--as-at', '2026-01-31'];

const EARLIER: readonly ToRecord[] = [
  ...sixtyDecisions(),
  // Its standstill is withheld, and over: nothing about it changes between the two logs.
  decision(
    'quiet',
    step('TakeDecision', '2025-06-06', {
      title: 'A quiet award',
      takenOn: '2025-06-06',
      organisation: 'icb',
      decidedBy: ['board'],
      procurement: { standstillUntil: '2026-12-31' },
    }),
  ),
  decision('quiet', step('ClassifyDecision', '2025-06-06', { disclosure: 'EXEMPT', fields: ['procurement'] })),
];

function decision(id: string, one: ToRecord['step']): ToRecord {
  return { aggregate: 'decision', id, step: one };
}

const taken = (title: string): object => ({ title, takenOn: '2025-05-05', organisation: 'icb', decidedBy: ['board'] });
const why = { kind: 'error' as const, reason: 'It was not so.' };

/** What is recorded between two logs, and how the second one has to mark it. */
const LATER: readonly (readonly [ToRecord, mark?: string])[] = [
  [decision('late', step('TakeDecision', '2025-05-05', taken('Recorded late'))), 'new'],
  [decision('d1', step('ChangeDecision', '2025-06-01', { outcome: 'Carried' })), 'changed'],
  // The amount is withheld: that something was recorded of it stands in its history.
  [
    decision(
      'd4',
      step('ChangeDecision', '2025-06-01', {
        amount: { pence: 1 },
        disclosure: { disclosure: 'EXEMPT', fields: ['amount'] },
      }),
    ),
    'changed',
  ],
  [decision('d3', step('LiftExemption', '2025-01-17', { reason: 'Signed.' })), 'now-public'],
  [decision('d6', step('ClassifyDecision', '2025-02-08', { disclosure: 'EXEMPT', ground: 'FOIA_43' })), 'changed'],
  // A stub of which something changes that nobody sees.
  [
    decision(
      'd15',
      step('ChangeDecision', '2025-06-01', {
        outcome: 'Hidden',
        disclosure: { ...WITHHELD, publicTitle: 'A contract, 15' },
      }),
    ),
  ],
  [
    decision(
      'd20',
      step('ChangeDecision', '2025-06-01', {
        outcome: 'Confidential',
        disclosure: { disclosure: 'CONFIDENTIAL', ground: 'FOIA_41' },
      }),
    ),
  ],
  [{ aggregate: 'body', id: 'board', step: step('ChangeBody', '2022-07-02', { name: 'Board of the ICB' }) }],
  [
    {
      aggregate: 'budget',
      id: 'second',
      step: step('SetBudget', '2025-04-01', { name: 'Another fund', organisation: 'icb', amount: { pence: 5 } }),
    },
  ],
  [{ aggregate: 'appointment', id: 'chair', step: step('EndAppointment', '2025-12-01', { reason: 'RESIGNED' }) }],
  [
    {
      aggregate: 'scrutiny',
      id: 'asked',
      step: step('RecordResponse', '2025-11-30', { text: 'Done.', respondedOn: '2025-11-30' }),
    },
  ],
];

type Item = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly reference: string;
  readonly mark?: { readonly kind: string };
};
interface JsonLog {
  readonly head: Readonly<Record<string, unknown>> & { readonly changes: readonly string[] };
  readonly sections: readonly { readonly number: number; readonly blocks: readonly { readonly repeats?: true }[] }[];
  readonly decisions: readonly Item[];
  readonly corrections: readonly { readonly reference: string }[];
}

const folders: string[] = [];
let folder: string;
let first: JsonLog;
let second: JsonLog;
let html: string;
let head: string;
beforeAll(async () => {
  const facts = [...EARLIER, ...LATER.map(([fact]) => fact)];
  const corrected = EARLIER.findIndex(({ id }) => id === 'd8');
  const annulled = EARLIER.findIndex(({ id }) => id === 'd9');
  facts.push(
    decision(
      'd8',
      step('TakeDecision', '2025-02-19', taken('Decision 8, moved'), {
        corrects: eventOf(corrected),
        unsaid: 'DROP',
        why,
      }),
    ),
    decision('d9', { annuls: eventOf(annulled), why }),
  );
  const recorded = await recordedRegister(facts);
  ({ folder } = recorded);
  head = String(recorded.positions.at(-1));
  const before = await recordedRegister(EARLIER);
  const known = String(before.positions.at(-1));
  folders.push(folder, before.folder);
  const [one, two]: readonly MadeLog[] = await Promise.all([
    madeLog(before.folder, [...QUESTION, '--format', 'json']),
    madeLog(folder, [...QUESTION, '--since', known, '--format', 'json,html']),
  ]);
  folders.push(...[one, two].flatMap((made) => made?.folder ?? []));
  first = JSON.parse(one?.text('decision-log.json') ?? '') as JsonLog;
  second = JSON.parse(two?.text('decision-log.json') ?? '') as JsonLog;
  html = two?.text('decision-log.html') ?? '';
}, 60_000);
afterAll(async () => {
  for (const gone of folders) await rm(gone, { recursive: true, force: true });
});

const MARKS = new Map([
  ...LATER.flatMap(([{ id }, mark]) => (mark ? [[id, mark] as const] : [])),
  ['d8', 'corrected'] as const,
]);

/** What an item says, apart from its number in the log, its mark, and what is called otherwise as the front page says. */
const told = ({ place: _place, mark: _mark, ...said }: Item): string =>
  JSON.stringify(said).replaceAll('Board of the ICB', 'ICB Board');

describe('a log made again with a later state of knowledge', () => {
  it('marks every decision that differs, and no other', () => {
    const before = new Map(first.decisions.map((item) => [item.id, item]));
    const marked = new Map(second.decisions.flatMap(({ id, mark }) => (mark ? [[id, mark.kind] as const] : [])));
    expect(marked).toEqual(MARKS);
    for (const item of second.decisions) {
      const earlier = before.get(item.id);
      const differs = earlier === undefined || told(earlier) !== told(item);
      expect([item.id, differs]).toEqual([item.id, marked.has(item.id)]);
    }
    expect(html.match(/<dt>Changed<\/dt>/g)).toHaveLength(MARKS.size);
  });

  it('names what is gone among the corrections', () => {
    const left = new Set(second.decisions.map(({ id }) => id));
    const gone = first.decisions.filter(({ id }) => !left.has(id));
    expect(gone.map(({ id }) => id)).toEqual(['d9']);
    const corrected = second.corrections.map(({ reference }) => reference);
    for (const { reference } of gone) expect(corrected).toContain(reference);
  });

  it('says on its front page which other sections differ, and what is called otherwise', () => {
    expect(second.head.changes).toEqual([
      '1 decision is new to this log.',
      '1 decision is corrected.',
      '3 decisions are changed.',
      '1 decision is now public.',
      '1 decision is withdrawn or no longer in the period.',
      'Section 4, Money, says otherwise of budgets than the last log.',
      'Section 6, Changes in who decides, differs from the last log.',
      'Section 7, Responses to the committee, differs from the last log.',
      'Section 8, Forward look, differs from the last log.',
      'What was called “ICB Board” in the last log is called “Board of the ICB”.',
    ]);
  });

  it('has another front page only where it states its basis, its figures and its changes', () => {
    const differing = Object.keys(second.head).filter(
      (key) => JSON.stringify(second.head[key]) !== JSON.stringify(first.head[key]),
    );
    expect(differing.toSorted()).toEqual(['basis', 'changes', 'figures', 'footer', 'id', 'particulars', 'summary']);
  });

  it('says that nothing has changed where nothing has', async () => {
    const again = await madeLog(folder, [...QUESTION, '--known-at', head, '--since', head, '--format', 'json']);
    folders.push(again.folder);
    const log = JSON.parse(again.text('decision-log.json')) as JsonLog;
    expect(log.head.changes).toEqual(['Nothing has changed since the last log.']);
    expect(log.decisions.filter(({ mark }) => mark)).toEqual([]);
  });
});
