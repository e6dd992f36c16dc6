import type { Variable } from './configuration-variable.js';
import { ROLES, type Role } from './roles.js';

/** How much anybody may ask of the register, so that nobody keeps it from the others. */
export interface Limits {
  /** Points that one question may cost, by role; whoever has several has the largest. */
  readonly budgets: Readonly<Record<Role, number>>;
  /** Points of all questions that are being answered at one time. */
  readonly costInFlight: number;
  readonly answerMs: number;
  readonly answerBytes: number;
  readonly inFlight: number;
  /** Requests a minute; undefined for as many as come. */
  readonly perSubject: number | undefined;
  readonly perAddress: number | undefined;
  readonly headersMs: number;
  readonly requestMs: number;
  readonly connections: number;
  /** Addresses of proxies whose word is taken for where a request comes from. */
  readonly trustedProxies: readonly string[];
  /** False: only ready-made questions and documents of `trustedDocuments` are answered. */
  readonly anyQuestion: boolean;
  readonly trustedDocuments: string | undefined;
}

type Row = Omit<Variable, 'name'>;

const whole =
  (least: number, most: number) =>
  (text: string): number | undefined =>
    /^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined;

const number = (without: number, [least, most]: readonly [number, number], meaning: string): Row => ({
  default: String(without),
  meaning,
  example: String(without),
  needed: `a whole number from ${least} to ${most}`,
  parse: whole(least, most),
});

const rate = (without: string, meaning: string): Row => ({
  default: 'not set: no limit in development mode, otherwise ' + without,
  meaning,
  example: without,
  needed: 'a whole number from 1 to 1000000, or off',
  parse: (text) => (text === 'off' ? 'off' : whole(1, 1_000_000)(text)),
});

const budget = (without: number, role: Role): Row =>
  number(without, [100, 1_000_000], `points that one question of a ${role} may cost`);

const ADDRESS = /^([\d.]+|[\da-f:]+)(\/\d{1,3})?$/i;

const DEFAULTS = {
  budgets: { reader: 5_000, 'scrutiny-officer': 7_500, 'governance-officer': 10_000, auditor: 10_000, operator: 5_000 },
  costInFlight: 40_000,
  answerSeconds: 10,
  answerKilobytes: 4_000,
  inFlight: 128,
  perSubject: 1_200,
  perAddress: 6_000,
  headerSeconds: 10,
  requestSeconds: 20,
  connections: 4_000,
} as const;

