import { join } from 'node:path';
import { dueLogs, issueEach, type DueLog, type DueOutcome } from '#decision-log';
import { dayInWords } from '#governance';
import { londonDay } from '#kernel';
import type { BodyView, Register } from '#register';
import { configured } from './configured.js';
import { FilesToBe } from './files-to-be.js';
import { readOnly, viewsToRead } from './held-register.js';
import { toldOf, withIssuing } from './issuing.js';
import { Progress } from './progress.js';
import { doneWithTrouble, print, type Global } from './terminal.js';

export interface DueOptions extends Global {
  /** Only say what is due. */
  readonly list: boolean;
  readonly standingOrder?: string;
  /** A folder in which each log has one of its own. */
  readonly out?: string;
  readonly address?: string;
}

/** `register log --due`: issues what is due and delivers what is outstanding. */
export const dueCommand = async (options: DueOptions): Promise<void> => {
  const configuration = configured(options.dataDir);
  if (options.list) {
    await readOnly(configuration, async (store) => {
      const { register, close } = await viewsToRead(configuration, store);
      try {
        await list(register, options);
      } finally {
        await close();
      }
    });
    return;
  }
  await withIssuing(configuration, 'register log --due', async ({ register, logs, actor }) => {
    const now = Date.now();
    const due = await dueLogs(register, { now, named: options.standingOrder });
    const { out, address: publicAddress } = options;
    const progress = new Progress('reading decisions');
    const issuing = {
      ...(out !== undefined && { shelf: async (id: string) => FilesToBe.in(join(out, id)) }),
      onProgress: (done: number): void => progress.show(done, done),
    };
    let count = 0;
    for await (const outcome of issueEach(logs, due, { now, publicAddress }, actor, issuing)) {
      progress.end();
      count++;
      tell(outcome, await nameOf(register, outcome.due, now), options.json);
      if (outcome.refused || (outcome.issued?.outstanding.length ?? 0) > 0) doneWithTrouble();
    }
    if (count === 0 && !options.json) print('nothing is due');
  });
};

async function list(register: Register, { standingOrder, json }: DueOptions): Promise<void> {
  const now = Date.now();
  const all = await dueLogs(register, { now, named: standingOrder });
  if (json) print(JSON.stringify({ today: londonDay(now), due: all.map(shown) }));
  else {
    for (const due of all)
      print(`${whenOf(due)}  ${await nameOf(register, due, now)}, ${periodOf(due)}: ${due.reason}`);
    if (!all.some(({ isDue }) => isDue)) print('nothing is due');
  }
}

const whenOf = ({ isDue, dueOn }: DueLog): string =>
  `${isDue ? 'due' : 'next'} ${dueOn === null ? 'not known ' : dueOn}`.padEnd(15);

const periodOf = ({ firstDay, lastDay }: DueLog): string => `${dayInWords(firstDay)} to ${dayInWords(lastDay)}`;

/** Whom a log is for, in words. */
async function nameOf(register: Register, { committee, council }: DueLog, now: number): Promise<string> {
  const place = { asAt: londonDay(now), position: await register.position() };
  const [aggregate, id = ''] = committee === undefined ? ['organisation', council] : ['body', committee];
  const answer = await register.point<BodyView>(aggregate, id, place);
  return answer.kind === 'found' ? answer.state.name : id;
}

/** A due log, for programs: without what it would be made of. */
const shown = ({ terms: _terms, issued: log, ...due }: DueLog): object => ({
  ...due,
  ...(log && { issued: `decisionLog/${log.id}`, outstanding: log.routes }),
});

function tell({ due, issued: log, refused }: DueOutcome, name: string, json: boolean): void {
  if (json) return print(JSON.stringify({ ...shown(due), ...(log && toldOf(log)), ...(refused && { refused }) }));
  const what = `${name}, ${periodOf(due)}`;
  if (refused) return print(`refused  ${what}: ${refused.message}`);
  if (!log) return;
  const to = log.delivered.map((delivery) => delivery.to).join(', ');
  const open = log.outstanding.map(({ to: whom, why }) => `; not delivered to ${whom}: ${why}`).join('');
  print(`issued   ${what}: decisionLog/${log.id}${to === '' ? '' : `, delivered to ${to}`}${open}`);
}
