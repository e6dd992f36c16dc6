import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { inOrder, type CivilDate, type DomainEvent, type Live, type Position } from '#kernel';

import { eventsOf, happenings, holdsFor, type Seat } from './engine.contract.js';
import { Timeline } from './timeline.js';

/** Faults that somebody could make, each in one place of the engine. */
const FAULTS: Record<string, new (view: ConstructorParameters<typeof Timeline<Seat>>[0]) => Timeline<Seat>> = {
  'a wrong order on one day': class extends Timeline<Seat> {
    protected override comesBefore(event: Live<DomainEvent>, other: Live<DomainEvent>): boolean {
      return inOrder(event, other) > 0;
    }
  },
  'a correction that takes a slot of its own': class extends Timeline<Seat> {
    protected override slotOf(event: DomainEvent): Position {
      return event.position;
    }
  },
  'a return that takes a slot of its own': class extends Timeline<Seat> {
    protected override slotOf(event: DomainEvent): Position {
      return event.envelope.again === undefined ? super.slotOf(event) : event.position;
    }
  },
  'folding again from the new date only': class extends Timeline<Seat> {
    protected override touched(old: CivilDate | undefined, now: CivilDate | undefined): readonly CivilDate[] {
      return super.touched(now === undefined ? old : undefined, now);
    }
  },
  'folding again from the old date only': class extends Timeline<Seat> {
    protected override touched(old: CivilDate | undefined, now: CivilDate | undefined): readonly CivilDate[] {
      return super.touched(old, old === undefined ? now : undefined);
    }
  },
  'stopping before the states meet': class extends Timeline<Seat> {
    protected override meets(): boolean {
      return true;
    }
  },
  'not stopping where the states meet': class extends Timeline<Seat> {
    protected override meets(): boolean {
      return false;
    }
  },
  'a forgotten turn': class extends Timeline<Seat> {
    protected override turnsBetween(state: Seat, after: CivilDate, before: CivilDate): readonly CivilDate[] {
      return super.turnsBetween(state, after, before).slice(1);
    }
  },
  'a turn on the day of the next event': class extends Timeline<Seat> {
    protected override turnsBetween(state: Seat, after: CivilDate): readonly CivilDate[] {
      return super.turnsBetween(state, after, '9999-12-31' as CivilDate);
    }
  },
};

describe('planting a fault in the engine', () => {
  it.each(Object.entries(FAULTS))('is noticed: %s', (_, Faulty) => {
    const property = fc.property(happenings, (story) => holdsFor((view) => new Faulty(view), eventsOf(story)));
    const { failed } = fc.check(property, { numRuns: 400, endOnFailure: true });
    expect(failed).toBe(true);
  });
});
