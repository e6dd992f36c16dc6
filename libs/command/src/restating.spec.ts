import { beforeEach, describe, expect, it } from '@jest/globals';
import { commandName, MemoryEventStore, eventId, type EventStore } from '#event-store';
import type { Actor, CivilDate, Source } from '#kernel';
import type { RecordStep, Step } from './intent.js';
import { Submit, SubmitHandler } from './submit.js';

const officer: Actor = { id: 'o1', roles: ['governance-officer'], vouchedBy: 'development' };
const why = { kind: 'error', reason: 'a slip of the pen' } as const;
let store: EventStore;
let handler: SubmitHandler;
beforeEach(() => {
  store = new MemoryEventStore();
  handler = new SubmitHandler(store);
});

const step = (
  command: string,
  data: object,
  effectiveOn = '2025-05-01',
  more: Partial<RecordStep> = {},
): RecordStep => ({
  command,
  data,
  effectiveOn: effectiveOn as CivilDate,
  ...more,
});
const send = async (subject: string, commandId: string, ...steps: readonly Step[]): Promise<unknown> => {
  const [aggregate = '', id = ''] = subject.split('/');
  return handler.execute(new Submit({ aggregate, id, commandId, steps }, officer));
};
const outcome = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'recorded',
    (thrown: { code: string; message: string }) => `${thrown.code}: ${thrown.message}`,
  );
const last = async (subject: string): Promise<{ type: string; data: unknown; source: Source | undefined }> => {
  const event = (await store.readStream(subject)).at(-1);
  const envelope = JSON.parse(event?.envelope ?? '{}') as { source?: Source };
  return { type: event?.type ?? '', data: JSON.parse(event?.payload ?? '{}'), source: envelope.source };
};

