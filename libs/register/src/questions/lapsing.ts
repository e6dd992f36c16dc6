import type { Restriction } from './restriction.js';
import { INSTRUMENTS_DEEP } from './lapse.js';

/**
 * What `lapseOf` says of one record, as a condition in a statement, so that lists, counts and cursors leave out what has
 * ended with something else. The two are held against each other by a property test.
 */
export const lapsed = (aggregate: string): Restriction | undefined => {
  switch (aggregate) {
    case 'appointment':
      return any(names('seat', 'seat', OVER.seat), names('body', 'body', OVER.body), names('organisation', ...COMPANY));
    case 'seat':
      return SEAT_LAPSED;
    case 'body':
      return BODY_LAPSED;
    case 'delegation':
      return any(
        names('grantedByBody', 'body', NOT_PASSED_ON),
        names('grantedByOrganisation', ...COMPANY),
        names('grantedBySeat', 'seat', OVER.seat),
        DELEGATES_GONE,
        names('instrument', 'instrument', instrumentOver(INSTRUMENTS_DEEP)),
      );
    case 'instrument':
      return instrumentLapsed(INSTRUMENTS_DEEP);
    case 'reservation':
      return any(
        names('body', 'body', NOT_PASSED_ON),
        names('organisation', ...COMPANY),
        names('instrument', 'instrument', instrumentOver(INSTRUMENTS_DEEP)),
      );
    case 'budget':
      return any(names('body', 'body', NOT_PASSED_ON), names('organisation', ...COMPANY));
    case 'functionHolding':
      return any(names('function', 'function', GONE), names('organisation', ...COMPANY));
    case 'interest':
      return names('organisation', ...COMPANY);
    case 'standingOrder':
      return any(names('committee', 'body', OVER.body), names('council', ...COMPANY));
    default:
      return undefined;
  }
};

/** Of which nobody knows whether it has ended with something else already. */
export const maybeLapsed = (aggregate: string): Restriction | undefined => {
  switch (aggregate) {
    case 'appointment':
      return any(
        names('seat', 'seat', any(MAY_BE_GONE, IN_A_PLACE_MAYBE_GONE)),
        names('body', 'body', MAY_BE_GONE),
        names('organisation', 'organisation', MAY_BE_CLOSED),
      );
    case 'seat':
      return IN_A_PLACE_MAYBE_GONE;
    case 'delegation':
      return any(
        names('grantedByBody', 'body', MAY_BE_GONE),
        names('grantedByOrganisation', 'organisation', MAY_BE_CLOSED),
        names('grantedBySeat', 'seat', any(MAY_BE_GONE, IN_A_PLACE_MAYBE_GONE)),
        names('instrument', 'instrument', instrumentUnsure(INSTRUMENTS_DEEP)),
      );
    case 'instrument':
      return instrumentMaybeLapsed(INSTRUMENTS_DEEP);
    case 'reservation':
      return any(IN_A_PLACE_MAYBE_GONE, names('instrument', 'instrument', instrumentUnsure(INSTRUMENTS_DEEP)));
    case 'budget':
      return IN_A_PLACE_MAYBE_GONE;
    case 'functionHolding':
      return any(names('function', 'function', MAY_BE_GONE), names('organisation', 'organisation', MAY_BE_CLOSED));
    case 'interest':
      return names('organisation', 'organisation', MAY_BE_CLOSED);
    case 'standingOrder':
      return any(names('committee', 'body', MAY_BE_GONE), names('council', 'organisation', MAY_BE_CLOSED));
    default:
      return undefined;
  }
};

const any = (...these: readonly Restriction[]): Restriction => ({ any: these });
const all = (...these: readonly Restriction[]): Restriction => ({ all: these });
const names = (field: string, aggregate: string, restriction?: Restriction): Restriction => ({
  names: field,
  such: { aggregate, restriction },
});

const GONE: Restriction = { column: 'ended', oneOf: ['YES'] };
const MAY_BE_GONE: Restriction = { column: 'ended', oneOf: ['NOT_KNOWN'] };

/** What was an organisation's own may have gone over to the one that came after it. */
const NO_SUCCESSOR: Restriction = { not: { namedIn: 'predecessor', by: { aggregate: 'succession' } } };
const CLOSED = all(GONE, NO_SUCCESSOR);
const MAY_BE_CLOSED = all(MAY_BE_GONE, NO_SUCCESSOR);
const COMPANY = ['organisation', CLOSED] as const;

const IN_A_PLACE_MAYBE_GONE = any(
  names('body', 'body', MAY_BE_GONE),
  names('organisation', 'organisation', MAY_BE_CLOSED),
);

/** A body whose owners are all gone. */
const BODY_LAPSED = all(names('owner', 'organisation'), { not: names('owner', 'organisation', { not: CLOSED }) });
const BODY_OVER = any(GONE, BODY_LAPSED);
const SEAT_LAPSED = any(names('body', 'body', BODY_OVER), names('organisation', ...COMPANY));
const OVER = { body: BODY_OVER, seat: any(GONE, SEAT_LAPSED) };

const MERGED = names('mergedInto', 'body');
const NOT_PASSED_ON = all(BODY_OVER, { not: MERGED });

const DELEGATES_GONE = all(
  { column: 'receivedBy', oneOf: ['REGISTERED'] },
  any(names('delegateBody', 'body'), names('delegateOrganisation', 'organisation'), names('delegateSeat', 'seat')),
  { not: names('delegateBody', 'body', { not: NOT_PASSED_ON }) },
  { not: names('delegateSeat', 'seat', { not: OVER.seat }) },
  { not: names('delegateOrganisation', 'organisation', { not: CLOSED }) },
);

const NOT_REPLACED: Restriction = { not: names('replacedBy', 'instrument') };

/** An instrument hangs on its place, and on the one that it is part of; how far up is looked at is bounded. */
const instrumentLapsed = (deep: number): Restriction =>
  any(
    names('body', 'body', NOT_PASSED_ON),
    names('organisation', ...COMPANY),
    ...(deep === 0 ? [] : [names('partOf', 'instrument', instrumentOver(deep))]),
  );
const instrumentMaybeLapsed = (deep: number): Restriction =>
  any(IN_A_PLACE_MAYBE_GONE, ...(deep === 0 ? [] : [names('partOf', 'instrument', instrumentUnsure(deep))]));
const instrumentOver = (deep: number): Restriction => all(any(GONE, instrumentLapsed(deep - 1)), NOT_REPLACED);
const instrumentUnsure = (deep: number): Restriction =>
  all(any(MAY_BE_GONE, instrumentMaybeLapsed(deep - 1)), NOT_REPLACED);
