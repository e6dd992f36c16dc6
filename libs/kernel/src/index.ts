export * from './canonical-json.js';
export * from './civil-date.js';
export * from './decider.js';
export * from './event.js';
export * from './history.js';
export * from './instant.js';
export * from './refusal.js';
export * from './text.js';
