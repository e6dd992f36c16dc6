import suite from './jest.config.mjs';

/** Specs that kill, cut, damage and move whole registers and start them again: `npm run test:loss`. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/loss/**/*.spec.ts', '<rootDir>/test/operations/migrate.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};
