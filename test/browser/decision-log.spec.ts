import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { logOf, textsOf } from '../decision-log/log-of.js';
import { recordAll, type Fact } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const decision = (number: number): Fact => [
  'TakeDecision',
  `d${number}`,
  `2025-0${(number % 9) + 1}-01`,
  {
    title: `Decision ${number} with a_title_that_has_no_place_to_break_and_goes_on_and_on_${'x'.repeat(80)}`,
    takenOn: `2025-0${(number % 9) + 1}-01`,
    organisation: 'icb',
    decidedBy: ['board'],
    reference: `ICB-2025/26-000${number}`,
    amount: number * 30_000_000,
    website: 'https://example.org/papers',
  },
];

let api: RunningApi;
let browser: Browser;
let file: string;
beforeAll(async () => {
  api = await runApi();
  const last = await recordAll(api, [
    ['RegisterOrganisation', 'gcc', '1974-04-01', { name: 'County Council', kind: 'COUNCIL' }],
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'County ICB', kind: 'ICB' }],
    ['EstablishBody', 'hosc', '2020-01-01', { name: 'Health Scrutiny Committee', kind: 'HOSC', owners: ['gcc'] }],
    ['EstablishBody', 'icp', '2022-07-01', { name: 'The Partnership', kind: 'ICP', owners: ['gcc', 'icb'] }],
    ['EstablishBody', 'board', '2022-07-01', { name: 'ICB Board', kind: 'ICB_BOARD', owners: ['icb'] }],
    ...[1, 2, 3, 4, 5].map(decision),
  ]);
  await api.runtime.register.waitFor(last.position, 10_000);
  file = join(mkdtempSync(join(tmpdir(), 'decision-log-')), 'decision-log.html');
  writeFileSync(file, (await textsOf(await logOf(api))).html);
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
  });
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page, and how wide the page is. The policy of the page would keep axe out. */
const looked = async (address: string, width: number) => {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width, height: 800 } });
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

describe.each([375, 1280])('on a screen %i pixels wide', (width) => {
  it('axe finds nothing on a log, which fits and asks for nothing else', async () => {
    const address = pathToFileURL(file).href;
    expect(await looked(address, width)).toEqual({ violations: [], scrolls: width, asked: [address] });
  });

  it('axe finds nothing on the page of a decision, which fits and asks for nothing else', async () => {
    const address = `${api.url}/decisions/${encodeURIComponent('ICB-2025/26-0001')}`;
    expect(await looked(address, width)).toEqual({ violations: [], scrolls: width, asked: [address] });
  });
});

describe('a log on paper', () => {
  it('has a page number and the basis on every sheet', async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await page.locator('h1').count()).toBe(1);
    await page.close();
  });
});
