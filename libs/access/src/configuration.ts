import type { Variable } from './configuration-variable.js';
import { Refusal } from '#kernel';
import {
  httpUrl,
  issuerUrl,
  mailSender,
  mailServer,
  insideAllowed,
  origins,
  receiptKey,
  webhookKeys,
  type MailSender,
  type MailServer,
} from './configuration-addresses.js';
import { LIMIT_VARIABLES, limitsFrom, type Limits } from './configuration-limits.js';

export type { Limits } from './configuration-limits.js';
export { isLoopback, type MailSender, type MailServer } from './configuration-addresses.js';

/** What a program of the register is told from outside, checked once at its start. */
export interface Configuration {
  readonly port: number;
  readonly host: string;
  readonly dataDirectory: string;
  readonly eventStoreUrl: string;
  readonly readModelUrl: string;
  readonly oidcIssuer: string | undefined;
  readonly oidcAudience: string | undefined;
  readonly oidcRolesClaim: string;
  /** Whether this program brings the views up to date; false leaves that to projectors. */
  readonly follow: boolean;
  /** Where traces go, an OTLP collector's address; without one nothing is traced. */
  readonly traceEndpoint: string | undefined;
  /** Where others reach the register, for permanent addresses: without a slash at its end. */
  readonly publicUrl: string | undefined;
  /** Web pages of elsewhere whose scripts may ask the API; none where it is empty. */
  readonly corsOrigins: readonly string[];
  /** The server that decision logs are e-mailed through; without one nothing goes by e-mail. */
  readonly mailServer: MailServer | undefined;
  /** There where there is a mail server. */
  readonly mailSender: MailSender | undefined;
  /** Every webhook is signed with each of them: none, one, or two while one takes the place of the other. */
  readonly webhookKeys: readonly Uint8Array[];
  /** Receivers of webhooks that may be reached although they are inside: names, addresses, ranges. */
  readonly webhookAllow: readonly string[];
  /** What receipts are made unforgeable with; undefined where the program keeps a key of its own. */
  readonly receiptKey: Uint8Array | undefined;
  readonly logLevel: LogLevel;
  /** Load the sample register into an empty one at the first start. */
  readonly sample: boolean;
  readonly production: boolean;
  readonly limits: Limits;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const VARIABLES = {
  PORT: {
    default: '3000',
    meaning: 'TCP port of the HTTP server; 0 takes any free one',
    example: '3000',
    needed: 'a whole number from 0 to 65535',
    parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
  },
  HOST: {
    default: '127.0.0.1',
    meaning: 'address the HTTP server listens on; other than a loopback address only with OIDC_ISSUER',
    example: '127.0.0.1',
    needed: 'an IP address or host name without a port',
    parse: (text) => (/^[\w.-]+$|^[0-9a-f:.]+$/i.test(text) ? text : undefined),
  },
  DATA_DIR: {
    default: './data',
    meaning: 'folder of the embedded event store, the read models and the lock of the register; made if absent',
    example: './data',
    needed: 'a folder',
    parse: (text) => (text.includes('\u0000') ? undefined : text),
  },
  EVENT_STORE_URL: {
    default: 'sqlite:',
    meaning:
      'the log: `sqlite:` is a file in DATA_DIR, `memory:` forgets everything at exit, `esdb://…` or `esdb+discover://…` is an EventStoreDB or KurrentDB',
    example: 'esdb://register:secret@esdb1.example.org:2113,esdb2.example.org:2113?tls=true',
    needed: 'sqlite:, memory: or an address that begins with esdb://, esdb+discover:// or kurrentdb://',
    parse: eventStoreUrl,
    secret: true,
  },
  READ_MODEL_URL: {
    default: 'sqlite:',
    meaning:
      'the read models: `sqlite:` is files in DATA_DIR, `postgres://…` is a PostgreSQL that several programs share',
    example: 'postgres://register:secret@db.example.org:5432/register',
    needed: 'sqlite: or an address of PostgreSQL as postgres://user:password@host:5432/database',
    parse: readModelUrl,
    secret: true,
  },
  FOLLOW: {
    default: 'on',
    meaning:
      'whether the api brings the read models up to date itself; `off` leaves that to projectors, which needs read models on PostgreSQL',
    example: 'off',
    needed: 'on or off',
    parse: onOrOff,
  },
  OIDC_ISSUER: {
    default: 'not set: development mode',
    meaning: 'OpenID Connect issuer whose tokens are accepted, exactly as in their `iss`',
    example: 'https://login.example.org/realms/ics',
    needed: 'an https address (http on a loopback address) without query or fragment',
    parse: issuerUrl,
  },
  OIDC_AUDIENCE: {
    default: 'not set',
    meaning: 'the `aud` a token must be for; needed with OIDC_ISSUER',
    example: 'decision-register',
    needed: 'the name under which the identity provider knows this register',
    parse: (text) => text,
  },
  OIDC_ROLES_CLAIM: {
    default: 'roles',
    meaning: 'where in a token the roles stand, as a dotted path',
    example: 'realm_access.roles',
    needed: 'names joined by dots',
    parse: (text) => (/^[^.\s]+(\.[^.\s]+)*$/.test(text) ? text : undefined),
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    default: 'not set: nothing is traced',
    meaning:
      'OpenTelemetry collector that traces are sent to, over HTTP; the exporter reads the other standard OTEL_ variables by itself',
    example: 'http://collector.example.org:4318',
    needed: 'an http or https address',
    parse: httpUrl,
  },
  PUBLIC_URL: {
    default: 'not set: documents have no permanent addresses',
    meaning: 'where others reach the register: permanent addresses in decision logs begin with it',
    example: 'https://register.example.org',
    needed: 'an http or https address',
    parse: httpUrl,
  },
  CORS_ORIGINS: {
    default: 'not set: scripts of other web pages are not let in',
    meaning:
      'web pages of elsewhere whose scripts may ask the API (CORS): their origins, exactly as browsers send them, with commas between',
    example: 'https://dashboard.example.org,http://localhost:5173',
    needed:
      'origins with commas between, each once: https:// and a host (http:// on a loopback address), without a path',
    parse: origins,
  },
  SMTP_URL: {
    default: 'not set: nothing goes by e-mail',
    meaning:
      'the mail server that decision logs are sent through: `smtp://` turns to TLS by STARTTLS before anything else (except on a loopback address), `smtps://` begins with it; `?requireTLS=false` takes a server without TLS, never with a password',
    example: 'smtp://register:secret@smtp.example.org:587',
    needed:
      'smtp:// or smtps:// and a host, with a user name and a password or neither, percent-encoded, and no ?requireTLS=false beside a password',
    parse: mailServer,
    secret: true,
  },
  SMTP_FROM: {
    default: 'not set',
    meaning: 'who decision logs come from, as an address with or without a name; needed with SMTP_URL',
    example: 'Decision register <register@example.org>',
    needed: 'an e-mail address, or a name and the address in angle brackets',
    parse: mailSender,
  },
  WEBHOOK_SECRET: {
    default: 'not set: nothing goes by webhook',
    meaning:
      'what webhooks are signed with, after Standard Webhooks: `whsec_` and 24 to 64 bytes in base64, made by `echo whsec_$(openssl rand -base64 32)`; two with a space between while receivers change from one to the other',
    example: 'whsec_bm90IGEgc2VjcmV0LCBtYWtlIG9uZSBvZiB5b3VyIG93bg==',
    needed: 'whsec_ and 24 to 64 bytes in base64, once, or twice with a space between',
    parse: webhookKeys,
    secret: 'whole',
  },
  WEBHOOK_ALLOW: {
    default: 'not set: webhooks go to addresses of the internet only',
    meaning:
      'receivers of webhooks that may be reached although their addresses are inside (private, loopback, link-local): host names, addresses and ranges, with commas between',
    example: 'receiver.internal.example.org,10.20.0.0/16',
    needed: 'host names, IP addresses or ranges with commas between',
    parse: insideAllowed,
  },
  RECEIPT_KEY: {
    default: 'made at the first start and kept in DATA_DIR, for one api',
    meaning:
      'what receipts are made unforgeable with: 32 bytes in base64, made by `openssl rand -base64 32`; the same for all apis of a register, so that one waits for what another recorded',
    example: 'bm90IGEgc2VjcmV0LCBtYWtlIG9uZSB5b3Vyc2VsZiE=',
    needed: '32 bytes in base64',
    parse: receiptKey,
    secret: 'whole',
  },
  ...LIMIT_VARIABLES,
  LOG_LEVEL: {
    default: 'info',
    meaning: 'least severe log line to write (to standard error, as JSON)',
    example: 'info',
    needed: `one of ${LOG_LEVELS.join(', ')}`,
    parse: (text) => LOG_LEVELS.find((level) => level === text),
  },
  SAMPLE: {
    default: 'on in development mode, off otherwise',
    meaning: 'whether an empty register is filled with the sample at its first start',
    example: 'off',
    needed: 'on or off',
    parse: onOrOff,
  },
  NODE_ENV: {
    default: 'not set',
    meaning: '`production` refuses development mode',
    example: 'production',
    needed: 'production, development or test',
    parse: (text) => (['production', 'development', 'test'].includes(text) ? text : undefined),
  },
} satisfies Record<string, Omit<Variable, 'name'>>;

type VariableName = keyof typeof VARIABLES;

/** Every variable the programs read, in the order of the documentation. */
export const CONFIGURATION_TABLE: readonly Variable[] = Object.entries(VARIABLES).map(([name, row]) => ({
  name,
  ...row,
}));

/**
 * Reads the whole configuration from an environment. A variable that is set to nothing counts as not set.
 *
 * @throws Refusal `CONFIGURATION` with the variable as its field, in one sentence that names the variable, what was
 *   found and an example; the program shows it and exits with 2.
 */
export const readConfiguration = (environment: Readonly<Record<string, string | undefined>>): Configuration => {
  refuseMisspelt(environment);
  const read = <Value>(name: VariableName): Value | undefined => {
    const text = environment[name]?.trim();
    if (!text) return undefined;
    const row: Omit<Variable, 'name'> = VARIABLES[name];
    const value = row.parse(text);
    if (value === undefined) {
      throw configurationRefusal(
        name,
        `${name} is ${found(text, row.secret)}: needed ${row.needed}, for example ${name}=${row.example}`,
      );
    }
    return value as Value;
  };

  const oidcIssuer = read<string>('OIDC_ISSUER');
  const oidcAudience = read<string>('OIDC_AUDIENCE');
  if (oidcIssuer && !oidcAudience) {
    const { example, needed } = VARIABLES.OIDC_AUDIENCE;
    throw configurationRefusal(
      'OIDC_AUDIENCE',
      `OIDC_AUDIENCE is not set though OIDC_ISSUER is: needed ${needed}, for example OIDC_AUDIENCE=${example}`,
    );
  }
  const server = read<MailServer>('SMTP_URL');
  const sender = read<MailSender>('SMTP_FROM');
  if (server && !sender) {
    const { example, needed } = VARIABLES.SMTP_FROM;
    throw configurationRefusal(
      'SMTP_FROM',
      `SMTP_FROM is not set though SMTP_URL is: needed ${needed}, for example SMTP_FROM=${example}`,
    );
  }
  const eventStore = read<string>('EVENT_STORE_URL') ?? VARIABLES.EVENT_STORE_URL.default;
  const readModel = read<string>('READ_MODEL_URL') ?? VARIABLES.READ_MODEL_URL.default;
  const follow = read<boolean>('FOLLOW') ?? true;
  if (!follow && isEmbedded(readModel)) {
    throw configurationRefusal(
      'FOLLOW',
      `FOLLOW is off though READ_MODEL_URL is ${readModel}, which one program alone reads and writes: needed FOLLOW=on, or read models that projectors share, for example READ_MODEL_URL=${VARIABLES.READ_MODEL_URL.example}`,
    );
  }
  return {
    port: read<number>('PORT') ?? 3000,
    host: read<string>('HOST') ?? VARIABLES.HOST.default,
    dataDirectory: read<string>('DATA_DIR') ?? VARIABLES.DATA_DIR.default,
    eventStoreUrl: eventStore,
    readModelUrl: readModel,
    follow,
    traceEndpoint: read<string>('OTEL_EXPORTER_OTLP_ENDPOINT'),
    oidcIssuer,
    oidcAudience,
    oidcRolesClaim: read<string>('OIDC_ROLES_CLAIM') ?? VARIABLES.OIDC_ROLES_CLAIM.default,
    publicUrl: read<string>('PUBLIC_URL')?.replace(/\/+$/, ''),
    corsOrigins: read<readonly string[]>('CORS_ORIGINS') ?? [],
    mailServer: server,
    mailSender: sender,
    webhookKeys: read<readonly Uint8Array[]>('WEBHOOK_SECRET') ?? [],
    webhookAllow: read<readonly string[]>('WEBHOOK_ALLOW') ?? [],
    receiptKey: read<Uint8Array>('RECEIPT_KEY'),
    logLevel: read<LogLevel>('LOG_LEVEL') ?? 'info',
    sample: read<boolean>('SAMPLE') ?? oidcIssuer === undefined,
    production: read<string>('NODE_ENV') === 'production',
    limits: limitsFrom(read, oidcIssuer === undefined),
  };
};

/** @returns the refusal of a configuration, in its one form. */
export const configurationRefusal = (variable: string, message: string): Refusal =>
  new Refusal('CONFIGURATION', message, { field: variable });

/** Variables that begin like ours and are not ours are slips of the pen, and silence about them is dangerous. */
function refuseMisspelt(environment: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(environment)) {
    if (name in VARIABLES || !/^(OIDC|EVENT_STORE|READ_MODEL|BUDGET|LIMIT|WEBHOOK|CORS)_/.test(name)) continue;
    const prefix = name.slice(0, name.indexOf('_') + 1);
    const known = Object.entries(VARIABLES).filter(([ours]) => ours.startsWith(prefix));
    const examples = known.map(([ours, row]) => `${ours}=${row.example}`).join(' or ');
    throw configurationRefusal(name, `${name} is not a variable of the register: needed for example ${examples}`);
  }
}

