import {
  canonicalJson,
  epochMsOf,
  instantOf,
  isRefusal,
  londonDay,
  Refusal,
  type Actor,
  type Envelope,
  type Instant,
} from '#kernel';
import { eventId, sha256Hex, type EventStore } from '#event-store';
import { CONTRADICTED, Contradictions, type Contradiction, type SourceContradicted, type SourceRow } from '#register';
import type { Turn } from './turns.js';

type Said = ['SourceContradicted', SourceContradicted] | ['SourceAgreed', SourceRow];

const rowOf = ({ system, key }: Pick<SourceRow, 'system' | 'key'>): string => `${system}\n${key}`;

/** What an import comes to know of rows whose later version was refused, and records once all of a moment has been tried. */
export class Contradicting {
  private readonly standing = new Map<string, SourceContradicted>();
  private readonly toSay = new Map<string, Said>();

  private constructor(
    private readonly store: EventStore,
    private readonly actor: Actor,
  ) {}

  static async in(store: EventStore, actor: Actor): Promise<Contradicting> {
    const found = new Contradicting(store, actor);
    const known = await Contradictions.over(store).asKnownAt(await store.head());
    for (const one of [...known.values()].flat()) found.standing.set(rowOf(one), withoutPosition(one));
    return found;
  }

  /** A version of a row was refused, and an earlier one goes on standing. */
  refused(
    { file, key, instant }: Turn,
    subject: string,
    thrown: unknown,
    cell: (field?: string) => { readonly column?: string },
  ): void {
    const system = file.mapping.name;
    const code = isRefusal(thrown) ? thrown.code : 'FAULT';
    const given = isRefusal(thrown) ? thrown.detail.field : undefined;
    const field = cell(given).column ?? given;
    const said: SourceContradicted = {
      subject,
      system,
      key,
      code,
      ...(field !== undefined && { field }),
      document: file.name,
      ...(instant !== undefined && { statedAt: instant }),
    };
    this.toSay.set(rowOf(said), ['SourceContradicted', said]);
  }

  /** A version of a row was taken, or the row was taken back. */
  settled(system: string, key: string): void {
    const row = rowOf({ system, key });
    this.toSay.delete(row);
    const before = this.standing.get(row);
    if (before) this.toSay.set(row, ['SourceAgreed', { subject: before.subject, system, key }]);
  }

  /**
   * Records what is new of it.
   *
   * @param recordedAt for a register that keeps the instants of its source.
   * @throws Refusal `OUTCOME_UNKNOWN` where the log does not say what became of it: import again.
   */
  async record(recordedAt: Instant | undefined): Promise<void> {
    const news = [...this.toSay].filter(([row, said]) => this.isNew(row, said));
    this.toSay.clear();
    if (news.length === 0) return;
    const there = await this.store.readStream(CONTRADICTED);
    const commandId = `${CONTRADICTED}/${there.length}`;
    const commandDigest = sha256Hex(canonicalJson(news.map(([, said]) => said)));
    const effectiveOn = londonDay(epochMsOf(recordedAt ?? instantOf(Date.now())));
    const events = news.map(([, [type, data]], index) => {
      const envelope: Envelope = {
        effectiveOn,
        actor: this.actor,
        commandId,
        commandDigest,
        index,
        count: news.length,
      };
      return {
        id: eventId(commandId, index),
        type,
        schemaVersion: 1,
        payload: canonicalJson(data),
        envelope: canonicalJson(envelope),
      };
    });
    const last = there.at(-1);
    const expected = last ? { revision: last.revision } : ('no stream' as const);
    const { kind } = await this.store.append(
      [{ stream: CONTRADICTED, expected, events }],
      recordedAt ? { recordedAt } : {},
    );
    if (kind !== 'appended' && kind !== 'already appended') {
      throw new Refusal('OUTCOME_UNKNOWN', `the log did not take what the sources contradict: ${kind}`, {
        remedy: 'import the same files again',
      });
    }
    for (const [row, [type, said]] of news) {
      if (type === 'SourceContradicted') this.standing.set(row, said);
      else this.standing.delete(row);
    }
  }

  private isNew(row: string, [type, said]: Said): boolean {
    const before = this.standing.get(row);
    return type === 'SourceAgreed' ? before !== undefined : canonicalJson(before ?? null) !== canonicalJson(said);
  }
}

const withoutPosition = ({ position: _position, ...said }: Contradiction): SourceContradicted => said;
