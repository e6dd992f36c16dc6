import type { Aggregate } from '#governance';
import { COMMAND_LINE, Refusal, type Actor } from '#kernel';
import type { Role } from './roles.js';

/** Who records what. A new aggregate without a row here does not compile. */
const RECORDERS: Readonly<Record<Aggregate, readonly Role[]>> = {
  organisation: ['governance-officer'],
  succession: ['governance-officer'],
  person: ['governance-officer'],
  place: ['governance-officer'],
  function: ['governance-officer'],
  functionHolding: ['governance-officer'],
  body: ['governance-officer'],
  seat: ['governance-officer'],
  appointment: ['governance-officer'],
  instrument: ['governance-officer'],
  delegation: ['governance-officer'],
  reservation: ['governance-officer'],
  meeting: ['governance-officer'],
  decision: ['governance-officer'],
  interest: ['governance-officer'],
  budget: ['governance-officer'],
  scrutiny: ['governance-officer', 'scrutiny-officer'],
  standingOrder: ['governance-officer'],
  decisionLog: ['governance-officer', 'scrutiny-officer'],
};

/** Whoever has any part in the register reads what is public in it. */
const READERS: readonly Role[] = ['reader', 'auditor', 'scrutiny-officer', 'governance-officer', 'operator'];

/**
 * Passes silently where the actor may record facts of the aggregate. Checked inside `Submit`, whatever the door.
 * An operator records from the command line only: an import, never over the network.
 *
 * @throws Refusal `FORBIDDEN` naming the role needed; the caller shows it.
 */
export const mayRecord = (actor: Actor, aggregate: Aggregate): void => {
  const recorders = RECORDERS[aggregate];
  if (holdsOneOf(actor, recorders)) return;
  if (actor.vouchedBy === COMMAND_LINE && holdsOneOf(actor, ['operator'])) return;
  throw new Refusal(
    'FORBIDDEN',
    `${rolesOf(actor)}; recording a fact about ${ARTICLES[aggregate]} needs the role ${eitherOf(recorders)}`,
    { remedy: 'ask whoever hands out the roles at your identity provider' },
  );
};

/**
 * Passes silently where the actor may read subjects of the aggregate. Every query goes through it.
 * What one actor sees of a decision that another does not is decided in `disclosure.ts`.
 *
 * @throws Refusal `FORBIDDEN` naming the role needed; the caller shows it.
 */
export const mayRead = (actor: Actor, aggregate: Aggregate): void => {
  if (holdsOneOf(actor, READERS)) return;
  throw new Refusal(
    'FORBIDDEN',
    `${rolesOf(actor)}; reading ${ARTICLES[aggregate]} needs the role ${eitherOf(READERS)}`,
    {
      remedy: 'ask whoever hands out the roles at your identity provider',
    },
  );
};

/** Whether an actor sees where decision logs are delivered to: those who issue them, and auditors. */
export const seesDeliveries = (actor: Actor): boolean =>
  holdsOneOf(actor, [...RECORDERS.decisionLog, 'auditor']) ||
  (actor.vouchedBy === COMMAND_LINE && holdsOneOf(actor, ['operator']));

const ARTICLES: Readonly<Record<Aggregate, string>> = {
  organisation: 'an organisation',
  succession: 'a succession',
  person: 'a person',
  place: 'a place',
  function: 'a function',
  functionHolding: 'who holds a function',
  body: 'a body',
  seat: 'a seat',
  appointment: 'an appointment',
  instrument: 'an instrument',
  delegation: 'a delegation',
  reservation: 'a reservation',
  meeting: 'a meeting',
  decision: 'a decision',
  interest: 'an interest',
  budget: 'a budget',
  scrutiny: 'a scrutiny item',
  standingOrder: 'a standing order',
  decisionLog: 'a decision log',
};

function holdsOneOf(actor: Actor, roles: readonly Role[]): boolean {
  return roles.some((role) => actor.roles.includes(role));
}

function rolesOf(actor: Actor): string {
  return actor.roles.length === 0 ? 'you hold no role here' : `you are ${actor.roles.join(' and ')}`;
}

function eitherOf(roles: readonly Role[]): string {
  return [roles.slice(0, -1).join(', '), roles.at(-1)].filter(Boolean).join(' or ');
}
