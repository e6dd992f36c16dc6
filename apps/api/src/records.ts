import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { mayRead } from '#access';
import { streamParts, subjectOf, type Aggregate } from '#governance';
import {
  maybeLapsed,
  nodeIdIn,
  Register,
  supersedingDecisions,
  whenAllHaveAsked,
  type Basis,
  type DecisionView,
  type Group,
  type Holding,
  type ListFilter,
  type Restriction,
  type Selection,
  type Shown,
} from '#register';
import { Disclosing, type Narrowing } from './disclosing.js';
import { absenceShown } from './graphql/absence.js';
import { type BasisArgs, type LastingUnderArgs, type OneArgs, type PageArgs } from './graphql/arguments.js';
import type { Connection } from './graphql/connection.js';
import { ListNarrowing, type AsRead } from './list-narrowing.js';
import { allOf, givenIn, holdingWithJoins } from './narrowing.js';
import { recordOf, type OneAnswer, type RecordOf } from './record-of.js';
import type { RequestContext } from './request-context.js';
import { pageInfoOf, partAsked, partShown, type Part } from './graphql/page-info.js';
import { Searching } from './searching.js';
import { SubjectKeys, type Subjects } from './subject-keys.js';
import { Waiting } from './waiting.js';

export { recordOf, type OneAnswer, type RecordOf } from './record-of.js';

/** What a list is narrowed to. */
export interface ListedBy extends Pick<Selection, 'orderRange'> {
  /** Values of columns and lists of the view, as they are kept. */
  readonly where?: Readonly<Record<string, string | null | undefined>>;
  readonly subjects?: Subjects;
  /** What a subject is narrowed to that no column says, by the key of a subject as the question names it. */
  readonly following?: readonly [
    Aggregate,
    string | null | undefined,
    string,
    (key: string, basis: Basis, context: RequestContext) => Promise<Narrowing>,
  ];
}

/** Which part of a list, and what it is narrowed by. */
export type Listing = LastingUnderArgs & { readonly filter?: ListFilter | null };

/** What else a list under a record is narrowed to, and by what name it is remembered beside the list without. */
interface Under {
  readonly only?: Restriction;
  readonly as?: string;
  /** What is recorded as none, a vacancy, in the place of what there is. */
  readonly recordedAsNone?: true;
}

/** Entries that one statement reads for several records at most: a statement holds everybody up until it is done. */
const LARGEST_BATCH = 2_000;

/** Reads for resolvers: one basis per root field, the same below it, and one statement where a list would ask per row. */
@Injectable()
export class Records {
  private readonly keys: SubjectKeys;
  private readonly narrowing: ListNarrowing;

  constructor(
    private readonly register: Register,
    private readonly waiting: Waiting,
    private readonly disclosing: Disclosing,
  ) {
    this.keys = new SubjectKeys(register, disclosing);
    this.narrowing = new ListNarrowing(disclosing);
  }

  /** Resolved once per root field, from one "now" per request (T6). */
  async basis({ asAt, asKnownAt, afterReceipt }: BasisArgs, context: RequestContext): Promise<Basis> {
    if (afterReceipt) await this.waiting.forReceipt(afterReceipt);
    return this.register.resolveBasis({
      asAt: asAt ?? undefined,
      asKnownAt: asKnownAt ?? undefined,
      now: context.requestedAt,
      hidden: await this.disclosing.hidden(context),
    });
  }

  /** Key of a subject that a question names. @see SubjectKeys */
  async keyOf(
    aggregate: Aggregate,
    named: string,
    basis: Basis,
    field: string,
    context: RequestContext,
  ): Promise<string> {
    return this.keys.keyOf(aggregate, named, basis, field, context);
  }

