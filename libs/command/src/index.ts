export * from './intent.js';
export * from './log-opening.js';
export * from './submit.js';
export { referenceIn } from './trial.js';
export { dayOfStep, unknownDay, type UnknownDayOfStep } from './unknown-day.js';
