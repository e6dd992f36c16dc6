import { Injectable } from '@nestjs/common';
import type { CommandName } from '#wire';
import type { Receipt } from '#command';
import { EventStore } from '#event-store';
import {
  AUTHORITY_EDITION,
  eventReader,
  grantingOf,
  mattersOf,
  point,
  streamParts,
  traceOf,
  type Asking,
  type DecisionRead,
  type DelegationRead,
  type Failure,
  type MissingDatum,
} from '#governance';
import { Refusal, RULES, type CheckedOn, type CivilDate, type DomainEvent, type Instant, type Rule } from '#kernel';
import { Register, type Supposition } from '#register';
import { Names } from '../history/names.js';
import type { RequestContext } from '../request-context.js';
import { failureTold, missingTold } from './telling.js';
import { Tracing } from './tracing.js';

/** Commands of which it can be checked first whether they may be recorded. */
const CHECKED: ReadonlySet<CommandName> = new Set([
  'TakeDecision',
  'ChangeDecision',
  'GrantDelegation',
  'VaryDelegation',
]);

/** How long a check waits for the views to know all that is recorded, in milliseconds. */
const WAIT_MS = 5_000;

/** What stands against a recording. */
interface Against {
  readonly failures: readonly Failure[];
  readonly missing: readonly MissingDatum[];
}

/** Checks a recording before it is taken, where whoever records asks for it: what the trace refuses is refused. */
@Injectable()
export class Preflight {
  private readonly read = eventReader();

  constructor(
    private readonly store: EventStore,
    private readonly register: Register,
    private readonly tracing: Tracing,
    private readonly names: Names,
  ) {}

  /** @throws Refusal `NOT_CHECKED_FIRST` for a command that nothing could be checked of. */
  refuseUnchecked(command: CommandName): void {
    if (CHECKED.has(command)) return;
    throw new Refusal('NOT_CHECKED_FIRST', `recording.mode PROSPECTIVE is not for ${command}: found ${command}`, {
      field: 'recording.mode',
      remedy: `leave mode out, or use it with one of these: ${[...CHECKED].join(', ')}`,
    });
  }

  /**
   * @param trial what would be written.
   * @throws Refusal `NOT_AUTHORISED` with the first test that fails and its rule, `AUTHORITY_NOT_DETERMINED` with what is
   *   missing; `PENDING` where the views do not know yet all that was recorded.
   */
  async checked(trial: Receipt, context: RequestContext): Promise<CheckedOn> {
    const head = await this.store.head();
    if ((await this.register.waitFor(head, WAIT_MS)) !== 'reached') {
      throw new Refusal('PENDING', 'the views do not know yet all that is recorded, on which it is to be checked', {
        field: 'recording.mode',
        remedy: 'send the same command again in a moment',
      });
    }
    const basis = await this.register.resolveBasis({ now: context.requestedAt, asAt: undefined, asKnownAt: undefined });
    const recordedAt = new Date(context.requestedAt).toISOString() as Instant;
    const events = (trial.written ?? []).map((event, at) =>
      this.read({ ...event, stream: trial.subject, revision: at, position: basis.position + 1 + at, recordedAt }),
    );
    const supposed: Supposition = { added: new Map([[trial.subject, events]]), without: new Set() };
    const { failures, missing } = await this.tracing.ask(against(trial.subject, events), basis, context, supposed);
    const [failure] = failures;
    const [sentence, rule] = await this.names.tell(basis, context, ({ nameOf }) =>
      failure
        ? [failureTold(failure, nameOf), failure.rule]
        : [missing.map((one) => missingTold(one, nameOf)).join('; '), undefined],
    );
    if (failure) {
      throw new Refusal('NOT_AUTHORISED', `whoever decides has no authority for this: ${sentence}`, {
        field: 'data',
        ...(RULES.includes(rule as Rule) && { rule: rule as Rule }),
        remedy: 'ask mayDecide who can; or leave mode out to record it as what happened',
      });
    }
    if (missing.length > 0) {
      throw new Refusal(
        'AUTHORITY_NOT_DETERMINED',
        `it cannot be determined whether whoever decides may: missing is ${sentence}`,
        {
          field: 'data',
          remedy: 'record what is missing first; or leave mode out to record it as what happened',
        },
      );
    }
    return { position: basis.position, edition: AUTHORITY_EDITION };
  }
}

/** What stands against a decision, or a delegation, as it would be. */
function* against(subject: string, events: readonly DomainEvent[]): Asking<Against> {
  const { aggregate, id } = streamParts(subject);
  const on = events.at(-1)?.effectiveOn as CivilDate;
  if (aggregate === 'delegation') {
    const known = yield* point<DelegationRead>('delegation', id, on);
    const granting = known ? yield* grantingOf(known, on) : { missing: [] };
    return { failures: granting.failure ? [granting.failure] : [], missing: granting.missing };
  }
  const known = yield* point<DecisionRead>('decision', id, on);
  const [matter] = known ? yield* mattersOf([known], on) : [];
  if (!matter) return { failures: [], missing: [] };
  const { verdict, parts } = yield* traceOf(matter);
  const failing = parts.filter((part) => part.verdict === 'NOT_AUTHORISED');
  return {
    failures:
      verdict === 'NOT_AUTHORISED' ? failing.flatMap((part) => part.failure ?? part.chains[0]?.failure ?? []) : [],
    missing: verdict === 'CANNOT_DETERMINE' ? parts.flatMap(({ missing }) => missing) : [],
  };
}
