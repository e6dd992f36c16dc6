import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { delegationInWords, functionsMapOf, mapPicture, pictureSvg, type MapFunction } from '#decision-log';
import { Records } from '../records.js';
import type { RequestContext } from '../request-context.js';
import { FunctionsMapArgs, FunctionsMapView, type MapFunctionView } from './functions-map.view.js';
import { linksTo, sizeIn } from './scheme.resolver.js';
import { Schemes } from './schemes.js';

@Resolver(() => FunctionsMapView)
export class FunctionsMapResolver {
  constructor(
    private readonly schemes: Schemes,
    private readonly records: Records,
  ) {}

  @Query(() => FunctionsMapView, {
    description:
      'The functions and decisions map of an organisation, or for a place, on a day: each function, who holds it in law, and who delegates it to whom, with a picture.',
  })
  async functionsMap(@Args() args: FunctionsMapArgs, @Context() context: RequestContext): Promise<FunctionsMapView> {
    const first = sizeIn(args);
    const { source, reader } = this.schemes.for(context.actor, context.requestedAt);
    const basis = await this.records.basis(args, context);
    const { organisation, place } = args;
    const map = await functionsMapOf(source, {
      ...{ reader, basis },
      organisation: organisation ?? undefined,
      place: place ?? undefined,
    });
    const given = map.functions.slice(0, first);
    const { aggregate, id, subject } = map.head.of;
    const named = aggregate === 'place' ? `place/${encodeURIComponent(id)}` : encodeURIComponent(id);
    return {
      ...{ basis, of: subject, totalCount: map.functions.length },
      functions: given.map(functionShown),
      picture: pictureSvg(mapPicture(map), 'picture'),
      text: given.length === 0 ? 'No function is recorded as held or delegated.' : given.flatMap(linesOf).join('\n'),
      links: linksTo('functions-maps', named, { asAt: basis.asAt, asKnownAt: `p${basis.position}` }),
    };
  }
}

const functionShown = ({ delegations, ...one }: MapFunction): MapFunctionView => ({
  ...one,
  delegations: delegations.map((delegation) => ({ ...delegation, text: delegationInWords(delegation) })),
});

const linesOf = ({ title, heldBy, delegations }: MapFunction): readonly string[] => [
  `${title}: held in law by ${heldBy.map(({ name, how }) => `${name} (${how})`).join('; ') || 'nobody who is recorded'}.`,
  ...delegations.map((one) => `  ${delegationInWords(one)}`),
];
