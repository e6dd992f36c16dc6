import { dayInWords, type Aggregate } from '#governance';
import { addDays, type CivilDate } from '#kernel';
import {
  Belonging,
  type AppointmentView,
  type DecisionView,
  type DelegationView,
  type Lapse,
  type MeetingView,
} from '#register';
import { pagesOf } from '../dated.js';
import type { Line } from '../document.js';
import { grantor } from '../grantor.js';
import { lapsesBy } from '../lapsing.js';
import { byText, counted, inShort, line } from '../plain.js';
import { sectionOf, type LogContext, type Unnumbered } from './section.js';

const MOST = 1_000;

/** About six months. */
const AHEAD_DAYS = 183;

interface Coming {
  readonly on: CivilDate | undefined;
  readonly what: string;
  readonly who: string;
}

/** Section 8: what is recorded as coming in the six months after the day of the basis. */
export const forwardLook = async (context: LogContext): Promise<Unnumbered> => {
  const { asAt } = context.scope.basis;
  const until = addDays(asAt, AHEAD_DAYS);
  const bodies = await bodiesConcerned(context);
  const coming = (
    await Promise.all([proposals(context, bodies), meetings(context, bodies, until), ends(context, bodies, until)])
  )
    .flat()
    .toSorted((a, b) => byText(a.on ?? '9', b.on ?? '9') || byText(a.what, b.what));
  const rows: Line[][] = coming.map(({ on, what, who }) => [
    line(on === undefined ? 'Not known' : dayInWords(on)),
    line(what),
    line(who),
  ]);
  const table = {
    kind: 'table',
    caption: `${counted(rows.length, 'item')} ahead, to ${dayInWords(until)}`,
    columns: [
      { title: 'When', heads: true, width: 3 },
      { title: 'What', width: 9 },
      { title: 'Who', width: 6 },
    ],
    rows,
  } as const;
  return sectionOf(
    'forward-look',
    'Forward look',
    `Proposals that wait for a decision, and what is recorded to happen between ${dayInWords(addDays(asAt, 1))} and ${dayInWords(until)}.`,
    rows.length === 0 ? [] : [table],
    'There is nothing to report: nothing is recorded to come in the next six months.',
  );
};

/** Ids of the bodies of the log: its own, and those of its organisations with the bodies below them. */
async function bodiesConcerned({ source, scope }: LogContext): Promise<readonly string[]> {
  const { basis, organisations, bodies, committee } = scope;
  const claims = await new Belonging(source.register, basis.position).claimsOf(organisations.map(({ id }) => id));
  const theirs = claims.filter(({ by, from, to }) => by === 'decidedBy' && from <= basis.asAt && basis.asAt < to);
  const ids = [committee.id, ...bodies.map(({ id }) => id), ...theirs.map(({ id }) => id)];
  return [...new Set(ids)].toSorted(byText);
}

async function proposals({ source, scope, names }: LogContext, bodies: readonly string[]): Promise<readonly Coming[]> {
  const wheres = [
    ...bodies.map((id) => ({ proposedTo: id })),
    ...scope.organisations.map(({ id }) => ({ accountable: id })),
  ];
  const found = new Map<string, DecisionView>();
  for (const where of wheres) {
    for await (const rows of pagesOf(source.register, where, {}, scope.basis)) {
      const open = rows.filter(({ state }) => state.standing === 'PROPOSED');
      if (open.length === 0) continue;
      for (const [id, disclosure] of await source.disclose(open, scope.reader, scope.basis)) {
        if (disclosure.kind === 'absent' || disclosure.shown.state.standing !== 'PROPOSED') continue;
        found.set(id, disclosure.shown.state);
      }
    }
  }
  return names.tell(({ nameOf }) =>
    [...found].map(([id, state]) => {
      const before = (state.bodies ?? state.decidedBy ?? []).map((body) => nameOf('body', body) ?? body).join(', ');
      const organisation = state.organisation === undefined ? '' : (nameOf('organisation', state.organisation) ?? '');
      const overdue =
        state.dueOn !== undefined && state.dueOn < scope.basis.asAt ? '; no decision is recorded yet' : '';
      return {
        on: state.dueOn,
        what: `Proposal ${state.reference ?? id}: ${inShort(state.title)}${state.stage ? ` (${inShort(state.stage)})` : ''}${overdue}`,
        who: inShort(before || organisation) || 'Not recorded',
      };
    }),
  );
}

