import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore, eventId } from '#event-store';
import { canonicalJson, type Actor, type CivilDate } from '#kernel';
import type { RecordStep } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'test' };
const why = { kind: 'error', reason: 'a slip of the pen' } as const;
const grant = { functions: ['to pay'], grantedByName: 'Board', delegateNames: ['Committee'] };
const perYear = (pence: number) => ({ limits: [{ amount: { pence }, basis: 'PER_YEAR' }] });

let store: MemoryEventStore;
/** A delegation as it was recorded once: £5 a year, varied to £7. */
beforeEach(async () => {
  store = new MemoryEventStore();
  const events = [
    ['DelegationGranted', '2025-01-01', { ...grant, limit: { pence: 500 }, limitBasis: 'PER_YEAR' }],
    ['DelegationVaried', '2025-03-01', { limit: { pence: 700 } }],
  ] as const;
  for (const [revision, [type, effectiveOn, data]] of events.entries()) {
    const commandId = `old-${revision}`;
    const envelope = { effectiveOn, actor: officer, commandId, commandDigest: '', index: 0, count: 1 };
    const event = {
      ...{ id: eventId(commandId, 0), type, schemaVersion: 2 },
      ...{ payload: canonicalJson(data), envelope: canonicalJson(envelope) },
    };
    const expected = revision === 0 ? ('no stream' as const) : { revision: revision - 1 };
    await store.append([{ stream: 'delegation/d', expected, events: [event] }]);
  }
});

const outcome = async (data: object, effectiveOn: string, more: Partial<RecordStep> = {}): Promise<string> => {
  const step = { command: 'VaryDelegation', data, effectiveOn: effectiveOn as CivilDate, ...more };
  const command = new Submit({ aggregate: 'delegation', id: 'd', commandId: 'new', steps: [step] }, officer);
  return new SubmitHandler(store).execute(command).then(
    () => 'recorded',
    ({ code, detail }: { code: string; detail: { field?: string } }) => `${code} ${detail.field}`,
  );
};

describe('a change of limits behind a variation of the one limit there was once', () => {
  it('is taken as a change, also back to what the grant said: what stood between cannot be told', async () => {
    expect(await outcome(perYear(500), '2025-06-01')).toBe('recorded');
  });
  it('is no change before that variation', async () => {
    expect(await outcome(perYear(500), '2025-02-01')).toBe('CHANGES_NOTHING data.limits');
    expect(await outcome(perYear(600), '2025-02-01')).toBe('recorded');
  });
  it('is told from other fields, of which the variation said nothing', async () => {
    expect(await outcome({ functions: ['to pay'] }, '2025-06-01')).toBe('CHANGES_NOTHING data.functions');
  });
});

describe('a correction of a variation of the one limit there was once', () => {
  const corrects = eventId('old-1', 0);
  it('leaves nothing out where it says the limits', async () => {
    expect(await outcome(perYear(800), '2025-03-01', { corrects, why })).toBe('recorded');
  });
  it('is refused where it says none', async () => {
    expect(await outcome({ note: 'n' }, '2025-03-01', { corrects, why })).toBe('UNSAID data.soleLimit');
  });
});
