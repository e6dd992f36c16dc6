import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { mayRead } from '#access';
import { streamParts, subjectOf, type Aggregate } from '#governance';
import { Refusal } from '#kernel';
import {
  lapsed,
  maybeLapsed,
  nodeIdIn,
  notSuperseded,
  Register,
  supersedingDecisions,
  whenAllHaveAsked,
  type Answer,
  type Basis,
  type DecisionView,
  type Group,
  type Holding,
  type Restriction,
  type Selection,
  type Shown,
} from '#register';
import { Disclosing, type Narrowing } from './disclosing.js';
import { absenceShown } from './graphql/absence.js';
import {
  type BasisArgs,
  type LastingUnderArgs,
  type OneArgs,
  type PageArgs,
  type UnderArgs,
} from './graphql/arguments.js';
import type { Connection } from './graphql/connection.js';
import { allOf, FOUND_BY_FORMER_NAMES, foundByAnyName, givenIn, holdingWithJoins } from './narrowing.js';
import { recordOf, type OneAnswer, type RecordOf } from './record-of.js';
import type { RequestContext } from './request-context.js';
import { pageInfoOf, partAsked, partShown, type Part } from './graphql/page-info.js';
import { Waiting } from './waiting.js';

export { recordOf, type OneAnswer, type RecordOf } from './record-of.js';

