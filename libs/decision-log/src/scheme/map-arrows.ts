import { byText } from '../plain.js';
import { heldByInWords } from './parties.js';
import type { Unplaced } from './scheme-entry.js';
import { isInUse, type Party } from './scheme.js';

/** Whoever delegates or receives, in a picture; several who are alike are one. */
export interface MapNode {
  readonly key: string;
  readonly frame: 'organisation' | 'body' | 'post';
  readonly name: string;
  /** Who holds a post; empty for all others. */
  readonly heldBy: string;
}

/** That somebody delegates something to somebody. */
export interface MapArrow {
  readonly from: string;
  readonly to: string;
  /** Functions, each once, in order. */
  readonly functions: readonly string[];
  /** Whether any of what it stands for is in use. */
  readonly isInUse: boolean;
}

export interface MapGraph {
  readonly nodes: ReadonlyMap<string, MapNode>;
  readonly arrows: readonly MapArrow[];
}

/** So many who are alike stand each for themselves in a picture. */
const MOST_ALIKE = 6;

/** Who delegates to whom, each pair once. */
export const graphOf = (delegations: readonly Unplaced[]): MapGraph => {
  const nodes = new Map<string, MapNode>();
  const arrows = new Map<string, { from: string; to: string; functions: Set<string>; isInUse: boolean }>();
  const nodeOf = (party: Party): string => {
    const key = party.subject ?? `“${party.name}”`;
    nodes.set(key, {
      ...{ key, frame: frameOf(party), name: party.name },
      heldBy: party.kind === 'POST' ? heldByInWords(party) : '',
    });
    return key;
  };
  for (const delegation of delegations) {
    const { functions, words } = delegation;
    const what = functions.length > 0 ? functions.map(({ name }) => name) : words;
    for (const from of delegation.from.map(nodeOf)) {
      for (const to of delegation.to.map(nodeOf)) {
        const key = `${from}\n${to}`;
        const arrow = arrows.get(key) ?? { from, to, functions: new Set(), isInUse: false };
        for (const one of what) arrow.functions.add(one);
        arrow.isInUse ||= isInUse(delegation);
        arrows.set(key, arrow);
      }
    }
  }
  const inOrder = [...arrows.values()].toSorted((a, b) => byText(sortKey(nodes, a), sortKey(nodes, b)));
  return { nodes, arrows: inOrder.map((one) => ({ ...one, functions: [...one.functions].toSorted(byText) })) };
};

const sortKey = (nodes: MapGraph['nodes'], { from, to }: Pick<MapArrow, 'from' | 'to'>): string =>
  [from, to].map((key) => `${nodes.get(key)?.name ?? ''}\n${key}`).join('\n');

const frameOf = ({ kind }: Party): MapNode['frame'] =>
  kind === 'ORGANISATION' ? 'organisation' : kind === 'BODY' ? 'body' : 'post';

/** With whoever only receives, and from the same grantors, as one where they are many: a picture of hundreds stays readable. */
export const withAlikeAsOne = ({ nodes, arrows }: MapGraph): MapGraph => {
  const grantors = Map.groupBy(arrows, ({ to }) => to);
  const grants = new Set(arrows.map(({ from }) => from));
  const alike = Map.groupBy(
    [...nodes.values()].filter(({ key }) => !grants.has(key)),
    ({ key, frame }) => [frame, ...(grantors.get(key) ?? []).map(({ from }) => from).toSorted(byText)].join('\n'),
  );
  const instead = new Map<string, MapNode>();
  for (const [key, some] of alike) {
    const [first] = some;
    if (!first || some.length <= MOST_ALIKE) continue;
    const one = { key: `alike ${key}`, frame: first.frame, name: `${some.length} ${NOUNS[first.frame]}`, heldBy: '' };
    for (const each of some) instead.set(each.key, one);
  }
  const joined = new Map<string, MapArrow>();
  for (const arrow of arrows) {
    const to = instead.get(arrow.to)?.key ?? arrow.to;
    const there = joined.get(`${arrow.from}\n${to}`);
    const functions = [...new Set([...(there?.functions ?? []), ...arrow.functions])].toSorted(byText);
    joined.set(`${arrow.from}\n${to}`, {
      ...arrow,
      to,
      functions,
      isInUse: arrow.isInUse || (there?.isInUse ?? false),
    });
  }
  const kept = [...nodes.values()].map((node) => instead.get(node.key) ?? node);
  return { nodes: new Map(kept.map((node) => [node.key, node])), arrows: [...joined.values()] };
};

const NOUNS = { organisation: 'organisations', body: 'bodies', post: 'posts and people' } as const;
