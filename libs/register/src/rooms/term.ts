import { addDays, type CivilDate } from '#kernel';

/** Events keep the first day without; people read the last day (T4). Null says that the end is open. */
export const withTerm = <Data extends { readonly to?: CivilDate | null }>({
  to,
  ...rest
}: Data): Omit<Data, 'to'> & { termEnds?: Data['to'] } =>
  to === undefined ? rest : { ...rest, termEnds: to && addDays(to, -1) };
