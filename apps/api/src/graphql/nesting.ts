import { Lexer, Source, TokenKind } from 'graphql';
import { Refusal } from '#kernel';

/** Brackets inside brackets that a document or a value may have. The schema's own description is asked for with 16. */
const DEEPEST = 50;

/** Values that the variables of a request may hold. */
const MOST_VALUES = 20_000;

/**
 * Looks at a request before anything follows its nesting by calling itself: parser, rules and scalars would run out of
 * stack. What is not GraphQL at all is left to the parser, which words it better.
 *
 * @throws Refusal `TOO_NESTED`, `TOO_MANY_VALUES`
 */
export const checkNesting = (document: unknown, variables: unknown, mostTokens: number): void => {
  if (typeof document === 'string') checkDocument(document, mostTokens);
  checkValues(variables);
};

const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);
const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);

function checkDocument(document: string, mostTokens: number): void {
  const lexer = new Lexer(new Source(document));
  let depth = 0;
  for (let tokens = 0; tokens <= mostTokens; tokens++) {
    const token = nextOf(lexer);
    if (!token || token.kind === TokenKind.EOF) return;
    if (OPENING.has(token.kind)) depth += 1;
    if (CLOSING.has(token.kind)) depth -= 1;
    if (depth > DEEPEST) {
      throw new Refusal('TOO_NESTED', `the document has more than ${DEEPEST} brackets inside one another`, {
        field: 'query',
        remedy: `ask in several questions; line ${token.line}, column ${token.column} is where it goes too deep`,
      });
    }
  }
}

/** Undefined where a character begins no token: the parser says so. */
function nextOf(lexer: Lexer): ReturnType<Lexer['advance']> | undefined {
  try {
    return lexer.advance();
  } catch {
    return undefined;
  }
}

function checkValues(variables: unknown): void {
  let level: readonly unknown[] = [variables];
  for (let depth = 0, values = 0; level.length > 0; depth++) {
    values += level.length;
    if (depth > DEEPEST) {
      throw new Refusal('TOO_NESTED', `a variable has more than ${DEEPEST} lists or objects inside one another`, {
        field: 'variables',
        remedy: 'send the value that the field describes',
      });
    }
    if (values > MOST_VALUES) {
      throw new Refusal(
        'TOO_MANY_VALUES',
        `the variables hold more than ${MOST_VALUES.toLocaleString('en-GB')} values`,
        {
          field: 'variables',
          remedy: 'send several smaller requests',
        },
      );
    }
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}
