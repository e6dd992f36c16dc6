import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { record, refusalIn } from './recorder.js';
import { eventOf, runRecordedApi, type RecordedApi } from './recorded-api.js';

let api: RecordedApi;
beforeAll(async () => {
  api = await runRecordedApi();
});
afterAll(() => api.close());

interface Paged {
  readonly history: {
    readonly edges: readonly { readonly node: { readonly position: number } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('the history of a subject', () => {
  it('says who put what right, and why', async () => {
    const query = `{ history(of: "appointment/chair") { basis { position } totalCount edges { cursor node {
      position recordedAt effectiveOn startKnown type sentence recordedBy vouchedBy onBehalfOf status
      source { system document url locator statedAt } why { kind reason evidence }
      corrects { position effectiveOn sentence } correctedBy { position recordedAt by why { kind reason evidence } sentence }
      annuls { position } annulledBy { position } bringsBack { position } broughtBackBy { position }
    } } } }`;
    const { history } = await api.data<{ history: { edges: { cursor: string; node: Record<string, unknown> }[] } }>(
      query,
    );
    const said = 'Carole Allaway-Martin was appointed Chair of the Gloucestershire Health and Wellbeing Partnership.';
    const why = { kind: 'ERROR', reason: 'the minutes say 1 May', evidence: 'minutes of 7 May, item 4' };
    const others = { annuls: null, annulledBy: null, bringsBack: null, broughtBackBy: null };
    const by = { recordedBy: 'Ada Clerk', vouchedBy: 'test', onBehalfOf: 'NHS Gloucestershire ICB', startKnown: true };
    const source = { system: 'test', document: 'minutes.pdf', url: null, statedAt: null };
    expect(history).toMatchObject({ basis: { position: await api.runtime.store.head() }, totalCount: 2 });
    expect(history.edges.map(({ node }) => node)).toEqual([
      {
        ...{ position: 4, recordedAt: '2024-06-01T09:00:00.000Z', effectiveOn: '2024-06-01', type: 'AppointmentMade' },
        ...{ ...by, ...others, sentence: said, status: 'CORRECTED', source: { ...source, locator: 'item 4' } },
        ...{ why: null, corrects: null },
        correctedBy: {
          ...{ position: 7, recordedAt: '2024-09-01T09:00:00.000Z', by: 'Ada Clerk', why },
          sentence: `Corrected: ${said}`,
        },
      },
      {
        ...{ position: 7, recordedAt: '2024-09-01T09:00:00.000Z', effectiveOn: '2024-05-01', type: 'AppointmentMade' },
        ...{ ...by, ...others, sentence: `Corrected: ${said}`, status: 'IN_FORCE' },
        ...{ source: { ...source, locator: 'item 7' }, why, correctedBy: null },
        corrects: { position: 4, effectiveOn: '2024-06-01', sentence: said },
      },
    ]);
  });

  it('shows nothing that came after the basis, not even that it was put right', async () => {
    const then = await api.nodes(
      '{ history(of: "appointment/chair", asKnownAt: 6) { edges { node { position status correctedBy { position } } } } }',
    );
    expect(then).toEqual([{ position: 4, status: 'IN_FORCE', correctedBy: null }]);
    expect(
      await api.nodes('{ history(of: "appointment/chair", asKnownAt: 3) { edges { node { position } } } }'),
    ).toEqual([]);
  });

  it('shows what was annulled, by what, and that it came back', async () => {
    const shown = await api.nodes(
      `{ history(of: "d1") { edges { node {
        sentence status effectiveOn annuls { sentence } annulledBy { sentence why { kind } } bringsBack { effectiveOn } broughtBackBy { sentence }
      } } } }`,
    );
    const carriedOut = 'The decision was carried out.';
    const again = 'Recorded again: The decision was carried out: “it went ahead after all”.';
    const nothing = { annuls: null, annulledBy: null, bringsBack: null, broughtBackBy: null };
    expect(shown).toEqual([
      {
        ...nothing,
        sentence:
          'The decision “Community urology services” (ICB-2024/25-0001, £0.00, award confirmed) was taken by the Gloucestershire Health and Wellbeing Partnership.',
        ...{ status: 'IN_FORCE', effectiveOn: '2024-09-02' },
      },
      {
        ...{ ...nothing, sentence: carriedOut, status: 'ANNULLED', effectiveOn: '2024-09-10' },
        annulledBy: { sentence: `Annulled: ${carriedOut}`, why: { kind: 'NEVER_HAPPENED' } },
        broughtBackBy: { sentence: again },
      },
      {
        ...{ ...nothing, sentence: `Annulled: ${carriedOut}`, status: 'IN_FORCE', effectiveOn: '2024-09-10' },
        annuls: { sentence: carriedOut },
      },
      {
        ...nothing,
        sentence: again,
        status: 'IN_FORCE',
        effectiveOn: '2024-09-12',
        bringsBack: { effectiveOn: '2024-09-10' },
      },
    ]);
  });

  it('is found by global id, by kind and reference, and by a reference alone', async () => {
    for (const name of ['decision/d1', 'd1', 'decision/ICB-2024/25-0001', 'ICB-2024/25-0001']) {
      const found = await api.data<object>('query ($name: ID!) { history(of: $name) { totalCount } }', { name });
      expect([name, found]).toEqual([name, { history: { totalCount: 4 } }]);
    }
    expect(await api.nodes('{ history(of: "QR1", first: 1) { edges { node { type } } } }')).toEqual([
      { type: 'OrganisationRegistered' },
    ]);
  });

  it('names people and bodies as they were called on the day it speaks of, as known at the basis', async () => {
    const told = async (known: string): Promise<unknown> =>
      (
        await api.nodes(`{ history(of: "body/hwb", first: 1, asKnownAt: "${known}") { edges { node { sentence } } } }`)
      )[0];
    const sentence = (owner: string): object => ({
      sentence: `Gloucestershire Health and Wellbeing Partnership was established as a health and wellbeing board of ${owner}.`,
    });
    expect(await told('2024-10-31')).toEqual(sentence('Old ICB'));
    expect(await told('2024-11-01')).toEqual(sentence('Old ICB (now NHS Gloucestershire ICB)'));
  });

  it('goes on page by page', async () => {
    const positions: number[] = [];
    let next: Paged['history']['pageInfo'] = { hasNextPage: true, endCursor: null };
    while (next.hasNextPage) {
      const { history }: Paged = await api.data<Paged>(
        `query ($after: String) { history(of: "d1", first: 3, after: $after) {
          edges { node { position } } pageInfo { hasNextPage endCursor } } }`,
        { after: next.endCursor },
      );
      positions.push(...history.edges.map(({ node }) => node.position));
      next = history.pageInfo;
    }
    expect(positions).toEqual([9, 10, 11, 12]);
  });

  it.each([
    ['of: "nothing"', 'UNKNOWN_SUBJECT', 'of'],
    ['of: "body/nothing"', 'UNKNOWN_SUBJECT', 'of'],
    ['of: "d1", first: 0', 'PAGE_SIZE', 'first'],
    ['of: "d1", first: 101', 'PAGE_SIZE', 'first'],
    ['of: "d1", after: "x"', 'NOT_A_CURSOR', 'after'],
    ['of: "d1", asKnownAt: 9999', 'BASIS_BEYOND_HEAD', 'asKnownAt'],
  ])('is refused for %s', async (args, code, field) => {
    expect(refusalIn(await api.ask(`{ history(${args}) { totalCount } }`))).toMatchObject({ code, field });
  });
});

describe('the timeline of a subject', () => {
  it('is one entry for each stretch of days, and says what began it', async () => {
    const query =
      '{ timeline(of: "QR1") { totalCount edges { node { from until startKnown recordedFrom title absent sentences } } } }';
    expect(await api.nodes(query)).toEqual([
      {
        ...{ from: '2022-07-01', until: '2024-10-31', startKnown: true, title: 'Old ICB', absent: false },
        ...{ recordedFrom: expect.any(Number), sentences: ['Old ICB was registered as an integrated care board.'] },
      },
      {
        ...{ from: '2024-11-01', until: null, startKnown: true, title: 'NHS Gloucestershire ICB', absent: false },
        ...{ recordedFrom: expect.any(Number), sentences: ['Its name changed to “NHS Gloucestershire ICB”.'] },
      },
    ]);
  });

  it('is that known at the basis', async () => {
    const from = async (known: number): Promise<unknown> =>
      api.nodes(`{ timeline(of: "appointment/chair", asKnownAt: ${known}) { edges { node { from title } } } }`);
    const title = 'Carole Allaway-Martin, Chair of the Gloucestershire Health and Wellbeing Partnership';
    expect(await from(3)).toEqual([]);
    expect(await from(6)).toEqual([{ from: '2024-06-01', title }]);
    expect(await from(7)).toEqual([{ from: '2024-05-01', title }]);
  });
});

describe('annulling', () => {
  it('drops several events of one subject at once, once, and they can come back', async () => {
    const made = await record(api, 'EstablishBody', 'group', '2024-01-01', { name: 'Working group', kind: 'OTHER' });
    const ended = await record(api, 'DissolveBody', 'group', '2024-02-01', {});
    const events = [...ended.events, ...made.events].map(({ id }) => id);
    const annul = (commandId: string): Promise<Record<string, { after: string; alreadyRecorded: boolean }>> =>
      api.data(
        `mutation ($events: [ID!]!, $commandId: ID) { annul(subject: "body/group", events: $events, commandId: $commandId,
          why: { kind: ERROR, reason: "recorded twice", evidence: null }) { after alreadyRecorded events { type } } }`,
        { events, commandId },
      );
    const first = await annul('annul-1');
    expect(first).toMatchObject({
      annul: { alreadyRecorded: false, events: [{ type: 'Annulled' }, { type: 'Annulled' }] },
    });
    expect(await annul('annul-1')).toMatchObject({ annul: { alreadyRecorded: true } });
    const back = await record(
      api,
      'EstablishBody',
      'group',
      '2024-01-01',
      { name: 'Working group', kind: 'OTHER' },
      { again: made.events[0]?.id },
    );
    const shown = await api.nodes(
      `{ history(of: "group", afterReceipt: "${back.after}") { edges { node { type status why { evidence } } } } }`,
    );
    expect(shown.map(({ type, status }) => [type, status])).toEqual([
      ['BodyEstablished', 'ANNULLED'],
      ['BodyDissolved', 'ANNULLED'],
      ['Annulled', 'IN_FORCE'],
      ['Annulled', 'IN_FORCE'],
      ['BodyEstablished', 'IN_FORCE'],
    ]);
    expect(shown[2]).toMatchObject({ why: { evidence: null } });
  });

  it('is refused for an event that is not live, and for a subject that is not there', async () => {
    const annul = (subject: string, event: string) =>
      api.ask(
        `mutation ($subject: ID!, $events: [ID!]!) { annul(subject: $subject, events: $events, why: { kind: ERROR, reason: "x" }) { after } }`,
        { subject, events: [event] },
      );
    expect(refusalIn(await annul('appointment/chair', eventOf('c4')))).toMatchObject({ code: 'NOT_LIVE' });
    expect(refusalIn(await annul('nowhere', eventOf('c4')))).toMatchObject({
      code: 'UNKNOWN_SUBJECT',
      field: 'subject',
    });
  });
});
