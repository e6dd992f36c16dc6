/**
 * Bundles the playground into `dist/playground`: GraphiQL, its three workers, and our menu of questions.
 * Nothing it serves comes from another machine. Does nothing where the result is newer than its sources.
 */
import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onOwnNode } from './own-node.mjs';

await onOwnNode();

const project = fileURLToPath(new URL('..', import.meta.url));
const sources = join(project, 'apps/api/playground');
const out = join(project, 'dist/playground');

const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const inputs = readdirSync(sources).map((file) => join(sources, file));
const latest = Math.max(
  ...[...inputs, join(project, 'package-lock.json'), fileURLToPath(import.meta.url)].map(changedAt),
);

// The page is written last: while it is older than a source, or absent, the build is not whole.
if (changedAt(join(out, 'index.html')) < latest) {
  const { build } = await import('esbuild');
  mkdirSync(out, { recursive: true });
  const shared = {
    absWorkingDir: project,
    bundle: true,
    minify: true,
    outdir: out,
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.ttf': 'dataurl', '.woff2': 'dataurl' },
    legalComments: 'linked',
    logLevel: 'warning',
  };
  await build({
    ...shared,
    entryPoints: { playground: join(sources, 'playground.jsx') },
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
  });
  await build({
    ...shared,
    entryPoints: {
      'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
      'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
      'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
    },
    format: 'iife',
  });
  const page = join(out, 'index.html');
  copyFileSync(join(sources, 'index.html'), page);
}
