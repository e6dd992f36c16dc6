import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
type Dictionary = { readonly [key: string]: Value };

/** A PDF as `qpdf` and `pdfinfo` read it (packages qpdf and poppler-utils). */
export class PdfRead {
  readonly #objects: {
    readonly [name: string]: { readonly value?: Value; readonly stream?: { readonly dict: Dictionary } };
  };
  readonly catalogue: Dictionary;
  /** XMP. */
  readonly metadata: string;
  /** The structure tree with its texts, as poppler prints it. */
  readonly structure: string;
  readonly pages: number;
  /** Text of the pages as they are drawn, feet included. */
  readonly drawn: string;

  constructor(bytes: Uint8Array) {
    const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
    const file = join(folder, 'log.pdf');
    const run = (program: string, ...options: readonly string[]): string =>
      execFileSync(program, options, { encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      writeFileSync(file, bytes);
      run('qpdf', '--check', file);
      this.#objects = JSON.parse(run('qpdf', '--json=2', '--json-stream-data=none', file)).qpdf[1];
      this.metadata = run('pdfinfo', '-meta', file);
      this.structure = run('pdfinfo', '-struct-text', file);
      this.pages = Number(/^Pages:\s+(\d+)$/mu.exec(run('pdfinfo', file))?.[1]);
      this.drawn = run('pdftotext', '-layout', file, '-');
    } finally {
      rmSync(folder, { recursive: true });
    }
    this.catalogue = this.dictionary(this.dictionary(this.#objects['trailer']?.value)['/Root']);
  }

  /** All dictionaries of the file for which `wanted` holds. */
  dictionaries(wanted: (dictionary: Dictionary) => boolean): readonly Dictionary[] {
    return Object.values(this.#objects)
      .map((object) => object.value ?? object.stream?.dict)
      .filter(isDictionary)
      .filter(wanted);
  }

  /** A dictionary itself, or the one that a reference names. */
  dictionary(value: Value | undefined): Dictionary {
    const found = typeof value === 'string' ? this.#objects[`obj:${value}`]?.value : value;
    if (!isDictionary(found)) throw new Error(`not a dictionary: ${JSON.stringify(value)}`);
    return found;
  }

  /** Structure elements of a type, `TH`; in no order. */
  elements(type: string): readonly Dictionary[] {
    return this.dictionaries((found) => found['/Type'] === '/StructElem' && found['/S'] === `/${type}`);
  }

  /** Bookmarks in the order in which they are read, with how deep each stands. */
  bookmarks(): readonly { readonly depth: number; readonly title: string }[] {
    const below = (parent: Dictionary, depth: number): { depth: number; title: string }[] => {
      const found: { depth: number; title: string }[] = [];
      for (let next = parent['/First']; next !== undefined;) {
        const bookmark = this.dictionary(next);
        found.push({ depth, title: String(bookmark['/Title']) }, ...below(bookmark, depth + 1));
        next = bookmark['/Next'];
      }
      return found;
    };
    return below(this.dictionary(this.catalogue['/Outlines']), 1);
  }

  /** Names of the places that links may lead to. */
  places(): readonly string[] {
    const names = this.dictionary(this.dictionary(this.catalogue['/Names'])['/Dests'])['/Names'] as readonly Value[];
    return names.filter((_, at) => at % 2 === 0).map(String);
  }

  /** Headings in the order of the structure tree. */
  headings(): readonly { readonly level: number; readonly text: string }[] {
    return this.#below(this.dictionary(this.catalogue['/StructTreeRoot'])).flatMap((element) => {
      const level = /^\/H([1-6])$/u.exec(String(element['/S']))?.[1];
      return level === undefined ? [] : [{ level: Number(level), text: String(element['/T']).replace(/^[ub]:/u, '') }];
    });
  }

  #below(element: Dictionary): readonly Dictionary[] {
    const kids = [element['/K'] ?? []].flat() as readonly Value[];
    return kids.flatMap((kid) => {
      if (typeof kid !== 'string') return [];
      const child = this.dictionary(kid);
      return [child, ...this.#below(child)];
    });
  }

  /** The texts of the structure tree in its order, without those under an element of one of `leftOut`. */
  texts(...leftOut: readonly string[]): readonly string[] {
    const found: string[] = [];
    let hiddenBelow = Infinity;
    for (const line of this.structure.split('\n')) {
      const depth = line.length - line.trimStart().length;
      if (depth <= hiddenBelow) hiddenBelow = Infinity;
      const text = /^\s*"(.*)"$/u.exec(line)?.[1];
      if (text === undefined && leftOut.includes(/^\s*(\w+)/u.exec(line)?.[1] ?? ''))
        hiddenBelow = Math.min(hiddenBelow, depth);
      if (text !== undefined && hiddenBelow === Infinity) found.push(text);
    }
    return found;
  }
}

const isDictionary = (value: Value | undefined): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
