import { dayInWords, limitInWords } from '#governance';
import { epochMsOf, londonDay } from '#kernel';
import type {
  Block,
  Detail,
  DocumentHead,
  LogBasis,
  PrintedEntry,
  ReaderClass,
  RegisterDocument,
  Table,
} from '../document.js';
import { HANDLING, READERS } from '../front-page.js';
import { capital, counted, detail, inShort, inThousands, line } from '../plain.js';
import { sectionOf, type Unnumbered } from '../sections/section.js';
import { documentId } from './asking.js';
import { functionOf } from './gather-scheme.js';
import { partiesInWords } from './parties.js';
import { isInUse, type Scheme, type SchemeEntry } from './scheme.js';

/** The scheme as a document: what is reserved, what is delegated, what is suspended, not valid or has lapsed. */
export const schemeDocument = ({ head, entries }: Scheme): RegisterDocument => {
  const { organisation, basis, reader } = head;
  const inUse = entries.filter(isInUse);
  const parts = {
    reserved: inUse.filter(({ kind }) => kind === 'RESERVED'),
    delegated: inUse.filter(({ kind }) => kind === 'DELEGATED'),
    other: entries.filter((entry) => !isInUse(entry)),
  };
  const id = documentId({ scheme: organisation.subject, asAt: basis.asAt, position: basis.position, reader });
  const sections = [
    partOf('reserved', 'What is reserved', parts.reserved, {
      lead: `Matters that only ${organisation.name} or the body that is named may decide.`,
      nothing: 'Nothing is recorded as reserved on this day.',
    }),
    partOf('delegated', 'What is delegated', parts.delegated, {
      lead: `Powers that ${organisation.name}, its bodies, posts and people let others exercise. Whoever delegates stays accountable.`,
      nothing: 'Nothing is recorded as delegated on this day.',
    }),
    partOf('not-in-use', 'What is suspended, not valid or has lapsed', parts.other, {
      lead: 'No record of its own ends it, and on this day nobody may act under it.',
      nothing: 'Nothing is recorded as suspended or not valid, and nothing has lapsed.',
    }),
    sectionOf('method', 'How to read this scheme', '', [{ kind: 'list', items: METHOD.map((text) => line(text)) }], ''),
  ];
  return {
    head: headOf({
      ...{ title: 'Scheme of Reservation and Delegation', called: 'scheme', id, basis, reader },
      subtitle: `${organisation.name}, as at ${dayInWords(basis.asAt)}`,
      whose: organisation.name,
      summary: summaryOf(parts),
    }),
    sections: numbered(sections),
  };
};

const METHOD = [
  'Entries stand by function, then by whoever receives it. The function is that of a catalogue where one is recorded; the words of the source stand beside it.',
  'Names are those of the day. Whoever holds a post on the day acts.',
  'People are counted as the organisation’s who are appointed to it or to a post in it on the day.',
  'What has ended by a record of its own, revoked or with its term over, is not listed.',
  'Where something is not said, nothing is recorded of it: that is no permission.',
];

const summaryOf = ({
  reserved,
  delegated,
  other,
}: Record<'reserved' | 'delegated' | 'other', readonly SchemeEntry[]>) => [
  reserved.length + delegated.length === 0
    ? 'The scheme is empty: nothing is recorded as reserved or delegated on this day.'
    : `${capital(counted(reserved.length, 'matter'))} ${reserved.length === 1 ? 'is' : 'are'} reserved, and ${counted(delegated.length, 'power')} ${delegated.length === 1 ? 'is' : 'are'} delegated.`,
  other.length === 0
    ? 'None is suspended or not valid, and none has lapsed.'
    : `${inThousands(other.length)} more ${other.length === 1 ? 'is' : 'are'} suspended, not valid or ${other.length === 1 ? 'has' : 'have'} lapsed, though no record of ${other.length === 1 ? 'its' : 'their'} own ends ${other.length === 1 ? 'it' : 'them'}.`,
  ...noted(delegated, ({ limits }) => limits.length === 0, 'has no limit recorded', 'have no limit recorded'),
  ...noted(
    delegated,
    isVacant,
    'goes to a post that is vacant, or that nobody is recorded as holding',
    'go to posts that are vacant, or that nobody is recorded as holding',
  ),
  ...noted(
    [...reserved, ...delegated],
    ({ instrument }) => instrument === null,
    'names no document that makes it',
    'name no document that makes them',
  ),
];

