import { Refusal, given, said, type Decider, type Fact, type Reference, type Revised } from '#kernel';
import { contradiction } from '../contradiction.js';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, refersTo, standsInLife, type Life, type Part } from '../lifecycle.js';
import type {
  Clause,
  InstrumentAdoptedData,
  InstrumentDetails,
  InstrumentEvent,
  InstrumentParty,
  InstrumentVersion,
  InstrumentWithdrawnData,
  VersionFoundInvalidData,
  VersionRatifiedData,
} from './instrument.events.js';

export type InstrumentCommand =
  | Fact<'AdoptInstrument', InstrumentAdoptedData>
  | Fact<'IssueVersion', InstrumentVersion>
  | Fact<'FindVersionInvalid', VersionFoundInvalidData>
  | Fact<'RatifyVersion', VersionRatifiedData>
  | Fact<'ChangeInstrument', Revised<InstrumentDetails>>
  | Fact<'WithdrawInstrument', InstrumentWithdrawnData>;

export interface InstrumentLife extends Life {
  /** The version issued last, to see that its number is not given again (T8). */
  readonly version?: string;
  readonly draft?: boolean;
  /** All that were issued, drafts aside: only those can be found invalid or be ratified. */
  readonly issued?: readonly string[];
}

const PARTS: Record<InstrumentEvent['type'], Part> = {
  InstrumentAdopted: 'begins',
  VersionIssued: 'goes on',
  VersionFoundInvalid: 'goes on',
  VersionRatified: 'goes on',
  InstrumentChanged: 'goes on',
  InstrumentWithdrawn: 'ends',
};

/** Instruments: constitutions, schemes, terms of reference, agreements and plans, with their versions and provisions. */
export const instrument: Decider<InstrumentLife, InstrumentCommand, InstrumentEvent> = {
  initial: UNBORN,

  references(command) {
    switch (command.type) {
      case 'AdoptInstrument':
      case 'ChangeInstrument':
        return [
          ...refersTo('organisation', command.data.organisation, 'organisation'),
          ...refersTo('body', command.data.body, 'body'),
          ...refersTo('instrument', command.data.partOf, 'partOf'),
          ...refersTo('decision', command.data.adoptedByDecision, 'adoptedByDecision'),
          ...(command.data.parties ?? []).flatMap(partyNamed),
        ];
      case 'IssueVersion':
        return refersTo('decision', command.data.adoptedByDecision, 'adoptedByDecision');
      case 'FindVersionInvalid':
      case 'RatifyVersion':
        return refersTo('decision', command.data.decision, 'decision');
      case 'WithdrawInstrument':
        return refersTo('instrument', command.data.replacedBy, 'replacedBy');
    }
  },

  decide({ type, data }) {
    switch (type) {
      case 'AdoptInstrument':
        refuseNameless(data.parties ?? []);
        return {
          type: 'InstrumentAdopted',
          data: said({
            ...given(details(data)),
            title: data.title,
            kind: data.kind,
            version: data.version,
            draft: data.draft,
          }),
        };
      case 'IssueVersion': {
        const { version, change, approvedOn, draft, adoptedByDecision } = data;
        refuseDoubles(data.clauses ?? []);
        const clauses = data.clauses?.map(copiedClause);
        const issued = { version, change, approvedOn, draft, adoptedByDecision, clauses };
        return { type: 'VersionIssued', data: said(issued) };
      }
      case 'FindVersionInvalid': {
        const { version, reason, decision } = data;
        return { type: 'VersionFoundInvalid', data: said({ version, reason, decision }) };
      }
      case 'RatifyVersion':
        return { type: 'VersionRatified', data: said({ version: data.version, decision: data.decision }) };
      case 'ChangeInstrument':
        refuseNameless(data.parties ?? []);
        return { type: 'InstrumentChanged', data: details(data) };
      case 'WithdrawInstrument':
        return { type: 'InstrumentWithdrawn', data: said({ reason: data.reason, replacedBy: data.replacedBy }) };
    }
  },

  stands(life, { type, data }) {
    if (type === 'VersionIssued' && life.version === data.version && !(life.draft && !data.draft)) {
      return new Refusal('INSTRUMENT_VERSION_USED', `version ${data.version} has been issued already`, {
        field: 'version',
        rule: 'T8',
        remedy: 'give the number of the new version, or correct the event that issued it',
      });
    }
    const refusal = standsInLife(life, PARTS[type], 'instrument');
    if (refusal || (type !== 'VersionFoundInvalid' && type !== 'VersionRatified')) return refusal;
    return life.issued?.includes(data.version) ? undefined : unknownVersion(data.version, life.issued);
  },

  evolve(life, { type, data }) {
    const { begun, ended } = lifeAfter(life, PARTS[type]);
    switch (type) {
      case 'InstrumentAdopted':
      case 'VersionIssued': {
        const { version, draft } = data;
        const before = type === 'VersionIssued' ? (life.issued ?? []) : [];
        const issued = version === undefined || draft ? before : [...before.filter((one) => one !== version), version];
        return said({ begun, ended, version, draft, issued });
      }
      case 'VersionFoundInvalid':
      case 'VersionRatified':
      case 'InstrumentChanged':
      case 'InstrumentWithdrawn':
        return said({ begun, ended, version: life.version, draft: life.draft, issued: life.issued });
    }
  },
};

