import type { Block, DecisionEntry, Section } from './document.js';
import type { LogStream } from './gather.js';
import { JSON_FORMAT } from './json-schema.js';

/** About this many characters are handed on at a time. */
const CHUNK = 64 * 1024;

/**
 * The log as JSON: its front page, its sections without what only repeats the decisions, then each decision on a line
 * of its own, then the companions. Memory does not grow with the log.
 */
export async function* jsonOf({ head, sections, companions, entries }: LogStream): AsyncGenerator<string, void> {
  yield `{"$schema":"decision-log.schema.json","format":${JSON.stringify(JSON_FORMAT)},\n"head":${JSON.stringify(head)},\n`;
  yield `"sections":${JSON.stringify(sections.map(outline))},\n"decisions":[`;
  let text = '';
  let first = true;
  for await (const entry of entries) {
    text += `${first ? '' : ','}\n${JSON.stringify(decisionJson(entry))}`;
    first = false;
    if (text.length < CHUNK) continue;
    yield text;
    text = '';
  }
  const { delegations, appointments, corrections } = companions;
  yield `${text}\n],\n"delegations":${JSON.stringify(delegations)},\n"appointments":${JSON.stringify(appointments)},\n"corrections":${JSON.stringify(corrections)}}\n`;
}

/** A decision without what is there to be printed. */
const decisionJson = (entry: DecisionEntry): object => {
  const { kind, place, id, reference, datedOn, group, permalink, mark } = entry;
  const common = { kind, place, id, reference, datedOn, group, ...(permalink && { permalink }), ...(mark && { mark }) };
  return entry.kind === 'full'
    ? { ...common, ...entry.facts }
    : { ...common, title: entry.title, ground: entry.ground, reviewOn: entry.reviewOn };
};

const outline = ({ blocks, ...section }: Section): object => ({ ...section, blocks: blocks.map(blockOutline) });

function blockOutline(block: Block): object {
  if (block.kind === 'decisions') return { kind: block.kind, title: block.title, caption: block.table.caption };
  if (block.kind === 'table' && block.repeats) return { kind: block.kind, caption: block.caption, repeats: true };
  return block;
}
