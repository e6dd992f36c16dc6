import { Injectable } from '@nestjs/common';
import { streamParts } from '#governance';
import {
  Belonging,
  bodyThatMet,
  narrowedBy,
  Register,
  type Answering,
  type Basis,
  type DecisionView,
  type MeetingView,
  type Restriction,
} from '#register';
import type { Narrowing } from '../disclosing.js';
import { Records, type RecordOf } from '../records.js';
import type { RequestContext } from '../request-context.js';

type Decision = RecordOf<DecisionView>;

/** Whose decisions are, for what is asked about them: read once per request and basis. */
@Injectable()
export class Belongings {
  constructor(
    private readonly register: Register,
    private readonly records: Records,
  ) {}

  /** That an organisation answers for a decision. A stub is found by the body that decided, which it shows. */
  async of(organisation: string, basis: Basis, context: RequestContext): Promise<Narrowing> {
    const claims = await this.at(basis, context).claimsOf([organisation]);
    const { dated, met, undated } = narrowedBy(claims, basis);
    const isShown = ({ by }: { readonly by: string }): boolean => by === 'decidedBy' || by === 'proposedTo';
    const decidedThen = dated.filter(isShown);
    const said = { by: 'accountable', value: organisation };
    const held = (order: { readonly from: string; readonly to?: string }): Restriction => ({
      names: 'meeting',
      such: { aggregate: 'meeting', restriction: { order }, at: basis },
    });
    const withoutDay = undated.map(({ from, to, listed, holdsNow }): Restriction => {
      const goesByToday: readonly Restriction[] = holdsNow ? [{ not: held({ from: '' }) }] : [];
      return { all: [{ listed: [listed] }, { any: [held({ from, to }), ...goesByToday] }] };
    });
    const byBodyNow = undated.filter((claim) => isShown(claim) && claim.holdsNow);
    return {
      inFull: { any: [{ listed: [said, ...dated, ...met] }, ...withoutDay] },
      asStub: { listed: [...decidedThen, ...byBodyNow.map(({ listed }) => listed)] },
    };
  }

  /** Who answers for a decision, as far as what is shown of it tells. */
  async answering(decision: Decision, context: RequestContext): Promise<readonly Answering[]> {
    const meeting = await this.meetingOf(decision, context);
    const day = decision.datedOn ?? meeting?.heldOn ?? decision.basis.asAt;
    const { id } = streamParts(decision.id);
    const one = { id, state: decision, day, meetingOf: meeting?.body };
    const found = await this.at(decision.basis, context).answering([one]);
    return found.get(id) ?? [];
  }

  /** The meeting at which it was taken: where nothing else is said, its day and its body are those of the decision. */
  async meetingOf({ meeting, basis }: Decision, context: RequestContext): Promise<MeetingView | null> {
    return this.records.named<MeetingView>('meeting', meeting, basis, context);
  }

  /** The body by which it follows who decided. */
  async bodyThatMet(decision: Decision, context: RequestContext): Promise<string | undefined> {
    return bodyThatMet({ state: decision, meetingOf: (await this.meetingOf(decision, context))?.body });
  }

  private at({ position }: Basis, context: RequestContext): Belonging {
    return context.loader(`belonging ${position}`, () => new Belonging(this.register, position)) as Belonging;
  }
}
