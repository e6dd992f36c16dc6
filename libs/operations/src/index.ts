export * from './metrics.js';
export * from './older-log.js';
export * from './runtime.js';
export * from './skips.js';
export * from './starting.js';
export * from './status.js';
export * from './tracing.js';
export * from './unasked-connections.js';
