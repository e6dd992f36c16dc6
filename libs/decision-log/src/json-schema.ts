/** Name and version of the JSON format. Fields may be added; none is renamed, removed or given another meaning. */
export const JSON_FORMAT = 'decision-log/1';

type Schema = Readonly<Record<string, unknown>>;

const text = (description: string): Schema => ({ type: 'string', description });
const whole = (description: string): Schema => ({ type: 'integer', description });
const day = (description: string): Schema => ({ type: ['string', 'null'], format: 'date', description });
const list = (description: string, items: Schema): Schema => ({ type: 'array', items, description });
const texts = (description: string): Schema => list(description, { type: 'string' });
const object = (properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
});

const amount = (description: string): Schema => ({
  ...object(
    {
      kind: { enum: ['shown', 'placeholder', 'withheld', 'none'] },
      pence: whole('In whole pence; only where shown or a placeholder, which is a figure that is no amount.'),
      words: text('How the source writes it; only where that says more than the figure.'),
    },
    ['kind'],
  ),
  description,
});

const OF_ANY_KIND: Readonly<Record<string, Schema>> = {
  place: whole('Place in the order of the log, from 1.'),
  id: text('The id in the register.'),
  reference: text('The reference; the id where it has none.'),
  datedOn: day('The day it goes by: taken, else made known, else published, else that of its meeting.'),
  group: text('Under whom it stands in the log.'),
  title: text('The title; of a stub the one approved for publication.'),
};

const SOMETIMES: Readonly<Record<string, Schema>> = {
  permalink: { type: 'string', format: 'uri', description: 'Its page in the register.' },
  mark: object({
    kind: { enum: ['new', 'corrected', 'changed', 'withdrawn', 'now-public'] },
    words: text('The same in words.'),
  }),
};

const FULL: Readonly<Record<string, Schema>> = {
  takenOn: day('The day it was taken.'),
  noticedOn: day('The day of the notice that made it known.'),
  publishedOn: day('The day it was published.'),
  effectiveFrom: day('The day from which it takes effect.'),
  datedBy: { enum: ['taken', 'noticed', 'published', 'meeting', 'none'], description: 'Which of the days datedOn is.' },
  decidedBy: texts('The bodies that decided, or who did in the words of the source.'),
  officer: text('The officer who decided.'),
  bodyOfMeeting: text(
    'The body whose meeting it was taken at, where no body is said to have decided: it follows from the meeting, it is not recorded.',
  ),
  accountable: texts(
    'The organisations that answer for it: those that were said to, then those that do because of who decided.',
  ),
  type: text('What it does.'),
  route: text('How it came to be taken.'),
  status: text('Where it stands.'),
  outcome: text('The outcome in the words of the source.'),
  stage: text('Where it stands in its own process.'),
  method: text('How it was voted on.'),
  votes: text('The tally and the named votes, with where they do not fit each other.'),
  key: { type: ['boolean', 'null'], description: 'Whether it is a key decision; null where not recorded.' },
  text: text('The words of the decision.'),
  reasons: text('The reasons given.'),
  alternatives: text('Alternatives considered and rejected.'),
  amount: amount('The amount.'),
  amountPerYear: amount('The amount for each year.'),
  amountNote: text('What else is said about the amount.'),
  term: text('For how long.'),
  legalBasis: text('The legal basis.'),
  authority: text('By which delegation or instrument.'),
  meeting: text('The meeting.'),
  procurementRoute: text('How the supplier was chosen.'),
  supplier: text('The supplier.'),
  noticeId: text('The number of the notice.'),
  standstillUntil: day('The last day of the standstill.'),
  supersedes: text('The reference of the decision it replaces.'),
  supersededBy: text('The reference of the decision that replaced it.'),
  tags: texts('Words it is tagged with.'),
  conflictInSource: text('In what the source contradicts itself.'),
  note: text('What else the source says.'),
  papers: text('Its public page, as recorded.'),
  recordedAt: text('When it was first recorded, in UTC.'),
  position: whole('Where in the register it was first recorded.'),
  history: texts('What was recorded of it, oldest first.'),
};

const entry = (kind: string, properties: Readonly<Record<string, Schema>>): Schema => {
  const required = { kind: { const: kind }, ...OF_ANY_KIND, ...properties };
  return object({ ...required, ...SOMETIMES }, Object.keys(required));
};

const change = object({
  subject: text('Global id of what changed.'),
  effectiveOn: day('The day from which the change holds.'),
  change: text('What kind of change.'),
  sentence: text('The change in a sentence.'),
  recordedAt: text('When it was recorded, in UTC.'),
  position: whole('Where in the register.'),
});

const correction = object({
  reference: text('The reference of the decision.'),
  recordedAt: text('When it was recorded, in UTC.'),
  position: whole('Where in the register.'),
  sentence: text('What was put right.'),
  because: text('Why, in words.'),
});

const figures = object(
  Object.fromEntries(
    [
      'decisions',
      'withheld',
      'inPrivate',
      'urgent',
      'calledIn',
      'publishedLate',
      'recordedLate',
      'amountShown',
      'withAmount',
    ].map((name) => [name, whole(name)]),
  ),
);

/** What a log in JSON looks like (JSON Schema 2020-12). */
export const JSON_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'decision-log.schema.json',
  title: 'Decision log',
  description: 'The decisions of a period for a scrutiny committee, on a stated basis.',
  ...object({
    $schema: text('This schema.'),
    format: { const: JSON_FORMAT },
    head: {
      ...object({
        title: text('Title.'),
        id: text('Sixteen hexadecimal digits.'),
        figures,
        holdings: {
          ...object({
            inPeriod: whole('Decisions and proposals dated in the period, whoever’s they are.'),
            theirs: whole('Of these, those of the organisations and bodies of the log.'),
            unattributed: whole(
              'Of these, those that say neither who decided, nor at whose meeting, nor under which delegation, nor who answers.',
            ),
          }),
          description: 'What the register holds of the period, as far as the reader may know of it.',
        },
        summary: texts('The summary.'),
      }),
      description: 'The front page.',
    },
    sections: list(
      'The sections in order, without what only repeats the decisions.',
      object({ id: text('Stable key.'), number: whole('From 1.'), title: text('Title.') }),
    ),
    decisions: list('In the order of the log.', {
      oneOf: [
        entry('full', FULL),
        entry('stub', { ground: text('Why it is withheld.'), reviewOn: day('When that is looked at again.') }),
      ],
    }),
    delegations: list('Delegations made, varied and revoked in the period.', change),
    appointments: list('Appointments and vacancies that took effect in the period.', change),
    corrections: list('What was put right about the decisions of the log.', correction),
  }),
};
