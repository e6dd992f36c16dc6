import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventReader } from '#governance';
import type { CivilDate } from '#kernel';
import { replay, VIEWS } from '#register';
import { postgresUrl } from '#testing/postgres';
import { realServer } from '../eventstoredb/real.mjs';
import { Server } from '../eventstoredb/server.mjs';
import { openIssuer, type Issuer } from '../issuer.js';
import { dataOf, record, type ShownReceipt } from '../recorder.js';
import { FACTS, SECRET, SUBJECTS } from './county.js';
import { Journey } from './journey.js';

/**
 * One journey through the register, over real HTTP, on each of the four pairs of stores: the log in SQLite or in an
 * EventStoreDB (the stand-in, or the server in EVENTSTORE_URL), the views in SQLite or in PostgreSQL.
 */
const PAIRS = [
  ['SQLite and SQLite', 'sqlite', 'sqlite'],
  ['SQLite and PostgreSQL', 'sqlite', 'postgres'],
  ['EventStoreDB and SQLite', 'esdb', 'sqlite'],
  ['EventStoreDB and PostgreSQL', 'esdb', 'postgres'],
] as const;

/** Day as at which what has no other day is asked: everything has begun, nothing depends on today. */
const DAY = '2025-12-31' as CivilDate;

let issuer: Issuer;
let standIn: Server | undefined;
let urls: Readonly<Record<'sqlite' | 'esdb' | 'postgres', string>>;
const journeys = new Map<string, Journey>();

beforeAll(async () => {
  issuer = await openIssuer();
  const real = await realServer();
  standIn = real ? undefined : await Server.start();
  urls = { sqlite: 'sqlite:', esdb: real ?? standIn?.url() ?? '', postgres: await postgresUrl() };
}, 90_000);
afterAll(async () => {
  for (const journey of journeys.values()) await journey.end();
  await issuer?.close();
  await standIn?.stop();
});

interface Listed {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: { readonly id: string; readonly title: string } }[];
}

