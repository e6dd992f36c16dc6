import { PIPES_METADATA } from '@nestjs/common/constants.js';
import type { ExternalContextCreator } from '@nestjs/core';

type Create = ExternalContextCreator['create'];

interface Parameter {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes: readonly unknown[];
}

/** What a field is resolved with, in the order in which GraphQL gives it: parent, arguments, context, info. */
const GIVEN = [0, 1, 2, 3] as const;

/**
 * Has fields of records resolved by a call of their method and nothing around it. Nest calls each through a dozen
 * promises, made for guards, interceptors, filters and pipes; a method without any of them has no use for those, and a
 * page calls it twenty times. To be called before the application starts, where it has no pipes for everything.
 */
export const callPlainly = (nest: ExternalContextCreator): void => {
  const create: Create = nest.create.bind(nest);
  const ways: Create = (...asked) => plain(asked) ?? create(...asked);
  nest.create = ways;
};

function plain([instance, method, name, key, factory, , , enhancers, kind]: Parameters<Create>):
  ReturnType<Create> | undefined {
  // Root fields come without a word about enhancers, and have them all.
  if ((kind as string) !== 'graphql' || !enhancers || Object.values(enhancers).includes(true)) return undefined;
  if (!key || !factory || [instance.constructor, method].some((of) => Reflect.hasMetadata(PIPES_METADATA, of)))
    return undefined;
  const declared: Readonly<Record<string, Parameter>> = Reflect.getMetadata(key, instance.constructor, name) ?? {};
  const places: number[] = [];
  for (const [of, { index, data, pipes }] of Object.entries(declared)) {
    if (data !== undefined || pipes.length > 0) return undefined;
    // Which one it is, Nest's own factory says.
    const place = GIVEN.indexOf(factory.exchangeKeyForValue(Number(of.split(':', 1)[0]), '', [...GIVEN]));
    if (place < 0) return undefined;
    places[index] = place;
  }
  if (places.length === 0) return undefined;
  return (...given: unknown[]) =>
    method.apply(
      instance,
      places.map((place) => given[place]),
    ) as Promise<unknown>;
}
