import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Limits } from '#access';
import { COMMAND_LINE, isRefusal, Refusal } from '#kernel';
import { workNow } from '#register';
import type { RequestContext } from '../request-context.js';
import type { TrustedDocuments } from '../trusted-documents.js';
import { budgetOf, CostInFlight } from './budgets.js';
import type { Cost } from './cost.js';
import { knownBills } from './known-bills.js';
import { refusalShown } from './refusal-shown.js';

/** Fields inside fields that a question may have. The schema's description of itself has rules of its own. */
export const DEEPEST_FIELD = 12;

/**
 * The bill of every question, before anything of it runs: what is too dear or too deep is refused and told how to ask
 * less. Every answer says what was asked for and what may be.
 *
 * @param trusted the only documents that are answered, but at the local door; any where there are none.
 */
export const billedPlugin = (limits: Limits, trusted?: TrustedDocuments): ApolloServerPlugin<RequestContext> => {
  const underWay = new CostInFlight(limits.costInFlight);
  const costOf = knownBills();
  return {
    requestDidStart: async ({ contextValue: { actor } }) => {
      const isLocal = actor.vouchedBy === COMMAND_LINE;
      const limit = budgetOf(actor, limits.budgets);
      const work = workNow();
      let requested = 0;
      let leave = (): void => undefined;
      return {
        didResolveOperation: async ({ schema, document, operation, request }) => {
          if (!operation) return;
          if (trusted && !isLocal && !trusted.has(document)) throw refused(untrusted(), 403);
          const cost = costed(() => costOf(schema, document, operation, request.variables ?? {}));
          if (!cost) return;
          requested = cost.requested;
          if (cost.depth > DEEPEST_FIELD) throw refused(tooDeep(cost), 400);
          if (requested > limit || !cost.isWhole) throw refused(tooDear(cost, limit), 400);
          leave = entered(underWay, requested);
          if (operation.operation === 'mutation') work?.finishWhateverHappens();
        },
        willSendResponse: async ({ response }) => {
          leave();
          const { body, http } = response;
          if (body.kind !== 'single') return;
          const ended = work?.ended;
          if (isRefusal(ended)) {
            http.status = ended.code === 'ANSWER_TOO_LATE' ? 503 : 400;
            if (http.status === 503) http.headers.set('retry-after', '5');
            body.singleResult = { errors: [refusalShown(ended)] };
          }
          body.singleResult.extensions = { ...body.singleResult.extensions, cost: { requested, limit } };
        },
      };
    },
  };
};

function costed(bill: () => Cost | undefined): Cost | undefined {
  try {
    return bill();
  } catch (thrown) {
    if (isRefusal(thrown)) throw refused(thrown, 400);
    throw thrown;
  }
}

function entered(underWay: CostInFlight, points: number): () => void {
  try {
    return underWay.enter(points);
  } catch (thrown) {
    if (isRefusal(thrown)) throw refused(thrown, 503);
    throw thrown;
  }
}

function tooDeep({ depth, deepest }: Cost): Refusal {
  return new Refusal('TOO_DEEP', `${deepest} stands ${depth} fields deep: needed at most ${DEEPEST_FIELD}`, {
    field: deepest,
    remedy: 'take the id of what stands half way, and ask from there in a second question',
  });
}

function tooDear({ requested, isWhole, dearest }: Cost, limit: number): Refusal {
  const { path, points, times, pages } = dearest;
  const [told, may] = [requested, limit].map((number) => number.toLocaleString('en-GB'));
  const often = times > 1 ? `, where it may be read ${times.toLocaleString('en-GB')} times` : '';
  const sizes = pages.map((page) => `${page.first} at ${page.path}`).join(', ');
  const less =
    pages.length === 0
      ? 'leave it out, or ask for it in a question of its own'
      : `ask for fewer entries with "first" (${sizes}${pages.length > 1 ? ', which multiply' : ''}), or leave it out and ask for it in a second question`;
  return new Refusal(
    'QUESTION_TOO_DEAR',
    `the question costs ${isWhole ? '' : 'more than '}${told} points and may cost ${may}; dearest is ${path} with ${Math.ceil(points).toLocaleString('en-GB')}${often}`,
    { field: path, remedy: less },
  );
}

function untrusted(): Refusal {
  return new Refusal(
    'NOT_A_TRUSTED_DOCUMENT',
    'this register answers the ready-made questions and documents it trusts, and no others',
    {
      remedy:
        'ask one of /questions.json as it stands there, with variables of your own; or have the operator add the document',
    },
  );
}

/** Apollo takes the HTTP status from an extension that clients do not see. */
function refused(refusal: Refusal, status: number): GraphQLError {
  const headers = status === 503 ? new Map([['retry-after', '1']]) : undefined;
  return new GraphQLError(refusal.message, {
    originalError: refusal,
    extensions: { code: refusal.code, http: { status, ...(headers && { headers }) } },
  });
}
