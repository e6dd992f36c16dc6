import { given, said, type Decider, type Fact, type Revised } from '#kernel';
import { identifiersOf } from '../identifier.js';
import { UNBORN, lifeAfter, refersTo, standsInLife, type Life, type Part } from '../lifecycle.js';
import type { FunctionDetails, FunctionEvent } from './function.events.js';

export type FunctionCommand =
  | Fact<'DefineFunction', FunctionDetails>
  | Fact<'ChangeFunction', Revised<FunctionDetails>>
  | Fact<'EndFunction', { readonly reason?: string }>;

const PARTS: Record<FunctionEvent['type'], Part> = {
  FunctionDefined: 'begins',
  FunctionChanged: 'goes on',
  FunctionEnded: 'ends',
};

/** Functions: the duties and powers that delegations and decisions exercise, as catalogues have them. */
export const catalogueFunction: Decider<Life, FunctionCommand, FunctionEvent> = {
  initial: UNBORN,

  references: ({ data }) => refersTo('function', 'partOf' in data ? data.partOf : undefined, 'partOf'),

  decide({ type, data }) {
    switch (type) {
      case 'DefineFunction':
        return { type: 'FunctionDefined', data: said({ ...given(details(data)), name: data.name }) };
      case 'ChangeFunction':
        return { type: 'FunctionChanged', data: details(data) };
      case 'EndFunction':
        return { type: 'FunctionEnded', data: said({ reason: data.reason }) };
    }
  },

  stands: (life, { type }) => standsInLife(life, PARTS[type], 'function'),
  evolve: (life, { type }) => lifeAfter(life, PARTS[type]),
};

const details = (data: Revised<FunctionDetails>): Revised<FunctionDetails> =>
  said({
    name: data.name,
    catalogue: data.catalogue,
    statute: data.statute,
    provision: data.provision,
    source: data.source,
    services: data.services && [...data.services],
    delegable: data.delegable,
    partOf: data.partOf,
    identifiers: identifiersOf(data.identifiers),
    note: data.note,
  });
