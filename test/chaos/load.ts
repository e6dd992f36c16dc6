import { Client, type Schedule } from './client.js';
import type { Dice } from './dice.js';
import type { Ledger, Receipt } from './ledger.js';

/** Bodies that everybody changes: their streams are fought over. */
const BODIES = ['chaos-b0', 'chaos-b1', 'chaos-b2'] as const;

const WHY = { kind: 'ERROR', reason: 'a slip of the pen', evidence: 'the minutes, item 4' };

/** "As at" of whatever is read back: after every day on which something takes effect here. */
export const READ_AT = '2026-10-01';

/** Makes what everybody names, while nothing goes wrong yet. */
export const foundRegister = async (
  apis: readonly string[],
  dice: Dice,
  ledger: Ledger,
  schedule: Schedule,
): Promise<void> => {
  const founder = new Client('founder', apis, dice.named('founder'), ledger, schedule);
  for (const body of BODIES) {
    const data = { name: `Body ${body}`, kind: 'ICB_COMMITTEE' };
    await founder.send({ mutation: 'establishBody', stream: `body/${body}`, effectiveOn: '2024-01-01', data });
  }
};

/** Writers at work until the load is over. @param name in front of their numbers. @returns once each has finished what it had begun. */
export const underLoad = async (
  writers: number,
  apis: readonly string[],
  dice: Dice,
  ledger: Ledger,
  schedule: Schedule,
  name = 'w',
): Promise<void> => {
  const work = (_: unknown, index: number): Promise<void> =>
    new Writer(`${name}${index}`, apis, dice, ledger, schedule).work();
  await Promise.all(Array.from({ length: writers }, work));
};

class Writer {
  private readonly client: Client;
  private readonly dice: Dice;
  private lives = 0;

  constructor(
    private readonly name: string,
    apis: readonly string[],
    dice: Dice,
    private readonly ledger: Ledger,
    private readonly schedule: Schedule,
  ) {
    this.dice = dice.named(name);
    this.client = new Client(name, apis, this.dice.named('client'), ledger, schedule);
  }

  async work(): Promise<void> {
    while (!this.schedule.over) {
      const id = `chaos-${this.name}-${(this.lives += 1)}`;
      const life = this.dice.between(0, 9);
      if (life < 5) await this.decision(id);
      else if (life < 8) await this.appointment(id);
      else if (life < 9) await this.bodyChanged(id);
      else await this.mistake(id);
    }
  }

  /** Proposed, taken, put right, annulled: each step rests on the receipt of the one before. */
  private async decision(id: string): Promise<void> {
    const stream = `decision/${id}`;
    const say = (mutation: string, effectiveOn: string, data: object, recording: object = {}) =>
      this.client.send({ mutation, stream, effectiveOn, data, recording });
    const series = this.dice.chance(0.3) ? { referenceSeries: `CHAOS-${this.dice.between(1, 3)}` } : {};
    const bodies = [this.dice.one(BODIES)];
    const proposed = await say('proposeDecision', this.day(), { title: `Proposed ${id}`, bodies, ...series });
    if (!proposed) return;
    if (this.dice.chance(0.4)) await this.readDecision(id, proposed, 'PROPOSED', `Proposed ${id}`);
    const takenOn = this.later();
    const said = { title: `Taken ${id}`, decidedBy: bodies, takenOn, ...series };
    const taken = await say('takeDecision', takenOn, said);
    if (!taken) return;
    if (this.dice.chance(0.4)) await this.readDecision(id, taken, 'TAKEN', `Taken ${id}`);
    const corrects = taken.events.at(-1)?.id ?? '';
    if (this.dice.chance(0.5)) {
      const again = { ...said, title: `Corrected ${id}`, takenOn: this.later() };
      const corrected = await say('takeDecision', again.takenOn, again, { corrects, why: WHY, unsaid: 'KEEP' });
      if (corrected && this.dice.chance(0.4)) await this.readDecision(id, corrected, 'TAKEN', `Corrected ${id}`);
    } else if (this.dice.chance(0.4)) {
      const annulled = await say('annul', '', { events: [corrects], why: WHY });
      if (annulled && this.dice.chance(0.5)) await this.readDecision(id, annulled, 'PROPOSED', `Proposed ${id}`);
    }
  }

