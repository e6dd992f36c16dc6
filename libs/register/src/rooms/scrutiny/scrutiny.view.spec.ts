import { describe, expect, it } from '@jest/globals';
import { parseCivilDate, type DomainEvent } from '#kernel';
import type { ScrutinyEvent } from '#governance';
import { scrutinyView } from './scrutiny.view.js';

const day = (text: string) => parseCivilDate(text, 'day');
const after = (...events: readonly ScrutinyEvent[]) =>
  events.reduce(
    (state, event) => scrutinyView.project(state, { ...event, envelope: { startKnown: false } } as DomainEvent),
    scrutinyView.initial,
  );

const raised: ScrutinyEvent = {
  type: 'MatterRaised',
  data: { committee: 'glos-hosc', kind: 'ESCALATION', text: 'Write to NHS England.', raisedOn: day('2023-05-23') },
};

describe('a matter before a scrutiny committee', () => {
  it('shows the letter, the answer and how it was closed', () => {
    const state = after(
      raised,
      { type: 'LetterSent', data: { sentOn: day('2023-06-09') } },
      { type: 'ResponseRecorded', data: { respondedOn: day('2023-06-16'), outcome: 'NOTED' } },
      { type: 'MatterClosed', data: { outcome: 'welcomed' } },
    );
    expect(state).toMatchObject({
      letter: { sentOn: '2023-06-09' },
      response: { respondedOn: '2023-06-16', outcome: 'NOTED' },
      closed: true,
      outcome: 'welcomed',
    });
    expect(scrutinyView.columns['committee']?.(state)).toBe('glos-hosc');
  });
  it('is called by its title, else by the beginning of what it says', () => {
    const said = (text: string): ScrutinyEvent => ({ type: 'MatterChanged', data: { text } });
    expect(scrutinyView.title(after(raised))).toBe('Write to NHS England.');
    expect(scrutinyView.title(after(raised, said('x'.repeat(120))))).toBe('x'.repeat(120));
    expect(scrutinyView.title(after(raised, said('x'.repeat(121))))).toBe(`${'x'.repeat(119)}…`);
    expect(scrutinyView.title(after(raised, said(`${'x'.repeat(118)}😀😀`))).isWellFormed()).toBe(true);
    expect(scrutinyView.title(after(raised, { type: 'MatterChanged', data: { title: 'Hours' } }))).toBe('Hours');
  });
});
