import { listed } from '#governance';
import { Refusal } from '#kernel';
import type { BodyView, OrganisationView, Place, Register, Shown, SuccessionView } from '#register';
import { byText } from './plain.js';

/** Whom a log is for, as known at a position. */
export interface Committee {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  /** Undefined where the log is for a council's area. */
  readonly body: BodyView | undefined;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whose decisions a log holds: of those that answer for them, and of bodies that took them. */
export interface Concern {
  readonly organisations: readonly Named[];
  readonly bodies: readonly Named[];
  /** How that was settled, in words for the front page. */
  readonly rule: string;
  /** Names of the organisations that own the committee. */
  readonly owners: readonly string[];
}

/** Subjects of one kind that are read at most to find an area. */
const MOST = 2_000;

/**
 * Whose decisions concern a committee.
 *
 * 1. Organisations that were named: theirs.
 * 2. A health scrutiny committee, or a council's area: those of the health bodies of its system. These are the
 *    organisations that own an integrated care partnership together with the committee's owner (the board), those
 *    they took over from, and the NHS trusts whose parent or system they are; and what the partnership and the health
 *    and wellbeing board of the owner themselves decide. Where no partnership is recorded, those of the owner.
 * 3. Another scrutiny committee: those of its owners.
 * 4. Any other body: its own.
 */
export const concerning = async (
  register: Register,
  committee: Committee,
  about: readonly string[],
  place: Place,
): Promise<Concern> => {
  const ownerIds = committee.body ? (committee.body.owners ?? []) : [committee.id];
  const owners = (await namedOrganisations(register, ownerIds, place)).map(({ name }) => name);
  if (about.length > 0) {
    const organisations = await chosen(register, about, place);
    const rule = 'Decisions for which the organisations that were asked for answer.';
    return { organisations, bodies: [], owners, rule };
  }
  if (!committee.body || committee.body.kind === 'HOSC' || committee.body.kind === 'JHOSC') {
    return { ...(await healthOf(register, ownerIds, owners, place)), owners };
  }
  if (scrutinises(committee.body)) {
    const organisations = await namedOrganisations(register, ownerIds, place);
    return { organisations, bodies: [], owners, rule: `Decisions for which ${listed(owners)} answers.` };
  }
  return {
    organisations: [],
    bodies: [{ id: committee.id, name: committee.name }],
    owners,
    rule: 'Decisions that it took itself.',
  };
};

const scrutinises = ({ name, category, kind }: BodyView): boolean =>
  kind === 'COUNCIL_COMMITTEE' && /scrutiny/i.test(`${name} ${category ?? ''}`);

async function healthOf(
  register: Register,
  ownerIds: readonly string[],
  owners: readonly string[],
  place: Place,
): Promise<Omit<Concern, 'owners'>> {
  const owned = await everyOne<BodyView>(register, 'body', { owner: ownerIds }, place);
  const partnerships = owned.filter(({ state }) => state.kind === 'ICP');
  const boardIds = new Set(
    partnerships.flatMap(({ state }) => state.owners ?? []).filter((id) => !ownerIds.includes(id)),
  );
  const boards = await register.pointMany<OrganisationView>('organisation', [...boardIds], place);
  const healthBodies = [...boards.values()].flatMap((answer) =>
    answer.kind === 'found' && answer.state.kind !== 'COUNCIL' ? [answer] : [],
  );
  if (healthBodies.length === 0) {
    return {
      organisations: await namedOrganisations(register, ownerIds, place),
      bodies: [],
      rule: `Decisions for which ${listed(owners)} answers; no integrated care partnership is recorded for the area.`,
    };
  }
  const ids = healthBodies.map(({ id }) => id);
  const called = new Set(
    healthBodies.flatMap(({ id, state }) => [id, ...(state.identifiers ?? []).map(({ value }) => value)]),
  );
  const trusts = (await everyOne<OrganisationView>(register, 'organisation', { kind: 'NHS_TRUST' }, place)).filter(
    ({ state }) => (state.parent !== undefined && ids.includes(state.parent)) || called.has(state.system ?? ''),
  );
  const before = await everyOne<SuccessionView>(register, 'succession', { successor: ids }, place);
  const predecessors = await namedOrganisations(
    register,
    before.map(({ state }) => state.predecessor),
    place,
  );
  const bodies = owned.filter(({ state }) => state.kind === 'ICP' || state.kind === 'HWB');
  const names = healthBodies.map(({ state }) => state.name);
  return {
    organisations: uniquely([
      ...[...healthBodies, ...trusts].map(({ id, state }) => ({ id, name: state.name })),
      ...predecessors,
    ]),
    bodies: bodies.map(({ id, state }) => ({ id, name: state.name })).toSorted((a, b) => byText(a.id, b.id)),
    rule:
      `Decisions for which ${listed(names)}, the NHS trusts of the same system or a body they took over from answers, ` +
      `and those of the partnership and the health and wellbeing board of ${listed(owners)}.`,
  };
}

const uniquely = (named: readonly Named[]): readonly Named[] =>
  [...new Map(named.map((one) => [one.id, one])).values()].toSorted((a, b) => byText(a.id, b.id));

async function everyOne<State extends object>(
  register: Register,
  aggregate: string,
  where: Readonly<Record<string, string | readonly string[]>>,
  place: Place,
): Promise<readonly Shown<State>[]> {
  return (await register.list<State>(aggregate, { where, first: MOST }, place)).rows;
}

async function namedOrganisations(register: Register, ids: readonly string[], place: Place): Promise<readonly Named[]> {
  const answers = await register.pointMany<OrganisationView>('organisation', ids, place);
  return [...answers].map(([id, answer]) => ({ id, name: answer.kind === 'found' ? answer.state.name : id }));
}

async function chosen(register: Register, about: readonly string[], place: Place): Promise<readonly Named[]> {
  const ids: string[] = [];
  for (const named of about) {
    const id = await register.resolveSubject('organisation', named, place);
    if (id === undefined) {
      throw new Refusal(
        'LOG_ORGANISATION_UNKNOWN',
        `there is no organisation called ${JSON.stringify(named.slice(0, 200))}`,
        {
          field: 'about',
          remedy: 'give its id or one of its references, such as QR1',
        },
      );
    }
    ids.push(id);
  }
  return uniquely(await namedOrganisations(register, ids, place));
}
