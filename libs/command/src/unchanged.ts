import { Refusal, canonicalJson, withoutNulls, type Fact } from '#kernel';
import { REVISIONS, type Aggregate, type Revisions } from '#governance';
import type { DecidedFact, Judged } from './standing.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A change says something other than what stands on its day. Looks back from its place as far as it takes to know: to the
 * last event that says each of its fields.
 *
 * @param before the live events before its place, the last first.
 * @param at where the step stands in its command.
 * @throws Refusal `CHANGES_NOTHING`.
 */
export const refuseNoChange = (
  aggregate: Aggregate,
  { type, data }: Fact,
  before: Iterable<Judged>,
  at: string,
): void => {
  const revisions = REVISIONS[aggregate];
  if (!revisions?.revised.includes(type) || notOfItsFields.has(type)) return;
  const open = fieldsOf(data as Fields, revisions);
  const named = [...open.keys()];
  for (const event of before) {
    if (open.size === 0) break;
    if (revisions.unclear.includes(event.type)) return;
    const isBeginning = revisions.begun.includes(event.type);
    if (!isBeginning && !revisions.revised.includes(event.type)) continue;
    const earlier = fieldsOf(event.data as Fields, revisions);
    if (Object.entries(revisions.partly ?? {}).some(([part, field]) => earlier.has(part) && open.has(field))) return;
    const isWhole = isBeginning || revisions.fixed !== undefined;
    if (revisions.fixed && [...earlier.keys()].some((field) => !open.has(field))) return;
    for (const [field, value] of open) {
      if (!earlier.has(field) && !isWhole) continue;
      if (!isSame(earlier.get(field), value)) return;
      open.delete(field);
    }
  }
  if ([...open.values()].some((value) => value !== null)) return;
  throw new Refusal(
    'CHANGES_NOTHING',
    named.length === 0
      ? 'the change names nothing that changes: needed at least one field with another value'
      : `the change says what stands already on that day: ${named.join(', ')}`,
    {
      field: `${at}data${named[0] === undefined ? '' : `.${named[0]}`}`,
      rule: 'T8',
      remedy: 'name what is different from that day on; null takes a value away',
    },
  );
};

/**
 * A row that is read again says something other than the event whose place its correction would take.
 *
 * @throws Refusal `CHANGES_NOTHING`.
 */
export const refuseSameAgain = (corrected: Judged, fact: DecidedFact, at: string): void => {
  if (!SAYS.every((name) => isSame(corrected[name], fact[name]))) return;
  throw new Refusal('CHANGES_NOTHING', `the correction says what the event ${corrected.id} says`, {
    field: `${at}data`,
    rule: 'T3',
    remedy: 'say what was wrong about it, or leave it as it is',
  });
};

/** All that a recording says. */
const SAYS = ['type', 'data', 'effectiveOn', 'startKnown', 'effectiveIn', 'notBefore', 'notAfter', 'source'] as const;

/** Says a thing of its own besides what it says of the fields. */
const notOfItsFields: ReadonlySet<string> = new Set(['DecisionTaken', 'DecisionPublished']);

/** What an event says of each field, parts taken apart; without why it says so, its class, and what only a beginning says. */
function fieldsOf(
  { reason: _reason, disclosure: _class, ...data }: Fields,
  { parts = [], fixed = [] }: Revisions,
): Map<string, unknown> {
  const fields = Object.entries(data).filter(([field]) => !fixed.includes(field));
  return new Map(
    fields.flatMap(([field, value]): readonly (readonly [string, unknown])[] =>
      parts.includes(field) && value !== null
        ? Object.entries(value as Fields).map(([inner, of]) => [`${field}.${inner}`, of])
        : [[field, value]],
    ),
  );
}

const isSame = (a: unknown, b: unknown): boolean =>
  canonicalJson(withoutNulls(a ?? null)) === canonicalJson(withoutNulls(b ?? null));
