export * from './decorators.js';
export * from './enumeration.js';
export * from './enumerations.js';
export * from './known-at.js';
export * from './scalars.js';
