import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler, type NodeError } from '@myriaddreamin/typst-ts-node-compiler';
import type { RegisterDocument } from '../document.js';
import { Fonts } from './fonts.js';
import { nameHeadings, settleInnerLinks } from './inner-links.js';
import { JoinedPdf } from './joined-pdf.js';
import { headingsOf, partsOf, type Part } from './parts.js';
import { PdfObjects } from './pdf-objects.js';
import { Printable } from './printable.js';
import { addRowHeaders } from './row-headers.js';
import { settleSplitClusters } from './split-clusters.js';
import { typstDataOf, type TypstData } from './typst-data.js';

/** No such folder: Typst has nothing to read but what is handed to it. */
const WORKSPACE = '/decision-log';
const MAIN = { mainFilePath: `${WORKSPACE}/log.typ` };

/**
 * Compiles to PDF/UA-1. Blocks its thread for about a millisecond and a half a decision: call it in a worker. A long log
 * is set in parts, one after the other, and joined: the memory it takes does not grow with the log, but for the file.
 *
 * @param room what a part may hold; for specs.
 * @throws Error where Typst finds anything to warn of or to refuse: a fault, as no text from the record can cause it.
 */
export function compilePdf(log: RegisterDocument, room?: number): Uint8Array {
  const fonts = new Fonts((file) => projectFile(`fonts/${file}`));
  const data = typstDataOf(log, new Printable(fonts));
  const compiler = NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: [...fonts.files] }] });
  compiler.addSource(`${WORKSPACE}/log.typ`, projectFile('typst/log.typ').toString('utf8'));
  const setting = new Setting(compiler, { ...data, fonts: fonts.families });
  const [first, ...others] = partsOf(data, room);
  if (!first) throw new Error('a log has no parts');
  return others.length === 0 ? setting.whole(first) : setting.joined([first, ...others]);
}

/** On which page a part begins, and how many there are in all. */
interface Pages {
  readonly first: number;
  readonly of: number;
}

class Setting {
  private readonly headings: ReadonlyMap<string, string>;

  constructor(
    private readonly compiler: NodeCompiler,
    private readonly data: TypstData & { readonly fonts: readonly string[] },
  ) {
    this.headings = new Map(
      data.blocks.flatMap((block) => {
        if (block.kind === 'section') return [[block.anchor, plain(block.title)]];
        return block.kind === 'entry' ? [[block.anchor, plain(block.heading)]] : [];
      }),
    );
  }

  whole(part: Part): Uint8Array {
    this.hand(part, null, new Map());
    const compiled = this.compiler.compile(MAIN);
    for (const trouble of [compiled.takeError(), compiled.takeWarnings()]) {
      if (trouble) throw new Error(`the PDF could not be made: ${sentencesOf(this.compiler, trouble)}`);
    }
    if (!compiled.result) throw new Error('the PDF could not be made, and Typst did not say why');
    return this.finished(part, this.compiler.pdf(compiled.result, { pdfStandard: 'ua-1' })).bytes();
  }

  /** Every part is set twice: first to learn how many pages it has, then with their numbers. */
  joined(parts: readonly Part[]): Uint8Array {
    const sizes = parts.map((part) => this.sizeOf(part));
    const of = sizes.reduce((sum, { pages }) => sum + pages, 0);
    const firsts = sizes.map((_, at) => 1 + sizes.slice(0, at).reduce((sum, { pages }) => sum + pages, 0));
    const sections = new Map(
      sizes.flatMap((size, at) =>
        size.sections.map(([anchor, page]): [string, number] => [anchor, page + (firsts[at] ?? 1) - 1]),
      ),
    );
    const joined = new JoinedPdf();
    for (const [at, part] of parts.entries()) {
      this.hand(part, { first: firsts[at] ?? 1, of }, sections);
      // Only the first begins with a heading of the first level, which the standard asks of the whole.
      const bytes = this.compiler.pdf(MAIN, part.front ? { pdfStandard: 'ua-1' } : {});
      this.compiler.evictCache(0);
      joined.add(
        this.finished(part, bytes),
        headingsOf(part, this.data.changes !== null).map(({ level }) => level),
      );
    }
    return joined.bytes();
  }

  /** How many pages a part has, and on which of them its sections begin. */
  private sizeOf(part: Part): { readonly pages: number; readonly sections: readonly (readonly [string, number])[] } {
    this.hand(part, { first: 1, of: 1 }, new Map());
    const marks = this.compiler.query(MAIN, { selector: '<page>', field: 'value' }) as [string, number][];
    this.compiler.evictCache(0);
    return { pages: marks.at(-1)?.[1] ?? 1, sections: marks.slice(0, -1) };
  }

  private hand({ front, last, blocks }: Part, pages: Pages | null, sections: ReadonlyMap<string, number>): void {
    const contents = this.data.contents.map((entry) => ({ ...entry, page: sections.get(entry.anchor) ?? 1 }));
    const json = JSON.stringify({ ...this.data, front, last, blocks, pages, contents });
    this.compiler.mapShadow(`${WORKSPACE}/log.json`, Buffer.from(json));
  }

  private finished(part: Part, bytes: Uint8Array): PdfObjects {
    const pdf = new PdfObjects(bytes);
    settleSplitClusters(pdf);
    nameHeadings(
      pdf,
      headingsOf(part, this.data.changes !== null).map(({ anchor }) => anchor),
    );
    settleInnerLinks(pdf, (anchor) => this.headings.get(anchor) ?? anchor);
    addRowHeaders(
      pdf,
      part.blocks.flatMap((block) => (block.kind === 'table' ? [block.heads] : [])),
    );
    return pdf;
  }
}

/** Without the places where a long word may be broken, and the mark of a line from right to left. */
const plain = (text: string): string => text.replaceAll(/[\u200b\u2067]/gu, '');

function sentencesOf(compiler: NodeCompiler, trouble: NodeError): string {
  const found: readonly { readonly message: string }[] = compiler.fetchDiagnostics(trouble);
  return found.map((each) => each.message).join('; ');
}

const projectFile = (path: string): Buffer =>
  readFileSync(fileURLToPath(import.meta.resolve(`#decision-log/files/${path}`)));
