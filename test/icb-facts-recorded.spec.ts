import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Submit, SubmitHandler, type Step } from '#command';
import { MemoryEventStore, eventId } from '#event-store';
import { UNKNOWN_START, type Actor, type CivilDate, type Source, type StoredEvent, type Why } from '#kernel';

const actor: Actor = { id: 'importer', roles: ['governance-officer'], vouchedBy: 'operator' };

interface StepLine {
  readonly command: string;
  readonly data: object;
  readonly effectiveOn?: CivilDate;
  readonly startKnown?: false;
  readonly corrects?: { readonly command: string; readonly index: number };
  readonly why?: Why;
}
interface Line extends Partial<StepLine> {
  readonly commandId: string;
  readonly aggregate: string;
  readonly id: string;
  readonly steps?: readonly StepLine[];
  readonly source: Source;
}

const text = (name: string): string =>
  readFileSync(new URL(`../examples/ics/${name}`, import.meta.url), 'utf8').trimEnd();
const linesOf = (name: string): readonly Line[] =>
  text(name)
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const stepOf = ({ command, data, effectiveOn, startKnown, corrects, why }: StepLine): Step => ({
  command,
  data,
  effectiveOn: effectiveOn ?? UNKNOWN_START,
  ...(startKnown === false && { startKnown }),
  ...(corrects && { corrects: eventId(corrects.command, corrects.index) }),
  ...(why && { why }),
});

/** What the lists record before: boards, trusts and the council under their codes, and the council's committees. */
const listed = (): readonly Line[] => {
  const source = { system: 'stand-in' };
  const begin = (aggregate: string, id: string, command: string, data: object): Line => ({
    commandId: `stand-in/${aggregate}/${id}`,
    aggregate,
    id,
    command,
    data,
    startKnown: false,
    source,
  });
  const boards = [...new Set(text('icb-facts.ndjson').match(/(?<="ods:)Q\w\w/g))];
  return [
    ...boards.map((code) => begin('organisation', `ods:${code}`, 'RegisterOrganisation', { name: code, kind: 'ICB' })),
    ...['RTE', 'RTQ'].map((code) =>
      begin('organisation', `ods:${code}`, 'RegisterOrganisation', { name: code, kind: 'NHS_TRUST' }),
    ),
    begin('organisation', 'gss:E10000013', 'RegisterOrganisation', { name: 'Gloucestershire', kind: 'COUNCIL' }),
    ...['653', '772', '881'].map((id) =>
      begin('body', `glos:${id}`, 'EstablishBody', { name: id, kind: 'COUNCIL_COMMITTEE' }),
    ),
  ];
};

const store = new MemoryEventStore();
const handler = new SubmitHandler(store);
const refused: string[] = [];
const send = async (lines: readonly Line[]): Promise<void> => {
  for (const line of lines) {
    const { aggregate, id, commandId, source } = line;
    const steps = (line.steps ?? [line as StepLine]).map(stepOf);
    await handler.execute(new Submit({ aggregate, id, commandId, steps, source }, actor)).catch((reason: unknown) => {
      refused.push(`${commandId}: ${String((reason as { message: unknown }).message)}`);
    });
  }
};
const days = async (stream: string): Promise<readonly (readonly [string, string])[]> =>
  (await store.readStream(stream)).map(({ type, envelope }: StoredEvent) => [
    type,
    (JSON.parse(envelope) as { effectiveOn: string }).effectiveOn,
  ]);

beforeAll(async () => {
  await send(listed());
  await send(linesOf('icb-people.ndjson'));
  await send(linesOf('icb-facts.ndjson'));
});

describe('recording the facts about the Gloucestershire system', () => {
  it('refuses none of them', () => {
    expect(refused).toEqual([]);
  });

  it('adds nothing the second time', async () => {
    const before = await store.head();
    await send(linesOf('icb-people.ndjson'));
    await send(linesOf('icb-facts.ndjson'));
    expect([await store.head(), refused]).toEqual([before, []]);
  });

  it('keeps the plan of a delegation beside the day on which it came', async () => {
    expect(await days('delegation/icb:nhse-specialised-2025')).toEqual([
      ['DelegationGranted', '2024-04-01'],
      ['DelegationGranted', '2025-04-01'],
      ['DelegationVaried', '2025-04-01'],
    ]);
  });

  it('ends what died or closed on a day with the day after', async () => {
    expect(await days('appointment/icb:roger-wilson-hwb-chair')).toContainEqual(['AppointmentEnded', '2019-12-09']);
    expect(await days('organisation/ods:11M')).toContainEqual(['OrganisationClosed', '2022-07-01']);
  });
});
