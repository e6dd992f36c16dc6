import { readFileSync } from 'node:fs';
import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document, type Scalar } from 'yaml';
import { Refusal } from '#kernel';

/**
 * A place in a YAML file that a person wrote: its value, and where it stands, so that every "no" names line and key.
 */
export class Place {
  private constructor(
    private readonly file: string,
    private readonly document: Document,
    private readonly lines: LineCounter,
    private readonly path: readonly (string | number)[],
    readonly value: unknown,
  ) {}

  /** @throws Refusal `MAPPING` where the file is not YAML, `FILE` where it cannot be read. */
  static ofFile(file: string): Place {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (fault) {
      throw new Refusal('FILE', `${file} cannot be read: ${(fault as Error).message}`, { field: file });
    }
    return Place.ofText(text, file);
  }

  static ofText(text: string, file: string): Place {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: isSameKey });
    const trouble = document.errors[0];
    if (trouble) {
      const { line } = lines.linePos(trouble.pos[0]);
      throw new Refusal('MAPPING', `${file} line ${line} is not YAML: ${trouble.message}`, { field: file });
    }
    return new Place(file, document, lines, [], document.toJS());
  }

  get line(): number {
    for (let depth = this.path.length; depth >= 0; depth--) {
      const node: unknown = depth === 0 ? this.document.contents : this.document.getIn(this.path.slice(0, depth), true);
      if (isNode(node) && node.range) return this.lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  get key(): string {
    return this.path
      .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index ? '.' : ''}${part}`))
      .join('');
  }

  refusal(message: string): Refusal {
    const where = this.key === '' ? 'the file' : this.key;
    return new Refusal('MAPPING', `${this.file} line ${this.line}: ${where} ${message}`, {
      field: this.key || this.file,
      remedy: 'docs/import.md lists every key of a mapping with an example',
    });
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  has(key: string): boolean {
    return this.isObject && Object.hasOwn(this.value as object, key);
  }

  /** Undefined where the key is not there or has nothing behind it. */
  optional(key: string): Place | undefined {
    if (!this.has(key)) return undefined;
    const value = (this.value as Record<string, unknown>)[key];
    return value === null || value === undefined ? undefined : this.child(key, value);
  }

  required(key: string, needed: string): Place {
    const found = this.optional(key);
    if (!found) throw this.refusal(`has no ${key}: needed ${needed}`);
    return found;
  }

  /** As it stands in the file: a plain `01`, `1.0` or `no` is not turned into another value. */
  get written(): string {
    const node: unknown = this.path.length === 0 ? this.document.contents : this.document.getIn(this.path, true);
    return isScalar(node) ? writtenOf(node) : String(this.value ?? '');
  }

  /** The entries of a table whose keys are cells: each key as it stands in the file. */
  writtenEntries(): readonly (readonly [string, Place])[] {
    const node: unknown = this.document.getIn(this.path, true);
    if (!isMap(node)) return this.entries();
    return node.items.map(({ key, value }) => {
      const written = isScalar(key) ? writtenOf(key) : String(key);
      const path = isScalar(key) ? (key.value as string) : written;
      return [written, this.child(path, isNode(value) ? value.toJS(this.document) : value)] as const;
    });
  }

  entries(): readonly (readonly [string, Place])[] {
    return Object.entries(this.value as object).map(([key, value]) => [key, this.child(key, value)] as const);
  }

  items(): readonly Place[] {
    if (!Array.isArray(this.value)) return [this];
    return this.value.map((value: unknown, index) => this.child(index, value));
  }

  /** Refuses any other kind of value, and keys that mean nothing here. */
  object(known: readonly string[]): this {
    if (!this.isObject) throw this.refusal(`is ${described(this.value)}: needed the keys ${known.join(', ')}`);
    for (const [key, place] of this.entries()) {
      if (!known.includes(key)) throw place.refusal(`means nothing here: needed one of ${known.join(', ')}`);
    }
    return this;
  }

  /** @param values where only these will do. */
  text<T extends string = string>(values?: readonly T[]): T {
    const text = typeof this.value === 'number' ? String(this.value) : this.value;
    if (typeof text !== 'string' || text.trim() === '') throw this.refusal(`is ${described(this.value)}: needed text`);
    if (values && !(values as readonly string[]).includes(text)) {
      throw this.refusal(`is ${JSON.stringify(text)}: needed one of ${values.join(', ')}`);
    }
    return text as T;
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') throw this.refusal(`is ${described(this.value)}: needed true or false`);
    return this.value;
  }

  texts(): readonly string[] {
    return this.items().map((item) => item.text());
  }

  private child(key: string | number, value: unknown): Place {
    return new Place(this.file, this.document, this.lines, [...this.path, key], value);
  }
}

/** Keys that are cells are told apart as they are written: 1 and 01 are two. */
const isSameKey = (a: unknown, b: unknown): boolean =>
  a === b || (isScalar(a) && isScalar(b) && writtenOf(a) === writtenOf(b));

function writtenOf({ type, source, value }: Scalar): string {
  return type === 'PLAIN' && source !== undefined ? source : String(value ?? '');
}

function described(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a set of keys' : JSON.stringify(value);
}
