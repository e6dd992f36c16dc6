import type { CivilDate, Instant, Position } from '#kernel';

/**
 * A decision log, before anybody has chosen a format. Everything that a person reads is here in words, in the order in
 * which it is read; a renderer adds nothing, leaves nothing out and works nothing out. Texts are plain: never markup,
 * whatever characters are in them, of any length, and they may be empty.
 *
 * What the reader may not see is not here in any form: a decision is an entry in full, an entry as a stub, or no entry,
 * and no figure was worked out from what is withheld.
 */
export interface DecisionLog extends RegisterDocument {
  readonly head: LogHead;
  /** What the companion files of CSV, and JSON, print; documents have the same in their sections. */
  readonly companions: Companions;
}

/** The front page, and what every page repeats. */
export interface DocumentHead {
  /** Title of the document: `Decision log for the Health Overview and Scrutiny Committee`. */
  readonly title: string;
  /** One line under the title: whose committee, which system or area. */
  readonly subtitle: string;
  /** Language of the document; texts from the record are taken to be in it. */
  readonly language: 'en-GB';
  /** Sixteen hexadecimal digits; the same for the same question on the same basis by the same release. */
  readonly id: string;
  readonly basis: LogBasis;
  /** The highest class of content in it. A document that is not `public` says so on every page. */
  readonly readerClass: ReaderClass;
  /** The same in words, to be printed on every page of one that is not public: empty for a public one. */
  readonly handling: string;
  /** Rows of the box on the front page: period, as at, as known at, position, id, hash, prepared for, contact. */
  readonly particulars: readonly Detail[];
  /** At most six sentences with the figures that matter most. */
  readonly summary: readonly string[];
  /** Said prominently: that it was withdrawn, replaced by a corrected one, or is itself a corrected one. */
  readonly notices: readonly string[];
  /** One line for the foot of every page: `As at 31 December 2025 · as known at position 2,402 · log 0f3a…`. */
  readonly footer: string;
  /** What the document calls itself where it is no decision log: `scheme`, `map`. */
  readonly called?: string;
  /** What changed since the one before, one sentence each. A document that follows on no other leaves it out. */
  readonly changes?: readonly string[];
  readonly period?: Period;
}

/** A document of the register, before anybody has chosen a format: what renderers of documents need of it. */
export interface RegisterDocument {
  readonly head: DocumentHead;
  /** In the order of reading. Never empty: a section without anything to say has `nothing`. */
  readonly sections: readonly Section[];
}

/** The head of a decision log. */
export interface LogHead extends DocumentHead {
  readonly committee: { readonly id: string; readonly name: string };
  /** Which organisations' decisions it holds, with how that was settled in words. */
  readonly concerning: {
    readonly organisations: readonly { readonly id: string; readonly name: string }[];
    readonly rule: string;
  };
  readonly period: Period;
  /** The figures of the summary; every format repeats them exactly. */
  readonly figures: Figures;
  /** What the register holds of the period, of which the log is a part; the particulars say it in words. */
  readonly holdings: {
    readonly inPeriod: number;
    readonly theirs: number;
    readonly unattributed: number;
  };
  /** One sentence saying so where nothing changed or there is no last log. */
  readonly changes: readonly string[];
}

/** Who may read: anybody, or officers who see what is withheld from others. */
export type ReaderClass = 'public' | 'officers';

/** The days on which what is listed was dated, both inclusive. */
export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate;
  /** `1 January 2025 to 31 December 2025, by the day a decision was taken; where that …` */
  readonly words: string;
}

/** What the log rests on (T6): the same basis gives the same bytes again. */
export interface LogBasis {
  readonly asAt: CivilDate;
  readonly position: Position;
  readonly recordedAt: Instant | null;
  /** Root of the ledger at that position, hexadecimal; null while the register has none. */
  readonly rootHash: string | null;
}

/** Counts are of the entries that the reader sees, stubs included. */
export interface Figures {
  readonly decisions: number;
  /** How many are stubs. */
  readonly withheld: number;
  /** Taken in private session, whether shown in full or as a stub. */
  readonly inPrivate: number;
  readonly urgent: number;
  readonly calledIn: number;
  /** Made known more than thirty days after they were taken, or took effect where the day taken is not known. */
  readonly publishedLate: number;
  /** Recorded in the register more than 28 days after the day they are dated. */
  readonly recordedLate: number;
  /** Sum of the amounts that are shown, in pence; never worked out from a withheld one. */
  readonly amountShown: number;
  /** Of how many decisions. */
  readonly withAmount: number;
}

export interface Section {
  /** Stable: anchor in HTML, key in JSON. Lower case, hyphens. */
  readonly id: string;
  /** From 1. */
  readonly number: number;
  readonly title: string;
  /** One sentence on what is here and how to read it; may be empty. */
  readonly lead: string;
  /** Empty exactly where `nothing` is said. */
  readonly blocks: readonly Block[];
  /** The sentence that says that there is nothing to report. */
  readonly nothing?: string;
}

