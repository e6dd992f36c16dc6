import suite from './jest.config.mjs';

/** Specs that drive a real Chromium: `npm run test:browser`. `CHROMIUM` names its executable. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/browser/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  maxWorkers: 1,
  testTimeout: 120_000,
};
