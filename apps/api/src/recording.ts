import { whyOf, type CommandName, type RecordingInput, COMMANDS, type WhyInput } from '#wire';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Submit, unknownDay, type Intent, type Receipt, type Step, type UnknownDayOfStep } from '#command';
import { commandName, uuid5 } from '#event-store';
import { streamParts } from '#governance';
import { Refusal } from '#kernel';
import { nodeIdIn } from '#register';
import { randomUUID } from 'node:crypto';
import { Preflight } from './authority/preflight.js';
import type { RecordArgs } from './graphql/arguments.js';
import { NamedSubjects } from './named-subjects.js';
import type { RequestContext } from './request-context.js';

/** Namespace of the ids that the register makes for subjects nobody gave an id. */
const SUBJECTS = '0b2f6c5e-1c6b-4d7c-9a35-3f6f6d5f2a11';

/** From a mutation to the one door. */
@Injectable()
export class Recording {
  constructor(
    private readonly bus: CommandBus,
    private readonly named: NamedSubjects,
    private readonly preflight: Preflight,
  ) {}

  /** Records one fact: a mutation's data, as the sender gave it, is validated by the door. */
  async record(
    command: CommandName,
    { id, recording, dryRun }: RecordArgs,
    data: object,
    context: RequestContext,
  ): Promise<Receipt> {
    const { aggregate } = COMMANDS[command];
    const commandId = recording.commandId ?? randomUUID();
    const { corrects, again, source, why, unsaid } = recording;
    const about = id
      ? { id: await this.named.keyOf(command, id, context) }
      : idMadeOf(recording.commandId, commandId, context);
    const step = (given: object): Step => ({
      command,
      data: given,
      ...dayOf(recording),
      ...(corrects && { corrects }),
      ...(again && { again }),
      ...(unsaid && { unsaid }),
      ...(why && { why: whyOf(said(why)) }),
    });
    if (recording.mode === 'PROSPECTIVE') this.preflight.refuseUnchecked(command);
    return this.named.recorded(command, data, context, async (given) => {
      const intent: Intent = {
        aggregate,
        ...about,
        commandId,
        steps: [step(given)],
        ...(source && { source: said(source) }),
        ...(recording.onBehalfOf && { onBehalfOf: recording.onBehalfOf }),
        ...(recording.notPatientNumbers && { notPatientNumbers: recording.notPatientNumbers.map(said) }),
        ...tracedBy(context),
      };
      const submitted = (as: Intent, tried: boolean): Promise<Receipt> =>
        this.bus.execute<Submit, Receipt>(new Submit(as, context.actor, tried));
      if (recording.mode !== 'PROSPECTIVE') return submitted(intent, dryRun);
      const trial = await submitted(intent, true);
      if (trial.alreadyRecorded) return trial;
      const checkedOn = await this.preflight.checked(trial, context);
      return dryRun ? trial : submitted({ ...intent, checkedOn }, false);
    });
  }

  /** Drops live events of one subject, all or none. @param subject its global id. */
  async annul(
    subject: string,
    events: readonly string[],
    why: WhyInput,
    { commandId, notPatientNumbers }: Pick<Given<RecordingInput>, 'commandId' | 'notPatientNumbers'>,
    context: RequestContext,
    dryRun = false,
  ): Promise<Receipt> {
    const { aggregate, id } = streamParts(nodeIdIn(subject).subject);
    const steps = events.map((annuls) => ({ annuls, why: whyOf(said(why)) }));
    const intent: Intent = {
      aggregate,
      id,
      commandId: commandId ?? randomUUID(),
      steps,
      ...(notPatientNumbers && { notPatientNumbers: notPatientNumbers.map(said) }),
      ...tracedBy(context),
    };
    return this.bus.execute<Submit, Receipt>(new Submit(intent, context.actor, dryRun));
  }
}

/** As GraphQL gives what may be left out. */
type Given<Input> = { readonly [Name in keyof Input]?: Input[Name] | null | undefined };

const tracedBy = ({ traceparent }: RequestContext): { traceparent?: string } => (traceparent ? { traceparent } : {});

function dayOf(recording: RecordingInput): UnknownDayOfStep {
  const { effectiveOn } = recording;
  const unknown = unknownDay({ ...recording }, 'recording.');
  if (unknown) return unknown;
  if (effectiveOn) return { effectiveOn };
  throw new Refusal('EFFECTIVE_ON', 'recording.effectiveOn is missing: needed the day from which the fact holds', {
    field: 'recording.effectiveOn',
    rule: 'T1',
    remedy: 'give the day, effectiveIn where only its month or year is known, or startKnown: false',
  });
}

/** A subject that nobody gave an id is called after its command: sent again, that finds it. @param own as it was given. */
function idMadeOf(
  own: string | null | undefined,
  commandId: string,
  { actor }: RequestContext,
): Pick<Intent, 'id' | 'formerId'> {
  const id = uuid5(SUBJECTS, commandName(actor, commandId));
  return own ? { id, formerId: uuid5(SUBJECTS, own) } : { id };
}

function said<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as T;
}
