import { hash } from 'node:crypto';
import { COMMAND_LINE, type Actor } from '#kernel';

/** Namespace of this register's event ids. Never changed: a retry of an old command has to meet its old events. */
const EVENT_NAMESPACE = '4db14520-3824-4253-b538-20c05f508bef';

function spaceOf(namespace: string): Buffer {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  if (space.length === 16) return space;
  throw new TypeError(`not a UUID: ${JSON.stringify(namespace)}`);
}

const EVENT_SPACE = spaceOf(EVENT_NAMESPACE);

/** Where a namespace and a name are put one behind the other; a longer name gets a place of its own. */
const TOGETHER = Buffer.alloc(1_024);

/**
 * UUID version 5: the same namespace and name always give the same id. Lower case.
 *
 * @throws TypeError if `namespace` is not a UUID.
 * @see RFC 9562 §5.5
 */
export const uuid5 = (namespace: string, name: string): string => {
  const space = namespace === EVENT_NAMESPACE ? EVENT_SPACE : spaceOf(namespace);
  const hex = hash('sha1', together(space, name));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** A text has at most three bytes a UTF-16 code unit. */
function together(space: Buffer, name: string): Uint8Array {
  if (space.length + 3 * name.length > TOGETHER.length) return Buffer.concat([space, Buffer.from(name)]);
  TOGETHER.set(space);
  return TOGETHER.subarray(0, space.length + TOGETHER.write(name, space.length));
}

/** Who sends a command, as far as its name goes by them. */
export type Sender = Pick<Actor, 'id' | 'vouchedBy'>;

/**
 * What a command is called among all commands: its id, as the one who sends it uses it. Two who hit upon one id do not
 * meet, so that nobody learns from a refusal what another, perhaps unseen, has recorded.
 *
 * At the command line files name their commands, whoever carries them there: a file imported by two operators is recorded
 * once. That is also what commands of everybody were called before senders were told apart; no id has a line break.
 */
export const commandName = ({ id, vouchedBy }: Sender, commandId: string): string =>
  vouchedBy === COMMAND_LINE ? commandId : `\n${JSON.stringify([vouchedBy, id])}\n${commandId}`;

/** Id of a command's event. @param command its name. @param index place of the event in its command, from 0. */
export const eventId = (command: string, index: number): string => uuid5(EVENT_NAMESPACE, `${command}/${index}`);

/** Id of an event in a stream of the register's own, from which a command takes something. @param place from 0. */
export const takingId = (command: string, stream: string, place: number): string =>
  eventId(`${command}\n${stream}`, place);

/** SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hexadecimal digits. */
export const sha256Hex = (text: string): string => hash('sha256', text);
