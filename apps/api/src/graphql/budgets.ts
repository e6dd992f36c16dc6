import { isRole, type Limits } from '#access';
import { Refusal, type Actor } from '#kernel';

/** Points that one question of an actor may cost: the largest budget of their roles. Without a role there is nothing to read. */
export const budgetOf = ({ roles }: Pick<Actor, 'roles'>, budgets: Limits['budgets']): number =>
  Math.max(0, ...roles.filter(isRole).map((role) => budgets[role])) || Math.min(...Object.values(budgets));

/** What all questions under way cost together. */
export class CostInFlight {
  private points = 0;

  constructor(private readonly most: number) {}

  /**
   * @returns what to call when the answer is there.
   * @throws Refusal `BUSY` where it is too much beside the others.
   */
  enter(points: number): () => void {
    if (this.points > 0 && this.points + points > this.most) {
      throw new Refusal('BUSY', `questions of ${this.points} points are being answered, and this one costs ${points}`, {
        remedy: 'send it again in a second, or ask for less',
      });
    }
    this.points += points;
    let isUnderWay = true;
    return () => {
      if (isUnderWay) this.points -= points;
      isUnderWay = false;
    };
  }
}
