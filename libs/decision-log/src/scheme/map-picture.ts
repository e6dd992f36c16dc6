import type { Picture, PictureBox, Table } from '../document.js';
import { byText, counted } from '../plain.js';
import { withAlikeAsOne, type MapArrow, type MapGraph, type MapNode } from './map-arrows.js';

/** In units of the picture, about pixels. */
const BOX = { width: 200, gap: 90, rowGap: 16, line: 15, inset: 14 };
const MARGIN = 10;

/** Characters of a line in a box, and lines that a name may take. */
const ROOM = 27;
const NAME_LINES = 2;

/** Who delegates to whom as boxes and arrows, from left to right: the same delegations give the same picture. */
export const pictureOf = (title: string, graph: MapGraph, table: Table): Picture => {
  const { nodes, arrows } = withAlikeAsOne(graph);
  const columns = columnsOf([...nodes.values()], arrows);
  const boxes = new Map<string, PictureBox>();
  const heights = columns.map((column) =>
    column.reduce((sum, node) => sum + heightOf(linesOf(node, arrows)) + BOX.rowGap, -BOX.rowGap),
  );
  const tallest = Math.max(0, ...heights);
  for (const [at, column] of columns.entries()) {
    let y = MARGIN + Math.round((tallest - (heights[at] ?? 0)) / 2);
    for (const node of column) {
      const lines = linesOf(node, arrows);
      const x = MARGIN + at * (BOX.width + BOX.gap);
      const label = [node.name, node.heldBy].filter(Boolean).join(', ');
      boxes.set(node.key, { x, y, width: BOX.width, height: heightOf(lines), frame: node.frame, lines, label });
      y += heightOf(lines) + BOX.rowGap;
    }
  }
  return {
    kind: 'picture',
    title,
    alternative: alternativeOf(graph),
    width: 2 * MARGIN + columns.length * (BOX.width + BOX.gap) - BOX.gap,
    height: 2 * MARGIN + tallest,
    boxes: [...boxes.values()],
    arrows: arrows.flatMap(({ from, to, isInUse }) => {
      const [left, right] = [boxes.get(from), boxes.get(to)];
      return left && right ? [{ from: edgeOf(left, left.width), to: edgeOf(right, 0), broken: !isInUse }] : [];
    }),
    table,
  };
};

const edgeOf = ({ x, y, height }: PictureBox, across: number) => ({ x: x + across, y: y + height / 2 });

const heightOf = (lines: readonly string[]): number => BOX.inset + lines.length * BOX.line;

function linesOf({ key, name, heldBy }: MapNode, arrows: readonly MapArrow[]): readonly string[] {
  const received = new Set(arrows.flatMap(({ to, functions }) => (to === key ? functions : [])));
  return [
    ...wrapped(name),
    ...(heldBy === '' ? [] : [cut(heldBy)]),
    ...(received.size === 0 ? [] : [`receives ${counted(received.size, 'function')}`]),
  ];
}

function wrapped(name: string): readonly string[] {
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < ROOM) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const shown = lines.slice(0, NAME_LINES);
  return shown.map((line, at) => cut(at === NAME_LINES - 1 && lines.length > NAME_LINES ? `${line} …` : line));
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= ROOM ? text : `${characters.slice(0, ROOM - 1).join('')}…`;
}

/**
 * Whoever receives stands to the right of all who delegate to them; where they delegate in a circle, one of them is begun
 * with. In a column next to those who delegate to them, then by name.
 */
function columnsOf(nodes: readonly MapNode[], arrows: readonly MapArrow[]): readonly (readonly MapNode[])[] {
  const byName = nodes.toSorted((a, b) => byText(`${a.name}\n${a.key}`, `${b.name}\n${b.key}`));
  const incoming = Map.groupBy(arrows, ({ to }) => to);
  const left = new Map(byName.map((node) => [node.key, node]));
  const depth = new Map<string, number>();
  while (left.size > 0) {
    const isFree = ({ key }: MapNode): boolean =>
      (incoming.get(key) ?? []).every(({ from }) => from === key || !left.has(from));
    const free = [...left.values()].filter(isFree);
    for (const { key } of free.length > 0 ? free : [...left.values()].slice(0, 1)) {
      const before = (incoming.get(key) ?? []).flatMap(({ from }) => depth.get(from) ?? []);
      depth.set(key, before.length === 0 ? 0 : Math.max(...before) + 1);
      left.delete(key);
    }
  }
  const columns: MapNode[][] = [];
  for (const node of byName) (columns[depth.get(node.key) ?? 0] ??= []).push(node);
  const row = new Map<string, number>();
  return columns.map((column) => {
    const near = new Map(column.map(({ key }) => [key, meanRow(incoming.get(key) ?? [], row)]));
    const sorted = column.toSorted((a, b) => (near.get(a.key) ?? 0) - (near.get(b.key) ?? 0));
    for (const [at, { key }] of sorted.entries()) row.set(key, at / Math.max(1, sorted.length));
    return sorted;
  });
}

const meanRow = (arrows: readonly MapArrow[], row: ReadonlyMap<string, number>): number =>
  arrows.reduce((sum, { from }) => sum + (row.get(from) ?? 0), 0) / Math.max(1, arrows.length);

function alternativeOf({ arrows }: MapGraph): string {
  if (arrows.length === 0) return 'Nobody is recorded as delegating anything.';
  const from = new Set(arrows.map((arrow) => arrow.from)).size;
  const to = new Set(arrows.map((arrow) => arrow.to)).size;
  return `${from} ${from === 1 ? 'delegates' : 'delegate'} to ${to}, from left to right. Organisations have square corners, bodies rounded ones, posts and people round ends; a broken arrow is suspended, not valid or has lapsed. Many who receive from the same are one box. Each arrow is a row of the table.`;
}
