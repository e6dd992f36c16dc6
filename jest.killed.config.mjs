import suite, { KILLED } from './jest.config.mjs';

/** Specs that kill, stop and starve running programs: `npm run test:killed`. */
export default {
  ...suite,
  testMatch: KILLED.map((path) => `<rootDir>${path}${path.endsWith('/') ? '**/*' : ''}.spec.ts`),
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};
