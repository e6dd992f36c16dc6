import { describe, expect, it } from '@jest/globals';
import { logOf, textsOf } from '../decision-log/log-of.js';
import { inCase } from './case.js';

describe('case 20: a body that was renamed later', () => {
  it('took the decision under the name of that day, and is called by today’s behind it', () =>
    inCase('20', async ({ api }) => {
      const log = await logOf(api, {
        for: 'sc',
        from: '2025-01-01',
        to: '2025-03-31',
        about: ['icb'],
        asAt: '2026-01-01',
      });
      const { html, csv, json } = await textsOf(log);
      for (const text of [html, csv, json]) expect(text).toContain('Shadow Board (now County Health Board)');
      expect(csv).not.toMatch(/taken by the County Health Board/);
      const page = await (await fetch(`${api.url}/decisions/R10`)).text();
      expect(page).toContain('Shadow Board (now County Health Board)');
      expect(page).not.toMatch(/taken by the County Health Board/);
    }));

  it('is called so in its history, in the changes, in its timeline and where it is put right', () =>
    inCase('20', async ({ ask }) => {
      const was = 'Shadow Board (now County Health Board)';
      const told = await ask(`{
        history(of: "decision/R10") { edges { node { sentence } } }
        changesBetween(from: 0, aggregate: DECISION, first: 50) { edges { node { sentence } } }
        timeline(of: "decision/R10") { edges { node { sentences } } }
      }`);
      const { history, changesBetween, timeline } = told.data as Record<string, object>;
      for (const one of [history, changesBetween, timeline]) expect(JSON.stringify(one)).toContain(was);
      expect(JSON.stringify(told)).not.toMatch(/taken by the County Health Board/);
    }));
});

describe('case 22: a former name', () => {
  it('finds what bears another today, and says until when it was borne', () =>
    inCase('22', async ({ answer, ask }) => {
      expect(Object.values(answer?.data ?? {})).toEqual([{ totalCount: 1 }, { totalCount: 1 }]);
      const { data } = await ask(`{
        today: bodies(search: "health overview") { edges { node { name formerNames { name until } } } }
        early: bodies(search: "adult care", asAt: "2016-01-01") { totalCount }
        before: body(id: "b", asAt: "2016-01-01") { body { name formerNames { name } } }
      }`);
      const was = { name: 'Health Overview and Scrutiny Committee', until: '2020-05-19' };
      expect(data).toEqual({
        today: { edges: [{ node: { name: 'Adult Care Scrutiny', formerNames: [was] } }] },
        early: { totalCount: 0 },
        before: { body: { name: was.name, formerNames: [] } },
      });
    }));
});
