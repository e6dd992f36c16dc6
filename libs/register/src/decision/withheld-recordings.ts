import { readPages, type EventStore } from '#event-store';
import {
  eventReader,
  recordedClasses,
  saysClass,
  subjectOf,
  streamParts,
  type Classed,
  type Recorded,
  type RecordedClass,
} from '#governance';
import type { CivilDate, Position, StoredEvent } from '#kernel';

import type { Absence } from '../answer.js';
import type { Place } from '../lookup.js';
import type { Register, Shown } from '../register.js';

type Log = Pick<EventStore, 'readStream' | 'readAll'>;

/** Streams that are asked for at a time: a store across a network answers them side by side. */
const AT_A_TIME = 32;

/** Events of the log that are looked through for what is new; beyond, the views are asked again for what was ever withheld. */
const MOST_NEW = 20_000;

const isWithheld = ({ classed: { disclosure, withheldParts = [] } }: RecordedClass): boolean =>
  disclosure !== 'PUBLIC' || withheldParts.length > 0;

/** What of a decision is withheld for itself, whatever it is classed as now. */
export class WithheldDecision {
  private readonly byId: ReadonlyMap<string, Classed>;

  constructor(private readonly recorded: readonly RecordedClass[]) {
    this.byId = new Map(recorded.map(({ id, classed }) => [id, classed]));
  }

  /** The class of one recording. */
  of(eventId: string): Classed | undefined {
    return this.byId.get(eventId);
  }

  /** The classes of the recordings of which its state on a day, as known at a position, is made. */
  at({ asAt, position }: Place): readonly Classed[] {
    return this.recorded
      .filter(({ from, to, effectiveOn }) => from <= position && (to ?? Infinity) > position && effectiveOn <= asAt)
      .map(({ classed }) => classed);
  }

  /**
   * Why there is nothing to show, told from what may be shown of it alone; undefined where all of it may.
   *
   * @param isShown whether a recording of such a class may be.
   */
  absence(answer: Absence, { asAt, position }: Place, isShown: (classed: Classed) => boolean): Absence | undefined {
    const shown = this.recorded.filter(({ classed }) => isShown(classed));
    if (shown.length === this.recorded.length) return undefined;
    const first = Math.min(...shown.map(({ from }) => from));
    if (first > position) {
      return answer.kind === 'not-yet-known' && first < Infinity
        ? { kind: 'not-yet-known', position: first }
        : { kind: 'never-recorded' };
    }
    const known = shown.filter(({ from }) => from <= position);
    const ahead = known.filter(({ to, effectiveOn }) => (to ?? Infinity) > position && effectiveOn > asAt);
    const from = ahead.map(({ effectiveOn }) => effectiveOn).toSorted()[0];
    if (from !== undefined) return { kind: 'not-yet-begun', from, position: null };
    return {
      kind: 'withdrawn',
      position: Math.max(...known.map(({ from: since, to }) => (to !== undefined && to <= position ? to : since))),
    };
  }

  /** The classes of the recordings of which a state that was read is made. */
  in({ from, recordedFrom }: Pick<Shown, 'from' | 'recordedFrom'>): readonly Classed[] {
    return this.at({ asAt: from, position: recordedFrom });
  }
}

/**
 * The decisions of which a recording is withheld, or was once, kept in memory and brought up to where the views are.
 * They are few beside all others: of those, every recording is as public as its decision.
 */
export class WithheldRecordings {
  private static readonly kept = new WeakMap<Register, WithheldRecordings>();
  private readonly read = eventReader();
  private readonly recordings = new Map<string, readonly Recorded[]>();
  private classes = new Map<string, WithheldDecision>();
  private day: CivilDate | undefined;
  private position: Position = -2;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly register: Register,
    private readonly log: Log,
  ) {}

  /** One for all who read a register in a process. */
  static over(register: Register, log: Log): WithheldRecordings {
    const known = WithheldRecordings.kept.get(register) ?? new WithheldRecordings(register, log);
    WithheldRecordings.kept.set(register, known);
    return known;
  }

  /** Those of which something is withheld for itself, by key, as known now. */
  async on(today: CivilDate): Promise<ReadonlyMap<string, WithheldDecision>> {
    const mine = this.turn.then(async () => this.broughtUp(today));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async broughtUp(today: CivilDate): Promise<ReadonlyMap<string, WithheldDecision>> {
    const position = await this.register.position();
    if (position === this.position && today === this.day) return this.classes;
    const isFollowing = this.position >= -1 && position >= this.position && position - this.position <= MOST_NEW;
    const changed = isFollowing ? await this.changedUpTo(position) : await this.register.everWithheld();
    if (!isFollowing) this.recordings.clear();
    for (let at = 0; at < changed.length; at += AT_A_TIME) {
      await Promise.all(changed.slice(at, at + AT_A_TIME).map(async (id) => this.readAgain(id)));
    }
    const stale = isFollowing && today === this.day ? changed : [...this.recordings.keys()];
    const classes = new Map(isFollowing ? this.classes : []);
    for (const id of stale) {
      const recorded = recordedClasses(this.recordings.get(id) ?? [], today);
      if (recorded.some(isWithheld)) classes.set(id, new WithheldDecision(recorded));
      else classes.delete(id);
    }
    [this.classes, this.position, this.day] = [classes, position, today];
    return classes;
  }

  private async readAgain(id: string): Promise<void> {
    const stored = await this.log.readStream(subjectOf('decision', id));
    this.recordings.set(
      id,
      stored.map((one) => this.asRecorded(one)),
    );
  }

  /** Without its words. */
  private asRecorded(stored: StoredEvent): Recorded {
    const { id, type, position, effectiveOn, recordedAt, data, envelope } = this.read(stored);
    const { corrects, annuls, again } = envelope;
    const said = saysClass({ type, data }) ? data : {};
    return {
      id,
      type,
      position,
      effectiveOn,
      recordedAt,
      data: said,
      envelope: { corrects, annuls, again } as Recorded['envelope'],
    };
  }

  private async changedUpTo(position: Position): Promise<readonly string[]> {
    const changed = new Set<string>();
    for await (const page of readPages(this.log, { from: this.position + 1, upTo: position })) {
      for (const stored of page) {
        const { aggregate, id } = streamParts(stored.stream);
        if (aggregate !== 'decision') continue;
        if (this.recordings.has(id) || saysClass(this.read(stored))) changed.add(id);
      }
    }
    return [...changed];
  }
}
