import { zlibSync } from 'fflate';

/** Objects that are packed together. */
const PACKED = 256;

/** Bytes of a place in the table: what kind it is, where, and which one there. */
const WIDTHS = [1, 4, 2] as const;
const IN_FILE = 1;
const IN_PACK = 2;

type Place = readonly [kind: number, where: number, which: number];

/**
 * Writes a PDF. Objects without a stream are packed and compressed, which makes a tagged document a fifth as long; by a
 * compressor whose bytes are the same on every machine. Source: ISO 32000-1, 7.5.7 object streams, 7.5.8 their table.
 */
export class PdfWriter {
  private readonly pieces: Uint8Array[] = [];
  private length = 0;
  private readonly places = new Map<number, Place>();
  private readonly packs: { readonly bytes: Uint8Array; readonly count: number; readonly first: number }[] = [];
  private open: { readonly number: number; readonly text: string }[] = [];

  constructor() {
    this.push('%PDF-1.7\n%\u0080\u0080\u0080\u0080\n\n');
  }

  /** @param object as Latin-1: what stands between `obj` and `endobj`. */
  add(number: number, object: string): void {
    if (/\nendstream\s*$/.test(object)) {
      this.addAsItIs(number, object);
      return;
    }
    this.open.push({ number, text: object });
    if (this.open.length === PACKED) this.pack();
  }

  /** @param trailer what the trailer says beside the number of objects and where they are. */
  end(trailer: string): Uint8Array {
    this.pack();
    let last = 0;
    for (const number of this.places.keys()) last = Math.max(last, number);
    const base = last + 1;
    for (const [at, { bytes, count, first }] of this.packs.entries())
      this.addStream(base + at, `/Type /ObjStm\n  /N ${count}\n  /First ${first}`, bytes);
    const table = base + this.packs.length;
    const begins = this.length;
    this.places.set(table, [IN_FILE, begins, 0]);
    this.addStream(
      table,
      `/Type /XRef\n  /Size ${table + 1}\n  /W [${WIDTHS.join(' ')}]\n${trailer}`,
      this.table(table, base),
    );
    this.push(`startxref\n${begins}\n%%EOF`);
    return Buffer.concat(this.pieces);
  }

  private pack(): void {
    const objects = this.open;
    if (objects.length === 0) return;
    this.open = [];
    const heads: string[] = [];
    let at = 0;
    for (const [index, { number, text }] of objects.entries()) {
      this.places.set(number, [IN_PACK, this.packs.length, index]);
      heads.push(`${number} ${at}`);
      at += text.length;
    }
    const head = `${heads.join(' ')}\n`;
    const text = head + objects.map((object) => object.text).join('');
    this.packs.push({ bytes: compressed(Buffer.from(text, 'latin1')), count: objects.length, first: head.length });
  }

  private addAsItIs(number: number, object: string): void {
    this.places.set(number, [IN_FILE, this.length, 0]);
    this.push(`${number} 0 obj\n${object}endobj\n\n`);
  }

  private addStream(number: number, dictionary: string, bytes: Uint8Array): void {
    this.places.set(number, [IN_FILE, this.length, 0]);
    this.push(`${number} 0 obj\n<<\n  ${dictionary}\n  /Filter /FlateDecode\n  /Length ${bytes.length}\n>>\nstream\n`);
    this.pieces.push(bytes);
    this.length += bytes.length;
    this.push('\nendstream\nendobj\n\n');
  }

  /** @param base number of the first pack. */
  private table(last: number, base: number): Uint8Array {
    const [kind, where, which] = WIDTHS;
    const width = kind + where + which;
    const bytes = Buffer.alloc((last + 1) * width);
    for (const [number, [of, at, index]] of this.places) {
      bytes.writeUInt8(of, number * width);
      bytes.writeUInt32BE(of === IN_PACK ? base + at : at, number * width + kind);
      bytes.writeUInt16BE(index, number * width + kind + where);
    }
    bytes.writeUInt16BE(0xffff, kind + where);
    return compressed(bytes);
  }

  private push(text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    this.pieces.push(bytes);
    this.length += bytes.length;
  }
}

const compressed = (bytes: Uint8Array): Uint8Array => zlibSync(bytes, { level: 3 });
