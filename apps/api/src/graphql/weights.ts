/**
 * What questions cost, in points. A point is about what it takes to look up one record and show it: measured at 50 to
 * 100 µs. Everything that is not named here costs as its kind does.
 */
export const ONE = 1;

/** A field that is read off what has been looked up already: a title, a day, a name of a type. */
export const READ_OFF = 0.1;

/** What a root field costs before its first entry: its basis, and finding where to begin. */
export const ROOT = 2;

/** What a command costs: judged, recorded and kept. */
export const COMMAND = 50;

/** Entries that a list without a page size is taken to have. */
export const UNPAGED = 10;

/** A list below a record that cannot be read together with those below its neighbours. */
export const LIST_ALONE = 5;

/**
 * Types that are made whole with the field above them: what stands in them is read off, and their lists have about so many
 * entries.
 */
export const MADE_WHOLE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Authority: { parts: 1, missing: 1 },
  AuthorityCompared: { parts: 1, missing: 1, differences: 2 },
  AuthorityPart: { chains: 2, missing: 1 },
  AuthorityChain: { hops: 4, missing: 1 },
  AuthorityHop: { limits: 1, notes: 1 },
  AuthorityParty: {},
  FailedTest: {},
  MissingDatum: {},
};

/** For each entry of a list that is given as an argument. */
export const GIVEN = 1;

/** More than the kind of a field says, by type and field. */
export const DEAR_FIELDS: Readonly<Record<string, number>> = {
  'Query.changesBetween': 200,
  'ChangeConnection.totalCount': 200,
  'ChangeConnection.summary': 200,
  'Query.history': 50,
  'Query.timeline': 50,
  'Query.instrumentDifference': 20,
  'Instrument.versions': 10,
  'Query.decisionLog': 1_000,
  'Query.whatLapses': 500,
  'Query.schemeOfDelegation': 500,
  'Query.schemeDifference': 800,
  'Query.functionsMap': 500,
  'Decision.answerable': 3,
  'Organisation.accountableFor': 8,
  'Query.dueDecisionLogs': 300,
  // A chain of authority takes a few statements a link; a page of decisions is traced together.
  'Decision.authorityWhenTaken': 10,
  'Query.authority': 50,
  'Query.mayDecide': 200,
  'Query.reliedOn': 300,
  'Query.decisionsByAuthority': 500,
  'Register.holds': 300,
  // Looked for in what other records say, a page at a time.
  'Decision.status': 0.5,
  'Decision.ended': 0.5,
  'Decision.supersededPart': 0.5,
  'Appointment.holds': 1,
  'Appointment.ended': 0.5,
  'Delegation.holds': 1,
  'Delegation.status': 0.5,
  'Delegation.ended': 0.5,
  'Budget.holds': 1,
  'Instrument.holds': 1,
  'FunctionHolding.holds': 1,
  'FunctionHolding.ended': 0.5,
  'Interest.holds': 1,
  'Interest.ended': 0.5,
  'Reservation.holds': 1,
  'Reservation.ended': 0.5,
  'StandingOrder.holds': 1,
  'StandingOrder.ended': 0.5,
  'Seat.vacant': 2,
  'Seat.vacantSince': 1,
  'Mutation.issueDecisionLog': 1_000,
  'Mutation.issueDueDecisionLogs': 1_000,
};

/** More than the kind of a field says, by an argument that is given: names of a field alone, or of a type and a field. */
export const DEAR_ARGUMENTS: Readonly<Record<string, number>> = {
  search: 50,
  // What has no index is looked through.
  filter: 20,
  comparedWith: 10,
};

/** What an entry of a list costs where it is itself made, not looked up. */
export const DEAR_ENTRIES: Readonly<Record<string, number>> = {
  'Query.decisionLog about': 200,
  'Mutation.issueDecisionLog about': 200,
  'Mutation.issueDueDecisionLogs first': 500,
};

/** A count is a statement of its own over the whole list; below a record it comes with the entries. */
export const COUNT = 50;

/** How many the lists of the schema's description of itself have, and what one of its fields costs. */
export const SCHEMA_LISTS: Readonly<Record<string, number>> = {
  types: 250,
  fields: 15,
  inputFields: 15,
  args: 4,
  enumValues: 15,
  possibleTypes: 5,
  interfaces: 2,
  directives: 6,
};
export const OF_SCHEMA = 0.005;
