import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ChangeDecisionInput } from './inputs/decision.inputs.js';
import { GrantDelegationInput, VaryDelegationInput } from './inputs/delegation.inputs.js';
import { ChangeInstrumentInput } from './inputs/instrument.inputs.js';
import { ConveneMeetingInput, RecordAttendanceInput } from './inputs/meeting.inputs.js';
import { ChangeMatterInput } from './inputs/scrutiny.inputs.js';

/** Paths of the fields that are at fault, in order. */
const faults = (input: new () => object, data: object): readonly string[] => {
  const instance = plainToInstance(input, data);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  const paths = (several: typeof errors, prefix = ''): string[] =>
    several.flatMap(({ property, children = [] }) =>
      children.length === 0 ? [`${prefix}${property}`] : paths(children, `${prefix}${property}.`),
    );
  return paths(errors);
};

describe('what changed about a subject', () => {
  it('needs no field', () => {
    for (const input of [ChangeDecisionInput, VaryDelegationInput, ChangeInstrumentInput, ChangeMatterInput]) {
      expect(faults(input, {})).toEqual([]);
    }
  });
  it('keeps the rule of each field, also inside a part and a list', () => {
    expect(faults(ChangeDecisionInput, { kind: 'MAYBE' })).toEqual(['kind']);
    expect(faults(ChangeDecisionInput, { takenOn: 'yesterday', amount: 1.5 })).toEqual(['takenOn', 'amount']);
    expect(faults(ChangeDecisionInput, { procurement: { route: 'PSR_DIRECT_D' } })).toEqual(['procurement.route']);
    expect(faults(ChangeDecisionInput, { identifiers: [{ scheme: 'ocds' }] })).toEqual(['identifiers.0.value']);
    expect(faults(VaryDelegationInput, { functions: [], scope: { place: '' } })).toEqual(['functions', 'scope.place']);
    expect(faults(ChangeInstrumentInput, { kind: 'CHARTER' })).toEqual(['kind']);
    expect(faults(ChangeMatterInput, { text: 'x'.repeat(20_001) })).toEqual(['text']);
  });
  it('takes what is right', () => {
    const data = { stage: 'modified', procurement: { route: 'PSR_MODIFICATION_REG13', standstillUntil: '2026-04-13' } };
    expect(faults(ChangeDecisionInput, { ...data, text: 'x'.repeat(20_000) })).toEqual([]);
  });
  it('has no field that only a beginning has', () => {
    expect(faults(ChangeDecisionInput, { referenceSeries: 'ICB-2025/26' })).toEqual(['referenceSeries']);
    expect(faults(ChangeInstrumentInput, { version: '2.0' })).toEqual(['version']);
  });
});

describe('what begins a subject', () => {
  it('needs what it cannot be understood without', () => {
    expect(faults(GrantDelegationInput, {})).toEqual(['functions']);
    expect(faults(ConveneMeetingInput, {})).toEqual(['body', 'heldOn']);
    expect(faults(RecordAttendanceInput, { attendees: [] })).toEqual(['attendees']);
    expect(faults(RecordAttendanceInput, { attendees: [{ name: 'A. Clerk' }] })).toEqual(['attendees.0.attendance']);
  });
});

describe('a time of day', () => {
  const at = (startsAt: unknown) => faults(ConveneMeetingInput, { body: 'b', heldOn: '2024-01-31', startsAt });

  it('is taken as HH:MM, from 00:00 to 23:59', () => {
    expect(['00:00', '14:00', '23:59'].flatMap(at)).toEqual([]);
  });
  it('is refused as anything else', () => {
    for (const wrong of ['24:00', '9:30', '14.00', '14:60', '2pm', 1400, '']) expect(at(wrong)).toEqual(['startsAt']);
  });
});
