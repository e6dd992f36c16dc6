import { describe, expect, it } from '@jest/globals';
import { parseCivilDate, type DomainEvent } from '#kernel';
import type { InstrumentEvent } from '#governance';
import { untilOver } from '../last-said.js';
import { instrumentView } from './instrument.view.js';

const day = (text: string) => parseCivilDate(text, 'day');
const after = (...events: readonly InstrumentEvent[]) =>
  events.reduce(
    (state, event) =>
      instrumentView.project(state, { ...event, effectiveOn: '2024-04-01', envelope: {} } as DomainEvent),
    instrumentView.initial,
  );

const adopted: InstrumentEvent = {
  type: 'InstrumentAdopted',
  data: { title: 'Governance handbook', kind: 'HANDBOOK', organisation: 'QJG', version: '0.1', draft: true },
};
const issued = (version: string, rest: { draft?: boolean; change?: string } = {}): InstrumentEvent => ({
  type: 'VersionIssued',
  data: { version, ...rest },
});

describe('the versions of an instrument', () => {
  it('has none in force while there are drafts only', () => {
    const state = after(adopted, issued('0.2', { draft: true, change: 'Terms of reference added.' }));
    expect(state.version).toBeUndefined();
    expect(state).toMatchObject({ draftVersion: '0.2', draftChange: 'Terms of reference added.' });
  });
  it('shows the one in force and the number of the one before', () => {
    const state = after(adopted, issued('1.0'), issued('2.0', { change: 'SoRD limits.' }), issued('3.0'));
    expect(state).toMatchObject({ version: '3.0', previousVersion: '2.0' });
    expect(state).not.toHaveProperty('change');
    expect(state).not.toHaveProperty('draftVersion');
  });
  it('keeps the one in force while a later draft goes round', () => {
    const state = after(adopted, issued('1.0'), issued('1.1', { draft: true }));
    expect(state).toMatchObject({ version: '1.0', draftVersion: '1.1' });
  });
});

describe('an instrument that was withdrawn', () => {
  const state = after(adopted, { type: 'InstrumentWithdrawn', data: { reason: 'Merged.', replacedBy: 'i2' } });

  it('says so and leaves the lists', () => {
    expect(state).toMatchObject({ withdrawn: true, withdrawnBecause: 'Merged.', replacedBy: 'i2' });
    const columns = untilOver(instrumentView, instrumentView.columns);
    expect(columns['organisation']?.(after(adopted))).toBe('QJG');
    const left = ['organisation', 'body', 'kind', 'partOf'].map((column) => columns[column]?.(state));
    expect(left).toEqual([undefined, undefined, undefined, undefined]);
    expect(columns['lastOrganisation']?.(state)).toBe('QJG');
    expect(instrumentView.columns['replacedBy']?.(state)).toBe('i2');
  });
  it('begins anew when it is adopted again', () => {
    const again: InstrumentEvent = {
      type: 'InstrumentAdopted',
      data: { title: 'Handbook', kind: 'HANDBOOK', version: '5.0', adoptedOn: day('2026-04-01') },
    };
    const { project } = instrumentView;
    expect(project(state, { ...again, effectiveOn: '2024-04-01', envelope: {} } as DomainEvent)).toEqual({
      title: 'Handbook',
      kind: 'HANDBOOK',
      version: '5.0',
      adoptedOn: '2026-04-01',
      inForceFrom: '2024-04-01',
      withdrawn: false,
    });
  });
});
