import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { newDatabase } from '#testing/postgres';
import { seatView } from '../engine/engine.contract.js';
import { PostgresGenerations } from './postgres-generations.js';

let database: Awaited<ReturnType<typeof newDatabase>>;
const opened: PostgresGenerations[] = [];

beforeEach(async () => {
  database = await newDatabase();
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const one of opened.splice(0)) await one.close();
  await database.drop();
});

const open = async (): Promise<PostgresGenerations> => {
  const generations = await PostgresGenerations.open({ url: database.url, schema: 'views' }, [seatView]);
  opened.push(generations);
  return generations;
};

/** Makes the next generation, and closes what filled it. */
const nextBeside = async (generations: PostgresGenerations): Promise<void> => {
  const next = await generations.beside(() => Promise.resolve(true), 0);
  await next.createIndexes();
  await next.close();
};

const switched = (generations: PostgresGenerations): Promise<unknown> =>
  generations.switchTo(() => Promise.resolve(undefined));

/** From now on, whoever asks which generation is live hears what was true when it asked, once `told` is called. */
const answersLate = (
  generations: PostgresGenerations,
): { readonly told: () => void; readonly asked: Promise<void> } => {
  let told = (): void => undefined;
  let heard = (): void => undefined;
  const held = new Promise<void>((resolve) => (told = resolve));
  const asked = new Promise<void>((resolve) => (heard = resolve));
  const control = generations['control'];
  const all = control.all.bind(control);
  jest.spyOn(control, 'all').mockImplementation(async (sql, values) => {
    const rows = await all(sql, values);
    if (sql.startsWith('SELECT live ')) {
      heard();
      await held;
    }
    return rows as never[];
  });
  return { told, asked };
};

it('a look at which generation is live whose answer comes after a switch does not turn back', async () => {
  const generations = await open();
  await nextBeside(generations);
  const late = answersLate(generations);
  const looking = generations.refresh();
  await late.asked;
  await switched(generations);
  late.told();
  await looking;
  expect(generations.current.label).toMatch(/_0002$/);
  jest.restoreAllMocks();
  expect(await generations.dropOld()).toBe(1);
  expect(await generations.current.isMadeBy([seatView])).toBe(true);
});

it('what another program has made live since is not dropped with what is old', async () => {
  const [ours, other] = [await open(), await open()];
  await nextBeside(other);
  const late = answersLate(ours);
  const dropping = ours.dropOld();
  await late.asked;
  await switched(other);
  late.told();
  await dropping;
  jest.restoreAllMocks();
  expect(await other.current.isMadeBy([seatView])).toBe(true);
  await ours.refresh();
  expect(ours.current.label).toBe(other.current.label);
});
