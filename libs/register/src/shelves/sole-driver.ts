import type { Driver, Outcome, SqlParameter } from './connection.js';

/** One connection. While a unit is under way on it, whatever is not of the unit waits. */
export abstract class SoleDriver implements Driver {
  private unit: Promise<void> | undefined;

  protected abstract execute(text: string, parameters: readonly SqlParameter[]): Outcome | Promise<Outcome>;

  protected abstract begin(): void;

  protected abstract commit(): void | Promise<void>;

  protected abstract rollback(): void | Promise<void>;

  abstract close(): Promise<void>;

  run(text: string, parameters: readonly SqlParameter[]): Outcome | Promise<Outcome> {
    return this.unit ? this.after(() => this.execute(text, parameters)) : this.execute(text, parameters);
  }

  async transaction<Result>(work: (unit: Driver) => Promise<Result>): Promise<Result> {
    return this.after(async () => {
      let over = (): void => undefined;
      this.unit = new Promise((resolve) => {
        over = resolve;
      });
      try {
        return await this.asOne(work);
      } finally {
        this.unit = undefined;
        over();
      }
    });
  }

  private async asOne<Result>(work: (unit: Driver) => Promise<Result>): Promise<Result> {
    this.begin();
    try {
      const result = await work({
        run: (text, parameters) => this.execute(text, parameters),
        transaction: () => Promise.reject(new Error('a unit has no units in it')),
        close: () => Promise.reject(new Error('a unit is not closed: it ends')),
      });
      await this.commit();
      return result;
    } catch (thrown) {
      await this.rollback();
      throw thrown;
    }
  }

  private async after<Result>(work: () => Result | Promise<Result>): Promise<Result> {
    while (this.unit) await this.unit;
    return work();
  }
}
