import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { REVISIONS } from '#governance';
import { COMMANDS, type CommandName } from './commands.js';
import { fieldsOf, isChange, isLasting } from './input-fields.js';
import { InputRefusal, asStored, validated } from './validated.js';

const NAMES = Object.keys(COMMANDS) as CommandName[];

/** Commands that make, take or propose something, and those by which what they say is changed later. */
const OPENINGS: Readonly<Partial<Record<CommandName, readonly CommandName[]>>> = {
  RegisterOrganisation: ['ChangeOrganisation'],
  RegisterPerson: ['ChangePerson'],
  RecordName: ['RecordName', 'EndName'],
  DefinePlace: ['ChangePlace'],
  DefineFunction: ['ChangeFunction'],
  RecordHolding: ['ChangeHolding'],
  EstablishBody: ['ChangeBody'],
  DefineSeat: ['ChangeSeat'],
  AdoptInstrument: ['ChangeInstrument', 'IssueVersion'],
  MakeAppointment: ['ChangeAppointment'],
  RecordVacancy: ['ChangeAppointment'],
  RecordCapacity: ['RecordCapacity', 'EndCapacity'],
  GrantDelegation: ['VaryDelegation'],
  ReserveMatter: ['ChangeReservation'],
  ConveneMeeting: ['RescheduleMeeting'],
  ProposeDecision: ['ChangeDecision', 'ClassifyDecision'],
  TakeDecision: ['ChangeDecision', 'ClassifyDecision'],
  DeclareInterest: ['AmendInterest'],
  SetBudget: ['VaryBudget'],
  RaiseMatter: ['ChangeMatter'],
  PlaceStandingOrder: ['ChangeStandingOrder'],
};

/** Why a field, or a whole command, says something for good: only a correction puts it right. */
const FOR_GOOD: Readonly<Record<string, string>> = {
  RecordSuccession: 'a succession is of one day: another one is another subject',
  IssueDecisionLog: 'an issued log is as it was issued: another one replaces it',
  'ProposeDecision.referenceSeries': 'asks for a number; the reference it gave is changed as reference',
  'TakeDecision.referenceSeries': 'asks for a number; the reference it gave is changed as reference',
  'ProposeDecision.disclosure': 'ClassifyDecision and LiftExemption say the class',
  'TakeDecision.disclosure': 'ClassifyDecision and LiftExemption say the class',
  'PlaceStandingOrder.committee': 'an order for another committee is another order',
  'PlaceStandingOrder.council': 'an order for another council is another order',
};

/** Commands that only go on with, or end, what others began. */
const NO_OPENINGS: readonly CommandName[] = NAMES.filter(
  (name) =>
    /^(?:Change|Satisfy|Breach|Find|Ratify|Vary|Amend|Reschedule|Extend|End|Close|Remove|Dissolve|Withdraw|Revoke|Cancel|Suspend|Resume|Rescind|Lapse|Supersede|Release|CallIn|Publish|Implement|Classify|Lift)/.test(
      name,
    ) ||
    // Said whole each time: what is recorded again replaces what was.
    ['AdoptPlaceArrangement', 'IssueVersion', 'RecordAttendance', 'RecordQuorum', 'RecordMinutes'].includes(name) ||
    ['RecordLetter', 'RecordResponse', 'RecordLogDelivery'].includes(name),
);

describe('whatever can be said when something begins', () => {
  it('is paired with what changes it, for every command that begins something', () => {
    const openings = NAMES.filter((name) => !NO_OPENINGS.includes(name) && !(name in FOR_GOOD));
    expect(openings.toSorted()).toEqual(Object.keys(OPENINGS).toSorted());
  });
  it.each(Object.entries(OPENINGS))('%s can be changed later, field by field', (opening, changes) => {
    const changeable = new Set(changes.flatMap((change) => [...fieldsOf(change)]));
    const fixed = [...fieldsOf(opening as CommandName)].filter((field) => !changeable.has(field));
    expect(fixed.filter((field) => !(`${opening}.${field}` in FOR_GOOD))).toEqual([]);
  });
});

describe('null in a change', () => {
  const changes = NAMES.filter(isChange);
  const problems = (name: CommandName, data: object): readonly string[] => {
    try {
      validated(name, data);
      return [];
    } catch (thrown) {
      return thrown instanceof InputRefusal ? thrown.problems.map(({ field }) => field) : [String(thrown)];
    }
  };

  it.each(changes)(
    'of %s takes every field away that the subject can be without, and is refused by name for others',
    (name) => {
      for (const field of fieldsOf(name)) {
        if (isLasting(name, field)) expect(problems(name, { [field]: null })).toEqual([`data.${field}`]);
        else expect(validated(name, { [field]: null })).toEqual({ [field]: null });
      }
    },
  );
  it('is refused for what a subject cannot be without, all names at once', () => {
    expect(problems('ChangeBody', { name: null, kind: null, note: null })).toEqual(['data.name', 'data.kind']);
    expect(problems('RescheduleMeeting', { heldOn: null, body: null })).toEqual(['data.heldOn', 'data.body']);
    expect(problems('ChangeDecision', { title: null })).toEqual(['data.title']);
  });
  it('is refused for a field that there is not', () => {
    expect(problems('ChangeBody', { colour: null })).toEqual(['data.colour']);
    expect(problems('EstablishBody', { name: 'a', kind: 'HOSC', colour: null })).toEqual(['data.colour']);
  });
  it('says nothing where nothing was before', () => {
    expect(validated('EstablishBody', { name: 'a', kind: 'HOSC', note: null })).toEqual({ name: 'a', kind: 'HOSC' });
    expect(problems('EstablishBody', { name: null, kind: 'HOSC' })).toEqual(['data.name']);
  });
  it('empties a list, and so does an empty list', () => {
    expect(validated('ChangeBody', { owners: [], identifiers: null })).toEqual({ owners: null, identifiers: null });
    expect(problems('VaryDelegation', { functions: [] })).toEqual(['data.functions']);
  });
  it('goes inside a part whose fields change one by one, and inside no other', () => {
    const procurement = { supplier: null, route: 'PA2023' };
    expect(validated('ChangeDecision', { procurement })).toEqual({ procurement });
    expect(validated('ChangeBody', { quorum: { members: 5, note: null } })).toEqual({ quorum: { members: 5 } });
    expect(asStored('ChangeDecision', { procurement: null })).toEqual({ procurement: null });
  });
  it('is known to every room that has a command for changes', () => {
    for (const name of changes) expect(Object.keys(REVISIONS)).toContain(COMMANDS[name].aggregate);
  });
});
