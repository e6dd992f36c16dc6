import {
  AUTHORITY_EDITION,
  chainVerdict,
  limitInWords,
  named,
  unmarked,
  type Actor,
  type Able,
  type Chain,
  type Failure,
  type Hop,
  type MissingDatum,
  type NameOf,
  type Part,
  type SubjectNamed,
  type Trace,
} from '#governance';
import { addDays, UNKNOWN_START } from '#kernel';
import type { Basis } from '#register';
import type {
  AbleView,
  AuthorityView,
  ChainView,
  FailedTestView,
  HopView,
  MissingDatumView,
  PartView,
  PartyView,
} from './authority.view.js';

/** A trace as it is shown: with everything by the name that it bore on the day. */
export const authorityShown = (trace: Trace, basis: Basis, nameOf: NameOf): AuthorityView => {
  const parts = trace.parts.map((part) => partShown(part, nameOf));
  const missing = new Map(
    parts.flatMap((part) => part.missing).map((one) => [`${one.about?.subject} ${one.datum}`, one]),
  );
  return {
    verdict: trace.verdict,
    on: trace.on ?? null,
    sentence: `${VERDICTS[trace.verdict]}: ${parts.map(sentenceOf).filter(once).join('; ')}.`,
    parts,
    missing: [...missing.values()],
    edition: AUTHORITY_EDITION,
    basis,
  };
};

const VERDICTS = {
  AUTHORISED: 'Authorised',
  NOT_AUTHORISED: 'Not authorised',
  CANNOT_DETERMINE: 'It cannot be determined',
} as const;

/** In which way what one basis says differs from what another does. */
export const differencesIn = (
  one: AuthorityView,
  other: AuthorityView,
  names: readonly [string, string],
): readonly string[] => {
  const [before, after] = names;
  const said: string[] = [];
  if (one.verdict !== other.verdict) {
    said.push(`${before} it was ${lower(VERDICTS[one.verdict])}; ${after}, ${lower(VERDICTS[other.verdict])}.`);
  }
  const chains = ({ parts }: AuthorityView) => parts.flatMap((part) => part.chains);
  const key = ({ hops }: ChainView) => hops.map(({ by, to }) => `${by.subject}>${to.subject}`).join(' ');
  const [then, now] = [
    new Map(chains(one).map((chain) => [key(chain), chain])),
    new Map(chains(other).map((chain) => [key(chain), chain])),
  ];
  for (const [id, chain] of now) {
    const earlier = then.get(id);
    if (!earlier) said.push(`Only ${after}: ${chain.sentence}.`);
    else if (earlier.sentence !== chain.sentence)
      said.push(`${before}: ${earlier.sentence}; ${after}: ${chain.sentence}.`);
  }
  for (const [id, chain] of then) if (!now.has(id)) said.push(`Only ${lower(before)}: ${chain.sentence}.`);
  const failures = ({ parts }: AuthorityView) => parts.flatMap(({ failure }) => failure?.sentence ?? []);
  for (const text of failures(other).filter((each) => !failures(one).includes(each)))
    said.push(`Only ${after}: ${text}`);
  for (const text of failures(one).filter((each) => !failures(other).includes(each)))
    said.push(`Only ${lower(before)}: ${text}`);
  for (const { datum } of one.missing.filter((each) => other.missing.every((m) => m.datum !== each.datum))) {
    said.push(`${before} this was missing: ${datum}.`);
  }
  for (const { datum } of other.missing.filter((each) => one.missing.every((m) => m.datum !== each.datum))) {
    said.push(`${capital(after)} this is missing: ${datum}.`);
  }
  return said;
};

export const ableShown = (
  { actor, trace }: Able,
  holder: string | undefined,
  basis: Basis,
  nameOf: NameOf,
): AbleView => ({
  party: partyOf(actor, nameOf),
  holder: holder === undefined ? null : partyOf({ kind: 'person', id: holder }, nameOf),
  authority: authorityShown(trace, basis, nameOf),
});

function partShown(part: Part, nameOf: NameOf): PartView {
  return {
    verdict: part.verdict,
    decider: part.decider ? partyOf(part.decider, nameOf) : null,
    function: part.function === undefined ? null : shown({ aggregate: 'function', id: part.function }, nameOf),
    parent: part.parent === undefined ? null : shown({ aggregate: 'organisation', id: part.parent }, nameOf),
    chains: part.chains.map((chain) => chainShown(chain, nameOf)),
    failure: part.failure ? failureShown(part.failure, nameOf) : null,
    missing: part.missing.map((one) => missingShown(one, nameOf)),
  };
}

