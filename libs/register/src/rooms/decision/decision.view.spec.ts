import { describe, expect, it } from '@jest/globals';
import { parseCivilDate, type DomainEvent } from '#kernel';
import type { DecisionEvent } from '#governance';
import { decisionView } from './decision.view.js';

const day = (text: string) => parseCivilDate(text, 'day');
const { columns, lists, order, show, turns } = decisionView;
const after = (...events: readonly DecisionEvent[]) =>
  events.reduce(
    (state, event) => decisionView.project(state, { ...event, envelope: { startKnown: false } } as DomainEvent),
    decisionView.initial,
  );

const proposed: DecisionEvent = {
  type: 'DecisionProposed',
  data: { title: 'Respiratory hubs', reference: 'R1', bodies: ['glos-opex'], dueOn: day('2026-03-31') },
};
const taken: DecisionEvent = {
  type: 'DecisionTaken',
  data: {
    title: 'Acute Respiratory Infection Hubs',
    decidedBy: ['glos-opex'],
    organisation: 'QR1',
    accountable: ['RTE', 'QR1'],
    noticedOn: day('2026-03-26'),
    procurement: { route: 'PSR_DIRECT_C', standstillUntil: day('2026-04-13') },
    identifiers: [{ scheme: 'ocds', value: 'ocds-h6vhtk-0674c4' }],
  },
};
const calledIn: DecisionEvent = { type: 'DecisionCalledIn', data: { reason: 'consultation' } };
const released: DecisionEvent = { type: 'DecisionReleased', data: {} };
const superseded = (part?: string): DecisionEvent => ({
  type: 'DecisionSuperseded',
  data: part === undefined ? { by: 'd2' } : { by: 'd2', part },
});

describe('a decision that was proposed', () => {
  it('is with whoever is to decide until it is taken', () => {
    expect(lists['proposedTo']?.(after(proposed))).toEqual(['glos-opex']);
    expect(lists['decidedBy']?.(after(proposed))).toBeUndefined();
    expect(lists['proposedTo']?.(after(proposed, taken))).toBeUndefined();
    expect(lists['decidedBy']?.(after(proposed, taken))).toEqual(['glos-opex']);
  });
  it('keeps its reference when it is taken, and takes the title of what was decided', () => {
    const state = after(proposed, taken);
    expect(state).toMatchObject({ reference: 'R1', title: 'Acute Respiratory Infection Hubs', status: 'TAKEN' });
    expect(lists['identifier']?.(state)).toEqual(['R1', 'ocds-h6vhtk-0674c4', 'OCDS-H6VHTK-0674C4']);
  });
  it('says nothing of an earlier life once it begins anew', () => {
    const lapsed: DecisionEvent = { type: 'DecisionLapsed', data: { reason: 'late' } };
    expect(after(proposed, lapsed, taken)).toEqual(after(taken));
  });
});

describe('the standstill of a procurement', () => {
  it('holds to its last day and is over on the next', () => {
    const state = after(taken);
    expect(turns(state)).toEqual(['2026-04-14']);
    expect(show(state, day('2026-04-13')).status).toBe('IN_STANDSTILL');
    expect(show(state, day('2026-04-14')).status).toBe('TAKEN');
  });
  it('yields to a call-in, and comes back after it', () => {
    expect(show(after(taken, calledIn), day('2026-04-13')).status).toBe('CALLED_IN');
    expect(show(after(taken, calledIn, released), day('2026-04-13')).status).toBe('IN_STANDSTILL');
  });
  it('is kept by a change of something else inside the procurement', () => {
    const state = after(taken, { type: 'DecisionChanged', data: { procurement: { supplier: 'G DOC Ltd' } } });
    expect(state.procurement).toEqual({
      route: 'PSR_DIRECT_C',
      standstillUntil: '2026-04-13',
      supplier: 'G DOC Ltd',
    });
  });
  it('is no turn where there is none', () => {
    expect(turns(after(proposed))).toEqual([]);
    expect(turns(after(taken, superseded()))).toEqual([]);
  });
});

describe('the status of a decision', () => {
  const later = day('2027-01-01');
  const status = (...events: readonly DecisionEvent[]) => show(after(...events), later).status;

  it('follows what was recorded', () => {
    expect(status(proposed)).toBe('PROPOSED');
    expect(status(taken)).toBe('TAKEN');
    expect(status(taken, calledIn)).toBe('CALLED_IN');
    expect(status(taken, calledIn, released)).toBe('TAKEN');
    expect(status(taken, { type: 'DecisionImplemented', data: {} })).toBe('IMPLEMENTED');
    expect(status(taken, superseded('clause 3'))).toBe('PART_SUPERSEDED');
    expect(status(taken, superseded())).toBe('SUPERSEDED');
    expect(status(taken, { type: 'DecisionRescinded', data: {} })).toBe('RESCINDED');
    expect(status(proposed, { type: 'DecisionLapsed', data: {} })).toBe('LAPSED');
  });
  it('stays called in when it is taken meanwhile', () => {
    expect(status(proposed, calledIn, taken)).toBe('CALLED_IN');
  });
  it('has ended even though it is called in', () => {
    expect(status(taken, calledIn, superseded())).toBe('SUPERSEDED');
  });
  it('is not changed back by what is recorded after the end', () => {
    expect(status(taken, superseded(), { type: 'DecisionImplemented', data: {} })).toBe('SUPERSEDED');
    expect(status(taken, superseded(), superseded('clause 3'))).toBe('SUPERSEDED');
  });
});

describe('the day a decision goes by', () => {
  it('is that of the taking, else of the notice, else of the publication, else unknown', () => {
    const bare: DecisionEvent = { type: 'DecisionTaken', data: { title: 'A', reference: 'R9' } };
    const changed = (data: Extract<DecisionEvent, { type: 'DecisionChanged' }>['data']): DecisionEvent => ({
      type: 'DecisionChanged',
      data,
    });
    const published: DecisionEvent = { type: 'DecisionPublished', data: { publishedOn: day('2025-06-20') } };
    const noticed = changed({ noticedOn: day('2025-06-19') });
    const dated = changed({ takenOn: day('2024-08-01') });
    expect(after(bare)).not.toHaveProperty('datedOn');
    expect(order(after(bare))).toBe('0000-00-00 R9');
    expect(after(bare, published).datedOn).toBe('2025-06-20');
    expect(after(bare, published, noticed).datedOn).toBe('2025-06-19');
    expect(after(bare, published, noticed, dated).datedOn).toBe('2024-08-01');
    expect(order(after(bare, dated))).toBe('2024-08-01 R9');
  });
});

describe('the lists a decision is in', () => {
  it('names each organisation that answers for it once', () => {
    expect(lists['accountable']?.(after(taken))).toEqual(['QR1', 'RTE']);
  });
  it('keeps it after it was superseded: it was taken all the same', () => {
    const state = after(taken, superseded());
    expect(lists['decidedBy']?.(state)).toEqual(['glos-opex']);
    expect(columns['organisation']?.(state)).toBe('QR1');
  });
});
