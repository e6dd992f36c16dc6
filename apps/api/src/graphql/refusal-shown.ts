import type { GraphQLFormattedError } from 'graphql';
import type { Refusal } from '#kernel';
import { retryAfterOf } from './passing.js';

/**
 * A refusal as every door of the API shows it (`docs/refusals.md`): its sentence, and for programs
 * `extensions { code, field, rule, remedy, retryAfter, problems }`, those of them that it has.
 *
 * @param more what is known better here: the input by its name in the document, the seconds to wait.
 */
export const refusalShown = (
  refusal: Refusal & { readonly problems?: unknown },
  more: { readonly field?: string; readonly retryAfter?: number } = {},
): GraphQLFormattedError => {
  const { code, message, detail, problems } = refusal;
  const { field = detail.field, retryAfter = retryAfterOf(code) } = more;
  const extensions = { code, field, rule: detail.rule, remedy: detail.remedy, retryAfter, problems };
  return {
    message,
    extensions: Object.fromEntries(Object.entries(extensions).filter(([, value]) => value !== undefined)),
  };
};
