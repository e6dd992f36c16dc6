import suite from './jest.config.mjs';

/** Specs that make whole logs and read them back, PDFs with `qpdf` and `pdfinfo` (packages qpdf and poppler-utils): `npm run test:documents`. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/documents/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  globalSetup: undefined,
  globalTeardown: undefined,
  maxWorkers: 2,
  testTimeout: 120_000,
};
