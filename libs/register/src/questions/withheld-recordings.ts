import { readPages, type EventStore } from '#event-store';
import {
  CLASSES,
  classNow,
  eventReader,
  recordedClasses,
  saysClass,
  subjectOf,
  streamParts,
  wordless,
  type Classed,
  type Recorded,
  type RecordedClass,
} from '#governance';
import type { CivilDate, Position } from '#kernel';

import type { Absence, Place } from '../engine/answer.js';
import type { Register, Shown } from './register.js';

type Log = Pick<EventStore, 'readStreams' | 'readAll'>;

/** Events of the log that are looked through for what is new; beyond, the views are asked again for what was ever withheld. */
const MOST_NEW = 20_000;

const isWithheld = ({ classed: { disclosure, withheldParts = [] } }: RecordedClass): boolean =>
  disclosure !== 'PUBLIC' || withheldParts.length > 0;

/** What of a decision is withheld for itself, whatever it is classed as now. */
export class WithheldDecision {
  private readonly byId: ReadonlyMap<string, Classed>;

  /** @param now what it is classed as today. */
  constructor(
    private readonly recorded: readonly RecordedClass[],
    private readonly now: Classed = { disclosure: 'PUBLIC' },
  ) {
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

  /** Since when a state that was read is known, as far as it is told by what may be shown. */
  since(
    { recordedFrom, recordedAt }: Pick<Shown, 'recordedFrom' | 'recordedAt'>,
    isShown: (classed: Classed) => boolean,
  ): Pick<Shown, 'recordedFrom' | 'recordedAt'> {
    const shown = this.recorded.filter(({ classed }) => isShown(classed));
    const isHidden = this.recorded.some((one) => one.from === recordedFrom && !shown.includes(one));
    const before = shown.filter(({ from }) => from <= recordedFrom).toSorted((a, b) => b.from - a.from)[0];
    if (!isHidden || !before) return { recordedFrom, recordedAt };
    return { recordedFrom: before.from, recordedAt: before.recordedAt };
  }

  /** Where in the log its recordings stand that may not be shown at all. */
  hidden(isShown: (classed: Classed) => boolean): readonly Position[] {
    const isGone = !isShown(this.now);
    return this.recorded.filter(({ classed }) => isGone || !isShown(classed)).map(({ from }) => from);
  }

  /** The classes of the recordings of which a state that was read is made. */
  in({ from, recordedFrom }: Pick<Shown, 'from' | 'recordedFrom'>): readonly Classed[] {
    return this.at({ asAt: from, position: recordedFrom });
  }
}

/** Positions of hidden recordings, by what is shown: worked out once for as long as nothing is recorded. */
const HIDDEN = new WeakMap<ReadonlyMap<string, WithheldDecision>, Map<string, ReadonlySet<Position>>>();

/** Where in the log recordings stand of which whoever is shown some classes only may not know. */
export const hiddenPositions = (
  withheld: ReadonlyMap<string, WithheldDecision>,
  isShown: (classed: Classed) => boolean,
): ReadonlySet<Position> => {
  const known = HIDDEN.get(withheld) ?? new Map<string, ReadonlySet<Position>>();
  HIDDEN.set(withheld, known);
  const shown = CLASSES.filter((disclosure) => isShown({ disclosure })).join(' ');
  const hidden = known.get(shown) ?? new Set([...withheld.values()].flatMap((one) => one.hidden(isShown)));
  known.set(shown, hidden);
  return hidden;
};

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
    await this.readAgain(changed);
    const stale = isFollowing && today === this.day ? changed : [...this.recordings.keys()];
    const classes = new Map(isFollowing ? this.classes : []);
    for (const id of stale) {
      const events = this.recordings.get(id) ?? [];
      const recorded = recordedClasses(events, today);
      if (recorded.some(isWithheld)) classes.set(id, new WithheldDecision(recorded, classNow(events, today)));
      else classes.delete(id);
    }
    [this.classes, this.position, this.day] = [classes, position, today];
    return classes;
  }

  private async readAgain(ids: readonly string[]): Promise<void> {
    const read = await this.log.readStreams(ids.map((id) => subjectOf('decision', id)));
    for (const id of ids) {
      const stored = read.get(subjectOf('decision', id)) ?? [];
      this.recordings.set(
        id,
        stored.map((one) => wordless(this.read(one))),
      );
    }
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
