import { describe, expect, it } from '@jest/globals';
import type { BodyEvent } from '#governance';
import type { DomainEvent } from '#kernel';
import { untilOver } from '../last-said.js';
import { bodyView, type BodyView } from './body.view.js';

const fold = (...events: readonly BodyEvent[]): BodyView =>
  events.reduce(
    (state, event) =>
      bodyView.project(state, { ...event, effectiveOn: '2024-04-01', envelope: {} } as DomainEvent & BodyEvent),
    bodyView.initial,
  );
const established: BodyEvent = {
  type: 'BodyEstablished',
  data: {
    name: 'Partnership',
    kind: 'ICP',
    owners: ['QR1', 'E10000013'],
    parentBody: 'b',
    identifiers: [{ scheme: 'moderngov', value: '881' }],
  },
};
const adopted = (place: string, arrangement: 'ICB_COMMITTEE' | 'LEAD_PROVIDER'): BodyEvent => ({
  type: 'PlaceArrangementAdopted',
  data: { place, arrangement },
});

describe('the arrangements of a body', () => {
  it('are one for each place, the latest', () => {
    const shown = fold(
      established,
      adopted('Stroud', 'ICB_COMMITTEE'),
      adopted('Cotswold', 'ICB_COMMITTEE'),
      adopted('Stroud', 'LEAD_PROVIDER'),
    );
    expect(shown.placeArrangements).toEqual([
      { place: 'Cotswold', arrangement: 'ICB_COMMITTEE' },
      { place: 'Stroud', arrangement: 'LEAD_PROVIDER' },
    ]);
  });
});

describe('a suspension', () => {
  const suspended: BodyEvent = { type: 'BodySuspended', data: { reason: 'review' } };
  it('is shown with its reason, and leaves nothing behind', () => {
    expect(fold(established, suspended)).toMatchObject({ suspended: true, suspendedBecause: 'review' });
    expect(fold(established, suspended, { type: 'BodyResumed', data: {} })).toEqual(fold(established));
  });
  it('without a reason does not keep the reason of the one before', () => {
    expect(fold(established, suspended, { type: 'BodySuspended', data: {} }).suspendedBecause).toBeUndefined();
  });
});

describe('a body that was dissolved', () => {
  const shown = fold(established, { type: 'BodyDissolved', data: { reason: 'merger', mergedInto: 'cluster' } });
  it('says why and into what', () => {
    expect(shown).toMatchObject({
      dissolved: true,
      dissolvedBecause: 'merger',
      mergedInto: 'cluster',
      name: 'Partnership',
    });
  });
  it('is listed by its references, and as what it was', () => {
    const [columns, lists] = [untilOver(bodyView, bodyView.columns), untilOver(bodyView, bodyView.lists)];
    const there = fold(established);
    expect([columns['kind']?.(there), columns['lastKind']?.(there)]).toEqual(['ICP', undefined]);
    expect([columns['kind']?.(shown), columns['lastKind']?.(shown)]).toEqual([undefined, 'ICP']);
    expect([lists['owner']?.(there), lists['lastOwner']?.(there)]).toEqual([['QR1', 'E10000013'], undefined]);
    expect([lists['owner']?.(shown), lists['lastOwner']?.(shown)]).toEqual([undefined, ['QR1', 'E10000013']]);
    expect(bodyView.lists['identifier']?.(shown)).toEqual(['881']);
  });
});
