import { isAggregate } from '#governance';

/** A name as the API takes it: with a slash behind its room also where a colon stands there. */
export const globalId = (named: string): string => {
  const [, room = '', rest = ''] = /^(\w+):(.*)$/s.exec(named) ?? [];
  return isAggregate(room) ? `${room}/${rest}` : named;
};
