import { onOwnNode } from '#own-node';

await onOwnNode();
await import('./projecting.js');