  /** One subject by id or human reference, under `field` of the answer; and the same question on a second basis. */
  async one(aggregate: Aggregate, field: string, args: OneArgs, context: RequestContext): Promise<OneAnswer> {
    mayRead(context.actor, aggregate);
    const basis = await this.basis(args, context);
    if (args.comparedWith === undefined || args.comparedWith === null) {
      return this.answer(aggregate, field, args.id, basis, basis, context);
    }
    const second = await this.basis({ asAt: basis.asAt, asKnownAt: args.comparedWith }, context);
    return {
      ...(await this.answer(aggregate, field, args.id, basis, second, context)),
      compared: await this.answer(aggregate, field, args.id, second, basis, context),
    };
  }

  /** A page of the subjects that a selection finds. */
  async page<State extends object>(
    aggregate: Aggregate,
    by: ListedBy,
    args: PageArgs & Listing,
    context: RequestContext,
  ): Promise<Connection<RecordOf<State>>> {
    mayRead(context.actor, aggregate);
    const part = partAsked(args);
    const basis = await this.basis(args, context);
    const where = { ...givenIn(by.where ?? {}), ...(await this.keys.keysOf(by.subjects ?? {}, basis, context)) };
    const asked = {
      columns: Object.keys(where),
      holds: args.holds,
      filter: args.filter,
      following: await this.followed(by, basis, context),
    };
    const { undetermined, ...narrowed } = await this.narrowing.of(aggregate, asked, basis, context);
    const whole: Selection = { where, orderRange: by.orderRange, ...narrowed };
    const { register } = this;
    const searching = Searching.for(args.search, register, this.disclosing, { aggregate, basis, context });
    const counted = async (restriction: Restriction | undefined): Promise<number> =>
      searching
        ? searching.count({ ...whole, restriction })
        : register.count(aggregate, { ...whole, restriction }, basis);
    const holding = async (holds: Holding): Promise<number> =>
      counted(allOf(holdingWithJoins(aggregate, holds), whole.restriction));
    const page = await this.part<State>(aggregate, whole, part, basis, context, searching);
    return {
      ...page,
      get totalCount() {
        return counted(whole.restriction);
      },
      get undeterminedCount() {
        return undetermined ? counted(undetermined) : Promise.resolve(0);
      },
      get knownCount() {
        return holding('YES');
      },
      get notKnownCount() {
        return holding('NOT_KNOWN');
      },
    };
  }

  /** What a list is narrowed to that no column says. */
  private async followed({ following }: ListedBy, basis: Basis, context: RequestContext) {
    const [of, named, argument, narrowing] = following ?? [];
    if (!of || !narrowing || named === undefined || named === null) return undefined;
    return narrowing(await this.keys.keyOf(of, named, basis, argument ?? of, context), basis, context);
  }

  /** A part of a list as it is shown, without its counts. */
  private async part<State extends object>(
    aggregate: Aggregate,
    whole: Selection,
    part: Part,
    basis: Basis,
    context: RequestContext,
    searching?: Searching,
  ): Promise<Pick<Connection<RecordOf<State>>, 'basis' | 'edges' | 'pageInfo'>> {
    if (searching) {
      const found = await searching.part<State>(whole, part);
      const { rows, pageInfo } = partShown(part, found.rows, found.hasNext);
      const edges = rows.map((row) => ({ node: recordOf(row, basis), cursor: row.cursor, foundIn: row.foundIn }));
      return { basis, edges, pageInfo };
    }
    const paging = { first: part.size, after: part.from, backwards: part.backwards };
    const read = await this.register.list<State>(aggregate, { ...whole, ...paging }, basis);
    const { rows, pageInfo } = partShown(part, await this.disclosing.rows(aggregate, read.rows, context), read.hasNext);
    return { basis, edges: rows.map((row) => ({ node: recordOf(row, basis), cursor: row.cursor })), pageInfo };
  }

  /** A subject that another record names, on that record's basis. Null where there is nothing to show. */
  async named<State extends object>(
    aggregate: Aggregate,
    id: string | undefined,
    basis: Basis,
    context: RequestContext,
  ): Promise<RecordOf<State> | null> {
    return id === undefined ? null : this.namedOn<State>(aggregate, basis, context).load(id);
  }

