import { isAggregate } from '../aggregates.js';
import { named, type NameOf } from '../wording.js';
import type { Actor, SubjectNamed } from './authority.js';

/** Texts of a trace name subjects by a mark, so that they can be told by whoever knows what they were called on a day. */
const MARK = /⟦([a-zA-Z]+)\/([^⟧]+)⟧/gu;

export const marked = ({ aggregate, id }: SubjectNamed): string => `⟦${aggregate}/${id}⟧`;

export const markedActor = ({ kind, id }: Actor): string => marked({ aggregate: kind, id });

export const markedEach = (aggregate: SubjectNamed['aggregate'], ids: readonly string[]): string =>
  ids.map((id) => marked({ aggregate, id })).join(', ');

/** Every subject that a text names. */
export const subjectsIn = (text: string): readonly SubjectNamed[] =>
  [...text.matchAll(MARK)].flatMap(([, aggregate, id]) =>
    isAggregate(aggregate) && id !== undefined ? [{ aggregate, id }] : [],
  );

/** A text with its subjects by name. */
export const unmarked = (text: string, nameOf: NameOf): string =>
  text.replaceAll(MARK, (_, aggregate: string, id: string) =>
    isAggregate(aggregate) ? named(nameOf, aggregate, id) : id,
  );