/** True for a store that lives in the program that holds DATA_DIR, and so is of no other program. */
export const isEmbedded = (storeUrl: string): boolean => /^(sqlite|memory):$/.test(storeUrl);

/** An address as it may be shown: whatever stands before its last `@`, encoded as it should be or not, may be a password. */
export const withoutPassword = (url: string): string =>
  url.replace(
    /^([a-z+]+:\/\/)?([^:@/?#]*):.*@/is,
    (_, scheme: string | undefined, user: string) => `${scheme ?? ''}${user}:…@`,
  );

/** What was found in a variable, as far as it may be shown. */
function found(text: string, secret: Variable['secret']): string {
  if (secret === 'whole') return `a text of ${text.length} characters that is not shown`;
  return JSON.stringify(secret ? withoutPassword(text) : text);
}

/** @returns `WEBHOOK_SECRET is not set: needed …, for example …`, for what is asked to do what nothing was set for. */
export const notSet = (name: 'SMTP_URL' | 'SMTP_FROM' | 'WEBHOOK_SECRET'): string =>
  `${name} is not set: needed ${VARIABLES[name].needed}, for example ${name}=${VARIABLES[name].example}`;

function eventStoreUrl(text: string): string | undefined {
  return isEmbedded(text) || /^(esdb|kurrentdb|kurrent|kdb)(\+discover)?:\/\/[^/\s]/.test(text) ? text : undefined;
}

function readModelUrl(text: string): string | undefined {
  return text === 'sqlite:' || (/^postgres(ql)?:\/\/[^/\s]/.test(text) && URL.canParse(text)) ? text : undefined;
}

function onOrOff(text: string): boolean | undefined {
  return text === 'on' || text === 'off' ? text === 'on' : undefined;
}
