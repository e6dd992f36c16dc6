import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { LOGS_TRIED, YEAR_2025 } from '../decision-log/logs-tried.js';
import { madeLog, type MadeLog } from '../decision-log/made-log.js';
import { openIssuer, type Issuer } from '../issuer.js';
import { runApi, type RunningApi } from '../running-api.js';
import { looked, openBrowser } from './looked.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

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
        expect(await looked(browser, address, width)).toEqual({ violations: [], scrolls: width, asked: [address] });
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
      expect(await looked(browser, address, width, { authorization })).toEqual({
        violations: [],
        scrolls: width,
        asked: [address],
      });
  });
});
