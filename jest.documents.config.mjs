import suite from './jest.config.mjs';

/** Specs that read PDFs with `qpdf` and `pdfinfo` (packages qpdf and poppler-utils): `npm run test:documents`. */
export default {
  ...suite,
  testMatch: ['<rootDir>/test/documents/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  globalSetup: undefined,
  globalTeardown: undefined,
  maxWorkers: 1,
  testTimeout: 120_000,
};
