import { strictest } from '#governance';
import type { DecisionView, Place, Shown } from '#register';
import { isUnknownTo } from './disclosing.js';
import type { ReaderClass } from './document.js';
import { Names, NOT_SHOWN } from './names.js';
import type { Scope } from './question.js';
import type { LogContext } from './sections/section.js';
import type { LogSource } from './source.js';

export const contextOf = (source: LogSource, scope: Scope): LogContext => ({
  source,
  scope,
  names: namesFor(source, scope.basis, scope.reader, scope.since === undefined),
});

/** What the log before was made from, shown to whom this one is; undefined where there is none. */
export function contextBefore({ source, scope }: LogContext): LogContext | undefined {
  if (scope.since === undefined) return undefined;
  return contextOf(source, { ...scope, basis: { ...scope.basis, position: scope.since } });
}

/** Names as a reader may see them. */
export const namesFor = (source: LogSource, place: Place, reader: ReaderClass, mayForget = false): Names => {
  const disclosed = async (
    decisions: readonly Shown[],
    gone: readonly string[],
  ): Promise<ReadonlyMap<string, object | null>> => {
    const states = new Map<string, object | null>();
    for (const id of gone) {
      const ever = await source.register.everShown<DecisionView>('decision', id);
      if (isUnknownTo(reader, strictest(ever))) states.set(id, NOT_SHOWN);
    }
    for (const [id, disclosure] of await source.disclose(decisions as Shown<DecisionView>[], reader, place)) {
      states.set(id, disclosure.kind === 'absent' ? NOT_SHOWN : disclosure.shown.state);
    }
    return states;
  };
  return new Names(source.register, place, disclosed, mayForget);
};
