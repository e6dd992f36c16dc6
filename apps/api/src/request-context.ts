import type { Actor } from '#kernel';

/** What every resolver knows of the request it answers; made once per request. */
export interface RequestContext {
  readonly actor: Actor;
  /** UTC epoch milliseconds: "now" and "today" of the whole request (T6). */
  readonly requestedAt: number;
  /** W3C trace context of the request, where it came with one or tracing is on; kept beside what it records. */
  readonly traceparent?: string | undefined;
  /** The one loader of a name in this request; made when it is first asked for. */
  readonly loader: (name: string, make: () => object) => object;
}

/** @param requestedAt UTC epoch milliseconds. */
export const requestContext = (actor: Actor, requestedAt: number, traceparent?: string): RequestContext => {
  const loaders = new Map<string, object>();
  return {
    actor,
    requestedAt,
    traceparent,
    loader: (name, make) => {
      const loader = loaders.get(name) ?? make();
      loaders.set(name, loader);
      return loader;
    },
  };
};
