import { Refusal } from '#kernel';

import type { PostgresPlace } from './postgres-connection.js';

const EXAMPLE = 'READ_MODEL_URL=postgres://register:secret@db.example.org:5432/register';

/** Schema of the pointer where the address names no other with `?schema=`. */
const SCHEMA = 'views';

/**
 * Where the views live: undefined for files in the data directory (nothing, or `sqlite:`).
 *
 * @throws Refusal `CONFIG_READ_MODEL_URL` for any other text.
 */
export const readModelPlace = (text: string | undefined): PostgresPlace | undefined => {
  const wanted = (text ?? '').trim();
  if (wanted === '' || wanted === 'sqlite:') return undefined;
  if (!/^postgres(ql)?:\/\//.test(wanted) || !URL.canParse(wanted)) {
    throw urlRefusal(wanted, 'names no read model', 'needed sqlite: or an address of PostgreSQL');
  }
  const url = new URL(wanted);
  const schema = url.searchParams.get('schema') ?? SCHEMA;
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(schema)) {
    throw urlRefusal(wanted, `names schema ${JSON.stringify(schema)}`, 'needed small letters, digits and underscores');
  }
  url.searchParams.delete('schema');
  return { url: url.href, schema };
};

/** Where the views live, in a sentence: without its password. */
export const maskedUrl = (text: string): string =>
  text.replace(/(\/\/[^/?#]*?):[^/?#]*@/, '$1:…@').replaceAll(/([?&](?:ssl)?password=)[^&#]*/g, '$1…');

/** By how PostgreSQL's or the system's own code begins: what is wrong with the address, and what is needed. */
const WRONG: readonly (readonly [prefix: string, what: string, needed: string])[] = [
  ['28P01', 'names a user or password that PostgreSQL does not take', 'needed the password of that user'],
  ['28', 'names a user whom PostgreSQL does not let in', 'needed a user who may connect to that database'],
  ['3D000', 'names a database that is not there', 'needed one that has been created'],
  ['42501', 'names a user who may not make schemas in that database', 'needed GRANT CREATE ON DATABASE to that user'],
  ['3F000', 'names a schema that is not there', 'needed one that the user may use'],
  ['ENOTFOUND', 'names a host that is not known', 'needed one that answers'],
  ['EAI_AGAIN', 'names a host that is not known at the moment', 'needed one that answers'],
  ['ECONNREFUSED', 'names an address where nothing listens', 'needed one where PostgreSQL runs'],
  ['ERR_SSL', 'asks for TLS that PostgreSQL does not speak', 'needed an address whose sslmode fits'],
  ['SELF_SIGNED', 'leads to a certificate that is not trusted', 'needed its authority in NODE_EXTRA_CA_CERTS'],
  ['UNABLE_TO', 'leads to a certificate that is not trusted', 'needed its authority in NODE_EXTRA_CA_CERTS'],
];

/** What a fault at opening says of the address; a fault that says nothing of it comes back as it is. */
export const openingFault = (thrown: unknown, text: string): unknown => {
  const cause = (thrown as { cause?: unknown }).cause ?? thrown;
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const known = WRONG.find(([prefix]) => typeof code === 'string' && code.startsWith(prefix));
  if (known) return urlRefusal(text, known[1], known[2], cause);
  if (
    (thrown as { passing?: unknown }).passing === true &&
    (thrown as { code?: unknown }).code !== 'READ_MODEL_OVERTAKEN'
  ) {
    return urlRefusal(
      text,
      `names a PostgreSQL that cannot be used (${String(message)})`,
      'needed one that answers',
      cause,
    );
  }
  if (/does not support SSL/i.test(String(message))) {
    return urlRefusal(
      text,
      'asks for TLS that PostgreSQL does not speak',
      'needed an address whose sslmode fits',
      cause,
    );
  }
  return thrown;
};

const urlRefusal = (text: string, what: string, needed: string, cause?: unknown): Refusal =>
  Object.assign(
    new Refusal(
      'CONFIG_READ_MODEL_URL',
      `READ_MODEL_URL ${what}: found ${JSON.stringify(maskedUrl(text))}, ${needed}, for example ${EXAMPLE}`,
      { field: 'READ_MODEL_URL' },
    ),
    cause === undefined ? {} : { cause },
  );