/**
 * A piece of a section. A renderer that meets a kind it does not know refuses (a fault), it does not skip.
 * Heading levels: document title 1, section 2, `heading` and the title of `decisions` 3, each decision 4.
 */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  | { readonly kind: 'definitions'; readonly items: readonly Detail[] }
  | Table
  | Chart
  | Picture
  | EntryGroup
  | DecisionGroup;

/** A line of text, of which the whole is a link where `href` is given. */
export interface Line {
  readonly text: string;
  /**
   * `#anchor` inside this document (an entry's or a section's), or an absolute http(s) address. The source's addresses
   * were checked to be of this kind; whatever else the record held stands in the text only.
   */
  readonly href?: string;
}

/** A label with its value: a row of a description list. */
export interface Detail {
  readonly label: string;
  /** One or more paragraphs, in order; a text may itself have line breaks, which are kept. */
  readonly values: readonly Line[];
}

/** Rows all have as many cells as there are columns. No merged cells. At most eight columns. */
export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Line[])[];
  /** Under the table; may be absent. */
  readonly note?: string;
  /** Every row repeats something of an entry that stands in full elsewhere: formats for machines leave the table out. */
  readonly repeats?: true;
}

export interface Column {
  readonly title: string;
  /** Numbers and money: aligned right. */
  readonly numeric?: true;
  /** The column that names the row (`th scope="row"`): exactly one. */
  readonly heads?: true;
  /** Rough share of the width, any positive number; the whole is their sum. */
  readonly width: number;
}

/** Bars, drawn for whoever would rather look; always followed by the same figures as a table. */
export interface Chart {
  readonly kind: 'chart';
  /** Of the picture and of the table beside it. */
  readonly title: string;
  /** The picture in a sentence, for whoever does not see it. */
  readonly alternative: string;
  readonly labelColumn: string;
  readonly valueColumn: string;
  /** In the order of drawing; none is negative. `value` in whole units (decisions, pence), `text` as it is printed. */
  readonly bars: readonly { readonly label: string; readonly value: number; readonly text: string }[];
}

/** Boxes and arrows, for whoever would rather look; the same stands in the table beside it. Formats without pictures leave it out. */
export interface Picture {
  readonly kind: 'picture';
  readonly title: string;
  /** The picture in a sentence or two, for whoever does not see it. */
  readonly alternative: string;
  /** In units of the picture. */
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PictureBox[];
  readonly arrows: readonly PictureArrow[];
  readonly table: Table;
}

export interface PictureBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Organisations, bodies, and whoever holds posts are told apart by their frames, too. */
  readonly frame: 'organisation' | 'body' | 'post';
  /** As they fit. */
  readonly lines: readonly string[];
  /** The whole of it. */
  readonly label: string;
}

export interface PictureArrow {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
  /** Whether nothing that it stands for is in force. */
  readonly broken: boolean;
}

/** What stands under a heading of its own: a decision, an entry of a scheme. */
export interface PrintedEntry {
  readonly kind: 'full' | 'stub';
  /** Anchor in the document, without `#`: letters, digits, hyphens; unique. */
  readonly anchor: string;
  readonly heading: string;
  /** The end of the heading, where that keeps its own direction. */
  readonly title: string;
  readonly details: readonly Detail[];
}

/** Entries that are no decisions: first as a table, then each as a heading with its details. */
export interface EntryGroup {
  readonly kind: 'entries';
  readonly title: string;
  readonly table: Table;
  readonly entries: readonly PrintedEntry[];
}

/** Decisions of one body (or officer), in order: first as a table (`table`), then each as a heading with its details. */
export interface DecisionGroup {
  readonly kind: 'decisions';
  readonly title: string;
  readonly table: Table;
  readonly entries: readonly DecisionEntry[];
}

/** A decision in the log. Absent ones are nowhere. */
export type DecisionEntry = FullEntry | StubEntry;

interface EntryOfAnyKind {
  /** Id of the decision in the register: stable, unique; a stub's too. */
  readonly id: string;
  /** The human reference; the id where it has none. Stubs keep theirs, so that no number is silently missing. */
  readonly reference: string;
  /** Place in the order of the log, from 1: by day, then by who decided, then by reference. */
  readonly place: number;
  /** Anchor in the document, without `#`: letters, digits, hyphens; unique. */
  readonly anchor: string;
  /** What the entry is headed by: reference, date and title. */
  readonly heading: string;
  /** The day it goes by: taken, else made known, else published, else that of its meeting. Null where none is known. */
  readonly datedOn: CivilDate | null;
  /** `3 May 2023`, or `not known`. */
  readonly dateInWords: string;
  /** Name of the group it stands in: the body, the officer, `Not said who decided`. */
  readonly group: string;
  /** Permanent address of the decision, absolute; absent where the register has none. */
  readonly permalink?: string;
  /** Everything to print below the heading, in order, in words; without labels that would have nothing to say. */
  readonly details: readonly Detail[];
  /** How this entry differs from the log that this one is compared with, in words. Shown first where given. */
  readonly mark?: ChangeMark;
}

