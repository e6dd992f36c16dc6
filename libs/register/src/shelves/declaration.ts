import { createHash } from 'node:crypto';

import { stateJson } from '../engine/timeline.js';
import type { View } from '../engine/view.js';

/** Raised when the engine or its tables change so that old generations no longer say what new ones would. */
export const ENGINE = 13;

/**
 * Digest of what the views declare: names, initial states and the text of their functions. A generation made by
 * another declaration is made again from the log. What a view's function calls in another file is not seen:
 * after such a change, rebuild.
 */
export const declarationDigest = (views: readonly View[]): string => {
  const hash = createHash('sha256').update(`engine ${ENGINE}\n`);
  const rooms = views.map((view) => view.room ?? view);
  for (const view of rooms.toSorted((a, b) => (a.aggregate < b.aggregate ? -1 : 1))) {
    const { aggregate, initial, columns, lists } = view;
    const functions = [
      view.project,
      view.turns,
      view.show,
      view.title,
      view.order,
      view.recordsNone,
      view.titles,
      view.texts,
    ];
    const texts = [
      ...functions.map(String),
      ...[columns, lists].flatMap((named) => Object.entries(named).map(([name, reading]) => `${name}: ${reading}`)),
    ];
    hash.update(JSON.stringify([aggregate, stateJson(initial), texts, view.untilOver ?? []])).update('\n');
  }
  return hash.digest('hex');
};
