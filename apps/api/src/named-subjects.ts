import { Injectable } from '@nestjs/common';
import { COMMANDS, validated, type CommandName } from '#wire';
import { mayRecord } from '#access';
import { deciderOf, type Aggregate } from '#governance';
import { isRefusal, londonDay, Refusal, type RefusalCode } from '#kernel';
import { nodeIdIn, Register } from '#register';
import { Disclosing } from './disclosing.js';
import type { RequestContext } from './request-context.js';

/** Refusals that may come of a reference that stands where an id is needed. */
const OF_A_NAME: ReadonlySet<RefusalCode> = new Set(['UNKNOWN_REFERENCE', 'COMMAND_ID_REUSED']);

/** Inputs by which something begins: an id that is given with one is a new one. */
const OPENINGS: ReadonlySet<unknown> = new Set(Object.values(COMMANDS).flatMap(({ changes }) => changes));

/**
 * Subjects that a mutation names by other than their keys, as queries take them: by global id, of whatever time, or by a
 * human reference. The door knows keys only. The subject that a command is about is looked up once, unless it begins by it;
 * those that its data name only where the door knows one of them for none.
 */
@Injectable()
export class NamedSubjects {
  constructor(
    private readonly register: Register,
    private readonly disclosing: Disclosing,
  ) {}

  /** The key of the subject that a command is about. One that nothing is called yet is a key. */
  async keyOf(command: CommandName, id: string, context: RequestContext): Promise<string> {
    const { aggregate, input } = COMMANDS[command];
    mayRecord(context.actor, aggregate);
    const { subject } = nodeIdIn(id);
    const bare = subject.startsWith(`${aggregate}/`) ? subject.slice(aggregate.length + 1) : subject;
    if (OPENINGS.has(input)) return bare;
    return (await this.found(aggregate, bare, 'id', context)) ?? bare;
  }

  /**
   * Records with keys as they were given; where the door knows one of them for none, with what the views find under it.
   *
   * @throws Refusal of the door; `REFERENCE_AMBIGUOUS` with the field, where several are called so.
   */
  async recorded<Answer>(
    command: CommandName,
    data: object,
    context: RequestContext,
    record: (data: object) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await record(data);
    } catch (thrown) {
      if (!isRefusal(thrown) || !OF_A_NAME.has(thrown.code)) throw thrown;
      const named = await this.withKeys(command, data, context);
      if (!named) throw thrown;
      return record(named);
    }
  }

  /** Undefined where nothing is found under any of them that is not its key. */
  private async withKeys(command: CommandName, given: object, context: RequestContext): Promise<object | undefined> {
    const { aggregate } = COMMANDS[command];
    const data = structuredClone(validated(command, given));
    const references = deciderOf(aggregate).references({ type: command, data: data as never });
    let isOther = false;
    for (const { aggregate: of, id, field } of references) {
      const key = await this.found(of as Aggregate, nodeIdIn(id).subject, `data.${field}`, context);
      if (key === undefined || key === id) continue;
      put(data, field, key);
      isOther = true;
    }
    return isOther ? data : undefined;
  }

  private async found(
    aggregate: Aggregate,
    named: string,
    field: string,
    context: RequestContext,
  ): Promise<string | undefined> {
    const basis = { asAt: londonDay(context.requestedAt), position: await this.register.position() };
    const among = this.disclosing.among(aggregate, named, basis, context);
    try {
      return await this.register.resolveSubject(aggregate, named, basis, among);
    } catch (thrown) {
      if (!isRefusal(thrown) || thrown.code !== 'REFERENCE_AMBIGUOUS') throw thrown;
      throw new Refusal(thrown.code, `${field}: ${thrown.message}`, { ...thrown.detail, field });
    }
  }
}

/** @param path as rules name fields: `owners[1]`, `votes.named[0].person`. */
function put(data: object, path: string, value: string): void {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
  const last = steps.pop() as string;
  let at = data as Record<string, unknown>;
  for (const step of steps) at = at[step] as Record<string, unknown>;
  at[last] = value;
}
