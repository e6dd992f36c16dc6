import { describe, expect, it } from '@jest/globals';
import { eventReader } from '#governance';
import type { Actor } from '#kernel';
import { Disclosing } from '../apps/api/src/disclosing.js';
import { Names } from '../apps/api/src/history/names.js';
import { telling } from '../apps/api/src/history/told.js';
import { requestContext } from '../apps/api/src/request-context.js';
import { inWorld, type Told } from './joined-world.js';
import { namesFor } from '../libs/decision-log/src/context.js';
import { sourceOf } from './decision-log/log-of.js';

const reader: Actor = { id: 'reader', roles: ['reader'], vouchedBy: 'test' };
const taken = (id: string, data: object): Told => ({
  ...{ aggregate: 'decision', id, command: 'TakeDecision', day: 2 },
  data: { decidedBy: ['b'], takenOn: '2024-01-02', ...data },
});
const FACTS: readonly Told[] = [
  ...[
    { aggregate: 'body', id: 'b', command: 'EstablishBody', day: 1, data: { name: 'Board', kind: 'OTHER' } } as const,
  ],
  taken('called', { title: 'withheld' }),
  taken('hidden', { title: 'Secret', disclosure: { disclosure: 'CONFIDENTIAL', ground: 'OTHER' } }),
  taken('after-called', { title: 'One', supersedes: 'called' }),
  taken('after-hidden', { title: 'Other', supersedes: 'hidden' }),
];

describe('a decision that is called “withheld”', () => {
  it('is not taken for one that is, wherever another names it', async () => {
    await inWorld(FACTS, async ({ register, store, records, positions }) => {
      expect(positions).toHaveLength(FACTS.length);
      const context = requestContext(reader, Date.UTC(2024, 5, 1));
      const basis = await records.basis({}, context);
      const events = (await store.readAll(0, 100)).map(eventReader());
      const names = new Names(register, new Disclosing(register, store));
      const open = await names.tell(basis, context, (lookups) => {
        const tell = telling(lookups, () => undefined);
        return events.flatMap((event) => (/after-/.test(event.stream) ? [[event.stream, tell(event).open]] : []));
      });
      expect(Object.fromEntries(open)).toEqual({ 'decision/after-called': true, 'decision/after-hidden': false });

      const inLogs = namesFor(sourceOf({ runtime: { register, store } }), basis, 'public');
      expect(await inLogs.tell(({ isWithheld }) => ['called', 'hidden'].map(isWithheld))).toEqual([false, true]);
    });
  });
});
