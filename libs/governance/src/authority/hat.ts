import { point, points, under, type Asking, type Known } from '../facts.js';
import { dayInWords } from '../wording.js';
import type { Failure, MissingDatum } from './authority.js';
import { goneOn } from './grantor.js';
import { lacking } from './matter.js';
import type { AppointmentRead, DelegationRead, Lasts } from './readings.js';
import { failure, type Path, type Walk } from './walk.js';
import { marked, markedEach } from './words.js';

interface Hat {
  readonly known: Known<AppointmentRead>;
  readonly seat: string;
}

/** The posts in which a person may act on the day, and those in which the person may not, where somebody meant them. */
export interface Hats {
  readonly held: readonly (Hat & { readonly missing: readonly MissingDatum[] })[];
  readonly failed: readonly (Hat & { readonly failure: Failure })[];
}

/**
 * The hats of a person. Whoever decides acts in the appointment that the decision names; where it names none and the
 * person has several, that is missing (BR-060).
 */
export function* hatsOf(walk: Walk, path: Path): Asking<Hats> {
  const { on, matter } = walk;
  const isDecider = path.hops.length === 0;
  const named = isDecider ? matter.hat : undefined;
  const all =
    named === undefined
      ? yield* under<AppointmentRead>('appointment', 'person', [path.at.id], on)
      : yield* points<AppointmentRead>('appointment', [named], on);
  const meant = yield* seatsMeant(walk);
  const hats = all.flatMap((known): Hat[] =>
    known.state.seat === undefined ? [] : [{ known, seat: known.state.seat }],
  );
  const held: { known: Known<AppointmentRead>; seat: string; missing: MissingDatum[] }[] = [];
  const failed: { known: Known<AppointmentRead>; seat: string; failure: Failure }[] = [];
  for (const hat of hats) {
    const why = yield* notActing(hat, path.at.id, walk);
    if (why) failed.push({ ...hat, failure: why });
    else held.push({ ...hat, missing: unsure(hat, on) });
  }
  if (isDecider && named === undefined && held.length > 1) {
    const datum = `the appointment in which the officer acted, of ${markedEach(
      'seat',
      held.map(({ seat }) => seat),
    )},`;
    for (const hat of held) hat.missing.push(lacking(matter, 'actingUnder', datum));
  }
  const told = failed.filter(({ seat }) => named !== undefined || held.length === 0 || meant.includes(seat));
  return { held, failed: told };
}

/** Posts to which the delegation goes that the decision names. */
function* seatsMeant({ matter, on }: Walk): Asking<readonly string[]> {
  if (matter.delegation === undefined) return [];
  const cited = yield* point<DelegationRead>('delegation', matter.delegation, on);
  return cited?.state.delegateSeats ?? [];
}

function* notActing({ known, seat }: Hat, person: string, { on }: Walk): Asking<Failure | undefined> {
  const { state, begun, from, id } = known;
  const at = { aggregate: 'appointment', id } as const;
  const post = marked({ aggregate: 'seat', id: seat });
  const day = dayInWords(on);
  if (state.person !== person) {
    const holder = state.person === undefined ? 'nobody' : marked({ aggregate: 'person', id: state.person });
    return failure('HAT', at, `the appointment named is that of ${holder}`, 'one of the officer’s own', 'BR-060');
  }
  if (!begun)
    return failure('POST', at, `the officer came to ${post} on ${dayInWords(from)}`, `that it was held on ${day}`);
  if (state.holds === 'NO') {
    const last = state.end?.day ?? state.inOfficeUntil;
    const found = last ? `the officer held ${post} until ${dayInWords(last)}` : `the officer no longer held ${post}`;
    return failure('POST', at, found, `that it was held on ${day}`);
  }
  const statuses = [state.status, ...(state.capacities ?? []).map(({ status }) => status)];
  if (statuses.includes('DESIGNATE')) {
    return failure(
      'DESIGNATE',
      at,
      `the officer was only designate to ${post}`,
      `that the post was taken up by ${day}`,
      'BR-028',
    );
  }
  if (statuses.includes('SUSPENDED')) {
    return failure('POST', at, `the officer was suspended from ${post}`, `that the officer could act on ${day}`);
  }
  const gone = goneOn(yield* point<Lasts>('seat', seat, on), on);
  return gone === undefined ? undefined : failure('POST', at, `${post} ${gone}`, `that the post was there on ${day}`);
}

const unsure = ({ known: { id, state }, seat }: Hat, on: string): MissingDatum[] =>
  state.holds === 'NOT_KNOWN'
    ? [
        {
          about: { aggregate: 'appointment', id },
          field: 'start',
          datum: `whether the officer held ${marked({ aggregate: 'seat', id: seat })} on ${dayInWords(on as Walk['on'])}`,
          recordedBy: 'whoever records appointments: ChangeAppointment',
        },
      ]
    : [];