/** What the verdict of a part rests on, without a full stop. */
function sentenceOf({ verdict, chains, failure, missing, decider, parent }: PartView): string {
  const forParent = parent ? `for ${parent.name}, ` : '';
  if (failure) return `${forParent}${bare(failure.sentence)}`;
  const [chain] = chains;
  if (verdict === 'AUTHORISED' && !chain)
    return `${decider?.name ?? 'it'} only advises, which needs no power to decide`;
  if (verdict === 'CANNOT_DETERMINE')
    return `${forParent}missing is ${missing
      .map(({ datum }) => bare(datum))
      .filter(once)
      .join('; ')}`;
  return `${forParent}${chain?.sentence ?? 'no chain leads there'}`;
}

function chainShown(chain: Chain, nameOf: NameOf): ChainView {
  const hops = chain.hops.map((hop) => hopShown(hop, nameOf));
  const failure = chain.failure ? failureShown(chain.failure, nameOf) : null;
  const way = hops.map(({ sentence }) => sentence).join(', ');
  const why = failure && (way === '' ? bare(failure.sentence) : `but ${bare(failure.sentence)}`);
  return {
    verdict: chainVerdict(chain),
    hops,
    principal: chain.principal === undefined ? null : shown({ aggregate: 'organisation', id: chain.principal }, nameOf),
    failure,
    missing: chain.missing.map((one) => missingShown(one, nameOf)),
    sentence: [way, why].filter((text) => text !== null && text !== '').join(', '),
  };
}

function hopShown(hop: Hop, nameOf: NameOf): HopView {
  const { kind, from, to, by, since, until, recordedFrom, terms = {}, notes, leftOut = [] } = hop;
  const said = (actor: Actor | undefined): string => (actor ? named(nameOf, actor.kind, actor.id) : 'somebody');
  const instrument =
    terms.instrument === undefined ? null : shown({ aggregate: 'instrument', id: terms.instrument }, nameOf);
  const limits = (terms.limits ?? []).map(limitInWords);
  const where = [
    instrument && `“${instrument.name}”`,
    terms.version && `version ${terms.version}`,
    terms.clause && `clause ${terms.clause}`,
  ];
  const without = leftOut.map((one) => `since ${unmarked(one, nameOf)}`);
  const made = [...where.filter(Boolean), ...limits.map((limit) => `up to ${limit}`), ...without].join(', ');
  const sentence = {
    HOLDS_FUNCTION: `${said(to)} holds the function`,
    ACTS_FOR: `${said(to)} acts for ${said(from)}`,
    DELEGATED: `${said(from)} delegated it to ${said(to)}${made === '' ? '' : ` (${made})`}`,
    HOLDS_POST: `${said(to)} holds the post of ${said(from)}`,
  }[kind];
  return {
    kind,
    from: from ? partyOf(from, nameOf) : null,
    to: partyOf(to, nameOf),
    by: shown(by, nameOf),
    instrument,
    version: terms.version ?? null,
    clause: terms.clause ?? null,
    limits,
    since: since === UNKNOWN_START ? null : since,
    until: until === null ? null : addDays(until, -1),
    position: recordedFrom,
    notes: notes.map((note) => unmarked(note, nameOf)),
    sentence,
  };
}

function failureShown({ test, rule, at, found, needed }: Failure, nameOf: NameOf): FailedTestView {
  const [was, wanted] = [unmarked(found, nameOf), unmarked(needed, nameOf)];
  const subject =
    at.aggregate === 'delegation' || at.aggregate === 'reservation' ? `${named(nameOf, at.aggregate, at.id)}: ` : '';
  return {
    test,
    rule: rule ?? null,
    at: shown(at, nameOf),
    found: was,
    needed: wanted,
    sentence: `${subject}${was}; needed was ${wanted}.`,
  };
}

const missingShown = ({ about, field, datum, recordedBy }: MissingDatum, nameOf: NameOf): MissingDatumView => ({
  about: about.id === '' ? null : shown(about, nameOf),
  field,
  datum: bare(unmarked(datum, nameOf)),
  recordedBy,
});

/** A test that failed, in a sentence without a capital and a full stop. */
export const failureTold = (failure: Failure, nameOf: NameOf): string => bare(failureShown(failure, nameOf).sentence);

export const missingTold = (missing: MissingDatum, nameOf: NameOf): string => missingShown(missing, nameOf).datum;

const partyOf = ({ kind, id }: Actor, nameOf: NameOf): PartyView => shown({ aggregate: kind, id }, nameOf);

const shown = ({ aggregate, id }: SubjectNamed, nameOf: NameOf): PartyView => ({
  subject: `${aggregate}/${id}`,
  name: nameOf(aggregate, id) ?? id,
});

const bare = (text: string): string => text.replace(/[.,]\s*$/, '');
const once = <T>(one: T, at: number, all: readonly T[]): boolean => all.indexOf(one) === at;
const lower = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
