import { Refusal } from '#kernel';
import { workNow, type Work } from '#register';

/** What is answered: a question, or a document that is made when it is asked for. */
export type Kind = 'question' | 'document';

/** How many are in some room, in all and for each name. */
class Count {
  private all = 0;
  private readonly each = new Map<string, number>();

  constructor(
    private readonly most: number,
    private readonly mostEach: number = most,
  ) {}

  hasRoom(name: string): boolean {
    return this.all < this.most && (this.each.get(name) ?? 0) < this.mostEach;
  }

  enter(name: string): void {
    this.all += 1;
    this.each.set(name, (this.each.get(name) ?? 0) + 1);
  }

  leave(name: string): void {
    this.all -= 1;
    const left = (this.each.get(name) ?? 0) - 1;
    if (left > 0) this.each.set(name, left);
    else this.each.delete(name);
  }
}

/** Requests that are being answered: so many at a time, no more than half of them for one subject. */
export class InFlight {
  private readonly answered: Count;
  private readonly documents: Count;
  private readonly waiting: Count;

  constructor(most: number) {
    const half = Math.ceil(most / 2);
    this.answered = new Count(most, half);
    this.documents = new Count(Math.ceil(most / 8));
    this.waiting = new Count(most, half);
  }

  /** @returns the place, to be left once; undefined where there is none. */
  enter(kind: Kind, subject: string): Place | undefined {
    if (!this.answered.hasRoom(subject) || (kind === 'document' && !this.documents.hasRoom(subject))) return undefined;
    this.answered.enter(subject);
    if (kind === 'document') this.documents.enter(subject);
    return new Place(this.answered, this.waiting, subject, () => {
      if (kind === 'document') this.documents.leave(subject);
    });
  }
}

/** The place of one request. While it only waits for something recorded to arrive, another has its place. */
export class Place {
  private at: Count | undefined;

  constructor(
    private readonly answered: Count,
    private readonly waiting: Count,
    private readonly subject: string,
    private readonly whenLeft: () => void,
  ) {
    this.at = answered;
  }

  leave(): void {
    if (!this.at) return;
    this.at.leave(this.subject);
    this.at = undefined;
    this.whenLeft();
  }

  /** @throws Refusal `BUSY` where too many wait already. */
  async aside<Result>(wait: () => Promise<Result>): Promise<Result> {
    if (this.at !== this.answered) return wait();
    if (!this.waiting.hasRoom(this.subject)) {
      throw new Refusal('BUSY', 'too many questions wait for a receipt at the moment', {
        field: 'afterReceipt',
        remedy: 'what was recorded is safe: ask again in a second, or without afterReceipt for what is there',
      });
    }
    this.move(this.waiting);
    try {
      return await wait();
    } finally {
      this.move(this.answered);
    }
  }

  private move(to: Count): void {
    if (!this.at) return;
    this.at.leave(this.subject);
    this.at = to;
    to.enter(this.subject);
  }
}

const PLACES = new WeakMap<Work, Place>();

/** Says which place the work on an answer holds. */
export const placed = (work: Work, place: Place): void => void PLACES.set(work, place);

/** Waits without holding the place of the request that waits. */
export const aside = <Result>(wait: () => Promise<Result>): Promise<Result> => {
  const work = workNow();
  const place = work && PLACES.get(work);
  return place ? place.aside(wait) : wait();
};
