import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BoundDayView, HoldingEnum, HoldingView, type Holding } from '#register';
import { Lapses } from '../lapses.js';
import type { RequestContext } from '../request-context.js';
import { Lapsing, type Hanging } from './lapsing.js';

/** On everything that lasts: what its own record says, as what it hangs on leaves it. */
@Resolver(() => HoldingView)
export class LapsingResolver {
  private readonly lapsing: Lapsing;

  constructor(lapses: Lapses) {
    this.lapsing = new Lapsing(lapses);
  }

  @ResolveField(() => HoldingEnum)
  async holds(@Parent() record: Hanging, @Context() context: RequestContext): Promise<Holding> {
    return this.lapsing.holds(record, context);
  }

  @ResolveField(() => String)
  async holdsInWords(@Parent() record: Hanging, @Context() context: RequestContext): Promise<string> {
    return this.lapsing.inWords(record, context);
  }

  @ResolveField(() => BoundDayView, { nullable: true })
  async end(@Parent() record: Hanging, @Context() context: RequestContext): Promise<BoundDayView | null> {
    return this.lapsing.end(record, context);
  }
}