describe.each(PAIRS)('a register on %s', (name, log, views) => {
  let journey: Journey;
  /** By the command's place in the list of facts. */
  const receipts: ShownReceipt[] = [];
  let corrected: ShownReceipt;
  const receiptOf = (command: string, id: string): ShownReceipt =>
    receipts[FACTS.findIndex((fact) => fact[0] === command && fact[1] === id)] as ShownReceipt;
  const last = (): ShownReceipt => receipts.at(-1) as ShownReceipt;
  const basis = (): Record<string, string> => ({ asAt: `"${DAY}"`, asKnownAt: String(last().position) });

  beforeAll(async () => {
    journey = await Journey.begin({ eventStoreUrl: urls[log], readModelUrl: urls[views] }, issuer);
    journeys.set(name, journey);
  }, 60_000);

  it('records the main facts of every room, and shows each at once', async () => {
    for (const fact of FACTS) receipts.push(await record(journey.api, ...fact));
    await journey.rememberInstants();
    for (const [root, aggregate, id] of SUBJECTS) {
      const [command] = FACTS.findLast((fact) => fact[1] === id) ?? [];
      const { after, position } = receiptOf(command ?? '', id);
      // As known at its own position: the views may have come further by now, or not.
      const known = { asAt: `"${DAY}"`, asKnownAt: String(position) };
      const given = { id: `"${id}"`, afterReceipt: JSON.stringify(after), ...known };
      const text = JSON.stringify(await journey.everything(root, given));
      expect(text).toContain(`"subject":"${aggregate}/${id}"`);
      expect(text).toContain('"absence":null');
    }
    const repeated = await record(journey.api, ...(FACTS[0] as (typeof FACTS)[number]));
    expect(repeated).toEqual({ ...receipts[0], alreadyRecorded: true });
    expect(receipts.map(({ position }) => position)).toEqual(
      receipts.map(({ position }) => position).toSorted((a, b) => a - b),
    );
    await journey.everything('register', { afterReceipt: JSON.stringify(last().after), ...basis() });
  }, 60_000);

  it('answers two days, each as known before a back-dated correction and after', async () => {
    const made = receiptOf('MakeAppointment', 'ann-chair');
    const [, , , said] = FACTS.find((fact) => fact[1] === 'ann-chair') as (typeof FACTS)[number];
    const why = { kind: 'ERROR', reason: 'the minutes say 1 May', evidence: 'minutes, item 4' };
    const recording = { commandId: 'correction', corrects: made.events[0]?.id, why, unsaid: 'KEEP' };
    corrected = await record(journey.api, 'MakeAppointment', 'ann-chair', '2024-05-01', said, recording);
    await journey.rememberInstants();
    const held = async (asAt: string, { position }: ShownReceipt): Promise<unknown> => {
      const { appointment } = await journey.ask<{ appointment: object }>(
        `{ appointment(id: "ann-chair", asAt: "${asAt}", asKnownAt: ${position}, afterReceipt: "${corrected.after}") {
          basis { asAt asKnownAt position recordedAt } appointment { stretchFrom stretchUntil recordedFrom person { name } } absence { kind from position } } }`,
      );
      return appointment;
    };
    const from = (day: string): object => ({ appointment: { stretchFrom: day }, absence: null });
    expect([
      await held('2024-05-15', last()),
      await held('2024-05-15', corrected),
      await held('2024-06-15', last()),
      await held('2024-06-15', corrected),
    ]).toMatchObject([
      { appointment: null, absence: { kind: 'NOT_YET_BEGUN', from: '2024-06-01' } },
      from('2024-05-01'),
      from('2024-06-01'),
      from('2024-05-01'),
    ]);
    expect(await held('2024-04-30', corrected)).toMatchObject({ absence: { position: corrected.position } });
  });

  it('lists by filters, in order, page by page, and counts', async () => {
    const page = async (given: string): Promise<Listed> => {
      const query = `{ decisions(${given}, asAt: "${DAY}", asKnownAt: ${last().position}) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id: subject title datedOn amount { pence pounds words placeholder } } } } }`;
      return (await journey.ask<{ decisions: Listed }>(query)).decisions;
    };
    const found: string[] = [];
    for (let after = ''; ;) {
      const { totalCount, pageInfo, edges } = await page(`first: 2${after}`);
      expect(totalCount).toBe(9);
      found.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage) break;
      after = `, after: ${JSON.stringify(pageInfo.endCursor)}`;
    }
    expect(new Set(found).size).toBe(9);
    const ids = async (given: string): Promise<readonly string[]> =>
      (await page(given)).edges.map(({ node }) => node.id.replace('decision/', '')).toSorted();
    expect(await ids('body: "care", first: 20')).toEqual(['d1', 'd3', 'd5']);
    expect(await ids('datedFrom: "2025-02-01", datedTo: "2025-03-31", first: 20')).toEqual(['d1', 'd2']);
    expect(await ids('search: "urgent", first: 20')).toEqual(['d6']);
    expect(await ids('search: "ANGSTROM", first: 20')).toEqual(await ids('search: "ångström", first: 20'));
    expect(await ids('meeting: "march", first: 20')).toEqual(['d2']);
    for (const root of [
      'organisations',
      'bodies',
      'people',
      'appointments',
      'delegations',
      'instruments',
      'interests',
    ]) {
      await journey.everything(root, { first: '2', ...basis() });
    }
    await journey.everything('appointments', { person: '"ben"', first: '5', ...basis() });
    await journey.everything('people', { search: '"akes"', first: '5', ...basis() });
    const inOrder = `{ people(first: 20, asAt: "${DAY}", asKnownAt: ${last().position}) { edges { node { name } } } }`;
    const { people } = await journey.ask<{ people: { edges: readonly { node: { name: string } }[] } }>(inOrder);
    expect(people.edges.map(({ node }) => node.name)).toEqual([
      'ada de Souza',
      'Ann Archer',
      'Ben Åkesson',
      'Zoë Öberg',
      'Ægir O’Neil-Smith',
    ]);
  }, 30_000);

  it('tells in sentences what became of what, and what changed between two moments', async () => {
    interface Told {
      readonly edges: readonly { readonly node: { readonly sentence: string } }[];
    }
    for (const [, aggregate, id] of SUBJECTS) {
      const given = { of: `"${aggregate}/${id}"`, first: '50', ...basis() };
      await journey.everything('history', given);
      await journey.everything('timeline', given);
    }
    const of = (id: string): string => `{ history(of: "${id}", first: 20) { edges { node { sentence } } } }`;
    const { history } = await journey.ask<{ history: Told }>(of('delegation/buying'));
    expect(history.edges.map(({ node }) => node.sentence)).toHaveLength(2);
    const changes = `{ changesBetween(from: ${last().position - 3}, to: ${corrected.position}, asAt: "${DAY}", first: 50) {
      totalCount edges { node { title sentence } } } }`;
    expect((await journey.ask<{ changesBetween: Told }>(changes)).changesBetween.edges.length).toBeGreaterThan(3);
  }, 30_000);

  it('drops what is annulled from then on, and says so', async () => {
    const raised = receiptOf('RaiseMatter', 'why');
    const responded = receiptOf('RecordResponse', 'why');
    const mutation = `mutation { annul(subject: "scrutiny/why", events: ["${raised.events[0]?.id}", "${responded.events[0]?.id}"],
      commandId: "annulment", why: { kind: NEVER_HAPPENED, reason: "It was another committee." }) { after position } }`;
    const { annul } = dataOf<{ annul: ShownReceipt }>(await journey.api.ask(mutation));
    await journey.rememberInstants();
    const matter = async (more: string): Promise<unknown> =>
      journey.ask(
        `{ scrutinyMatter(id: "why", asAt: "${DAY}", ${more}) { scrutinyMatter { text } absence { kind position } } }`,
      );
    expect(await matter(`afterReceipt: "${annul.after}"`)).toMatchObject({
      scrutinyMatter: { scrutinyMatter: null, absence: { kind: 'WITHDRAWN' } },
    });
    expect(await matter(`asKnownAt: ${last().position}`)).toMatchObject({
      scrutinyMatter: { scrutinyMatter: { text: 'Why so late?' }, absence: null },
    });
  });

  it('withholds what is exempt and hides what is confidential from whoever may not see them', async () => {
    const listed = async (as: 'officer' | 'reader'): Promise<Listed> =>
      (
        await journey.ask<{ decisions: Listed }>(
          `{ decisions(first: 20, asAt: "${DAY}", asKnownAt: ${last().position}) { totalCount edges { cursor node { id: subject title amount { pence } } } } }`,
          as,
        )
      ).decisions;
    const [officer, reader] = [await listed('officer'), await listed('reader')];
    expect([officer.totalCount, reader.totalCount]).toEqual([9, 8]);
    for (const id of ['exempt', 'hidden']) {
      const given = { id: `"${id}"`, ...basis() };
      expect(JSON.stringify(await journey.everything('decision', given))).toContain(SECRET);
      const seen = JSON.stringify(await journey.everything('decision', given, 'reader'));
      expect(seen).not.toMatch(new RegExp(`${SECRET}|9876543`));
      expect(seen).toContain(id === 'exempt' ? 'A matter (exempt)' : 'NEVER_RECORDED');
      const page = await journey.fetch(`/decisions/R-${id}?asAt=${DAY}&asKnownAt=${last().position}`, 'reader');
      expect(page.status).toBe(id === 'exempt' ? 200 : 404);
      expect(page.text).not.toContain(SECRET);
    }
    const page = await journey.fetch(`/decisions/R-exempt?asAt=${DAY}&asKnownAt=${last().position}`);
    expect(page.text).toContain(SECRET);
  }, 30_000);

  it('issues a decision log, and gives it out again as it was issued', async () => {
    const mutation = `mutation { issueDecisionLog(for: "hosc", about: ["icb"], from: "2025-01-01", to: "${DAY}", asAt: "${DAY}",
      asKnownAt: ${last().position}, formats: [HTML, CSV], recipient: "The clerk", commandId: "issue") { id receipt { after } } }`;
    const { issueDecisionLog } = dataOf<{ issueDecisionLog: { id: string; receipt: ShownReceipt } }>(
      await journey.api.ask(mutation),
    );
    await journey.rememberInstants();
    const id = issueDecisionLog.id.replace('decisionLog/', '');
    const { after } = issueDecisionLog.receipt;
    await journey.ask(
      `{ issuedDecisionLog(id: "${id}", afterReceipt: "${after}") { issuedDecisionLog { id: subject recipient } } }`,
    );
    for (const as of ['officer', 'reader'] as const) {
      const html = await journey.fetch(`/decision-logs/${id}.html`, as);
      const csv = await journey.fetch(`/decision-logs/${id}.csv`, as);
      expect([html.status, csv.status, html.asIssued, csv.asIssued]).toEqual([200, 200, 'true', 'true']);
      expect(html.text).toContain('Health Scrutiny Committee');
      expect(csv.text.trim().split('\r\n').length).toBeGreaterThan(5);
      expect(`${html.text}${csv.text}`).not.toMatch(new RegExp(`${SECRET}|R-hidden`));
    }
  }, 30_000);

  it('is the same when the raw events are folded without the views', async () => {
    const { register, store } = journey.api.runtime;
    for (const asAt of ['2022-12-31', '2024-05-15', '2025-03-01', DAY] as CivilDate[]) {
      for (const position of [15, last().position, await register.position()]) {
        const report = await replay(store, register, VIEWS, eventReader(), { asAt, position });
        expect(report.differences).toEqual([]);
        expect(report.subjects).toBeGreaterThan(5);
      }
    }
  }, 30_000);
});

describe('the four pairs of stores', () => {
  it('give the same answers byte for byte, but for the instants at which each recorded', () => {
    const [first, ...others] = PAIRS.map(
      ([name]) => [name, journeys.get(name)?.told ?? new Map<string, string>()] as const,
    );
    expect(first?.[1].size).toBeGreaterThan(80);
    const different: string[] = [];
    for (const [name, told] of others) {
      expect([...told.keys()]).toEqual([...(first?.[1].keys() ?? [])]);
      for (const [question, answer] of told) {
        const expected = first?.[1].get(question) ?? '';
        if (answer === expected) continue;
        const at = [...answer].findIndex((letter, index) => letter !== expected[index]);
        const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 100);
        different.push(`${name}, ${question}\n  ${around(expected)}\n  ${around(answer)}`);
      }
    }
    expect(different).toEqual([]);
  });
});
