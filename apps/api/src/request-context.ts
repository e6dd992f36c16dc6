import type { Actor } from '#kernel';

/** What every resolver knows of the request it answers; made once per request. */
export interface RequestContext {
  readonly actor: Actor;
  /** UTC epoch milliseconds: "now" and "today" of the whole request (T6). */
  readonly requestedAt: number;
  /** The one loader of a name in this request; made when it is first asked for. */
  readonly loader: (name: string, make: () => object) => object;
}

/** @param requestedAt UTC epoch milliseconds. */
export const requestContext = (actor: Actor, requestedAt: number): RequestContext => {
  const loaders = new Map<string, object>();
  return {
    actor,
    requestedAt,
    loader: (name, make) => {
      const loader = loaders.get(name) ?? make();
      loaders.set(name, loader);
      return loader;
    },
  };
};
