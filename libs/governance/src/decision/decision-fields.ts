import { given, said, type Fact, type Reference, type Revised } from '#kernel';
import { identifiersOf } from '../identifier.js';
import { refersTo, refersToEach } from '../lifecycle.js';
import type {
  ConditionMet,
  DecisionChanges,
  DecisionDetails,
  Procurement,
  ProposalDetails,
} from './decision.events.js';
import { votesOf } from './votes.js';

/** Fields of a proposal, copied by name. */
export const proposed = (data: ProposalDetails): ProposalDetails =>
  said({
    reference: data.reference,
    title: data.title,
    bodies: data.bodies && [...data.bodies],
    organisation: data.organisation,
    places: data.places && [...data.places],
    catalogueFunctions: data.catalogueFunctions && [...data.catalogueFunctions],
    summary: data.summary,
    dueOn: data.dueOn,
    key: data.key,
    website: data.website,
    note: data.note,
  });

/** Fields of a decision, copied by name; those not given are left out. */
export const changed = (data: DecisionChanges): DecisionChanges =>
  said({
    reference: data.reference,
    title: data.title,
    decidedBy: data.decidedBy && [...data.decidedBy],
    officer: data.officer,
    appointment: data.appointment,
    decidedByName: data.decidedByName,
    organisation: data.organisation,
    accountable: data.accountable && [...data.accountable],
    places: data.places && [...data.places],
    catalogueFunctions: data.catalogueFunctions && [...data.catalogueFunctions],
    kind: data.kind,
    route: data.route,
    outcome: data.outcome,
    method: data.method,
    votes: data.votes && votesOf(data.votes),
    text: data.text,
    reasons: data.reasons,
    alternatives: data.alternatives,
    takenOn: data.takenOn,
    noticedOn: data.noticedOn,
    publishedOn: data.publishedOn,
    stage: data.stage,
    amount: data.amount,
    amountPerYear: data.amountPerYear,
    amountNote: data.amountNote,
    spending: data.spending,
    vat: data.vat,
    term: data.term,
    legalBasis: data.legalBasis,
    procurement: data.procurement && procured(data.procurement),
    provider: data.provider,
    delegation: data.delegation,
    conditionsMet: data.conditionsMet && data.conditionsMet.map(met),
    instrument: data.instrument,
    meeting: data.meeting,
    implements: data.implements,
    supersedes: data.supersedes,
    tags: data.tags && [...data.tags],
    identifiers: identifiersOf(data.identifiers),
    website: data.website,
    conflictInSource: data.conflictInSource,
    note: data.note,
    bodies: data.bodies && [...data.bodies],
    summary: data.summary,
    dueOn: data.dueOn,
    key: data.key,
  });

/** Fields of a decision that is taken, copied by name. */
export const taken = (data: DecisionDetails): DecisionDetails => {
  const { procurement, ...rest } = data;
  return said({
    ...given<Omit<DecisionDetails, 'procurement'>>(changed(rest) as Revised<Omit<DecisionDetails, 'procurement'>>),
    title: data.title,
    procurement: procurement && given<Procurement>(procured(procurement)),
  });
};

const procured = ({
  route,
  supplier,
  noticeId,
  standstillUntil,
  tenderDeadline,
}: Revised<Procurement>): Revised<Procurement> => said({ route, supplier, noticeId, standstillUntil, tenderDeadline });

const met = ({ delegation, condition, on, evidence }: ConditionMet): ConditionMet =>
  said({ delegation, condition, on, evidence });

type Naming =
  | Fact<'ProposeDecision', ProposalDetails>
  | Fact<'TakeDecision' | 'ChangeDecision', DecisionChanges>
  | Fact<'SupersedeDecision' | 'RescindDecision', { readonly by?: string }>
  | Fact<'PublishDecision' | 'CallInDecision' | 'ReleaseDecision' | 'ImplementDecision' | 'LapseDecision', unknown>
  | Fact<'ClassifyDecision' | 'LiftExemption', unknown>;

/** Every other subject of the register that a command about a decision names. */
export const subjectsNamed = ({ type, data }: Naming): readonly Reference[] => {
  switch (type) {
    case 'ProposeDecision':
      return [
        ...refersToEach('body', data.bodies, 'bodies'),
        ...refersTo('organisation', data.organisation, 'organisation'),
        ...refersToEach('place', data.places, 'places'),
        ...refersToEach('function', data.catalogueFunctions, 'catalogueFunctions'),
      ];
    case 'TakeDecision':
    case 'ChangeDecision':
      return [
        ...refersToEach('body', data.bodies, 'bodies'),
        ...refersToEach('body', data.decidedBy, 'decidedBy'),
        ...refersTo('person', data.officer, 'officer'),
        ...refersTo('appointment', data.appointment, 'appointment'),
        ...(data.votes?.named ?? []).flatMap(({ person }, index) =>
          refersTo('person', person, `votes.named[${index}].person`),
        ),
        ...refersTo('organisation', data.organisation, 'organisation'),
        ...refersToEach('organisation', data.accountable, 'accountable'),
        ...refersToEach('place', data.places, 'places'),
        ...refersToEach('function', data.catalogueFunctions, 'catalogueFunctions'),
        ...refersTo('organisation', data.provider, 'provider'),
        ...refersTo('delegation', data.delegation, 'delegation'),
        ...(data.conditionsMet ?? []).flatMap(({ delegation }, index) =>
          refersTo('delegation', delegation, `conditionsMet[${index}].delegation`),
        ),
        ...refersTo('instrument', data.instrument, 'instrument'),
        ...refersTo('meeting', data.meeting, 'meeting'),
        ...refersTo('scrutiny', data.implements, 'implements'),
        ...refersTo('decision', data.supersedes, 'supersedes'),
      ];
    case 'SupersedeDecision':
    case 'RescindDecision':
      return refersTo('decision', data.by, 'by');
    case 'PublishDecision':
    case 'CallInDecision':
    case 'ReleaseDecision':
    case 'ImplementDecision':
    case 'LapseDecision':
    case 'ClassifyDecision':
    case 'LiftExemption':
      return [];
  }
};
