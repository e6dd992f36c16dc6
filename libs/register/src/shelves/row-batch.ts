import type { DomainEvent, Instant, Position } from '#kernel';

import { closedOf, insertBlocks, type Closed } from './blocks.js';
import type { Connection, SqlValue } from './connection.js';
import type { Generation, ViewOnDisk } from './generation.js';
import type { Slice } from '../engine/slice.js';
import { listRows, sliceRow } from './slice-rows.js';
import { KNOWN_NOW, MOMENT } from './tables.js';
import { wordRows } from './word-rows.js';
import type { Timeline } from '../engine/timeline.js';

/** Whose slice it is, and when the event was recorded that opened it. */
interface Opening {
  readonly id: string;
  readonly recordedAt: Instant;
}

/** What one aggregate's slices have gone through since the last write. */
class ViewBatch {
  /** Opened, and not in the table yet. */
  readonly unwritten = new Map<Slice<object>, Opening>();
  /** Opened and closed, and not in the table yet. */
  readonly over: (Opening & { readonly slice: Slice<object> })[] = [];
  /** Closed, and in the table as known now. */
  readonly ended: { readonly id: string; readonly slice: Slice<object> }[] = [];
  readonly starts: SqlValue[][] = [];
  readonly words: (readonly SqlValue[])[] = [];
  /** Newly closed slices of subjects that have their blocks already. */
  readonly forBlocks: Closed[] = [];
  /** Subjects whose history has just become long. */
  readonly becameLong = new Set<string>();

  constructor(readonly onDisk: ViewOnDisk) {}
}

/**
 * What a run of events changes in the tables, gathered in memory and written in one go: a slice that is opened and
 * closed in between is inserted once, as it ended.
 */
export class RowBatch {
  private readonly views = new Map<string, ViewBatch>();
  private readonly moments: SqlValue[][] = [];

  /** @param longFrom beyond how many closed slices a subject gets dyadic blocks; `Infinity`: none now. */
  constructor(
    generation: Generation,
    private readonly longFrom: number,
  ) {
    for (const [aggregate, onDisk] of generation.views) this.views.set(aggregate, new ViewBatch(onDisk));
  }

  /** Applies an event to its subject's timeline and takes down what changes. */
  apply(aggregate: string, id: string, timeline: Timeline<object>, event: DomainEvent): void {
    const batch = this.views.get(aggregate);
    if (!batch) return;
    const { start: startBefore, closedSlices: closedBefore } = timeline;
    const { closed, opened } = timeline.apply(event);
    batch.words.push(...wordRows(batch.onDisk.view, id, { closed, opened }));
    const opening = { id, recordedAt: event.recordedAt };
    for (const slice of opened) batch.unwritten.set(slice, opening);
    for (const slice of closed) {
      const unwritten = batch.unwritten.get(slice);
      if (unwritten && batch.unwritten.delete(slice)) batch.over.push({ ...unwritten, slice });
      else batch.ended.push({ id, slice });
    }
    if (closedBefore > this.longFrom) {
      batch.forBlocks.push(...closed.map((slice) => closedRow(id, slice)));
    } else if (timeline.closedSlices > this.longFrom) {
      batch.becameLong.add(id);
    }
    if (timeline.start !== startBefore || event.revision === 0) {
      const { corrects, annuls } = event.envelope;
      const moved = startBefore !== undefined && (corrects ?? annuls) !== undefined;
      batch.starts.push([id, event.position, timeline.start ?? null, moved ? 1 : 0]);
    }
  }

  /** Takes down that a command's last event is at `position`. */
  commandEnds(position: Position, recordedAt: Instant): void {
    this.moments.push([position, recordedAt]);
  }

  /** Writes everything taken down so far, and begins anew. */
  async write(unit: Connection): Promise<void> {
    await unit.dialect.insert(unit, MOMENT, this.moments.splice(0));
    for (const batch of this.views.values()) await writeView(unit, batch);
  }
}

async function writeView(unit: Connection, batch: ViewBatch): Promise<void> {
  const { view, tables } = batch.onDisk;
  const { dialect } = unit;
  const ended = batch.ended.splice(0);
  const key = ['id', 'recorded_from', 'valid_from'];
  const keyOf = ({ id, slice }: (typeof ended)[number]): SqlValue[] => [id, slice.recordedFrom, slice.validFrom];
  const closing = ended.map((each) => [each.slice.recordedTo, each.slice.revisionTo, ...keyOf(each)]);
  const closed = await dialect.update(unit, tables.slice, { set: ['recorded_to', 'revision_to'], key }, closing);
  if (closed !== ended.length) {
    const subjects = [...new Set(ended.map(({ id }) => `${view.aggregate}/${id}`))].slice(0, 5).join(', ');
    throw new Error(`${ended.length} slices to close and ${closed} found, among ${subjects}; rebuild the views`);
  }
  if (Object.keys(view.lists).length > 0) {
    const listed = ended.map((each) => [each.slice.recordedTo, ...keyOf(each)]);
    await dialect.update(unit, tables.list, { set: ['recorded_to'], key }, listed);
  }
  const rows: (readonly SqlValue[])[] = [];
  const lists: (readonly SqlValue[])[] = [];
  const add = (slice: Slice<object>, { id, recordedAt }: Opening): void => {
    rows.push(sliceRow(view, id, slice, recordedAt));
    lists.push(...listRows(view, id, slice));
  };
  for (const each of batch.over.splice(0)) add(each.slice, each);
  for (const [slice, opening] of batch.unwritten) add(slice, opening);
  batch.unwritten.clear();
  await dialect.insert(unit, tables.slice, rows);
  await dialect.insert(unit, tables.list, lists);
  await dialect.insert(unit, tables.start, batch.starts.splice(0));
  await dialect.insert(unit, tables.word, batch.words.splice(0));
  const long = [...batch.becameLong];
  await insertBlocks(
    unit,
    tables,
    batch.forBlocks.splice(0).filter(({ id }) => !batch.becameLong.has(id)),
  );
  for (const id of long) await insertBlocks(unit, tables, await closedOf(unit, tables, id));
  batch.becameLong.clear();
}

const closedRow = (id: string, slice: Slice<object>): Closed => ({
  id,
  valid_from: slice.validFrom,
  recorded_from: slice.recordedFrom,
  revision_from: slice.revisionFrom,
  revision_to: slice.revisionTo ?? KNOWN_NOW,
});
