/** Writes `apps/api/schema.graphql` from the built program: `npm run build && npm run schema`. Opens no port and no store. */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onOwnNode } from './own-node.mjs';

await onOwnNode();

const { schemaText } = await import(new URL('../dist/apps/api/src/graphql/schema.js', import.meta.url));
const file = fileURLToPath(new URL('../apps/api/schema.graphql', import.meta.url));
writeFileSync(file, await schemaText());
process.stdout.write(`written: ${file}\n`);
