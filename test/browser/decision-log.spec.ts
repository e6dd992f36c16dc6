import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { logOf, textsOf } from '../decision-log/log-of.js';
import { recordAll, type Fact } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';
import { looked, openBrowser } from './looked.js';

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
    amount: { pence: number * 30_000_000 },
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
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await api.close();
});

describe.each([375, 1280])('on a screen %i pixels wide', (width) => {
  it('axe finds nothing on a log, which fits and asks for nothing else', async () => {
    const address = pathToFileURL(file).href;
    expect(await looked(browser, address, width)).toEqual({ violations: [], scrolls: width, asked: [address] });
  });

  it('axe finds nothing on the page of a decision, which fits and asks for nothing else', async () => {
    const address = `${api.url}/decisions/${encodeURIComponent('ICB-2025/26-0001')}`;
    expect(await looked(browser, address, width)).toEqual({ violations: [], scrolls: width, asked: [address] });
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
