import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { liveEvents, type CivilDate, type Instant, type Placed, type StoredEvent } from '#kernel';
import { AsOf } from './as-of.js';

const ON = '2025-04-01' as CivilDate;
const at = (year: number): Instant => `20${year}-01-01T00:00:00.000Z` as Instant;

interface Told {
  readonly system?: string | undefined;
  readonly statedAt?: Instant | undefined;
  readonly corrects?: number | undefined;
  readonly annuls?: number | undefined;
}

/** A log of streams, with what was read of it. */
class Log {
  readonly reads: string[] = [];
  private readonly told = new Map<string, Told[]>();

  write(stream: string, told: Told): void {
    this.told.set(stream, [...this.of(stream), told]);
  }

  async readStream(stream: string, from = 0): Promise<readonly StoredEvent[]> {
    const events = this.placed(stream).map(({ id, position, envelope }, revision) => {
      const { system, statedAt } = this.of(stream)[revision] ?? {};
      const whole = JSON.stringify({ effectiveOn: ON, source: { system, statedAt }, ...envelope });
      const event = { id, type: 'Said', schemaVersion: 1, payload: '{}', envelope: whole };
      return { ...event, stream, revision, position, recordedAt: at(25) };
    });
    this.reads.push(`${stream} from ${from}`);
    return events.slice(from);
  }

  /** The question of `AsOf` answered by all that was told. */
  holds(stream: string, instant: Instant | undefined, except: string | undefined): boolean {
    const counted = this.placed(stream).filter((_, revision) => {
      const { system, statedAt } = this.of(stream)[revision] ?? {};
      const isStated = instant === undefined || statedAt === undefined || statedAt <= instant;
      return isStated && (except === undefined || system !== except);
    });
    return liveEvents(counted).length > 0;
  }

  private of(stream: string): readonly Told[] {
    return this.told.get(stream) ?? [];
  }

  private placed(stream: string): readonly Placed[] {
    return this.of(stream).map(({ corrects, annuls }, position) => ({
      ...{ id: `${stream} ${position}`, position, effectiveOn: ON },
      envelope: {
        ...(corrects !== undefined && { corrects: `${stream} ${corrects}` }),
        ...(annuls !== undefined && { annuls: `${stream} ${annuls}` }),
      },
    }));
  }
}

const streams = fc.constantFrom('meeting/1', 'meeting/2', 'meeting/3');
const systems = fc.constantFrom('a', 'b', undefined);
const instants = fc.constantFrom(at(20), at(21), at(22), undefined);
const written = fc.record({
  ...{ stream: streams, system: systems, statedAt: instants },
  link: fc.constantFrom('corrects', 'annuls', undefined),
  of: fc.nat(3),
});
const asked = fc.record({ asks: streams, instant: instants, except: systems });

describe('what a subject held by an instant', () => {
  it.each([0, 300, 1_000_000])(
    'is the same as from all its events, whatever was read before, with room for %i characters',
    async (room) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(written, asked), { maxLength: 25 }), async (steps) => {
          const log = new Log();
          const asOf = new AsOf(log, room);
          for (const step of steps) {
            if ('asks' in step) {
              const { asks, instant, except } = step;
              expect(await asOf.holds(asks, instant, except)).toBe(log.holds(asks, instant, except));
            } else {
              const { stream, system, statedAt, link, of } = step;
              log.write(stream, { system, statedAt, ...(link && { [link]: of }) });
            }
          }
        }),
        { numRuns: 150 },
      );
    },
  );

  it('is asked of the log from where it was read before', async () => {
    const log = new Log();
    const asOf = new AsOf(log, 250);
    log.write('meeting/1', { system: 'a' });
    await asOf.holds('meeting/1', undefined);
    log.write('meeting/1', { system: 'b' });
    await asOf.holds('meeting/1', undefined);
    await asOf.holds('meeting/1', undefined);
    expect(log.reads.splice(0)).toEqual(['meeting/1 from 0', 'meeting/1 from 1', 'meeting/1 from 2']);
    for (let more = 0; more < 3; more++) log.write('meeting/2', { system: 'a' });
    await asOf.holds('meeting/2', undefined);
    await asOf.holds('meeting/1', undefined);
    expect(log.reads).toEqual(['meeting/2 from 0', 'meeting/1 from 0']);
  });

  it('counts what was recorded by hand, with no source, as anything else', async () => {
    const log = new Log();
    log.write('meeting/1', {});
    expect(await new AsOf(log).holds('meeting/1', at(20))).toBe(true);
    expect(await new AsOf(log).holds('meeting/1', undefined, 'a')).toBe(true);
    expect(await new AsOf(log).holds('meeting/2', undefined, 'a')).toBe(false);
  });
});
