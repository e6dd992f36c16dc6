import { Field, ObjectType, DateScalar } from '#schema';
import { revised, said, type CivilDate, type DomainEvent } from '#kernel';
import { referencesAndKeys, type NamePeriod, type PersonEvent } from '#governance';
import { firstDay } from '../lifespan.js';
import { IdentifierView, Node, Recorded } from '../recorded.js';
import type { View } from '../../engine/view.js';

@ObjectType('PersonName', { description: 'A name of a person that was running on the day of the answer.' })
export class PersonNameView implements NamePeriod {
  @Field(() => String, { description: 'Key of this stretch of the name among the person’s own, as the source has it.' })
  period!: string;

  @Field(() => String, { description: 'The name in full.' })
  name!: string;

  @Field(() => String, { description: 'The name as the source shows it, with title.', nullable: true })
  displayName?: string;

  @Field(() => String, { description: 'The short name, usually the surname.', nullable: true })
  shortName?: string;

  @Field(() => String, { description: 'Gender, in the words of the source.', nullable: true })
  gender?: string;

  @Field(() => [IdentifierView], { description: 'References others give the person under this name.', nullable: true })
  identifiers?: readonly IdentifierView[];
}

/** The folded state of a person, and the GraphQL type `Person`. */
@ObjectType('Person', {
  implements: () => [Node, Recorded],
  description: 'Somebody who holds or held a public office, under the name that was in use on the day of the answer.',
})
export class PersonView {
  @Field(() => DateScalar, {
    description:
      'The first day for which the register has the person, whatever changed since; empty where nobody knows it.',
    nullable: true,
  })
  onRecordFrom?: CivilDate;

  @Field(() => String, {
    description: 'The name in full: the running one that began last; the last known where none runs.',
  })
  name!: string;

  @Field(() => String, { description: 'The name as the source shows it, with title.', nullable: true })
  displayName?: string;

  @Field(() => String, { description: 'The short name, usually the surname.', nullable: true })
  shortName?: string;

  @Field(() => String, { description: 'Gender, in the words of the source.', nullable: true })
  gender?: string;

  @Field(() => [IdentifierView], { description: 'References others give the person.', nullable: true })
  identifiers?: readonly IdentifierView[];

  @Field(() => String, { description: 'What else the source says.', nullable: true })
  note?: string;

  @Field(() => [PersonNameView], { description: 'All dated names that were running on the day, the latest last.' })
  names!: readonly PersonNameView[];
}

/** What belongs to one name and never passes to the next. */
interface Called {
  readonly name: string;
  readonly displayName?: string;
  readonly shortName?: string;
}

/** The person under another name: what is said of the person rather than of the name stays until it is said anew. */
const under = (
  state: PersonView,
  { name, displayName, shortName, gender, identifiers }: Called & Partial<NamePeriod>,
): PersonView => {
  const { displayName: _display, shortName: _short, ...lasting } = state;
  return {
    ...lasting,
    name,
    ...(displayName !== undefined && { displayName }),
    ...(shortName !== undefined && { shortName }),
    ...(gender !== undefined && { gender }),
    ...(identifiers !== undefined && { identifiers }),
  };
};

export const personView: View<PersonView> = {
  aggregate: 'person',
  initial: { name: '', names: [] },

  project(state, event) {
    const { type, data } = event as DomainEvent & PersonEvent;
    switch (type) {
      case 'PersonRegistered':
        return said({ ...data, onRecordFrom: firstDay(event), names: state.names });
      case 'PersonChanged':
        return revised(state, data);
      case 'NameRecorded': {
        const names = [...state.names.filter(({ period }) => period !== data.period), data];
        return under(
          said({ ...state, onRecordFrom: state.name === '' ? firstDay(event) : state.onRecordFrom, names }),
          data,
        );
      }
      case 'NameEnded': {
        const names = state.names.filter(({ period }) => period !== data.period);
        if (names.length === state.names.length) return state;
        const shown = names.at(-1);
        return shown === undefined ? { ...state, names } : under({ ...state, names }, shown);
      }
    }
  },

  turns: () => [],
  show: (state) => state,
  title: ({ name, displayName }) => displayName ?? name,
  titles: ({ name, displayName, shortName, names }) => [
    ...[name, displayName, shortName],
    ...names.flatMap((one) => [one.name, one.displayName, one.shortName]),
  ],
  texts: ({ note }) => [note],
  order: ({ name, displayName }) => (displayName ?? name).toLowerCase(),
  columns: { onRecordFrom: ({ onRecordFrom }) => onRecordFrom },
  unindexed: ['onRecordFrom'],
  lists: {
    identifier: ({ identifiers }) => referencesAndKeys((identifiers ?? []).map(({ value }) => value)),
  },
};