const isVacant = ({ to }: SchemeEntry): boolean =>
  to.some(({ kind, heldBy }) => kind === 'POST' && heldBy.length === 0);

const noted = (entries: readonly SchemeEntry[], which: (entry: SchemeEntry) => boolean, one: string, many: string) => {
  const count = entries.filter(which).length;
  return count === 0 ? [] : [`${inThousands(count)} ${count === 1 ? one : many}.`];
};

/** What the front pages of documents of who may decide have in common. */
export const headOf = ({
  title,
  subtitle,
  called,
  id,
  basis,
  reader,
  whose,
  summary,
  days = detail('As at', dayInWords(basis.asAt)),
}: {
  readonly title: string;
  readonly subtitle: string;
  readonly called: string;
  readonly id: string;
  readonly basis: LogBasis;
  readonly reader: ReaderClass;
  readonly whose: string;
  readonly summary: readonly string[];
  readonly days?: readonly Detail[];
}): DocumentHead => {
  const recorded =
    basis.recordedAt === null ? '' : `, recorded on ${dayInWords(londonDay(epochMsOf(basis.recordedAt)))}`;
  return {
    ...{ title, subtitle, called, id, basis, summary, readerClass: reader, handling: HANDLING[reader] },
    language: 'en-GB',
    notices: [],
    particulars: [
      ...detail('Of', whose),
      ...days,
      ...detail('As known at', `position ${inThousands(basis.position)}${recorded}`),
      ...detail('Who may read it', READERS[reader]),
      ...detail(capital(called), id),
      ...detail('Hash of the register', basis.rootHash ?? ''),
    ],
    footer: `${days.map(({ label, values }) => `${label} ${values[0]?.text ?? ''}`).join(' · ')} · as known at position ${inThousands(basis.position)} · ${called} ${id}`,
  };
};

export const numbered = (sections: readonly Unnumbered[]): RegisterDocument['sections'] =>
  sections.map((section, at) => ({ ...section, number: at + 1 }));

function partOf(
  id: string,
  title: string,
  entries: readonly SchemeEntry[],
  { lead, nothing }: { readonly lead: string; readonly nothing: string },
): Unnumbered {
  const blocks: Block[] =
    entries.length === 0
      ? []
      : [
          {
            kind: 'entries',
            title: `${title}: ${counted(entries.length, 'entry', 'entries')}`,
            table: tableOf(title, entries),
            entries: entries.map(printed),
          },
        ];
  return sectionOf(id, title, lead, blocks, nothing);
}

export const anchorOf = ({ place }: Pick<SchemeEntry, 'place'>): string => `entry-${place}`;

const tableOf = (caption: string, entries: readonly SchemeEntry[]): Table => ({
  kind: 'table',
  caption,
  columns: [
    { title: 'Entry', width: 1.2 },
    { title: 'Function', heads: true, width: 5 },
    { title: 'From', width: 3 },
    { title: 'To', width: 3 },
    { title: 'Amount', width: 3 },
  ],
  rows: entries.map((entry) => [
    line(String(entry.place), `#${anchorOf(entry)}`),
    line(inShort(functionOf(entry))),
    line(entry.kind === 'RESERVED' ? 'Reserved' : inShort(partiesInWords(entry.from))),
    line(inShort(partiesInWords(entry.to))),
    line(amountsOf(entry)),
  ]),
});

const amountsOf = ({ kind, limits }: SchemeEntry): string => {
  if (limits.length === 0) return kind === 'RESERVED' ? 'Whatever it costs' : 'No limit recorded';
  return inShort(`${kind === 'RESERVED' ? 'above' : 'up to'} ${limits.map(limitInWords).join('; ')}`);
};

/** Without what names the function, where the heading says no less. */
const saidBeside = ({ details }: SchemeEntry, title: string): readonly Detail[] =>
  details.filter(({ label, values }) => !NAMING.has(label) || values.some(({ text }) => text !== title));

const NAMING: ReadonlySet<string> = new Set(['Function', 'In the words of the source']);

const printed = (entry: SchemeEntry): PrintedEntry => {
  const title = inShort(functionOf(entry));
  return {
    kind: 'full',
    anchor: anchorOf(entry),
    heading: `${entry.place}. ${title}`,
    title,
    details: saidBeside(entry, title),
  };
};
