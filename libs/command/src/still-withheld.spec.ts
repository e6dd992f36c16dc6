import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '#event-store';
import type { Actor, CivilDate } from '#kernel';
import type { Receipt, Step } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const effectiveOn = '2025-05-01' as CivilDate;
const why = { kind: 'error', reason: 'a slip of the pen' } as const;
const secret = { disclosure: 'CONFIDENTIAL', ground: 'OTHER' };
const step = (command: string, data: object, more: object = {}): Step => ({ command, data, effectiveOn, ...more });
const taken = (disclosure: string | undefined, more: object = {}): Step =>
  step(
    'TakeDecision',
    { title: 'A contract', decidedByName: 'Board', ...(disclosure && { disclosure: { disclosure } }) },
    more,
  );

let handler: SubmitHandler;
let commands = 0;
beforeEach(() => {
  handler = new SubmitHandler(new MemoryEventStore());
});
const send = (one: Step, commandId = `c${commands++}`): Promise<Receipt> =>
  handler.execute(new Submit({ aggregate: 'decision', id: 'd1', commandId, steps: [one] }, officer));
const idOf = async (receipt: Promise<Receipt>): Promise<string> => (await receipt).events[0]?.id ?? '';

describe('making a decision public', () => {
  it('is answered with what of it stays withheld, also when it is sent again', async () => {
    const corrects = await idOf(send(taken('CONFIDENTIAL')));
    const opened = taken('PUBLIC', { corrects, why, unsaid: 'DROP' });
    const [note] = (await send(opened, 'open')).notes ?? [];
    expect(note).toBe(
      'decision/d1 is public now; what was recorded of it before stays withheld: 1 recording corrected or annulled, which nothing opens',
    );
    expect((await send(opened, 'open')).notes).toEqual([note]);
  });
  it('says how what is still in force is opened, and no more of it once it is', async () => {
    const corrects = await idOf(send(taken('CONFIDENTIAL')));
    await send(step('CallInDecision', { reason: 'Too dear.' }));
    expect((await send(taken('PUBLIC', { corrects, why, unsaid: 'DROP' }))).notes).toEqual([
      'decision/d1 is public now; what was recorded of it before stays withheld: 1 recording in force, until classifying the decision as PUBLIC opens it; 1 recording corrected or annulled, which nothing opens',
    ]);
    const opened = await send(step('ClassifyDecision', { disclosure: 'PUBLIC' }));
    expect(opened.notes).toEqual([expect.not.stringContaining('in force')]);
  });
  it('is answered with nothing where nothing was withheld, and so is any other command', async () => {
    expect((await send(taken('PUBLIC'))).notes).toBeUndefined();
    await send(step('ClassifyDecision', secret));
    expect((await send(step('LiftExemption', {}))).notes).toBeUndefined();
    expect((await send(step('PublishDecision', { publishedOn: '2025-05-02' }))).notes).toBeUndefined();
  });
});
