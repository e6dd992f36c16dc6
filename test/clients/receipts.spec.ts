import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandName } from '#wire';
import { refusalIn } from '../recorder.js';
import { runApi, type GraphQLAnswer, type RunningApi } from '../running-api.js';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
}, 60_000);
afterAll(() => api.close());

interface Receipt {
  readonly subject: string;
  readonly after: string;
  readonly position: number | null;
  readonly alreadyRecorded: boolean;
  readonly dryRun: boolean;
  readonly reference: string | null;
  readonly events: readonly { readonly id: string; readonly type: string; readonly sentence: string }[];
  readonly changes: readonly {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

const RECEIPT =
  'subject after position alreadyRecorded dryRun reference events { id type sentence } changes { field before after }';

const send = (command: CommandName, id: string | null, recording: object, data: object, dryRun: boolean) =>
  api.ask(
    `mutation ($id: ID, $recording: RecordingInput!, $data: ${command}Input!, $dryRun: Boolean!) {
      receipt: ${command[0]?.toLowerCase()}${command.slice(1)}(id: $id, recording: $recording, data: $data, dryRun: $dryRun) { ${RECEIPT} }
    }`,
    { id, recording, data, dryRun },
  );

const receiptIn = ({ data, errors }: GraphQLAnswer): Receipt => {
  expect(errors).toBeUndefined();
  return data?.['receipt'] as Receipt;
};

const head = () => api.runtime.store.head();
const day = (effectiveOn: string, commandId: string) => ({ effectiveOn, commandId });

/** Tried, and tried again, before it is recorded: all three say the same, and trying leaves nothing behind. */
const triedAndRecorded = async (
  command: CommandName,
  id: string,
  recording: { readonly effectiveOn: string; readonly commandId: string },
  data: object,
): Promise<Receipt> => {
  const before = await head();
  const [tried, again] = [
    receiptIn(await send(command, id, recording, data, true)),
    receiptIn(await send(command, id, recording, data, true)),
  ];
  expect(await head()).toBe(before);
  expect(again).toEqual(tried);
  expect(tried).toMatchObject({ dryRun: true, position: null, alreadyRecorded: false });
  const recorded = receiptIn(await send(command, id, recording, data, false));
  expect(recorded).toMatchObject({ dryRun: false, changes: [] });
  expect({ subject: recorded.subject, reference: recorded.reference, events: recorded.events }).toEqual({
    subject: tried.subject,
    reference: tried.reference,
    events: tried.events,
  });
  await api.runtime.register.waitFor(recorded.position ?? -1, 10_000);
  // Sent again it is recorded already, and tells the same, from the log.
  for (const dryRun of [true, false]) {
    const repeated = receiptIn(await send(command, id, recording, data, dryRun));
    expect(repeated).toEqual({ ...recorded, alreadyRecorded: true, after: expect.any(String) });
  }
  return tried;
};

describe('a receipt', () => {
  it('says the sentence and the reference that were recorded, and what a trial would change', async () => {
    await triedAndRecorded('RegisterOrganisation', 'icb', day('2022-07-01', 'c1'), { name: 'ICB', kind: 'ICB' });
    await triedAndRecorded('EstablishBody', 'board', day('2022-07-01', 'c2'), {
      name: 'ICB Board',
      kind: 'ICB_BOARD',
      owners: ['icb'],
    });
    const first = await triedAndRecorded('TakeDecision', 'd1', day('2025-05-01', 'c3'), {
      title: 'More beds',
      takenOn: '2025-05-01',
      decidedBy: ['board'],
      referenceSeries: 'ICB-2025/26',
    });
    expect(first.reference).toBe('ICB-2025/26-0001');
    expect(first.events.map(({ sentence }) => sentence)).toEqual([expect.stringContaining('ICB Board')]);
    expect(first.changes).toContainEqual({ field: 'title', before: null, after: 'More beds' });
    const second = await triedAndRecorded('TakeDecision', 'd2', day('2025-05-02', 'c4'), {
      title: 'Fewer beds',
      takenOn: '2025-05-02',
      referenceSeries: 'ICB-2025/26',
    });
    expect(second.reference).toBe('ICB-2025/26-0002');
    const change = await triedAndRecorded('ChangeDecision', 'd1', day('2025-06-01', 'c5'), {
      title: 'Many more beds',
      tags: ['beds'],
    });
    expect(change.reference).toBeNull();
    expect(change.changes.toSorted((a, b) => a.field.localeCompare(b.field))).toEqual([
      { field: 'tags', before: null, after: '["beds"]' },
      { field: 'title', before: 'More beds', after: 'Many more beds' },
    ]);
  });

  it('of a trial is refused as recording is, and uses up no commandId and no reference', async () => {
    const before = await head();
    const nobody = { title: 'X', takenOn: '2025-05-01', decidedBy: ['nobody'] };
    const [tried, sent] = [
      refusalIn(await send('TakeDecision', 'd3', day('2025-05-01', 'c6'), nobody, true)),
      refusalIn(await send('TakeDecision', 'd3', day('2025-05-01', 'c6'), nobody, false)),
    ];
    expect(tried).toEqual(sent);
    expect(tried['code']).toBe('UNKNOWN_REFERENCE');
    const taken = { title: 'Y', takenOn: '2025-05-01', reference: 'FREE-1' };
    receiptIn(await send('TakeDecision', 'd4', day('2025-05-01', 'c7'), taken, true));
    expect(await head()).toBe(before);
    // Another subject takes the reference, under the same name of a command.
    expect(receiptIn(await send('TakeDecision', 'd5', day('2025-05-01', 'c7'), taken, false))).toMatchObject({
      reference: 'FREE-1',
      alreadyRecorded: false,
    });
    expect(refusalIn(await send('TakeDecision', 'd4', day('2025-05-01', 'c8'), taken, true))['code']).toBe(
      'DUPLICATE_REFERENCE',
    );
    const long = { title: 'Z', takenOn: '2025-05-01', text: 'x'.repeat(700_000) };
    const codes = [true, false].map(async (dryRun) =>
      refusalIn(await send('TakeDecision', 'd6', day('2025-05-01', 'c9'), long, dryRun)),
    );
    expect((await Promise.all(codes))[0]).toEqual((await Promise.all(codes))[1]);
  });

  it('of a trial waits for nothing, and nothing of the trial is shown', async () => {
    const { after } = receiptIn(
      await send('TakeDecision', 'ghost', day('2025-05-01', 'c10'), { title: 'Ghost', takenOn: '2025-05-01' }, true),
    );
    const { data, errors } = await api.ask(
      `{ decision(id: "ghost", afterReceipt: "${after}") { absence { kind } } decisions(search: "ghost") { totalCount } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ decision: { absence: { kind: 'NEVER_RECORDED' } }, decisions: { totalCount: 0 } });
  });

  it('of an annulment says what would go', async () => {
    const subject = 'decision/d2';
    const history = await api.ask(`{ history(of: "${subject}") { edges { node { eventId } } } }`);
    const [, id] = /"eventId":"([^"]+)"/.exec(JSON.stringify(history.data)) ?? [];
    const annul = (dryRun: boolean) =>
      api.ask(
        `mutation { receipt: annul(subject: "${subject}", events: ["${id}"], commandId: "c11", dryRun: ${dryRun},
          why: { kind: NEVER_HAPPENED, reason: "the minutes were wrong" }) { ${RECEIPT} } }`,
      );
    const before = await head();
    const tried = receiptIn(await annul(true));
    expect(await head()).toBe(before);
    expect(tried.events[0]?.sentence).toMatch(/^Annulled: .*Fewer beds/);
    expect(tried.changes).toContainEqual({ field: 'title', before: 'Fewer beds', after: null });
    expect(receiptIn(await annul(false)).events).toEqual(tried.events);
    expect(await head()).toBe(before + 1);
  });
});
