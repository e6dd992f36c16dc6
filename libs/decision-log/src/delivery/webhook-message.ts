import { createHmac } from 'node:crypto';
import { canonicalJson } from '#kernel';
import { refused } from './attempts.js';
import type { Parcel } from './parcel.js';
import { megabytes } from './wording.js';

/** Most bytes of files whose content goes into one body; one third more once in base64. */
export const MOST_CONTENT = 10_000_000;

/**
 * The body of a webhook, as canonical JSON: the same bytes at every try. A file is there with its digest, and with its
 * link where the parcel's facts have one, else with its content in base64.
 *
 * @throws Refusal `DELIVERY_REFUSED` where the content is more than `MOST_CONTENT`.
 */
export const webhookBody = (parcel: Parcel): Buffer => {
  const { links: given, ...facts } = parcel.facts;
  const links = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  const isLinked = (name: string): boolean => Object.hasOwn(links, name) && typeof links[name] === 'string';
  const content = parcel.files.reduce((sum, { name, bytes }) => sum + (isLinked(name) ? 0 : bytes.length), 0);
  if (content > MOST_CONTENT) {
    throw refused(
      `the files have ${megabytes(content)}: needed at most ${megabytes(MOST_CONTENT)} in a webhook without links`,
      'set PUBLIC_URL so that links are sent instead of content, or choose fewer formats',
    );
  }
  const files = parcel.files.map(({ name, type, bytes, sha256 }) => ({
    name,
    type,
    bytes: bytes.length,
    sha256,
    ...(isLinked(name) ? { link: links[name] } : { content: base64(bytes) }),
  }));
  const { id, title, text } = parcel;
  return Buffer.from(canonicalJson({ type: 'decision-log.issued', data: { id, title, text, facts, files } }), 'utf8');
};

/**
 * The headers of one try, signed by every key.
 *
 * @param id without a full stop, which separates what is signed.
 * @param seconds since 1970.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const signedHeaders = (
  id: string,
  seconds: number,
  body: Uint8Array,
  keys: readonly Uint8Array[],
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> => ({
  'webhook-id': id,
  'webhook-timestamp': String(seconds),
  'webhook-signature': keys
    .map((key) => `v1,${createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')}`)
    .join(' '),
});

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
