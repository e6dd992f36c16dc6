import type { ApolloServerPlugin } from '@apollo/server';
import { trace } from '@opentelemetry/api';
import { Kind } from 'graphql';
import { secondsSince, type Metrics } from '#operations';

/** Requests whose document could not be read or does not fit the schema. */
const UNREADABLE = 'unreadable';

/**
 * Measures every GraphQL request under a name that is known before anybody asks: that of a ready-made question, or its
 * first root field. Refusals are counted by code.
 *
 * @param known names of the ready-made questions; a client can call its own document what it likes.
 */
export const observedPlugin = (metrics: Metrics, known: ReadonlySet<string>): ApolloServerPlugin => ({
  requestDidStart: async () => {
    const begun = performance.now();
    let operation = UNREADABLE;
    return {
      didResolveOperation: async ({ operation: asked, operationName }) => {
        if (!asked) return;
        const [first] = asked.selectionSet.selections;
        const field = first?.kind === Kind.FIELD ? first.name.value : asked.operation;
        operation = operationName && known.has(operationName) ? operationName : field;
        trace.getActiveSpan()?.updateName(`${asked.operation} ${operation}`);
      },
      willSendResponse: async ({ response: { body } }) => {
        metrics.query(operation, secondsSince(begun));
        if (body.kind !== 'single') return;
        for (const { extensions } of body.singleResult.errors ?? []) metrics.refusal(String(extensions?.['code']));
      },
    };
  },
});
