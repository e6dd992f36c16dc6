import { DECISION_ROUTES, DECISION_STATUSES, inWords, PROCUREMENT_ROUTES } from '#governance';
import type { Block, Detail } from '../document.js';
import { capital, line } from '../plain.js';
import type { Scope } from '../question.js';
import { sectionOf, type Unnumbered } from './section.js';

/** Section 11: what the words mean, and how the log was made. */
export const method = (scope: Scope): Unnumbered => {
  const { basis } = scope;
  const blocks: Block[] = [
    { kind: 'heading', text: 'How this log was made' },
    ...[
      `It was made from the decision register as it stood on the day of the basis, using nothing recorded after position ${basis.position}. ` +
        'The same question on the same basis gives the same log again, byte for byte.',
      `Which decisions it holds: ${scope.rule} ` +
        'An organisation answers for a decision where the recording says so, where a body of its own decided (a joint body is that of each of its owners, ' +
        'on the day of the decision), and where the power was delegated by it. Where no body is said to have decided, the body whose meeting it ' +
        'was counts as having decided; the log says so.',
      'A decision belongs to the period in which it was taken; where that day is not known, to that in which it was made known, and where ' +
        'that is not known either, published; one without any of these days goes by that of its meeting, and says so. One that takes effect only later is in the log all the same. What is only proposed is in the forward look.',
      'Withheld decisions keep their reference and their place. No figure in this log is worked out from an amount that is withheld.',
      'Corrections do not overwrite: what was recorded before stays answerable in the register, and the history of a decision says what was put right and why.',
    ].map((text): Block => ({ kind: 'paragraph', text })),
    { kind: 'heading', text: 'Where a decision stands' },
    { kind: 'definitions', items: meanings(DECISION_STATUSES) },
    { kind: 'heading', text: 'How a decision came to be taken' },
    { kind: 'definitions', items: meanings(DECISION_ROUTES) },
    { kind: 'heading', text: 'How a supplier was chosen' },
    { kind: 'definitions', items: meanings(PROCUREMENT_ROUTES) },
    { kind: 'heading', text: 'Other words' },
    { kind: 'definitions', items: WORDS },
  ];
  return sectionOf('method', 'Words and method', 'What the words of this log mean, and how it was made.', blocks, '');
};

const meanings = (list: Readonly<Record<string, string>>): readonly Detail[] =>
  Object.entries(list).map(([value, meaning]) => ({ label: capital(inWords(value)), values: [line(meaning)] }));

const define = (label: string, meaning: string): Detail => ({ label, values: [line(meaning)] });

const WORDS: readonly Detail[] = [
  define('As at', 'The day the log is about: each decision is shown as it stood at the end of that day.'),
  define('As known at', 'The state of knowledge used: nothing recorded later is in the log.'),
  define('Position', 'The number of the last entry of the register that was used.'),
  define(
    'Holds from',
    'The day from which a decision takes effect, which may be before or after the day it was taken.',
  ),
  define('Made known on', 'The day of the notice that announced a decision.'),
  define('Withheld', 'Not shown because the law allows or requires it; the ground is given.'),
  define('Stub', 'A decision that is withheld: its reference, day and ground are shown.'),
];
