import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decisionPage, disclosing, knowing, LogFiles, settle, type LogSource } from '#decision-log';
import { eventReader } from '#governance';
import { isRefusal, type Actor, type CivilDate } from '#kernel';
import { openRegister, VIEWS, type Register } from '#register';
import { Disclosing } from '../apps/api/src/disclosing.js';
import { Changes } from '../apps/api/src/history/changes.js';
import { Names } from '../apps/api/src/history/names.js';
import { SubjectHistory } from '../apps/api/src/history/subject-history.js';
import { Records } from '../apps/api/src/records.js';
import { requestContext } from '../apps/api/src/request-context.js';
import { Waiting } from '../apps/api/src/waiting.js';
import { textOf } from './decision-log/log-of.js';
import { CANARIES, type Happened } from './withheld-stories.js';
import { ReceiptTokens } from '../apps/api/src/receipt-tokens.js';

const reader: Actor = { id: 'reader', roles: ['reader'], vouchedBy: 'test' };

/** An answer, and by which door and on which basis it came. */
export interface Told {
  readonly by: string;
  readonly text: string;
}

/** Everything that a reader is told about the decisions of a story, by every door, on bases before, between and after. */
export const toldOf = async (
  happened: Happened,
): Promise<{ readonly told: readonly Told[]; readonly counts: readonly Told[] }> => {
  const folder = await mkdtemp(join(tmpdir(), 'register-'));
  const { store, now } = happened;
  const views = await openRegister({ directory: folder, store, views: VIEWS, readEvent: eventReader() });
  try {
    for (let from = 0; ;) {
      const page = await store.readAll(from, 1_000);
      if (page.length === 0) break;
      await views.follower.handle(page);
      from += page.length;
    }
    return await ask(happened, views.register, now);
  } finally {
    await views.close();
    await rm(folder, { recursive: true, force: true });
  }
};

const ask = async ({ store, events }: Happened, register: Register, now: number) => {
  const disclosing_ = new Disclosing(register, store);
  const names = new Names(register, disclosing_);
  const histories = new SubjectHistory(store, register, names, disclosing_);
  const changes = new Changes(store, histories, names);
  const records = new Records(
    register,
    new Waiting(store, register, new ReceiptTokens(new Uint8Array(32))),
    disclosing_,
  );
  const told: Told[] = [];
  const counts: Told[] = [];
  const take = async (by: string, answer: () => Promise<unknown>): Promise<void> => {
    try {
      const given = await answer();
      told.push({ by, text: typeof given === 'string' ? given : JSON.stringify(await settled(given)) });
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      told.push({ by, text: `${thrown.message} ${JSON.stringify(thrown.detail)}` });
    }
  };
  const head = await register.position();
  const days = [-6, -2, 0, 3].map((day) => new Date(now + day * 86_400_000).toISOString().slice(0, 10) as CivilDate);
  const words = [
    ...new Set([...events.values()].flat().flatMap((event) => JSON.stringify(event).match(CANARIES) ?? [])),
  ];
  for (const asAt of days) {
    for (const position of [head, ...[...events.values()].flat().map((event) => event.position)]) {
      const context = requestContext(reader, now);
      const args = { asAt, asKnownAt: position };
      const on = `as at ${asAt}, as known at ${position}`;
      for (const id of ['d1', 'd2']) {
        const subject = { aggregate: 'decision' as const, id, stream: `decision/${id}` };
        const basis = () => records.basis(args, context);
        await take(`decision ${id} ${on}`, () =>
          records.one('decision', 'decision', { ...args, id, comparedWith: head }, context),
        );
        if (asAt !== days[2] && position !== head) continue;
        await take(`timeline ${id} ${on}`, async () =>
          histories.timeline(subject, { first: 50 }, await basis(), context),
        );
        await take(`history ${id} ${on}`, async () =>
          histories.history(subject, { first: 50 }, await basis(), context),
        );
      }
      await take(`decisions ${on}`, () => records.page('decision', {}, { ...args, first: 10 }, context));
      await take(`decisions of the board ${on}`, () =>
        records.page('decision', { where: { decidedBy: 'board' } }, { ...args, first: 1 }, context),
      );
      if (asAt === days[2]) {
        const before = [...events.values()].flat().filter((event) => event.position <= position);
        for (const { recordedAt } of before.toSorted((a, b) => b.position - a.position).slice(0, 3)) {
          const filter = { recorded: { from: recordedAt, to: recordedAt } };
          await take(`recorded at a moment ${on}`, async () => {
            const { totalCount, edges } = await records.page('decision', {}, { ...args, first: 10, filter }, context);
            return (await totalCount) + edges.length > 0 ? recordedAt : '';
          });
        }
      }
      for (const search of words) {
        await records.page('decision', {}, { ...args, first: 10, search }, context).then(
          async ({ totalCount, edges }) => {
            counts.push({ by: `search ${on}`, text: (await totalCount) + edges.length > 0 ? search : '' });
          },
          (thrown: unknown) => {
            // As known at what nobody may know of yet.
            if (!isRefusal(thrown) || thrown.code !== 'BASIS_BEYOND_HEAD') throw thrown;
          },
        );
      }
    }
  }
  const context = requestContext(reader, now);
  const from = await records.basis({ asKnownAt: -1 }, context);
  for (const asAt of days) {
    const to = await records.basis({ asAt }, context);
    await take(`changes, with the names of ${asAt}`, () => changes.between({ from, to }, { first: 100 }, context));
  }
  const source: LogSource = {
    register,
    store,
    readEvent: eventReader(),
    disclose: disclosing(register, store, now),
    known: knowing(register, store, now),
  };
  const place = { asAt: days[2] as CivilDate, position: head };
  for (const named of ['d1', 'd2']) {
    await take(
      `page of ${named}`,
      async () => (await decisionPage(source, { named, place, reader: 'public', publicAddress: undefined })) ?? '',
    );
  }
  for (const since of [undefined, Math.floor(head / 2)]) {
    await take(`log since ${since}`, async () => {
      const question = {
        for: 'board',
        from: '2024-01-01',
        to: '2025-12-31',
        asAt: days[2],
        now,
        reader: 'public' as const,
      };
      const scope = await settle(source, { ...question, ...(since !== undefined && { since }) });
      const log = new LogFiles(source, scope);
      const parts: string[] = [];
      for (const format of ['html', 'csv', 'json'] as const) {
        for await (const { name, content } of log.filesOf(format)) parts.push(name, await textOf(content));
      }
      return parts.join('\n');
    });
  }
  return { told, counts };
};

/** A value with everything that is promised in it. */
async function settled(value: unknown): Promise<unknown> {
  const known = await value;
  if (typeof known !== 'object' || known === null) return known;
  if (Array.isArray(known)) return Promise.all(known.map(settled));
  // Decisions are not counted by whether they are known to hold: the API has no such fields for them.
  const names = Object.keys(known).filter((key) => key !== 'knownCount' && key !== 'notKnownCount');
  const members = names.map((key) => [key, (known as Readonly<Record<string, unknown>>)[key]] as const);
  const entries = members.map(async ([key, inner]) => [key, await settled(inner)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
