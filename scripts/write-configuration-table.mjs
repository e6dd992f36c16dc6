// `npm run build && node scripts/write-configuration-table.mjs`: writes the table of settings in docs/operations.md from
// CONFIGURATION_TABLE. A spec fails where the two differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onOwnNode } from './own-node.mjs';

await onOwnNode();
const { configurationPage } = await import('../dist/libs/access/src/index.js');

const file = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'operations.md');
writeFileSync(file, configurationPage(readFileSync(file, 'utf8')));
