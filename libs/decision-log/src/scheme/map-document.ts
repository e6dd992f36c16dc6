import { dayInWords, limitInWords } from '#governance';
import type { CsvColumn } from '../csv-columns.js';
import type { PrintedEntry, RegisterDocument, Table } from '../document.js';
import { capital, counted, inShort, line } from '../plain.js';
import { sectionOf, type Unnumbered } from '../sections/section.js';
import { documentId } from './asking.js';
import type { Authorities } from './files.js';
import type { FunctionsMap, MapFunction, MapHolder } from './functions-map.js';
import { graphOf, type MapGraph } from './map-arrows.js';
import { pictureOf } from './map-picture.js';
import { partiesInWords, partyInWords } from './parties.js';
import { headOf, numbered } from './scheme-document.js';
import type { Unplaced } from './scheme-entry.js';

/** The picture of a map, with the same as a table. */
export const mapPicture = ({ delegations }: Pick<FunctionsMap, 'delegations'>) => {
  const graph = graphOf(delegations);
  return pictureOf('Who delegates to whom', graph, arrowsTable(graph));
};

/** The map as a document: the picture, then function by function. */
export const mapDocument = (map: FunctionsMap): RegisterDocument => {
  const { head, functions, delegations } = map;
  const { of, basis, reader } = head;
  const id = documentId({ map: of.subject, asAt: basis.asAt, position: basis.position, reader });
  const unheld = functions.filter(({ heldBy }) => heldBy.length === 0).length;
  return {
    head: headOf({
      ...{ title: 'Functions and Decisions Map', called: 'map', id, basis, reader },
      subtitle: `${of.name}, as at ${dayInWords(basis.asAt)}`,
      whose: of.name,
      summary:
        functions.length === 0
          ? ['The map is empty: no function is recorded as held or delegated on this day.']
          : [
              `${capital(counted(functions.length, 'function'))} ${functions.length === 1 ? 'is' : 'are'} held or delegated, by ${counted(delegations.length, 'delegation')}.`,
              ...(unheld === 0
                ? []
                : [
                    `Of ${counted(unheld, 'function')} it is not recorded who holds ${unheld === 1 ? 'it' : 'them'} in law.`,
                  ]),
            ],
    }),
    sections: numbered([
      sectionOf(
        'picture',
        'Who delegates to whom',
        '',
        delegations.length === 0 ? [] : [mapPicture(map)],
        'Nobody is recorded as delegating anything on this day.',
      ),
      functionsSection(functions),
      sectionOf('method', 'How to read this map', '', [{ kind: 'list', items: METHOD.map((text) => line(text)) }], ''),
    ]),
  };
};

const METHOD = [
  'A function stands under its name in a catalogue where one is recorded, else under the words of the source. Nobody has guessed which words mean which function.',
  'Who holds a function in law is as recorded; whoever delegates stays accountable.',
  'The map of a place has what names the place or one within it; what names no place reaches everywhere and is not on it.',
];

const arrowsTable = ({ nodes, arrows }: MapGraph): Table => ({
  kind: 'table',
  caption: 'The same in words',
  columns: [
    { title: 'From', heads: true, width: 3 },
    { title: 'To', width: 3 },
    { title: 'Functions', width: 6 },
    { title: 'In use', width: 1.2 },
  ],
  rows: arrows.map(({ from, to, functions, isInUse }) => {
    const receiver = nodes.get(to);
    return [
      line(nodes.get(from)?.name ?? from),
      line(receiver ? [receiver.name, receiver.heldBy].filter(Boolean).join(': ') : to),
      line(functions.join('; ')),
      line(isInUse ? 'Yes' : 'No'),
    ];
  }),
});

const holderInWords = ({ name, how }: MapHolder): string => `${name} (${how})`;

export const delegationInWords = ({ from, to, limits, standing, standingInWords, clause }: Unplaced): string => {
  const more = [
    ...(limits.length === 0 ? [] : [`up to ${limits.map(limitInWords).join('; ')}`]),
    ...(clause === null ? [] : [clause]),
    ...(standing === 'IN_FORCE'
      ? []
      : [`${standingInWords.charAt(0).toLowerCase()}${standingInWords.slice(1).replace(/\.$/, '')}`]),
  ];
  return [`${partiesInWords(from)} → ${to.map(partyInWords).join('; ') || 'nobody who is named'}`, ...more].join(', ');
};

