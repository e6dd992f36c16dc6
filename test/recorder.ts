import type { CommandName } from '#wire';
import type { GraphQLAnswer, RunningApi } from './running-api.js';

/** What a mutation answers. */
export interface ShownReceipt {
  readonly subject: string;
  readonly after: string;
  readonly position: number;
  readonly alreadyRecorded: boolean;
  readonly events: readonly { readonly id: string; readonly type: string; readonly position: number }[];
}

type Extensions = Readonly<Record<string, unknown>>;

/** One fact for a mutation: the command, the key of its subject, the day it takes effect, and what it says. */
export type Fact = readonly [
  command: CommandName,
  id: string | null,
  effectiveOn: string,
  data: object,
  recording?: object,
];

const send = (api: RunningApi, [command, id, effectiveOn, data, recording]: Fact): Promise<GraphQLAnswer> => {
  const mutation = command[0]?.toLowerCase() + command.slice(1);
  return api.ask(
    `mutation ($id: ID, $recording: RecordingInput!, $data: ${command}Input!) {
      receipt: ${mutation}(id: $id, recording: $recording, data: $data) {
        subject after position alreadyRecorded events { id type position }
      }
    }`,
    { id, recording: { effectiveOn, ...recording }, data },
  );
};

/** Records one fact through its mutation. @throws where it is refused. */
export const record = async (api: RunningApi, ...fact: Fact): Promise<ShownReceipt> => {
  const { data, errors } = await send(api, fact);
  if (!data || errors) throw new Error(`${fact[0]} was refused: ${JSON.stringify(errors)}`);
  return data['receipt'] as ShownReceipt;
};

/** Records facts one after the other; the receipt of the last one waits for all of them. */
export const recordAll = async (api: RunningApi, facts: readonly Fact[]): Promise<ShownReceipt> => {
  let last: ShownReceipt | undefined;
  for (const fact of facts) last = await record(api, ...fact);
  if (!last) throw new Error('there is nothing to record');
  return last;
};

/** How the register refuses a fact. @throws where it takes it. */
export const refusalOf = async (api: RunningApi, ...fact: Fact): Promise<Extensions> =>
  refusalIn(await send(api, fact));

/** The refusal in an answer: its code, its field, and its sentence. @throws where there is none. */
export const refusalIn = ({ data, errors }: GraphQLAnswer): Extensions => {
  const [error] = errors ?? [];
  if (!error) throw new Error(`nothing was refused: ${JSON.stringify(data)}`);
  return { ...error.extensions, message: error.message };
};

/** The data of an answer. @throws where there are errors. */
export const dataOf = <Data extends object>({ data, errors }: GraphQLAnswer): Data => {
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data as Data;
};
