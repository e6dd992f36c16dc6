import { Injectable } from '@nestjs/common';
import {
  traceOf,
  under,
  whoCan,
  type Able,
  type AppointmentRead,
  type Asking,
  type Matter,
  type Trace,
} from '#governance';
import type { CivilDate } from '#kernel';
import type { Basis } from '#register';
import { Names } from '../history/names.js';
import { Records } from '../records.js';
import type { RequestContext } from '../request-context.js';
import type { AuthorityView, MayDecideView } from './authority.view.js';
import { matterAsked, type MatterInput } from './matter.input.js';
import type { SupposedInput } from './supposed.input.js';
import { Supposing } from './supposing.js';
import { ableShown, authorityShown, differencesIn } from './telling.js';
import { Tracing } from './tracing.js';

/** Whoever else can, and who holds the posts among them. */
interface Found {
  readonly trace: Trace;
  readonly able: readonly Able[];
  readonly holders: ReadonlyMap<string, string>;
}

/** Asking before deciding. */
@Injectable()
export class Deliberating {
  constructor(
    private readonly records: Records,
    private readonly tracing: Tracing,
    private readonly supposing: Supposing,
    private readonly names: Names,
  ) {}

  async mayDecide(
    input: MatterInput,
    supposed: SupposedInput | undefined,
    basis: Basis,
    context: RequestContext,
  ): Promise<MayDecideView> {
    const keyOf = async (aggregate: Parameters<Records['keyOf']>[0], named: string, field: string): Promise<string> =>
      this.records.keyOf(aggregate, named, basis, field, context);
    const matter = await matterAsked(input, basis.asAt, keyOf);
    const supposition = supposed && (await this.supposing.of(supposed, basis, context));
    const found = await this.tracing.ask(deliberation(matter), basis, context, supposition);
    const plain = supposition && (await this.tracing.ask(traceOf(matter), basis, context));
    return this.names.tell(basis, context, ({ namesOn }) => {
      const nameOf = namesOn(matter.on);
      const authority = authorityShown(found.trace, basis, nameOf);
      const asRecorded: AuthorityView | null = plain ? authorityShown(plain, basis, nameOf) : null;
      return {
        authority,
        whoCan: found.able.map((one) => ableShown(one, found.holders.get(one.actor.id), basis, nameOf)),
        asRecorded,
        differences: asRecorded ? differencesIn(asRecorded, authority, ['As recorded', 'as supposed']) : [],
      };
    });
  }
}

/** The trace of a matter and, where whoever was asked about may not, of who can. */
function* deliberation(matter: Matter): Asking<Found> {
  const trace = yield* traceOf(matter);
  const able = trace.verdict === 'AUTHORISED' ? [] : yield* whoCan(matter, trace);
  const seats = able.flatMap(({ actor }) => (actor.kind === 'seat' ? [actor.id] : []));
  const appointments = yield* under<AppointmentRead>('appointment', 'seat', seats, matter.on as CivilDate);
  const holders = new Map<string, string>();
  for (const { state, begun } of appointments) {
    const isActing = begun && state.holds === 'YES' && state.status !== 'DESIGNATE' && state.status !== 'SUSPENDED';
    if (isActing && state.seat !== undefined && state.person !== undefined) holders.set(state.seat, state.person);
  }
  return { trace, able, holders };
}