function functionsSection(functions: readonly MapFunction[]): Unnumbered {
  const nothing = 'No function is recorded as held or delegated on this day.';
  if (functions.length === 0) return sectionOf('functions', 'Function by function', '', [], nothing);
  const entries = functions.map(({ title, heldBy, delegations }, at): PrintedEntry => {
    const short = inShort(title);
    return {
      ...{ kind: 'full', anchor: `function-${at + 1}`, heading: `${at + 1}. ${short}`, title: short },
      details: [
        {
          label: 'Held in law by',
          values: heldBy.length === 0 ? [line('Not recorded')] : heldBy.map((one) => line(holderInWords(one))),
        },
        {
          label: 'Delegated',
          values:
            delegations.length === 0 ? [line('Not delegated')] : delegations.map((one) => line(delegationInWords(one))),
        },
      ],
    };
  });
  const table: Table = {
    kind: 'table',
    caption: 'Functions',
    columns: [
      { title: 'No.', width: 1 },
      { title: 'Function', heads: true, width: 6 },
      { title: 'Held in law by', width: 4 },
      { title: 'Delegations', numeric: true, width: 2 },
    ],
    rows: functions.map(({ title, heldBy, delegations }, at) => [
      line(String(at + 1), `#function-${at + 1}`),
      line(inShort(title)),
      line(inShort([...new Set(heldBy.map(({ name }) => name))].join('; ') || 'Not recorded')),
      line(String(delegations.length)),
    ]),
  };
  return sectionOf(
    'functions',
    'Function by function',
    '',
    [{ kind: 'entries', title: counted(functions.length, 'function'), table, entries }],
    nothing,
  );
}

/** A function with one delegation of it, or with none. */
interface MapRow {
  readonly of: MapFunction;
  readonly delegation: Unplaced | undefined;
}

const LIST = '|';

const column = (name: string, meaning: string, of: (row: MapRow) => string): CsvColumn<MapRow> => ({
  ...{ name, meaning, of },
  datatype: 'string',
});

const COLUMNS: readonly CsvColumn<MapRow>[] = [
  column('function', 'The function: as a catalogue calls it, else in the words of the source.', ({ of }) => of.title),
  column(
    'function_id',
    'Its global id; empty where only the words of the source are there.',
    ({ of }) => of.function?.subject ?? '',
  ),
  column('held_by', 'Who holds it in law.', ({ of }) => of.heldBy.map(holderInWords).join(LIST)),
  column('held_by_ids', 'Their global ids.', ({ of }) => of.heldBy.flatMap(({ subject }) => subject ?? []).join(LIST)),
  column(
    'delegation',
    'Global id of a delegation of it; empty where there is none.',
    ({ delegation }) => delegation?.subject ?? '',
  ),
  column(
    'delegated_by',
    'Who delegates.',
    ({ delegation }) => delegation?.from.map(({ name }) => name).join(LIST) ?? '',
  ),
  column('delegated_to', 'To whom.', ({ delegation }) => delegation?.to.map(({ name }) => name).join(LIST) ?? ''),
  column('limits', 'Up to which amounts.', ({ delegation }) => delegation?.limits.map(limitInWords).join(LIST) ?? ''),
  column(
    'standing',
    'IN_FORCE, NOT_KNOWN, SUSPENDED, INVALID or LAPSED.',
    ({ delegation }) => delegation?.standing ?? '',
  ),
];

/** A map ready for every format. */
export const mapMade = (map: FunctionsMap): Authorities<MapRow> => ({
  document: mapDocument(map),
  columns: COLUMNS,
  rows: map.functions.flatMap((of): readonly MapRow[] =>
    of.delegations.length === 0
      ? [{ of, delegation: undefined }]
      : of.delegations.map((delegation) => ({ of, delegation })),
  ),
  json: `{"format":"functions-map/1",\n"head":${JSON.stringify(map.head)},\n"functions":[${map.functions
    .map((one) => `\n${JSON.stringify(one)}`)
    .join(',')}\n]}\n`,
  file: 'functions-map',
});
