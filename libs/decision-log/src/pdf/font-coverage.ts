/**
 * The characters that a TrueType font has glyphs for: its `cmap`, read from the font's own bytes.
 *
 * Reads the two subtable formats that Unicode fonts carry (4: the first plane by segments; 12: all planes by groups).
 * Source: OpenType 1.9, "cmap — Character to Glyph Index Mapping Table".
 * @throws Error for bytes that are no TrueType font, or one without a Unicode table: a fault of the installation.
 */
export function charactersOf(font: Uint8Array): Set<number> {
  const bytes = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const characters = new Set<number>();
  for (const subtable of unicodeSubtables(bytes, tableAt(bytes, 'cmap'))) {
    const format = bytes.getUint16(subtable);
    if (format === 4) addSegments(bytes, subtable, characters);
    if (format === 12) addGroups(bytes, subtable, characters);
  }
  if (characters.size === 0) throw new Error('the font says of no Unicode character that it has it');
  return characters;
}

function tableAt(bytes: DataView, wanted: string): number {
  const tables = bytes.getUint16(4);
  for (let index = 0; index < tables; index += 1) {
    const record = 12 + index * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((at) => bytes.getUint8(record + at)));
    if (tag === wanted) return bytes.getUint32(record + 8);
  }
  throw new Error(`the font has no ${wanted} table`);
}

/** Platform 0 is Unicode; platform 3 is Windows, of which encodings 1 and 10 are Unicode. */
function unicodeSubtables(bytes: DataView, cmap: number): number[] {
  const found = new Set<number>();
  for (let index = 0; index < bytes.getUint16(cmap + 2); index += 1) {
    const record = cmap + 4 + index * 8;
    const [platform, encoding] = [bytes.getUint16(record), bytes.getUint16(record + 2)];
    const unicode = platform === 0 ? encoding !== 5 : platform === 3 && (encoding === 1 || encoding === 10);
    if (unicode) found.add(cmap + bytes.getUint32(record + 4));
  }
  return [...found];
}

function addSegments(bytes: DataView, at: number, characters: Set<number>): void {
  const segments = bytes.getUint16(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const offsets = deltas + segments * 2;
  for (let segment = 0; segment < segments; segment += 1) {
    const start = bytes.getUint16(starts + segment * 2);
    const end = bytes.getUint16(ends + segment * 2);
    const delta = bytes.getUint16(deltas + segment * 2);
    const offset = bytes.getUint16(offsets + segment * 2);
    for (let character = start; character <= end && character !== 0xffff; character += 1) {
      const stored =
        offset === 0 ? character : bytes.getUint16(offsets + segment * 2 + offset + (character - start) * 2);
      const glyph = offset !== 0 && stored === 0 ? 0 : (stored + delta) & 0xffff;
      if (glyph !== 0) characters.add(character);
    }
  }
}

function addGroups(bytes: DataView, at: number, characters: Set<number>): void {
  const groups = bytes.getUint32(at + 12);
  for (let group = 0; group < groups; group += 1) {
    const record = at + 16 + group * 12;
    const [start, end, glyph] = [bytes.getUint32(record), bytes.getUint32(record + 4), bytes.getUint32(record + 8)];
    for (let character = start; character <= end; character += 1) {
      if (glyph + character - start !== 0) characters.add(character);
    }
  }
}
