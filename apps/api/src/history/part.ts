import { Refusal } from '#kernel';

/** Which part of a list that goes by a number is wanted: by position in the register, or by place. */
export interface Part {
  readonly first: number;
  readonly after?: string | null;
}

/** The number that a cursor of such a list is. @throws Refusal `NOT_A_CURSOR` */
export const numberIn = (cursor: string): number => {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new Refusal('NOT_A_CURSOR', `after is not a cursor of this list: ${JSON.stringify(cursor.slice(0, 80))}`, {
    field: 'after',
    remedy: 'send the endCursor of a page as it was given',
  });
};
