/** An element of HTML or XML, with what is in it. */
export interface Marked {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: readonly (Marked | string)[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" };

const unescaped = (text: string): string =>
  text.replaceAll(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    const known = ENTITIES[name];
    if (known !== undefined) return known;
    if (!name.startsWith('#')) throw new Error(`${whole} is no character`);
    return String.fromCodePoint(Number(name[1] === 'x' ? `0${name.slice(1)}` : name.slice(1)));
  });

/** Elements of HTML that are never closed. */
const VOID = new Set(['meta', 'br', 'link', 'hr', 'img', 'input']);

/** XML, or HTML as we write it. @throws where a tag is not closed, closes another, or a character is not escaped */
export const parseMarkup = (text: string): Marked => {
  const root = { name: '', attributes: {}, inside: [] as (Marked | string)[] };
  const open = [root];
  const styled = text.replace(/<style>[^]*?<\/style>/u, '<style></style>');
  const pieces = styled.matchAll(/<[?!][^>]*>|<(\/?)([\w:-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)|(<)/gu);
  for (const [whole, closing, name, attributes = '', alone, content, stray] of pieces) {
    const top = open.at(-1) ?? root;
    if (stray !== undefined) throw new Error(`a < that begins nothing, in <${top.name}>`);
    if (content !== undefined) top.inside.push(unescaped(content));
    if (name === undefined) continue;
    if (closing) {
      if (top.name !== name) throw new Error(`${whole} closes <${top.name}>`);
      open.pop();
      continue;
    }
    const given = [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/gu)];
    const element = {
      name,
      attributes: Object.fromEntries(given.map(([, key = '', value = '']) => [key, unescaped(value)])),
      inside: [],
    };
    top.inside.push(element);
    if (!alone && !VOID.has(name)) open.push(element);
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name}> is never closed`);
  return root;
};

/** All text in an element; a line break where a `br` is. */
export const wordsIn = (node: Marked | string): string => {
  if (typeof node === 'string') return node;
  return node.name === 'br' || node.name === 'w:br' ? '\n' : node.inside.map(wordsIn).join('');
};

/** Elements of some names inside another, at any depth, in order; nothing inside a found one. */
export const elementsIn = (node: Marked | string, ...names: readonly string[]): readonly Marked[] => {
  if (typeof node === 'string') return [];
  return node.inside.flatMap((child) => {
    if (typeof child === 'string') return [];
    return names.includes(child.name) ? [child] : elementsIn(child, ...names);
  });
};
