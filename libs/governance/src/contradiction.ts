import { Refusal, type RefusalDetail } from '#kernel';

/**
 * What a command says against itself, which no source can have meant. Across commands it is never refused: facts that
 * do not fit each other happened.
 *
 * @param field as the command calls it.
 * @param found what is wrong with it, for a sentence that begins with the field.
 */
export const contradiction = (field: string, found: string, detail: Pick<RefusalDetail, 'remedy'>): Refusal =>
  new Refusal('CONTRADICTS_ITSELF', `${field} ${found}`, { field, rule: 'T8', ...detail });
