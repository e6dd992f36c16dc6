/** Specs that kill, stop and starve running programs, or start many of them, which takes its time: `npm run test:killed`. */
export const KILLED = [
  '/libs/event-store/src/beside/beside',
  '/test/api-process',
  '/test/chaos/',
  '/test/commands/',
  '/test/crash/',
  '/test/docker/',
  '/test/due-command',
  '/test/eventstoredb/away',
  '/test/eventstoredb/crash',
  '/test/eventstoredb/faults',
  '/test/eventstoredb/outsiders-programs',
  '/test/operations/beside',
  '/test/operations/configuration',
  '/test/operations/killed-rebuild',
  '/test/operations/migrate',
  '/test/operations/processes',
  '/test/operations/stopping',
  '/test/register-command',
  '/test/status-command',
  '/test/stores/full-disk',
];

/** The whole suite except browser specs, those that read documents with other programs, and those of long runs: `npm test`. */
export default {
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/test/browser/', '/test/documents/', '/test/loss/', ...KILLED],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/test/postgres/shared.mjs',
  globalTeardown: '<rootDir>/test/postgres/shared-end.mjs',
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  testTimeout: 30_000,
};
