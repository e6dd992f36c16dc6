import type { Actor } from '#kernel';

/** Who is at the command line of the machine that holds the register. */
export const commandLineActor = (): Actor => {
  const id = process.env.USER ?? process.env.LOGNAME ?? 'operator';
  return { id: `cli:${id}`, name: `${id} at the command line`, roles: ['operator'], vouchedBy: 'operator' };
};