const unknownVersion = (version: string, issued: readonly string[] = []): Refusal =>
  new Refusal(
    'INSTRUMENT_VERSION_UNKNOWN',
    `no version ${JSON.stringify(version)} of the instrument has been issued by that day: found ${
      issued.length === 0 ? 'none' : issued.map((one) => JSON.stringify(one)).join(', ')
    }`,
    { field: 'version', rule: 'T8', remedy: 'name a version as it was issued, or record first that it was' },
  );

function refuseNameless(parties: readonly InstrumentParty[]): void {
  for (const [index, { organisation, body, name }] of parties.entries()) {
    if (organisation !== undefined || body !== undefined || name !== undefined) continue;
    throw contradiction(`parties[${index}]`, 'names no party', { remedy: 'give organisation, body or name' });
  }
}

function refuseDoubles(clauses: readonly Clause[]): void {
  for (const [index, { clause }] of clauses.entries()) {
    const earlier = clauses.findIndex((other) => other.clause === clause);
    if (earlier === index) continue;
    throw contradiction(`clauses[${index}].clause`, `is that of clauses[${earlier}]: found ${JSON.stringify(clause)}`, {
      remedy: 'give each clause of a version its own number',
    });
  }
}

const partyNamed = (
  { organisation, body, approvedByDecision }: InstrumentParty,
  index: number,
): readonly Reference[] => [
  ...refersTo('organisation', organisation, `parties[${index}].organisation`),
  ...refersTo('body', body, `parties[${index}].body`),
  ...refersTo('decision', approvedByDecision, `parties[${index}].approvedByDecision`),
];

const copiedParty = ({ organisation, body, name, approvedByDecision, approvedOn }: InstrumentParty): InstrumentParty =>
  said({ organisation, body, name, approvedByDecision, approvedOn });

const copiedClause = ({ clause, title, text }: Clause): Clause => said({ clause, title, text });

const details = (data: Revised<InstrumentDetails>): Revised<InstrumentDetails> =>
  said({
    title: data.title,
    kind: data.kind,
    organisation: data.organisation,
    body: data.body,
    partOf: data.partOf,
    clause: data.clause,
    text: data.text,
    adoptedOn: data.adoptedOn,
    adoptedByDecision: data.adoptedByDecision,
    parties: data.parties && data.parties.map(copiedParty),
    website: data.website,
    identifiers: identifiersOf(data.identifiers),
    note: data.note,
  });
