import { referencesAndKeys } from '#governance';
import { searchable, type View } from '../../engine/view.js';
import { yesOrNo } from '../yes-or-no.js';
import { amountColumn } from '../money.view.js';
import { foldDecision, inStandstill, standstillTurns } from './decision-fold.js';
import type { DecisionView } from './decision.state.js';
import { textsOfDecision } from './decision-texts.js';

/**
 * The meeting by which it follows who decided: no body is said to have, and no officer under a delegation, whose power is
 * the grantor's.
 */
export const decidedAt = ({
  meeting,
  decidedBy = [],
  officer,
  delegation,
}: Pick<DecisionView, 'meeting' | 'decidedBy' | 'officer' | 'delegation'>): string | undefined =>
  decidedBy.length > 0 || (officer !== undefined && delegation !== undefined) ? undefined : meeting;

/** In the column of a day: that there is none, as against a day that nobody knows. Before every day. */
const NEVER = '';

/** A tag as lists have it: an index takes no longer one. */
export const tagKey = (tag: string): string => searchable(tag).slice(0, 200).toWellFormed();

/** A part that is withheld, and how strictly, as the column of them has it. */
export const partMark = (field: string, disclosure: string): string => `${field}:${disclosure}`;

/**
 * A decision stays in the lists of who took it and who answers for it after it has ended: it was taken all the same.
 * One whose day is not known comes before all others.
 */
export const decisionView: View<DecisionView> = {
  aggregate: 'decision',
  initial: { title: '', status: 'PROPOSED', standing: 'PROPOSED', ended: false, disclosure: 'PUBLIC' },
  project: foldDecision,

  turns: standstillTurns,
  show: (state, date) => (inStandstill(state, date) ? { ...state, status: 'IN_STANDSTILL' } : state),

  title: ({ title }) => title,
  // Of what is withheld only the title approved for publication is shown: what stands in its place is no title of its own.
  titles: (shown) => [(shown as { stub?: true }).stub ? undefined : shown.title, shown.exemption?.publicTitle],
  texts: textsOfDecision,
  // Never the title: cursors show the sort key, and the title may come to be withheld.
  order: ({ datedOn, reference }) => `${datedOn ?? '0000-00-00'} ${reference ?? ''}`.trimEnd(),
  columns: {
    /** Null for what is public: few rows to look through where something has to be left out. */
    disclosure: ({ disclosure }) => (disclosure === 'PUBLIC' ? undefined : disclosure),
    /** Words by which somebody finds it who may not see its title. */
    publicTitle: ({ disclosure, exemption }) =>
      disclosure === 'PUBLIC' || exemption?.publicTitle === undefined ? undefined : searchable(exemption.publicTitle),
    organisation: ({ organisation }) => organisation,
    officer: ({ officer }) => officer,
    meeting: ({ meeting }) => meeting,
    decidedAt,
    delegation: ({ delegation }) => delegation,
    appointment: ({ appointment }) => appointment,
    provider: ({ provider }) => provider,
    /** What was taken replaces for good: being undone later brings nothing back (ADR 25). */
    supersedes: ({ supersedes, taken }) => (taken === true ? supersedes : undefined),
    supersededBy: ({ supersededBy }) => supersededBy,
    rescindedBy: ({ rescindedBy }) => rescindedBy,
    instrument: ({ instrument }) => instrument,
    implements: ({ implements: matter }) => matter,
    kind: ({ kind }) => kind,
    route: ({ route }) => route,
    status: ({ status }) => status,
    /** Where it stands to whoever may not know of its standstill. */
    inStandstill: ({ status, standing }) => (status === 'IN_STANDSTILL' ? standing : undefined),
    key: ({ key }) => (key === undefined ? undefined : yesOrNo(key)),
    amount: ({ amount }) => amountColumn(amount),
    takenOn: ({ takenOn, taken }) => takenOn ?? (taken === true ? undefined : NEVER),
    inForceFrom: ({ inForceFrom, taken }) => inForceFrom ?? (taken === true ? undefined : NEVER),
    publishedOn: ({ publishedOn }) => publishedOn,
    procurementRoute: ({ procurement }) => procurement?.route,
    supplier: ({ procurement }) => procurement?.supplier && searchable(procurement.supplier),
    /** `|amount:EXEMPT|tags:CONFIDENTIAL|` */
    withheldParts: ({ withheldParts }) =>
      withheldParts && `|${withheldParts.map(({ field, disclosure }) => partMark(field, disclosure)).join('|')}|`,
  },
  unindexed: [
    ...['kind', 'route', 'status', 'inStandstill', 'key', 'amount', 'takenOn', 'inForceFrom', 'publishedOn'],
    ...['procurementRoute', 'supplier', 'withheldParts'],
  ],
  lists: {
    decidedBy: ({ decidedBy }) => decidedBy,
    /** Who has it before them, while it is neither taken nor dropped. */
    proposedTo: ({ bodies, standing }) => (standing === 'PROPOSED' ? bodies : undefined),
    voter: ({ votes }) => votes?.named?.flatMap(({ person }) => person ?? []),
    /** Whoever was ever asked to decide it. */
    askedOf: ({ bodies }) => bodies,
    places: ({ places }) => places,
    catalogueFunction: ({ catalogueFunctions }) => catalogueFunctions,
    conditionOf: ({ conditionsMet }) => conditionsMet && [...new Set(conditionsMet.map((met) => met.delegation))],
    tag: ({ tags }) => tags?.map(tagKey),
    accountable: ({ organisation, accountable }) => [
      ...new Set([...(organisation === undefined ? [] : [organisation]), ...(accountable ?? [])]),
    ],
    identifier: ({ reference, identifiers }) =>
      referencesAndKeys([
        ...(reference === undefined ? [] : [reference]),
        ...(identifiers ?? []).map(({ value }) => value),
      ]),
  },
  through: { decidingBody: { names: 'decidedAt', aggregate: 'meeting', column: 'body', own: 'decidedBy' } },
  goesBy: { names: 'meeting', aggregate: 'meeting', column: 'heldOn' },
};
