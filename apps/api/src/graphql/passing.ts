import type { RefusalCode } from '#kernel';

/** Refusals that pass by themselves, by code, with the seconds after which it is worth asking again. */
const SECONDS: Readonly<Partial<Record<RefusalCode, number>>> = {
  STORE_UNREACHABLE: 5,
  STORE_BEHIND: 2,
  STORE_BUSY: 2,
  STORE_CLOSED: 5,
  STORE_REPLACED: 60,
  READ_MODEL_UNAVAILABLE: 5,
  READ_MODEL_OVERTAKEN: 1,
  PENDING: 2,
  REBUILDING: 60,
  OVERLOADED: 2,
  OUTCOME_UNKNOWN: 5,
  ANSWER_TOO_LATE: 5,
  BUSY: 1,
  UNAVAILABLE: 10,
};

/** Seconds after which to ask again; undefined where asking again changes nothing. */
export const retryAfterOf = (code: RefusalCode): number | undefined => SECONDS[code];