describe('a correction and what it leaves out (T3)', () => {
  const source = { document: 'minutes.pdf', locator: 'item 4' };
  const said = {
    title: 'Uroolgy',
    reference: 'ICB-1',
    procurement: { route: 'PA2023', supplier: 'A Ltd' },
    tags: ['x'],
  };
  const corrects = eventId(commandName(officer, 'c1'), 0);
  const corrected = (data: object, more: Partial<RecordStep> = {}): RecordStep =>
    step('TakeDecision', data, '2025-05-01', { corrects, why, ...more });
  beforeEach(() => send('decision/d', 'c1', step('TakeDecision', said, '2025-05-01', { source })));

  it('is refused with every name at once, reference, parts and source among them', async () => {
    const found = await outcome(
      send('decision/d', 'c2', corrected({ title: 'Urology', procurement: { route: 'PA2023' } })),
    );
    expect(found).toMatch(/^UNSAID: /);
    expect(found).toContain('data.procurement.supplier, data.reference, data.tags, source');
  });
  it('names the step of a command that has several', async () => {
    const change = step('ChangeDecision', { stage: 'open' }, '2025-06-01');
    const found = await outcome(send('decision/d', 'c2', change, corrected({ ...said, tags: undefined }, { source })));
    expect(found).toContain('steps[1].data.tags');
  });
  it('keeps it where it says so: the event stored is whole', async () => {
    await send('decision/d', 'c2', corrected({ title: 'Urology', procurement: { route: null } }, { unsaid: 'KEEP' }));
    const procurement = { supplier: 'A Ltd' };
    expect(await last('decision/d')).toEqual({
      type: 'DecisionTaken',
      data: { ...said, title: 'Urology', procurement },
      source,
    });
  });
  it('drops it where it says so', async () => {
    await send('decision/d', 'c2', corrected({ title: 'Urology' }, { unsaid: 'DROP' }));
    expect(await last('decision/d')).toEqual({ type: 'DecisionTaken', data: { title: 'Urology' }, source: undefined });
  });
  it('takes null for what was never so', async () => {
    const all = { title: 'Urology', reference: null, procurement: null, tags: null };
    expect(await outcome(send('decision/d', 'c2', corrected(all, { source })))).toBe('recorded');
    expect((await last('decision/d')).data).toEqual({ title: 'Urology' });
  });
  it('takes a series for a reference', async () => {
    const all = { ...said, reference: undefined, referenceSeries: 'ICB-2025/26' };
    expect(await outcome(send('decision/d', 'c2', corrected(all, { source })))).toBe('recorded');
  });
  it('counts what the event before said by keeping, correction upon correction', async () => {
    await send('decision/d', 'c2', corrected({ title: 'Urology' }, { unsaid: 'KEEP' }));
    const again = step('TakeDecision', { title: 'Urology 2' }, '2025-05-02', {
      corrects: eventId(commandName(officer, 'c2'), 0),
      why,
    });
    expect(await outcome(send('decision/d', 'c3', again))).toContain('data.reference');
  });
  it('by another type of the room keeps only what that has a field for', async () => {
    const proposed = (unsaid: 'KEEP' | 'DROP'): Step => ({
      ...corrected({ title: 'Urology' }, { unsaid }),
      command: 'ProposeDecision',
    });
    expect(await outcome(send('decision/d', 'c2', proposed('KEEP')))).toBe(
      'CANNOT_KEEP: ProposeDecision has no field for what is to be kept: procurement, tags',
    );
    expect(await outcome(send('decision/d', 'c3', proposed('DROP')))).toBe('recorded');
  });
  it('is asked for of nothing that corrects nothing', async () => {
    const found = await outcome(
      send('decision/d', 'c2', step('ChangeDecision', { stage: 'x' }, '2025-06-01', { unsaid: 'KEEP' })),
    );
    expect(found).toMatch(/^UNSAID: unsaid is said of a recording that corrects nothing/);
  });
  it('says the last day of a term in the words of the command, and keeps what a change took away', async () => {
    await send('person/p', 'p1', step('RegisterPerson', { name: 'Ann' }));
    await send('appointment/a', 'a1', step('MakeAppointment', { person: 'p', role: 'Chair', until: '2026-03-31' }));
    await send('appointment/a', 'a2', step('ChangeAppointment', { until: null, role: 'Member' }, '2025-06-01'));
    const made = step('MakeAppointment', { person: 'p', role: 'Chair' }, '2025-04-01', {
      corrects: eventId(commandName(officer, 'a1'), 0),
      why,
    });
    expect(await outcome(send('appointment/a', 'a3', made))).toContain('data.until');
    await send('appointment/a', 'a4', { ...made, data: { role: 'Chair' }, unsaid: 'KEEP' });
    expect((await last('appointment/a')).data).toEqual({ person: 'p', role: 'Chair', to: '2026-04-01' });
    const change = step('ChangeAppointment', { role: 'Vice Chair' }, '2025-06-01', {
      corrects: eventId(commandName(officer, 'a2'), 0),
      why,
    });
    expect(await outcome(send('appointment/a', 'a5', change))).toContain('data.until');
    await send('appointment/a', 'a6', { ...change, unsaid: 'KEEP' });
    expect((await last('appointment/a')).data).toEqual({ role: 'Vice Chair', to: null });
  });
});

