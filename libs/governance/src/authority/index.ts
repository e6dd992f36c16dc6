export * from './authority.js';
export * from './matter.js';
export * from './readings.js';
export { traceOf } from './trace.js';
export { subjectsIn, unmarked } from './words.js';
export { whoCan, type Able } from './who-can.js';
export { mattersOf, restingOn, restsOn, type Foundation, type Resting } from './relied.js';
export { grantingOf, type Granting } from './granting.js';
