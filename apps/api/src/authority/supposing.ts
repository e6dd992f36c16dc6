import { Injectable } from '@nestjs/common';
import { EventStore } from '#event-store';
import { eventReader, isAggregate, streamParts, type Foundation } from '#governance';
import { liveEvents, Refusal, type DomainEvent, type Instant } from '#kernel';
import { nodeIdIn, type Basis, type Supposition } from '#register';
import { Recording } from '../recording.js';
import { Records } from '../records.js';
import type { RequestContext } from '../request-context.js';
import type { SupposedInput, SupposedInvalidInput } from './supposed.input.js';

/** Things supposed at once. */
const MOST = 20;

/** From what somebody supposes to events that nobody writes: commands go through the door, which only tries them. */
@Injectable()
export class Supposing {
  private readonly read = eventReader();

  constructor(
    private readonly store: EventStore,
    private readonly recording: Recording,
    private readonly records: Records,
  ) {}

  /** @throws Refusal as recording it would; `INPUT` where a version or a record is not there, or too much is supposed. */
  async of(supposed: SupposedInput, basis: Basis, context: RequestContext): Promise<Supposition> {
    const { granted, varied, invalid, without } = withoutNulls(supposed);
    const count = granted.length + varied.length + invalid.length + without.length;
    if (count === 0 || count > MOST) {
      const needed = `needed 1 to ${MOST} things`;
      throw new Refusal('INPUT', `suppose: found ${count}; ${needed}`, {
        field: 'suppose',
        remedy: 'suppose less at once',
      });
    }
    const added = new Map<string, DomainEvent[]>();
    const add = (events: readonly DomainEvent[]): void => {
      for (const event of events) added.set(event.stream, [...(added.get(event.stream) ?? []), event]);
    };
    let position = basis.position;
    const tried = async (
      command: 'GrantDelegation' | 'VaryDelegation',
      id: string | null,
      from: string,
      data: object,
    ) => {
      const recording = { effectiveOn: from } as Parameters<Recording['record']>[1]['recording'];
      const receipt = await this.recording.record(command, { id, recording, dryRun: true }, data, context);
      const recordedAt = new Date(context.requestedAt).toISOString() as Instant;
      add(
        (receipt.written ?? []).map((event, at) => {
          position += 1;
          return this.read({ ...event, stream: receipt.subject, revision: at, position, recordedAt });
        }),
      );
    };
    for (const { from, data } of granted) await tried('GrantDelegation', null, from, data);
    for (const { delegation, from, data } of varied) await tried('VaryDelegation', delegation, from, data);
    for (const [at, one] of invalid.entries())
      add([await this.invalid(one, `suppose.invalid[${at}]`, ++position, basis, context)]);
    const left = await Promise.all(
      without.map(async (named, at) => this.subject(named, `suppose.without[${at}]`, basis, context)),
    );
    return { added, without: new Set(left) };
  }

  /** That a version was never validly there, from the day on which it was issued. */
  private async invalid(
    { instrument, version }: SupposedInvalidInput,
    field: string,
    position: number,
    basis: Basis,
    context: RequestContext,
  ): Promise<DomainEvent> {
    const id = await this.records.keyOf('instrument', instrument, basis, `${field}.instrument`, context);
    const stream = `instrument/${id}`;
    const known = (await this.store.readStream(stream))
      .map(this.read)
      .filter((event) => event.position <= basis.position);
    const issued = liveEvents(known).find(
      ({ event }) => (event.data as { version?: string }).version === version,
    )?.event;
    if (!issued) {
      throw new Refusal('INPUT', `${field}.version names no version of ${stream}: found ${JSON.stringify(version)}`, {
        field: `${field}.version`,
        remedy: 'give the version as it was issued',
      });
    }
    const data = { version, reason: 'supposed' };
    return {
      ...issued,
      id: `supposed ${position}`,
      type: 'VersionFoundInvalid',
      position,
      envelope: { ...issued.envelope },
      data,
    };
  }

  /**
   * What there is with something that decisions may rest on, as if it had always been valid, and what there is without it.
   * Of an instrument all its versions, or the one.
   */
  async leavingOut(
    { aggregate, id, version }: Foundation,
    basis: Basis,
    context: RequestContext,
  ): Promise<{ readonly with: Supposition; readonly without: Supposition }> {
    const stream = `${aggregate}/${id}`;
    if (aggregate !== 'instrument') return { with: NOTHING, without: { ...NOTHING, without: new Set([stream]) } };
    const known = (await this.store.readStream(stream))
      .map(this.read)
      .filter((event) => event.position <= basis.position);
    const versionIn = ({ data }: DomainEvent) => (data as { version?: string }).version;
    const isMeant = (event: DomainEvent) => version === undefined || versionIn(event) === version;
    const found = known
      .filter((event) => event.type === 'VersionFoundInvalid' && isMeant(event))
      .map((event) => event.id);
    const issued = liveEvents(known).flatMap(({ event }) => (isMeant(event) ? (versionIn(event) ?? []) : []));
    const invalid = await Promise.all(
      [...new Set(issued)].map(async (one, at) =>
        this.invalid({ instrument: id, version: one }, 'version', basis.position + 1 + at, basis, context),
      ),
    );
    return {
      with: { ...NOTHING, dropped: new Map([[stream, new Set(found)]]) },
      without: { ...NOTHING, added: new Map([[stream, invalid]]) },
    };
  }

  private async subject(named: string, field: string, basis: Basis, context: RequestContext): Promise<string> {
    const { aggregate } = streamParts(nodeIdIn(named).subject);
    if (isAggregate(aggregate) && LEFT_OUT.has(aggregate)) {
      return `${aggregate}/${await this.records.keyOf(aggregate, named, basis, field, context)}`;
    }
    throw new Refusal('INPUT', `${field} names nothing that authority rests on: found ${JSON.stringify(named)}`, {
      field,
      remedy: `give the global id of one of these: ${[...LEFT_OUT].join(', ')}`,
    });
  }
}

const NOTHING: Supposition = { added: new Map(), without: new Set() };

/** What may be supposed never to have been recorded. */
const LEFT_OUT: ReadonlySet<string> = new Set(['delegation', 'reservation', 'appointment', 'body', 'functionHolding']);

const withoutNulls = ({ granted, varied, invalid, without }: SupposedInput) => ({
  granted: granted ?? [],
  varied: varied ?? [],
  invalid: invalid ?? [],
  without: without ?? [],
});
