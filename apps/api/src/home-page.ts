import { createHash } from 'node:crypto';
import type { Question } from './questions.js';

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; color: #0b0c0c; background: #fff; }
  h1 { font-size: 2rem; line-height: 1.2; margin: 1rem 0; }
  h2 { font-size: 1.375rem; margin: 2.5rem 0 0.5rem; }
  a { color: #005ea5; text-underline-offset: 0.15em; }
  a:focus-visible { outline: 3px solid #0b0c0c; outline-offset: 2px; background: #ffeb3b; color: #0b0c0c; }
  dt { font-weight: 600; margin-top: 1rem; }
  dd { margin: 0; color: #484d52; }
  .start { display: inline-block; padding: 0.6rem 1.2rem; background: #005ea5; color: #fff; text-decoration: none; border-radius: 4px; }
  .note { border-left: 4px solid #b10e1e; padding: 0.25rem 1rem; }
  @media (prefers-color-scheme: dark) {
    body { color: #f3f2f1; background: #121212; }
    a { color: #8ecbff; }
    dd { color: #c8cacc; }
    .start { background: #8ecbff; color: #0b0c0c; }
  }
`;

/** No script, nothing from elsewhere, and the one style below. */
export const HOME_POLICY =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src data:; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface HomePage {
  readonly version: string;
  readonly questions: readonly Question[];
  readonly signIn: 'oidc' | 'development';
}

/** The front page, as HTML: what this is and where to go from here. */
export const homePage = ({ version, questions, signIn }: HomePage): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The decision register</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>The decision register</h1>
<p>This register answers, for any day and as known at any moment: who could decide what, who did decide, on whose
behalf, and who answers for it.</p>
${signIn === 'development' ? '<p class="note"><strong>Development mode.</strong> Nobody signs in, only this machine can reach it, and everything recorded is marked as recorded in development.</p>' : ''}
<p><a class="start" href="/playground">Ask the register</a></p>
<h2>Ready-made questions</h2>
${questions.length === 0 ? '<p>None yet.</p>' : `<dl>\n${questions.map(listed).join('\n')}\n</dl>`}
<h2>For programs</h2>
<dl>
<dt><a href="/schema.graphql">The schema</a></dt><dd>Everything that can be asked and recorded, described. Questions go to <code>/graphql</code>.</dd>
<dt><a href="/questions.json">The questions as JSON</a></dt><dd>The list above with the text of each query.</dd>
<dt><a href="/health/ready">Health</a></dt><dd>Whether the register is ready, and how far its views have come.</dd>
</dl>
<p>Version ${escaped(version)}.</p>
</main>
</body>
</html>
`;

function listed({ name, title, description }: Question): string {
  return `<dt><a href="/playground?question=${encodeURIComponent(name)}">${escaped(title)}</a></dt><dd>${escaped(description)}</dd>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);
}
