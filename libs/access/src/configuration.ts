import { Refusal } from '#kernel';

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
  readonly logLevel: LogLevel;
  /** Load the sample register into an empty one at the first start. */
  readonly sample: boolean;
  readonly production: boolean;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One environment variable: a row of the documentation's table, and how its text is read. */
export interface Variable {
  readonly name: string;
  /** As it would be written; what happens without it where that is not a text. */
  readonly default: string;
  readonly meaning: string;
  readonly example: string;
  /** A sentence part that says what was needed, for the refusal. */
  readonly needed: string;
  /** What the text means, or undefined where it means nothing. */
  readonly parse: (text: string) => unknown;
}

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
    meaning: 'the log: `sqlite:` is a file in DATA_DIR, `memory:` forgets everything at exit',
    example: 'sqlite:',
    needed: 'one of sqlite: and memory:',
    parse: storeUrl,
  },
  READ_MODEL_URL: {
    default: 'sqlite:',
    meaning: 'the read models: `sqlite:` is a file in DATA_DIR, `memory:` is rebuilt from the log at every start',
    example: 'sqlite:',
    needed: 'one of sqlite: and memory:',
    parse: storeUrl,
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
    parse: (text) => (text === 'on' || text === 'off' ? text === 'on' : undefined),
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
        `${name} is ${JSON.stringify(text)}: needed ${row.needed}, for example ${name}=${row.example}`,
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
  return {
    port: read<number>('PORT') ?? 3000,
    host: read<string>('HOST') ?? VARIABLES.HOST.default,
    dataDirectory: read<string>('DATA_DIR') ?? VARIABLES.DATA_DIR.default,
    eventStoreUrl: read<string>('EVENT_STORE_URL') ?? VARIABLES.EVENT_STORE_URL.default,
    readModelUrl: read<string>('READ_MODEL_URL') ?? VARIABLES.READ_MODEL_URL.default,
    oidcIssuer,
    oidcAudience,
    oidcRolesClaim: read<string>('OIDC_ROLES_CLAIM') ?? VARIABLES.OIDC_ROLES_CLAIM.default,
    logLevel: read<LogLevel>('LOG_LEVEL') ?? 'info',
    sample: read<boolean>('SAMPLE') ?? oidcIssuer === undefined,
    production: read<string>('NODE_ENV') === 'production',
  };
};

/** @returns the refusal of a configuration, in its one form. */
export const configurationRefusal = (variable: string, message: string): Refusal =>
  new Refusal('CONFIGURATION', message, { field: variable });

/** Variables that begin like ours and are not ours are slips of the pen, and silence about them is dangerous. */
function refuseMisspelt(environment: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(environment)) {
    if (name in VARIABLES || !/^(OIDC|EVENT_STORE|READ_MODEL)_/.test(name)) continue;
    const prefix = name.slice(0, name.indexOf('_') + 1);
    const known = Object.entries(VARIABLES).filter(([ours]) => ours.startsWith(prefix));
    const examples = known.map(([ours, row]) => `${ours}=${row.example}`).join(' or ');
    throw configurationRefusal(name, `${name} is not a variable of the register: needed for example ${examples}`);
  }
}

function storeUrl(text: string): string | undefined {
  return text === 'sqlite:' || text === 'memory:' ? text : undefined;
}

function issuerUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.search || url.hash || url.username || url.password) return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? text : undefined;
}

/** True for an address that only this machine can reach. A host name other than localhost is never taken on trust. */
export const isLoopback = (host: string): boolean => {
  const bare = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
};