/** Settings that say how much may be asked, in the order of the documentation. */
export const LIMIT_VARIABLES = {
  BUDGET_READER: budget(DEFAULTS.budgets.reader, 'reader'),
  BUDGET_SCRUTINY_OFFICER: budget(DEFAULTS.budgets['scrutiny-officer'], 'scrutiny-officer'),
  BUDGET_GOVERNANCE_OFFICER: budget(DEFAULTS.budgets['governance-officer'], 'governance-officer'),
  BUDGET_AUDITOR: budget(DEFAULTS.budgets.auditor, 'auditor'),
  BUDGET_OPERATOR: budget(DEFAULTS.budgets.operator, 'operator'),
  LIMIT_COST_IN_FLIGHT: number(
    DEFAULTS.costInFlight,
    [100, 100_000_000],
    'points that all questions under way may cost together; one alone is always answered',
  ),
  LIMIT_ANSWER_SECONDS: number(DEFAULTS.answerSeconds, [1, 600], 'seconds after which work on an answer is ended'),
  LIMIT_ANSWER_KB: number(DEFAULTS.answerKilobytes, [10, 1_000_000], 'largest answer to a question, in kilobytes'),
  LIMIT_IN_FLIGHT: number(
    DEFAULTS.inFlight,
    [2, 100_000],
    'requests that are answered at one time: half of them for one subject, an eighth for decision logs and pages of decisions',
  ),
  LIMIT_PER_SUBJECT: rate(
    String(DEFAULTS.perSubject),
    'requests a minute that one subject (`sub` of its token) may send',
  ),
  LIMIT_PER_ADDRESS: rate(
    String(DEFAULTS.perAddress),
    'requests a minute that may come from one address (of IPv6, from one /64), with or without a token',
  ),
  LIMIT_HEADER_SECONDS: number(
    DEFAULTS.headerSeconds,
    [1, 600],
    'seconds within which the head of a request has to be there, from when the connection is open',
  ),
  LIMIT_REQUEST_SECONDS: number(
    DEFAULTS.requestSeconds,
    [1, 600],
    'seconds within which the whole of a request has to be there',
  ),
  LIMIT_CONNECTIONS: number(
    DEFAULTS.connections,
    [10, 100_000],
    'connections that are open at one time; more are closed at once',
  ),
  TRUSTED_PROXIES: {
    default: 'not set: the address is that of the connection',
    meaning: 'addresses of proxies, with commas between, whose `X-Forwarded-For` says where a request comes from',
    example: '10.0.0.0/8,127.0.0.1',
    needed: 'IP addresses or ranges with commas between',
    parse: (text) => {
      const addresses = text.split(',').map((part) => part.trim());
      return addresses.every((address) => ADDRESS.test(address)) ? addresses : undefined;
    },
  },
  QUESTIONS: {
    default: 'any',
    meaning: '`trusted`: only the ready-made questions and the documents in TRUSTED_DOCUMENTS are answered',
    example: 'trusted',
    needed: 'any or trusted',
    parse: (text) => (text === 'any' || text === 'trusted' ? text : undefined),
  },
  TRUSTED_DOCUMENTS: {
    default: 'not set',
    meaning:
      'folder of `.graphql` files, one operation each, that are answered with `QUESTIONS=trusted` beside the ready-made questions',
    example: './trusted',
    needed: 'a folder',
    parse: (text) => (text.includes('\u0000') ? undefined : text),
  },
} satisfies Record<string, Row>;

export type LimitName = keyof typeof LIMIT_VARIABLES;

/** @param isOpen development mode: whoever comes is one subject at one address, so that rates say nothing. */
export const limitsFrom = (read: <Value>(name: LimitName) => Value | undefined, isOpen: boolean): Limits => {
  const rateOf = (name: LimitName, without: number): number | undefined => {
    const said = read<number | 'off'>(name) ?? (isOpen ? 'off' : without);
    return said === 'off' ? undefined : said;
  };
  const budgets = ROLES.map((role) => [
    role,
    read<number>(`BUDGET_${role.toUpperCase().replace('-', '_')}` as LimitName) ?? DEFAULTS.budgets[role],
  ]);
  return {
    budgets: Object.fromEntries(budgets) as Record<Role, number>,
    costInFlight: read<number>('LIMIT_COST_IN_FLIGHT') ?? DEFAULTS.costInFlight,
    answerMs: (read<number>('LIMIT_ANSWER_SECONDS') ?? DEFAULTS.answerSeconds) * 1000,
    answerBytes: (read<number>('LIMIT_ANSWER_KB') ?? DEFAULTS.answerKilobytes) * 1000,
    inFlight: read<number>('LIMIT_IN_FLIGHT') ?? DEFAULTS.inFlight,
    perSubject: rateOf('LIMIT_PER_SUBJECT', DEFAULTS.perSubject),
    perAddress: rateOf('LIMIT_PER_ADDRESS', DEFAULTS.perAddress),
    headersMs: (read<number>('LIMIT_HEADER_SECONDS') ?? DEFAULTS.headerSeconds) * 1000,
    requestMs: (read<number>('LIMIT_REQUEST_SECONDS') ?? DEFAULTS.requestSeconds) * 1000,
    connections: read<number>('LIMIT_CONNECTIONS') ?? DEFAULTS.connections,
    trustedProxies: read<readonly string[]>('TRUSTED_PROXIES') ?? [],
    anyQuestion: read<string>('QUESTIONS') !== 'trusted',
    trustedDocuments: read<string>('TRUSTED_DOCUMENTS'),
  };
};
