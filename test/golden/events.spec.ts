import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson, instantOf, type CivilDate } from '#kernel';
import { deciderOf, eventReader, schemaVersionOf, type Aggregate } from '#governance';
import { VIEWS } from '#register';

/**
 * One stored event of every type and version ever released. Lines are added, never changed or removed: what is stored
 * once is read for ever.
 */
interface Golden {
  readonly aggregate: Aggregate;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: string;
}

const GOLDEN = readFileSync(fileURLToPath(new URL('events.ndjson', import.meta.url)), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden);

const read = eventReader();
const stored = ({ aggregate, type, schemaVersion, payload }: Golden) => ({
  id: 'golden',
  type,
  schemaVersion,
  payload,
  envelope: '{"effectiveOn":"2025-04-01"}',
  stream: `${aggregate}/golden`,
  revision: 0,
  position: 0,
  recordedAt: instantOf(0),
});

describe('events as they were ever stored', () => {
  it.each(GOLDEN.map((golden) => [`${golden.type} version ${golden.schemaVersion}`, golden] as const))(
    '%s is read, judged and folded',
    (_, golden) => {
      const event = read(stored(golden));
      expect(canonicalJson(JSON.parse(golden.payload))).toBe(golden.payload);
      const decider = deciderOf(golden.aggregate);
      expect(decider.evolve(decider.initial, event)).toBeDefined();
      const view = VIEWS.find(({ aggregate }) => aggregate === golden.aggregate);
      const state = view?.project(view.initial, event) as object;
      expect(state).toBeDefined();
      expect(typeof view?.title(view.show(state, '2025-04-02' as CivilDate))).toBe('string');
    },
  );

  it('are here in the version in which each type is written today', () => {
    for (const { type } of GOLDEN) {
      const versions = GOLDEN.filter((golden) => golden.type === type).map(({ schemaVersion }) => schemaVersion);
      expect(versions).toContain(schemaVersionOf(type));
      expect(new Set(versions).size).toBe(versions.length);
    }
  });
});
