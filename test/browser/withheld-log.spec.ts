import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { LOGS_TRIED, YEAR_2025 } from '../decision-log/logs-tried.js';
import { madeLog, type MadeLog } from '../decision-log/made-log.js';
import { openIssuer, type Issuer } from '../issuer.js';
import { runApi, type RunningApi } from '../running-api.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
});
afterAll(() => browser.close());

/** What axe finds on a page, how wide the page is, and what it asked for. */
const looked = async (address: string, width: number, headers: Readonly<Record<string, string>> = {}) => {
  const context = await browser.newContext({
    bypassCSP: true,
    viewport: { width, height: 800 },
    extraHTTPHeaders: headers,
  });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await page.goto(address);
  await page.evaluate(AXE);
  const violations = (await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(TAGS)} }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
  )) as string[];
  const scrolls = (await page.evaluate('document.documentElement.scrollWidth')) as number;
  await context.close();
  return { violations, scrolls, asked };
};

const WIDTHS = [375, 1280];

describe.each(LOGS_TRIED)('%s', (_name, make, words) => {
  let folder: string;
  let made: readonly MadeLog[];
  beforeAll(async () => {
    folder = await make();
    made = [
      await madeLog(folder, [...words, ...YEAR_2025, '--format', 'html']),
      await madeLog(folder, [...words, ...YEAR_2025, '--format', 'html', '--reader', 'officers', '--since', '70']),
    ];
  });
  afterAll(async () => {
    for (const gone of [folder, ...made.map((each) => each.folder)]) await rm(gone, { recursive: true, force: true });
  });

  it('has nothing for axe to find, with stubs and without, marked and handled, on a phone and on a desk', async () => {
    for (const log of made) {
      const address = pathToFileURL(join(log.folder, 'decision-log.html')).href;
      for (const width of WIDTHS)
        expect(await looked(address, width)).toEqual({ violations: [], scrolls: width, asked: [address] });
    }
  });
});

describe('the page of a decision of which something is withheld', () => {
  let folder: string;
  let issuer: Issuer;
  let api: RunningApi;
  beforeAll(async () => {
    const [, sixty] = LOGS_TRIED;
    folder = await sixty[1]();
    issuer = await openIssuer();
    api = await runApi({ DATA_DIR: folder, ...issuer.environment });
  });
  afterAll(async () => {
    await api.close();
    await issuer.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['a stub', 'd15', 'withheld'],
    ['one without its amount', 'd4', 'Withheld'],
    ['one that was corrected', 'd5', 'Corrected'],
  ])('has nothing for axe to find: %s', async (_what, id, word) => {
    const authorization = `Bearer ${await issuer.tokenOf('anybody', ['reader'])}`;
    const address = `${api.url}/decisions/${id}`;
    expect(await (await fetch(address, { headers: { authorization } })).text()).toContain(word);
    for (const width of WIDTHS)
      expect(await looked(address, width, { authorization })).toEqual({
        violations: [],
        scrolls: width,
        asked: [address],
      });
  });
});