  /** Several subjects that another record names; those with nothing to show are left out. */
  async namedEach<State extends object>(
    aggregate: Aggregate,
    ids: readonly string[] | undefined,
    basis: Basis,
    context: RequestContext,
  ): Promise<readonly RecordOf<State>[]> {
    if (!ids?.length) return [];
    const loader = this.namedOn<State>(aggregate, basis, context);
    return (await Promise.all(ids.map((id) => loader.load(id)))).filter((record) => record !== null);
  }

  /** Subjects by their keys on a basis, each made once however many records name it. */
  private namedOn<State extends object>(
    aggregate: Aggregate,
    basis: Basis,
    context: RequestContext,
  ): DataLoader<string, RecordOf<State> | null> {
    mayRead(context.actor, aggregate);
    return context.loader(`${aggregate} ${basisKey(basis)}`, () => {
      const load = async (ids: readonly string[]): Promise<(RecordOf<State> | null)[]> => {
        const found = await this.register.pointMany<State>(aggregate, ids, basis);
        const answers = await this.disclosing.answers(aggregate, found, basis, context);
        return ids.map((id) => {
          const answer = answers.get(id);
          return answer?.kind === 'found' ? recordOf(answer, basis) : null;
        });
      };
      return new DataLoader(load, { maxBatchSize: 256, batchScheduleFn: (ask) => whenAllHaveAsked(ask) });
    }) as DataLoader<string, RecordOf<State> | null>;
  }

  /** Decisions that were taken by the day of the question and replace one, as far as whoever asks may see that they do. */
  async superseding(
    { id, basis }: { readonly id: string; readonly basis: Basis },
    context: RequestContext,
  ): Promise<readonly Shown<DecisionView>[]> {
    const loader = context.loader(`superseding ${basisKey(basis)}`, () => {
      const load = async (ids: readonly string[]): Promise<(readonly Shown<DecisionView>[])[]> => {
        const seen = await this.disclosing.narrowed('decision', ['supersedes'], basis, context);
        const found = await supersedingDecisions(this.register, ids, basis, seen);
        return Promise.all(ids.map(async (one) => this.disclosing.rows('decision', found.get(one) ?? [], context)));
      };
      return new DataLoader(load, { maxBatchSize: 256, batchScheduleFn: (ask) => whenAllHaveAsked(ask) });
    }) as DataLoader<string, readonly Shown<DecisionView>[]>;
    return loader.load(streamParts(id).id);
  }

  /** Entries listed under a record, for example the appointments of a body, on that record's basis. */
  async listedUnder<State extends object>(
    aggregate: Aggregate,
    column: string,
    parent: { readonly id: string; readonly basis: Basis },
    { holds, filter, ...args }: Listing,
    context: RequestContext,
    { only, as, recordedAsNone }: Under = {},
  ): Promise<Connection<RecordOf<State>>> {
    mayRead(context.actor, aggregate);
    const { basis } = parent;
    const { id } = streamParts(parent.id);
    const part = partAsked(args);
    const narrowing = async (): Promise<AsRead> =>
      this.narrowing.of(aggregate, { columns: [column], holds, filter, only }, basis, context);
    const list = `${as ?? aggregate}.${column}${recordedAsNone ? ' none' : ''} ${holds ?? ''} ${JSON.stringify(filter ?? {})}`;
    const under = async (firstEach: number, isUndetermined = false): Promise<Group> => {
      const name = `${list} ${firstEach} ${isUndetermined} ${basisKey(basis)}`;
      const load = async (values: readonly string[]): Promise<Group[]> => {
        const { restriction, undetermined, othersDays, ended } = await narrowing();
        if (isUndetermined && !undetermined) return values.map(() => EMPTY);
        const listed = isUndetermined ? undetermined : restriction;
        const each = {
          firstEach,
          restriction: listed,
          othersDays,
          unsure: maybeLapsed(aggregate),
          recordedAsNone,
          ended,
        };
        const groups = await this.register.listMany(aggregate, column, values, each, basis);
        return Promise.all(
          values.map(async (value) => {
            const group = groups.get(value) ?? EMPTY;
            return { ...group, rows: await this.disclosing.rows(aggregate, group.rows, context) };
          }),
        );
      };
      const loader = context.loader(name, () => {
        const maxBatchSize = Math.max(1, Math.floor(LARGEST_BATCH / firstEach));
        return new DataLoader(load, { maxBatchSize, batchScheduleFn: (ask) => whenAllHaveAsked(ask) });
      }) as DataLoader<string, Group>;
      return loader.load(id);
    };
    const undeterminedCount = async (): Promise<number> => (filter ? (await under(1, true)).total : 0);
    if (part.from !== undefined || part.backwards || part.turned) {
      const { undetermined: _undetermined, ...narrowed } = await narrowing();
      const whole = { where: { [column]: id }, ...narrowed, recordedAsNone };
      const page = await this.part<State>(aggregate, whole, part, basis, context);
      const counted = async (of: 'total' | 'known' | 'notKnown') => (await under(part.size))[of];
      return {
        ...page,
        get totalCount() {
          return counted('total');
        },
        get undeterminedCount() {
          return undeterminedCount();
        },
        get knownCount() {
          return counted('known');
        },
        get notKnownCount() {
          return counted('notKnown');
        },
      };
    }
    const { rows, hasNext, total, known, notKnown } = (await under(part.size)) as Group<State>;
    return {
      basis,
      edges: rows.map((row) => ({ node: recordOf(row, basis), cursor: row.cursor })),
      pageInfo: pageInfoOf(rows, hasNext, false),
      totalCount: Promise.resolve(total),
      get undeterminedCount() {
        return undeterminedCount();
      },
      knownCount: Promise.resolve(known),
      notKnownCount: Promise.resolve(notKnown),
    };
  }

