import { describe, expect, it } from '@jest/globals';
import type { PersonEvent } from '#governance';
import type { DomainEvent } from '#kernel';
import { personView, type PersonView } from './person.view.js';

const fold = (...events: readonly PersonEvent[]): PersonView =>
  events.reduce(
    (state, event) =>
      personView.project(state, { ...event, envelope: { startKnown: false } } as DomainEvent & PersonEvent),
    personView.initial,
  );
const named = (period: string, name: string, more: object = {}): PersonEvent => ({
  type: 'NameRecorded',
  data: { period, name, ...more },
});
const ended = (period: string): PersonEvent => ({ type: 'NameEnded', data: { period } });
const commoner = named('a', 'Peter Mandelson', {
  shortName: 'Mandelson',
  gender: 'M',
  identifiers: [{ scheme: 'parliament', value: '500' }],
});

describe('the name that is shown', () => {
  it('is the running one that was recorded last', () => {
    expect(fold(commoner, named('b', 'Lord Mandelson')).name).toBe('Lord Mandelson');
  });
  it('goes back to one that still runs when the later one ends', () => {
    const shown = fold(commoner, named('b', 'Lord Mandelson', { displayName: 'The Lord Mandelson' }), ended('b'));
    expect(shown).toEqual({ ...commoner.data, period: undefined, names: [commoner.data] });
  });
  it('stays when an earlier one ends', () => {
    const shown = fold(commoner, named('b', 'Lord Mandelson'), ended('a'));
    expect([shown.name, shown.names.map(({ period }) => period)]).toEqual(['Lord Mandelson', ['b']]);
  });
  it('is the last one where none runs', () => {
    expect(fold(commoner, ended('a'))).toMatchObject({ name: 'Peter Mandelson', shortName: 'Mandelson', names: [] });
  });
  it('takes nothing from another name, but keeps gender and references', () => {
    const shown = fold(commoner, named('b', 'Lord Mandelson'));
    expect(shown.shortName).toBeUndefined();
    expect([shown.gender, personView.lists['identifier']?.(shown)]).toEqual(['M', ['500']]);
  });
});

describe('a period recorded again', () => {
  it('replaces itself, once, as the latest', () => {
    const shown = fold(commoner, named('b', 'Lord Mandelson'), named('a', 'P. Mandelson'));
    expect([shown.name, shown.names.map(({ name }) => name)]).toEqual([
      'P. Mandelson',
      ['Lord Mandelson', 'P. Mandelson'],
    ]);
  });
});

describe('a person who was registered', () => {
  it('is shown as registered until a dated name begins', () => {
    const registered: PersonEvent = { type: 'PersonRegistered', data: { name: 'Mary Hutton', note: 'n' } };
    expect(fold(registered)).toEqual({ name: 'Mary Hutton', note: 'n', names: [] });
    expect(fold(registered, commoner)).toMatchObject({ name: 'Peter Mandelson', note: 'n' });
  });
  it('is titled and ordered by the display name, where there is one', () => {
    const shown = fold(named('b', 'Mandelson', { displayName: 'Lord Mandelson' }));
    expect([personView.title(shown), personView.order(shown)]).toEqual(['Lord Mandelson', 'lord mandelson']);
  });
});

describe('an end that finds nothing running', () => {
  it('leaves the very same state', () => {
    const state = fold(commoner);
    expect(personView.project(state, ended('x') as DomainEvent & PersonEvent)).toBe(state);
  });
});
