import { onOwnNode } from '#own-node';

await onOwnNode();
await import('./serve.js');