describe('a change that changes nothing', () => {
  const NOTHING = /^CHANGES_NOTHING: /;
  const change = async (id: string, data: object, on = '2025-06-01', more = {}): Promise<string> =>
    outcome(send('body/b', id, step('ChangeBody', data, on, more)));
  beforeEach(() => send('body/b', 'b1', step('EstablishBody', { name: 'Board', kind: 'HOSC', note: 'n' })));

  it('is refused where it names nothing, or what stands already, or takes away what is not there', async () => {
    expect(await change('b2', {})).toMatch(NOTHING);
    expect(await change('b3', { note: 'n' })).toBe(
      'CHANGES_NOTHING: the change says what stands already on that day: note',
    );
    expect(await change('b4', { remit: null, owners: [] })).toMatch(NOTHING);
  });
  it('is recorded where one of its fields is different', async () => {
    expect(await change('b2', { note: 'n', remit: 'r' })).toBe('recorded');
    expect(await change('b3', { note: null })).toBe('recorded');
    expect(await change('b4', { note: null })).toMatch(NOTHING);
    expect(await change('b5', { note: 'n' })).toBe('recorded');
  });
  it('is judged by what stands on its own day, not later', async () => {
    await change('b2', { note: 'later' }, '2025-09-01');
    expect(await change('b3', { note: 'later' }, '2025-06-01')).toBe('recorded');
    expect(await change('b4', { note: 'n' }, '2025-05-15')).toMatch(NOTHING);
  });
  it('is recorded again after the first was annulled', async () => {
    await change('b2', { note: 'x' });
    await send('body/b', 'b3', { annuls: eventId(commandName(officer, 'b2'), 0), why });
    expect(await change('b4', { note: 'x' })).toBe('recorded');
  });
  it('may put another change right', async () => {
    await change('b2', { note: 'x' });
    expect(
      await change('b3', { note: 'n' }, '2025-06-01', { corrects: eventId(commandName(officer, 'b2'), 0), why }),
    ).toBe('recorded');
  });
  it('is seen inside a part, and beside what says the same in another command', async () => {
    const of = async (id: string, command: string, data: object): Promise<string> =>
      outcome(send('decision/d', id, step(command, data, '2025-06-01')));
    await of('d1', 'TakeDecision', { title: 't', procurement: { supplier: 'A', noticeId: '1' } });
    await of('d2', 'PublishDecision', { publishedOn: '2025-06-02' });
    expect(await of('d3', 'ChangeDecision', { publishedOn: '2025-06-02', procurement: { supplier: 'A' } })).toMatch(
      NOTHING,
    );
    expect(await of('d4', 'ChangeDecision', { procurement: { supplier: null } })).toBe('recorded');
    expect(await of('d5', 'ChangeDecision', { procurement: { supplier: null, noticeId: '1' } })).toMatch(NOTHING);
  });
});

describe('a change that takes away', () => {
  beforeEach(async () => {
    await send('person/p', 'p1', step('RegisterPerson', { name: 'Ann' }));
    await send('body/b', 'b1', step('EstablishBody', { name: 'Board', kind: 'HOSC' }));
  });
  it('leaves something that a person is appointed to', async () => {
    await send('appointment/a', 'a1', step('MakeAppointment', { person: 'p', role: 'Chair', body: 'b' }));
    const change = async (id: string, data: object): Promise<string> =>
      outcome(send('appointment/a', id, step('ChangeAppointment', data, '2025-06-01')));
    expect(await change('a2', { role: null, body: null })).toMatch(/^APPOINTMENT_TO_NOTHING: /);
    expect(await change('a3', { role: null })).toBe('recorded');
    expect(await change('a4', { body: null })).toMatch(/^APPOINTMENT_TO_NOTHING: /);
    expect(await change('a5', { body: null, role: 'Member' })).toBe('recorded');
  });
  it('leaves somebody who grants a delegation, and somebody who receives it', async () => {
    const granted = { grantedByBody: 'b', delegatePersons: ['p'], functions: ['care'] };
    await send('delegation/d', 'd1', step('GrantDelegation', granted));
    const vary = async (id: string, data: object): Promise<string> =>
      outcome(send('delegation/d', id, step('VaryDelegation', data, '2025-06-01')));
    expect(await vary('d2', { grantedByBody: null })).toMatch(/^DELEGATION_FROM_NOBODY: /);
    expect(await vary('d3', { delegatePersons: [] })).toMatch(/^DELEGATION_TO_NOBODY: /);
    expect(await vary('d4', { delegatePersons: [], delegateNames: ['all'] })).toBe('recorded');
  });
});
