import { describe, expect, it } from '@jest/globals';
import { parseCivilDate } from '#kernel';
import { scenario } from '#testing';
import { decision } from './decision.js';
import type { DecisionEvent } from './decision.events.js';
import type { Classed, Classification, DecisionPart } from './disclosure.js';
import { classAfter } from './recorded-class.js';
import { veiled, type Veil } from './withheld.sentences.js';

const { given } = scenario(decision);
const title = 'Hubs';
const exempt: Classification = {
  disclosure: 'EXEMPT',
  ground: 'LGA_12A_3',
  reasoning: 'The contract is not signed.',
  decidedBy: 'resolution of the Board',
  reviewOn: parseCivilDate('2025-09-01', 'day'),
  publicTitle: 'Contract matter',
};
const taken: DecisionEvent = { type: 'DecisionTaken', data: { title } };
const classified = (data: Classification): DecisionEvent => ({ type: 'DecisionClassified', data });
const lifted = (...fields: DecisionPart[]): DecisionEvent => ({
  type: 'ExemptionLifted',
  data: fields.length > 0 ? { fields } : {},
});

describe('classing a decision', () => {
  it('keeps every field by name, for the whole and for parts', () => {
    const fields: DecisionPart[] = ['amount', 'procurement'];
    for (const data of [exempt, { ...exempt, fields }]) {
      given(taken).when({ type: 'ClassifyDecision', data }).gives(classified(data));
    }
  });
  it('is possible in one with taking and with proposing it', () => {
    given()
      .when({ type: 'TakeDecision', data: { title, disclosure: exempt } })
      .gives({ type: 'DecisionTaken', data: { title, disclosure: exempt } });
    given()
      .when({ type: 'ProposeDecision', data: { title, disclosure: exempt } })
      .gives({ type: 'DecisionProposed', data: { title, disclosure: exempt } });
  });
  it('is refused of nothing', () => {
    given().when({ type: 'ClassifyDecision', data: exempt }).refuses('NOT_BEGUN');
    given().when({ type: 'LiftExemption', data: {} }).refuses('NOT_BEGUN');
  });
});

describe('lifting an exemption', () => {
  const parts = classified({ disclosure: 'EXEMPT', fields: ['amount', 'text'] });

  it('makes the whole public, or the parts it names', () => {
    given(taken, classified(exempt)).when({ type: 'LiftExemption', data: {} }).gives(lifted());
    given(taken, parts)
      .when({ type: 'LiftExemption', data: { fields: ['text'] } })
      .gives(lifted('text'));
    given({ type: 'DecisionTaken', data: { title, disclosure: exempt } })
      .when({ type: 'LiftExemption', data: { reason: 'signed' } })
      .gives({ type: 'ExemptionLifted', data: { reason: 'signed' } });
  });
  it('is refused where nothing is withheld, by then or any more', () => {
    given(taken).when({ type: 'LiftExemption', data: {} }).refuses('NOT_WITHHELD');
    given(taken, parts).when({ type: 'LiftExemption', data: {} }).refuses('NOT_WITHHELD');
    given(taken, parts)
      .when({ type: 'LiftExemption', data: { fields: ['amount', 'note'] } })
      .refuses('NOT_WITHHELD');
    given(taken, classified(exempt), lifted()).when({ type: 'LiftExemption', data: {} }).refuses('NOT_WITHHELD');
    given(taken, parts, lifted('text'))
      .when({ type: 'LiftExemption', data: { fields: ['text'] } })
      .refuses('NOT_WITHHELD');
  });
});

describe('the class of a decision', () => {
  const after = (...events: DecisionEvent[]) => events.reduce<Classed>(classAfter, { disclosure: 'PUBLIC' });
  const { disclosure: _, ...exemption } = exempt;

  it('is that of the last event that says so, with its reasons', () => {
    expect(after(taken, classified(exempt))).toEqual({ disclosure: 'EXEMPT', exemption });
    expect(after(taken, classified(exempt), classified({ disclosure: 'CONFIDENTIAL' }))).toEqual({
      disclosure: 'CONFIDENTIAL',
      exemption: {},
    });
    expect(after(taken, classified(exempt), lifted())).toEqual({ disclosure: 'PUBLIC' });
    expect(after(taken, classified(exempt), classified({ disclosure: 'PUBLIC' }))).toEqual({ disclosure: 'PUBLIC' });
  });
  it('stays where the decision is taken after it was proposed, or anew after it lapsed', () => {
    const proposed: DecisionEvent = { type: 'DecisionProposed', data: { title, disclosure: exempt } };
    expect(after(proposed, taken).disclosure).toBe('EXEMPT');
    expect(after(proposed, { type: 'DecisionLapsed', data: {} }, taken).disclosure).toBe('EXEMPT');
  });
  it('of each part goes its own way, beside that of the whole', () => {
    const amount = classified({ disclosure: 'EXEMPT', ground: 'FOIA_43', fields: ['text', 'amount', 'text'] });
    const withheldParts = ['amount', 'text'].map((field) => ({ field, disclosure: 'EXEMPT', ground: 'FOIA_43' }));
    expect(after(taken, amount)).toEqual({ disclosure: 'PUBLIC', withheldParts });
    expect(after(taken, amount, classified(exempt), lifted())).toEqual({ disclosure: 'PUBLIC', withheldParts });
    expect(after(taken, amount, lifted('text')).withheldParts).toEqual([withheldParts[0]]);
    expect(after(taken, amount, lifted('text'), lifted('amount'))).toEqual({ disclosure: 'PUBLIC' });
    const secret = classified({ disclosure: 'CONFIDENTIAL', fields: ['amount'] });
    expect(after(taken, amount, secret).withheldParts).toEqual([
      { field: 'amount', disclosure: 'CONFIDENTIAL' },
      withheldParts[1],
    ]);
  });
});

