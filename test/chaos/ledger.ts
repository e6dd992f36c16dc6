/** What a mutation answers. */
export interface Receipt {
  readonly subject: string;
  readonly after: string;
  readonly position: number | null;
  readonly alreadyRecorded: boolean;
  readonly events: readonly { readonly id: string; readonly type: string; readonly position: number | null }[];
}

/** One command as its sender remembers it: sent once or several times, to one api or to both. */
export interface Sent {
  readonly commandId: string;
  /** Its subject's stream. */
  readonly stream: string;
  readonly mutation: string;
  /** Sent to be refused: it names what is not there. */
  readonly wrong: boolean;
  /** Every answer that said it is recorded, and when it was asked for, by this process's clock. */
  readonly receipts: (Receipt & { readonly sentAt: number })[];
  times: number;
  refused?: string;
  /** Its sender lost the answer and asked no more. */
  givenUp?: true;
}

/** A question whose basis is fixed, and the answer it was given in the midst of it all. */
export interface Kept {
  readonly query: string;
  readonly bytes: string;
}

/** What the clients hold against the register in the end. */
export class Ledger {
  readonly sent: Sent[] = [];
  readonly kept: Kept[] = [];
  /** What a client was told that cannot be true, in sentences. */
  readonly troubles: string[] = [];
  /** How often each code was answered, beside what was recorded and read. */
  readonly codes = new Map<string, number>();
  lostAnswers = 0;
  reads = 0;

  begin(command: Pick<Sent, 'commandId' | 'stream' | 'mutation' | 'wrong'>): Sent {
    const sent: Sent = { ...command, receipts: [], times: 0 };
    this.sent.push(sent);
    return sent;
  }

  answered(code: string): void {
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
  }

  /** Takes a receipt; each later one of the same command has to say the same. */
  acknowledged(sent: Sent, receipt: Receipt, sentAt: number): void {
    const [first] = sent.receipts;
    sent.receipts.push({ ...receipt, sentAt });
    if (receipt.subject !== sent.stream) this.troubles.push(`${sent.commandId}: a receipt for ${receipt.subject}`);
    if (first && !agree(first, receipt)) {
      this.troubles.push(`${sent.commandId}: two receipts, ${JSON.stringify(first)} and ${JSON.stringify(receipt)}`);
    }
  }
}

/** Positions may be missing where the store could not know them yet, and are the same wherever they are said. */
function agree(one: Receipt, other: Receipt): boolean {
  return (
    one.events.length === other.events.length &&
    one.events.every(({ id, type, position }, index) => {
      const same = other.events[index];
      return (
        same?.id === id &&
        same.type === type &&
        (position === null || same.position === null || position === same.position)
      );
    })
  );
}
