import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { EventStore } from '#event-store';
import { Contradictions, contradictionTold, Recorded, SourceContradictionView } from '#register';
import type { RecordOf } from './records.js';
import type { RequestContext } from './request-context.js';

/** On every record: whether its own source says otherwise. */
@Resolver(() => Recorded)
export class ContradictedResolver {
  constructor(private readonly store: EventStore) {}

  @ResolveField(() => [SourceContradictionView], {
    description: 'Where its own source says otherwise by now, as known on the basis; empty where it does not.',
  })
  async contradictedBySource(
    @Parent() { id, basis, stub }: RecordOf<object> & { readonly stub?: true },
    @Context() context: RequestContext,
  ): Promise<readonly SourceContradictionView[]> {
    if (stub) return [];
    const load = async () => Contradictions.over(this.store).asKnownAt(basis.position);
    const known = await (context.loader(`contradicted ${basis.position}`, load) as ReturnType<typeof load>);
    return (known.get(id) ?? []).map((one) => ({ ...one, sentence: contradictionTold(one) }));
  }
}