/** A decision in full. `facts` says the same as `details` in the form that machines want. */
export interface FullEntry extends EntryOfAnyKind {
  readonly kind: 'full';
  readonly title: string;
  readonly facts: DecisionFacts;
}

/** Something is withheld. Nothing else of the decision is in the model. */
export interface StubEntry extends EntryOfAnyKind {
  readonly kind: 'stub';
  /** A neutral title approved for publication; `Withheld` where there is none. */
  readonly title: string;
  /** Why it is withheld, as the record says it. */
  readonly ground: string;
  /** When that is looked at again; null where no day is known. */
  readonly reviewOn: CivilDate | null;
}

export interface ChangeMark {
  readonly kind: 'new' | 'corrected' | 'changed' | 'withdrawn' | 'now-public';
  readonly words: string;
}

/** Money as an entry may state it. `withheld` and `none` differ: only the first exists. A `placeholder` is a figure that is no amount. */
export type Amount =
  | { readonly kind: 'shown'; readonly pence: number; readonly words?: string }
  | { readonly kind: 'placeholder'; readonly pence: number; readonly words?: string }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'none' };

/** What CSV and JSON print. Texts are empty, lists empty and days null where nothing is recorded. */
export interface DecisionFacts {
  /** Exactly as recorded, where the title of the entry shows characters that cannot be seen by their code points. */
  readonly title: string;
  readonly takenOn: CivilDate | null;
  readonly noticedOn: CivilDate | null;
  readonly publishedOn: CivilDate | null;
  readonly effectiveFrom: CivilDate | null;
  /** Which day `datedOn` is. */
  readonly datedBy: 'taken' | 'noticed' | 'published' | 'meeting' | 'none';
  /** Names, in the order recorded. */
  readonly decidedBy: readonly string[];
  readonly officer: string;
  /** Name of the body whose meeting it was taken at, where no body is said to have decided: it follows, it is not recorded. */
  readonly bodyOfMeeting: string;
  /** Who answers for it: who was said to first, then who does because of who decided. */
  readonly accountable: readonly string[];
  /** Values of the closed lists as the register spells them; empty where not recorded. */
  readonly type: string;
  readonly route: string;
  readonly status: string;
  readonly outcome: string;
  /** Where it stands in its own process, in the words of the source. */
  readonly stage: string;
  /** How it was voted on, as the source prints it. */
  readonly method: string;
  /** The tally and the named votes in words, with where they do not fit each other. */
  readonly votes: string;
  /** True for a key decision; null where not recorded. */
  readonly key: boolean | null;
  readonly text: string;
  readonly reasons: string;
  readonly alternatives: string;
  readonly amount: Amount;
  readonly amountPerYear: Amount;
  readonly amountNote: string;
  readonly term: string;
  readonly legalBasis: string;
  readonly authority: string;
  readonly meeting: string;
  readonly procurementRoute: string;
  readonly supplier: string;
  readonly noticeId: string;
  readonly standstillUntil: CivilDate | null;
  /** References of the decisions it replaces and that replaced it; empty for none. */
  readonly supersedes: string;
  readonly supersededBy: string;
  readonly tags: readonly string[];
  readonly conflictInSource: string;
  readonly note: string;
  /** As recorded; not necessarily a web address. */
  readonly papers: string;
  /** When it was first recorded, and where in the log. */
  readonly recordedAt: Instant;
  readonly position: Position;
  /** What its history says, one sentence for each recording, oldest first. */
  readonly history: readonly string[];
}

/** Small tables that go with the decisions. In the order of the day they take effect, then as recorded. */
export interface Companions {
  readonly delegations: readonly ChangeRow[];
  readonly appointments: readonly ChangeRow[];
  /** What earlier recordings about decisions in the log were corrected or annulled. */
  readonly corrections: readonly CorrectionRow[];
}

/** One recorded change of who decides. */
export interface ChangeRow {
  /** Global id of what changed: `delegation/…`. */
  readonly subject: string;
  readonly effectiveOn: CivilDate;
  readonly change: string;
  /** The change in a sentence. */
  readonly sentence: string;
  readonly recordedAt: Instant;
  readonly position: Position;
}

export interface CorrectionRow {
  /** Reference of the decision. */
  readonly reference: string;
  readonly recordedAt: Instant;
  readonly position: Position;
  readonly sentence: string;
  /** Why, in words; empty where not said. */
  readonly because: string;
}