describe('telling an event to somebody from whom something is withheld', () => {
  const veil: Veil = { stub: false, withheldFields: ['amount', 'note'], unnamedFields: ['note'] };
  const told = (event: DecisionEvent, by: Veil = veil) => veiled(event, by, () => undefined);
  const nothing: Veil = { stub: false, withheldFields: [], unnamedFields: [] };

  it('leaves parts out, says so of those that are exempt, and closes what stands beside it', () => {
    const changed = (data: object): DecisionEvent => ({ type: 'DecisionChanged', data });
    expect(told(changed({ stage: 'award', amount: { pence: 77 } }))).toEqual({
      sentence: 'Its stage is “award”. A part of it is withheld.',
      open: false,
    });
    expect(told(changed({ stage: 'award', note: 'SECRET' }))).toEqual({
      sentence: 'Its stage is “award”.',
      open: false,
    });
    expect(told(changed({ stage: 'award' }))).toEqual({ sentence: 'Its stage is “award”.', open: true });
  });
  it('leaves out with a part what else says something of it', () => {
    const by = (...withheldFields: DecisionPart[]): Veil => ({ stub: false, withheldFields, unnamedFields: [] });
    const data = { stage: 'award', spending: 'CAPITAL', vat: 'EXCLUDED', provider: 'acme' } as const;
    const changed: DecisionEvent = { type: 'DecisionChanged', data };
    expect(told(changed, by('amount')).sentence).toBe(
      'Its stage is “award”; it buys from “acme”. A part of it is withheld.',
    );
    expect(told(changed, by('procurement')).sentence).toBe(
      'Its stage is “award”; it is capital money; its amount is without VAT. A part of it is withheld.',
    );
    expect(told(changed, by('reasons'))).toMatchObject({ open: true });
  });
  it('knows parts also where events keep them under other names', () => {
    const by: Veil = { stub: false, withheldFields: ['endedBecause'], unnamedFields: [] };
    expect(told({ type: 'DecisionLapsed', data: { reason: 'SECRET' } }, by).sentence).toBe(
      'The decision lapsed. A part of it is withheld.',
    );
  });
  it('says of an exemption its ground and the day of review, never how it was argued', () => {
    expect(told(classified(exempt), nothing)).toEqual({
      sentence:
        'The decision was classed as exempt (paragraph 3 of Schedule 12A to the Local Government Act 1972), to be looked at again by 1 September 2025.',
      open: false,
    });
    expect(told({ type: 'DecisionTaken', data: { title, disclosure: exempt } }, nothing)).toEqual({
      sentence: 'The decision “Hubs” was taken.',
      open: true,
    });
    expect(told(classified({ disclosure: 'CONFIDENTIAL', fields: ['note'] })).sentence).toBe(
      'What may be seen of the decision was changed.',
    );
  });
  it('says of a stub what happened and nothing of what was said', () => {
    const stub: Veil = { ...nothing, stub: true };
    const secret = 'SECRET';
    const events = [
      { type: 'DecisionTaken', data: { title: secret, amount: { pence: 77 }, note: secret } },
      { type: 'DecisionSuperseded', data: { by: secret, part: secret } },
      { type: 'DecisionLapsed', data: { reason: secret } },
      { type: 'ExemptionLifted', data: { reason: secret, fields: ['amount'] } },
      { type: 'DecisionClassified', data: { ...exempt, reasoning: secret, decidedBy: secret, publicTitle: secret } },
    ] as const;
    for (const event of events) {
      const { sentence, open } = told(event, stub);
      expect(sentence).not.toMatch(/SECRET|77|amount/);
      expect(open).toBe(false);
    }
  });
});