/** What a list is narrowed to. */
export interface Filter extends Pick<Selection, 'orderRange'> {
  /** Values of columns and lists of the view, as they are kept. */
  readonly where?: Readonly<Record<string, string | null | undefined>>;
  /**
   * Columns and lists that hold ids: the aggregate they are of, the subject as the question names it, and the argument
   * that does, where it is not called as the column is.
   */
  readonly subjects?: Readonly<Record<string, readonly [Aggregate, string | null | undefined, string?]>>;
  /** What a subject is narrowed to that no column says, by the key of a subject as the question names it. */
  readonly following?: readonly [
    Aggregate,
    string | null | undefined,
    string,
    (key: string, basis: Basis, context: RequestContext) => Promise<Narrowing>,
  ];
}

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
  constructor(
    private readonly register: Register,
    private readonly waiting: Waiting,
    private readonly disclosing: Disclosing,
  ) {}

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
    filter: Filter,
    args: PageArgs & LastingUnderArgs,
    context: RequestContext,
  ): Promise<Connection<RecordOf<State>>> {
    mayRead(context.actor, aggregate);
    const part = partAsked(args);
    const basis = await this.basis(args, context);
    const where = { ...givenIn(filter.where ?? {}), ...(await this.keysOf(filter.subjects ?? {}, basis, context)) };
    const search = args.search ?? undefined;
    const narrowed: Pick<Selection, 'search' | 'restriction'> =
      FOUND_BY_FORMER_NAMES.has(aggregate) && search !== undefined
        ? foundByAnyName(search, basis)
        : await this.disclosing.narrowed(aggregate, Object.keys(where), search, basis, context);
    const restriction = allOf(
      holdingWithJoins(aggregate, args.holds),
      narrowed.restriction,
      await this.standing(aggregate, Object.keys(where), basis, context),
      await this.narrowedBy(aggregate, filter, basis, context),
    );
    const othersDays = { inFull: await this.disclosing.inFull(aggregate, basis, context) };
    const whole: Selection = { where, ...narrowed, restriction, orderRange: filter.orderRange, othersDays };
    const { register } = this;
    const counted = async (holds?: Holding): Promise<number> => {
      const held = allOf(holdingWithJoins(aggregate, holds), restriction);
      return register.count(aggregate, { ...whole, restriction: held }, basis);
    };
    const page = await this.part<State>(aggregate, whole, part, basis, context);
    return {
      ...page,
      get totalCount() {
        return counted();
      },
      get knownCount() {
        return counted('YES');
      },
      get notKnownCount() {
        return counted('NOT_KNOWN');
      },
    };
  }

  /** A part of a list as it is shown, without its counts. */
  private async part<State extends object>(
    aggregate: Aggregate,
    whole: Selection,
    part: Part,
    basis: Basis,
    context: RequestContext,
  ): Promise<Pick<Connection<RecordOf<State>>, 'basis' | 'edges' | 'pageInfo'>> {
    const paging = { first: part.size, after: part.from, backwards: part.backwards };
    const read = await this.register.list<State>(aggregate, { ...whole, ...paging }, basis);
    const { rows, pageInfo } = partShown(part, await this.disclosing.rows(aggregate, read.rows, context), read.hasNext);
    return { basis, edges: rows.map((row) => ({ node: recordOf(row, basis), cursor: row.cursor })), pageInfo };
  }

  private async narrowedBy(
    aggregate: Aggregate,
    { following }: Filter,
    basis: Basis,
    context: RequestContext,
  ): Promise<Restriction | undefined> {
    const [of, named, argument, narrowing] = following ?? [];
    if (!of || !narrowing || named === undefined || named === null) return undefined;
    const key = await this.keyOf(of, named, basis, argument ?? of, context);
    return this.disclosing.asSeen(aggregate, await narrowing(key, basis, context), basis, context);
  }

  /** A subject that another record names, on that record's basis. Null where there is nothing to show. */
  async named<State extends object>(
    aggregate: Aggregate,
    id: string | undefined,
    basis: Basis,
    context: RequestContext,
  ): Promise<RecordOf<State> | null> {
    if (id === undefined) return null;
    mayRead(context.actor, aggregate);
    const loader = context.loader(`${aggregate} ${basisKey(basis)}`, () => {
      const load = async (ids: readonly string[]): Promise<Answer[]> => {
        const found = await this.register.pointMany(aggregate, ids, basis);
        const answers = await this.disclosing.answers(aggregate, found, basis, context);
        return ids.map((one) => answers.get(one) ?? { kind: 'never-recorded' });
      };
      return new DataLoader<string, Answer>(load, {
        maxBatchSize: 256,
        batchScheduleFn: (ask) => whenAllHaveAsked(ask),
      });
    }) as DataLoader<string, Answer>;
    const answer = (await loader.load(id)) as Answer<State>;
    return answer.kind === 'found' ? recordOf(answer, basis) : null;
  }

  /** Several subjects that another record names; those with nothing to show are left out. */
  async namedEach<State extends object>(
    aggregate: Aggregate,
    ids: readonly string[] | undefined,
    basis: Basis,
    context: RequestContext,
  ): Promise<readonly RecordOf<State>[]> {
    const found = (ids ?? []).map(async (id) => this.named<State>(aggregate, id, basis, context));
    return (await Promise.all(found)).filter((record) => record !== null);
  }

  /** Decisions that were taken by the day of the question and replace one, as far as whoever asks may see that they do. */
  async superseding(
    { id, basis }: { readonly id: string; readonly basis: Basis },
    context: RequestContext,
  ): Promise<readonly Shown<DecisionView>[]> {
    const loader = context.loader(`superseding ${basisKey(basis)}`, () => {
      const load = async (ids: readonly string[]): Promise<(readonly Shown<DecisionView>[])[]> => {
        const seen = await this.disclosing.narrowed('decision', ['supersedes'], undefined, basis, context);
        const found = await supersedingDecisions(this.register, ids, basis, seen.restriction);
        return Promise.all(ids.map(async (one) => this.disclosing.rows('decision', found.get(one) ?? [], context)));
      };
      return new DataLoader(load, { maxBatchSize: 256, batchScheduleFn: (ask) => whenAllHaveAsked(ask) });
    }) as DataLoader<string, readonly Shown<DecisionView>[]>;
    return loader.load(streamParts(id).id);
  }

  /** What else leaves a list as soon as it is narrowed: what other records have brought to its end. */
  private async standing(
    aggregate: Aggregate,
    columns: readonly string[],
    basis: Basis,
    context: RequestContext,
  ): Promise<Restriction | undefined> {
    if (columns.length === 0) return undefined;
    if (aggregate !== 'decision') {
      const over = lapsed(aggregate);
      return over && { not: over };
    }
    if (!columns.includes('proposedTo')) return undefined;
    const seen = await this.disclosing.narrowed('decision', ['supersedes'], undefined, basis, context);
    return notSuperseded(seen.restriction);
  }

  /** The first entries listed under a record, for example the appointments of a body, on that record's basis. */
  async listedUnder<State extends object>(
    aggregate: Aggregate,
    column: string,
    parent: { readonly id: string; readonly basis: Basis },
    { holds, ...args }: LastingUnderArgs,
    context: RequestContext,
    { only, as, recordedAsNone }: Under = {},
  ): Promise<Connection<RecordOf<State>>> {
    mayRead(context.actor, aggregate);
    const { basis } = parent;
    const part = partAsked(args);
    const firstEach = part.size;
    const narrowing = async () => {
      const narrowed = await this.disclosing.narrowed(aggregate, [column], undefined, basis, context);
      const standing = await this.standing(aggregate, [column], basis, context);
      return {
        restriction: allOf(holdingWithJoins(aggregate, holds), narrowed.restriction, standing, only),
        othersDays: { inFull: await this.disclosing.inFull(aggregate, basis, context) },
      };
    };
    const list = `${as ?? aggregate}.${column}${recordedAsNone ? ' none' : ''}`;
    const loader = context.loader(`${list} ${firstEach} ${holds ?? ''} ${basisKey(basis)}`, () => {
      const load = async (values: readonly string[]): Promise<Group[]> => {
        const each = { firstEach, ...(await narrowing()), unsure: maybeLapsed(aggregate), recordedAsNone };
        const groups = await this.register.listMany(aggregate, column, values, each, basis);
        return Promise.all(
          values.map(async (value) => {
            const group = groups.get(value) ?? EMPTY;
            return { ...group, rows: await this.disclosing.rows(aggregate, group.rows, context) };
          }),
        );
      };
      return new DataLoader<string, Group>(load, {
        maxBatchSize: Math.max(1, Math.floor(LARGEST_BATCH / firstEach)),
        batchScheduleFn: (ask) => whenAllHaveAsked(ask),
      });
    }) as DataLoader<string, Group>;
    const { id } = streamParts(parent.id);
    if (part.from !== undefined || part.backwards || part.turned) {
      const whole = { where: { [column]: id }, ...(await narrowing()), recordedAsNone };
      const page = await this.part<State>(aggregate, whole, part, basis, context);
      const counted = async (of: 'total' | 'known' | 'notKnown') => (await loader.load(id))[of];
      return {
        ...page,
        get totalCount() {
          return counted('total');
        },
        get knownCount() {
          return counted('known');
        },
        get notKnownCount() {
          return counted('notKnown');
        },
      };
    }
    const { rows, hasNext, total, known, notKnown } = (await loader.load(id)) as Group<State>;
    return {
      basis,
      edges: rows.map((row) => ({ node: recordOf(row, basis), cursor: row.cursor })),
      pageInfo: pageInfoOf(rows, hasNext, false),
      totalCount: Promise.resolve(total),
      knownCount: Promise.resolve(known),
      notKnownCount: Promise.resolve(notKnown),
    };
  }

  /** The first subjects that a narrowing finds, on the basis of the record that they are listed under. */
  async following<State extends object>(
    aggregate: Aggregate,
    narrowing: Narrowing,
    basis: Basis,
    args: UnderArgs,
    context: RequestContext,
  ): Promise<Connection<RecordOf<State>>> {
    mayRead(context.actor, aggregate);
    const restriction = await this.disclosing.asSeen(aggregate, narrowing, basis, context);
    const { register } = this;
    const othersDays = { inFull: await this.disclosing.inFull(aggregate, basis, context) };
    const page = await this.part<State>(aggregate, { restriction, othersDays }, partAsked(args), basis, context);
    return {
      ...page,
      get totalCount() {
        return register.count(aggregate, { restriction }, basis);
      },
    };
  }

  /**
   * Key of a subject inside its aggregate, however it was named. One that came to be known only after the basis counts
   * as known: the answer then says that there was nothing yet.
   *
   * @throws Refusal `UNKNOWN_SUBJECT` where nothing is called so, `REFERENCE_AMBIGUOUS` where several are.
   */
  async keyOf(
    aggregate: Aggregate,
    named: string,
    basis: Basis,
    field: string,
    context: RequestContext,
  ): Promise<string> {
    const among = this.disclosing.among(aggregate, nodeIdIn(named).subject, basis, context);
    const key =
      (await this.register.resolveSubject(aggregate, named, basis, among)) ??
      (await this.register.resolveSubject(aggregate, named, { position: await this.register.position() }, among));
    if (key !== undefined) return key;
    throw new Refusal(
      'UNKNOWN_SUBJECT',
      `${field} names no ${aggregate} of the register: found ${JSON.stringify(named)}`,
      {
        field,
        remedy: 'give a global id, the part after its slash, or a human reference',
      },
    );
  }

  private async keysOf(
    subjects: NonNullable<Filter['subjects']>,
    basis: Basis,
    context: RequestContext,
  ): Promise<Record<string, string>> {
    const keys: Record<string, string> = {};
    for (const [column, [aggregate, named, argument = column]] of Object.entries(subjects)) {
      if (named === undefined || named === null) continue;
      keys[column] = await this.keyOf(aggregate, named, basis, argument, context);
    }
    return keys;
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