async function meetings(
  { source, scope, names }: LogContext,
  bodies: readonly string[],
  until: CivilDate,
): Promise<readonly Coming[]> {
  const { asAt } = scope.basis;
  const orderRange = { from: addDays(asAt, 1), to: addDays(until, 1) };
  const page = await source.register.list<MeetingView>(
    'meeting',
    { where: { body: bodies }, orderRange, first: MOST },
    scope.basis,
  );
  const lapseBy = lapsesBy({ source, scope, names });
  const lapses = await Promise.all(page.rows.map(async ({ state }) => lapseBy('meeting', state, state.heldOn)));
  const standing = (state: MeetingView, lapse: Lapse | undefined): string => {
    if (state.cancelled) return ' (cancelled)';
    if (!lapse) return '';
    return ` (lapsed: the ${lapse.lastDay === null ? 'body has ended by then' : `last day of the body is ${dayInWords(lapse.lastDay)}`})`;
  };
  return names.tell(({ nameOf }) =>
    page.rows.map(({ state }, at) => ({
      on: state.heldOn,
      what: `Meeting${state.inPublic === true ? ' in public' : ''}${standing(state, lapses[at])}`,
      who: inShort(nameOf('body', state.body) ?? state.body),
    })),
  );
}

/** Delegations that end or are reviewed, and terms of office that end. */
async function ends(
  { source, scope, names }: LogContext,
  bodies: readonly string[],
  until: CivilDate,
): Promise<readonly Coming[]> {
  const { asAt } = scope.basis;
  const soon = (day: CivilDate | undefined): day is CivilDate => day !== undefined && day >= asAt && day <= until;
  const organisations = scope.organisations.map(({ id }) => id);
  const delegations = new Map<string, DelegationView>();
  for (const where of [
    { grantedByOrganisation: organisations },
    { delegateOrganisation: organisations },
    { grantedByBody: bodies },
    { delegateBody: bodies },
  ]) {
    if (Object.values(where).every((ids) => ids.length === 0)) continue;
    const page = await source.register.list<DelegationView>('delegation', { where, first: MOST }, scope.basis);
    for (const { id, state } of page.rows) delegations.set(id, state);
  }
  const lapseBy = lapsesBy({ source, scope, names });
  /** Of the days to come of something those that it does not lapse before. */
  const ahead = async (aggregate: Aggregate, state: object, days: readonly (CivilDate | undefined)[]) => {
    const found = days.filter(soon).map(async (day) => ((await lapseBy(aggregate, state, day)) ? [] : [day]));
    return new Set((await Promise.all(found)).flat());
  };
  const daysOf = new Map<string, ReadonlySet<CivilDate>>();
  for (const [id, state] of delegations) {
    daysOf.set(id, await ahead('delegation', state, [state.termEnds, state.reviewOn]));
  }
  const appointments = await source.register.list<AppointmentView>(
    'appointment',
    { where: { body: bodies }, first: MOST },
    scope.basis,
  );
  const terms = new Map<string, ReadonlySet<CivilDate>>();
  for (const { id, state } of appointments.rows) terms.set(id, await ahead('appointment', state, [state.termEnds]));
  const isAhead = (days: ReadonlySet<CivilDate> | undefined, day: CivilDate | undefined): day is CivilDate =>
    day !== undefined && days?.has(day) === true;
  return names.tell(({ nameOf }) => [
    ...[...delegations].flatMap(([id, state]) => {
      const days = daysOf.get(id);
      const of = { who: inShort(grantor(state, nameOf) ?? state.grantedByName ?? 'Not recorded') };
      const name = inShort(nameOf('delegation', id) ?? id);
      return [
        ...(isAhead(days, state.termEnds)
          ? [{ on: state.termEnds, what: `Last day of the delegation of ${name}`, ...of }]
          : []),
        ...(isAhead(days, state.reviewOn)
          ? [{ on: state.reviewOn, what: `Review of the delegation of ${name}`, ...of }]
          : []),
      ];
    }),
    ...appointments.rows.flatMap(({ id, state }) =>
      isAhead(terms.get(id), state.termEnds)
        ? [
            {
              on: state.termEnds,
              what: `Last day of an appointment: ${inShort(nameOf('appointment', id) ?? id)}`,
              who: inShort(nameOf('body', state.body ?? '') ?? ''),
            },
          ]
        : [],
    ),
  ]);
}
