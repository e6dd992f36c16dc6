import { addDays } from '#kernel';
import { metIn, narrowedBy, type Restriction } from '#register';
import { FIRST_DAY } from './dated.js';
import { counted, inThousands } from './plain.js';
import { LAST_DAY } from './names.js';
import type { LogContext } from './sections/section.js';
import { claimsOf } from './whose.js';

/** What the register holds of the period of a log, as far as the reader may know of it. */
export interface Holdings {
  /** Decisions and proposals dated in the period, whoever’s they are. */
  readonly inPeriod: number;
  /** Of these, how many are of the organisations and bodies of the log. */
  readonly theirs: number;
  /** Of these, how many say neither who decided, nor at whose meeting, nor under which delegation, nor who answers: nobody’s log has them. */
  readonly unattributed: number;
}

/** Counted, not read. */
export const holdingsOf = async ({ source: { register, known }, scope }: LogContext): Promise<Holdings> => {
  const { basis, period, reader, organisations, bodies } = scope;
  const place = { asAt: LAST_DAY, position: basis.position };
  const days = { from: period.from, to: addDays(period.to, 1) };
  const claims = await claimsOf(register, scope);
  const { dated, met, undated } = narrowedBy(claims, basis);
  const said = [
    ...organisations.map(({ id }) => ({ by: 'accountable', value: id })),
    ...bodies.map(({ id }) => ({ by: 'decidedBy', value: id })),
  ];
  const may = await known(reader, basis);
  const meetings = [...bodies.flatMap(({ id }) => metIn(id, basis)), ...met];
  const heldIn = (order: { readonly from: string; readonly to: string }): Restriction => ({
    names: 'meeting',
    such: { aggregate: 'meeting', restriction: { order }, at: basis },
  });
  const theirs: Restriction = {
    any: [
      { listed: [...said, ...dated] },
      { all: [may.inFull, { listed: meetings }] },
      ...undated.map(({ from, to, listed }): Restriction => ({ all: [{ listed: [listed] }, heldIn({ from, to })] })),
    ],
  };
  const unattributed: Restriction = {
    all: [
      { unlisted: ['accountable', 'decidedBy', 'proposedTo'] },
      { column: 'delegation', oneOf: [''] },
      { not: { all: [may.inFull, { names: 'decidedAt', such: { aggregate: 'meeting', at: basis } }] } },
    ],
  };
  const count = async (only: Restriction): Promise<number> => {
    const ofThem: Restriction = { all: [may.there, only] };
    const undatedToo: Restriction = { all: [ofThem, may.inFull, heldIn(days)] };
    return (
      (await register.count('decision', { orderRange: days, restriction: ofThem }, place)) +
      (await register.count('decision', { orderRange: { to: FIRST_DAY }, restriction: undatedToo }, place))
    );
  };
  return { inPeriod: await count({ all: [] }), theirs: await count(theirs), unattributed: await count(unattributed) };
};

/** The account in sentences: what is here, and why the rest is not. @param here entries of the log. */
export const accountOf = (
  { inPeriod, theirs, unattributed }: Holdings,
  here: number,
  undated: number,
): readonly string[] => {
  const proposed = Math.max(0, theirs - here);
  const others = inPeriod - theirs - unattributed;
  return [
    `The register holds ${counted(theirs, 'decision')} of these organisations and bodies dated in the period that you may know of; ` +
      `${here === theirs ? 'all of them are' : `${inThousands(here)} of them ${here === 1 ? 'is' : 'are'}`} in this log.`,
    ...(proposed === 0
      ? []
      : [`${inThousands(proposed)} more ${proposed === 1 ? 'is' : 'are'} only proposed, and so in the forward look.`]),
    ...(undated === 0
      ? []
      : [
          `${counted(undated, 'decision')} of theirs ${undated === 1 ? 'has' : 'have'} no day that is known, and so no period; the log names them apart.`,
        ]),
    ...(others === 0
      ? []
      : [`${counted(others, 'other')} of the period ${others === 1 ? 'was' : 'were'} decided by others.`]),
    ...(unattributed === 0
      ? []
      : [
          `${counted(unattributed, 'decision')} of the period ${unattributed === 1 ? 'says' : 'say'} neither which body decided, nor at whose meeting, nor under ` +
            `which delegation, nor who answers: ${unattributed === 1 ? 'it is' : 'they are'} in no committee’s log until the register is told.`,
        ]),
  ];
};