  private async appointment(id: string): Promise<void> {
    const say = (mutation: string, stream: string, effectiveOn: string, data: object, recording: object = {}) =>
      this.client.send({ mutation, stream, effectiveOn, data, recording });
    const [person, stream] = [id, `appointment/${id}`];
    if (!(await say('registerPerson', `person/${person}`, '2024-01-01', { name: `Name of ${id}` }))) return;
    const said = { person, body: this.dice.one(BODIES), role: `Role of ${id}` };
    const made = await say('makeAppointment', stream, this.day(), said);
    if (!made) return;
    if (this.dice.chance(0.5)) await this.readAppointment(id, made, `Role of ${id}`);
    if (this.dice.chance(0.5)) {
      const put = { ...said, role: `Other role of ${id}` };
      const corrects = made.events.at(-1)?.id ?? '';
      const corrected = await say('makeAppointment', stream, this.day(), put, { corrects, why: WHY, unsaid: 'KEEP' });
      if (!corrected) return;
      if (this.dice.chance(0.4)) await this.readAppointment(id, corrected, put.role);
    }
    if (this.dice.chance(0.5)) await say('endAppointment', stream, this.later(), { reason: 'resigned' });
  }

  /** Several writers on one stream, also back-dated; whoever loses decides again. */
  private async bodyChanged(id: string): Promise<void> {
    const stream = `body/${this.dice.one(BODIES)}`;
    const change = (effectiveOn: string, recording: object = {}) =>
      this.client.send({ mutation: 'changeBody', stream, effectiveOn, data: { remit: `as ${id} has it` }, recording });
    const changed = await change(this.day());
    const corrects = changed?.events.at(-1)?.id;
    if (corrects && this.dice.chance(0.5)) await change(this.day(), { corrects, why: WHY, unsaid: 'KEEP' });
  }

  /** Whoever names what is not there is refused, at whichever api and however often. */
  private async mistake(id: string): Promise<void> {
    const data = { person: `nobody-${id}`, body: this.dice.one(BODIES), role: 'Chair' };
    const stream = `appointment/wrong-${id}`;
    await this.client.send({ mutation: 'makeAppointment', stream, effectiveOn: this.day(), data, wrong: true });
  }

  private async readDecision(id: string, { after }: Receipt, status: string, title: string): Promise<void> {
    await this.read('decision', id, after, 'subject title status reference stretchFrom stretchUntil recordedFrom', {
      title,
      status,
    });
  }

  private async readAppointment(id: string, { after }: Receipt, role: string): Promise<void> {
    await this.read(
      'appointment',
      id,
      after,
      'subject role stretchFrom stretchUntil recordedFrom ended person { name } body { name }',
      {
        role,
      },
    );
  }

  /** Reads what was just recorded, wherever it is asked; the answer has it in, and is the same for ever on its basis. */
  private async read(field: string, id: string, after: string, fields: string, expected: object): Promise<void> {
    const inner = `{ basis { asAt position } ${field} { ${fields} } absence { kind } }`;
    const receipt = `afterReceipt: ${JSON.stringify(after)}`;
    const answer = await this.client.ask(`{ ${field}(id: "${id}", asAt: "${READ_AT}", ${receipt}) ${inner} }`);
    if (!answer) return;
    const { basis, [field]: found } = answer.data[field] as { basis: { position: number } } & Record<
      string,
      object | null
    >;
    for (const [name, value] of Object.entries(expected)) {
      const there = (found as Record<string, unknown> | null)?.[name];
      if (there === value) continue;
      this.ledger.troubles.push(
        `after ${after}, ${name} of ${field} ${id} is ${JSON.stringify(there)} and not ${value}`,
      );
    }
    const query = `{ ${field}(id: "${id}", asAt: "${READ_AT}", asKnownAt: "${basis.position}") ${inner} }`;
    this.ledger.kept.push({ query, bytes: answer.text });
  }

  /** A day that may come before others of the same subject. */
  private day(): string {
    return dayOf(2024, this.dice);
  }

  private later(): string {
    return dayOf(2025, this.dice);
  }
}

const two = (number: number): string => String(number).padStart(2, '0');

const dayOf = (year: number, dice: Dice): string => `${year}-${two(dice.between(1, 12))}-${two(dice.between(1, 28))}`;