  /** The first subjects that a narrowing finds, on the basis of the record that they are listed under. */
  async following<State extends object>(
    aggregate: Aggregate,
    following: Narrowing,
    basis: Basis,
    { holds, filter, ...args }: Listing,
    context: RequestContext,
  ): Promise<Connection<RecordOf<State>>> {
    mayRead(context.actor, aggregate);
    const asked = { columns: [], holds, following, filter };
    const { undetermined, ...narrowed } = await this.narrowing.of(aggregate, asked, basis, context);
    const counted = async (restriction: Restriction | undefined): Promise<number> =>
      this.register.count(aggregate, { restriction }, basis);
    const page = await this.part<State>(aggregate, narrowed, partAsked(args), basis, context);
    return {
      ...page,
      get totalCount() {
        return counted(narrowed.restriction);
      },
      get undeterminedCount() {
        return undetermined ? counted(undetermined) : Promise.resolve(0);
      },
      get knownCount() {
        return counted(allOf(holdingWithJoins(aggregate, 'YES'), narrowed.restriction));
      },
      get notKnownCount() {
        return counted(allOf(holdingWithJoins(aggregate, 'NOT_KNOWN'), narrowed.restriction));
      },
    };
  }

  private async answer(
    aggregate: Aggregate,
    field: string,
    id: string,
    basis: Basis,
    second: Basis,
    context: RequestContext,
  ): Promise<OneAnswer> {
    const named = nodeIdIn(id).subject;
    const later = second.position > basis.position ? second : basis;
    const among = this.disclosing.among(aggregate, named, basis, context);
    const key = (await this.register.resolveSubject(aggregate, named, later, among)) ?? named.normalize('NFC');
    const found = await this.register.pointAgainst(aggregate, key, basis, second);
    const answers = await this.disclosing.answers(aggregate, new Map([[key, found]]), basis, context);
    const answer = answers.get(key) ?? found;
    return answer.kind === 'found'
      ? { basis, absence: null, [field]: recordOf(answer, basis) }
      : {
          basis,
          absence: absenceShown(answer, key.startsWith(`${aggregate}/`) ? key : subjectOf(aggregate, key), basis),
          [field]: null,
        };
  }
}

const EMPTY: Group = { rows: [], hasNext: false, total: 0, known: 0, notKnown: 0 };

export const basisKey = ({ asAt, position }: Basis): string => `${asAt} ${position}`;
