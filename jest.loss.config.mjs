import suite from './jest.config.mjs';

/** Specs that kill, cut and damage whole registers and start them again: `npm run test:loss`. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/loss/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};
