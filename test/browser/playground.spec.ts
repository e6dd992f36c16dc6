import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { runApi, type RunningApi } from '../running-api.js';
import { openBrowser } from './looked.js';

let api: RunningApi;
let browser: Browser;
let page: Page;
const asked: string[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  api = await runApi();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.on('request', (request) => void asked.push(request.url()));
  page.on('pageerror', (fault) => void complaints.push(fault.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  await page.goto(`${api.url}/playground`);
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
});

afterAll(async () => {
  await browser.close();
  await api.close();
});

const answer = () => page.locator('.graphiql-response .view-lines').innerText();

describe('the playground in a browser', () => {
  it('opens on the first question, with a title and a language', async () => {
    const questions = (await (await fetch(`${api.url}/questions.json`)).json()) as { query: string }[];
    const firstWords = questions[0]?.query.split(/[\s({]+/, 2).join(' ') ?? 'nothing';
    await page
      .getByText(firstWords.split(' ')[1] ?? '', { exact: false })
      .first()
      .waitFor();
    expect(await page.title()).toBe('Ask the decision register');
    expect(await page.locator('html').getAttribute('lang')).toBe('en-GB');
  });

  it('runs a question chosen from the menu and shows its answer', async () => {
    const menu = page.getByRole('region', { name: 'Ready-made questions' });
    await menu.getByRole('button', { name: /What is this register/ }).click();
    await page.locator('.graphiql-response').getByText('decision').first().waitFor();
    expect((await answer()).replaceAll('\u00a0', ' ')).toContain('"name": "The decision register"');
    expect(page.url()).toContain('?question=what-is-this-register');
  });

  it('is shown to whoever looks', async () => {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: join(folder, 'playground.png') });
    expect(await page.getByRole('link', { name: 'Decision register' }).isVisible()).toBe(true);
  });

  it('opens on the question named in the address', async () => {
    await page.goto(`${api.url}/playground?question=what-is-this-register`);
    await page.locator('.graphiql-query-editor').getByText('WhatIsThisRegister').waitFor();
  });

  it('knows the schema: the documentation lists what can be asked', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Query').first().waitFor();
  });

  it('asks nothing of any other machine', () => {
    const elsewhere = asked.filter((url) => !url.startsWith(api.url) && !url.startsWith('data:'));
    expect(elsewhere).toEqual([]);
    expect(asked.some((url) => url.endsWith('.worker.js'))).toBe(true);
  });

  it('breaks no rule of its content policy and throws nothing', () => {
    expect(complaints).toEqual([]);
  });

  it('leaves nothing in the browser', async () => {
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([0, 0, '']);
  });
});
