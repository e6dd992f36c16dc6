import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { permalinkOf } from '../../libs/decision-log/src/entry.js';
import { recordAll, type Fact } from '../recorder.js';
import { runApi, type RunningApi } from '../running-api.js';

/** References as people give them, each with a title to know it by. */
const REFERENCES = {
  'ICB-2025/26-0001': 'Closure',
  'Câd 7/2': 'Accents',
  'A/../B': 'Dots',
  'C//D': 'Nothing between',
  'what? #50 %2F & more': 'Signs',
};

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  const decisions = Object.entries(REFERENCES).map(([reference, title], index): Fact => {
    const data = { title, reference, decidedBy: ['body/board'], takenOn: '2025-04-10' };
    return ['TakeDecision', `d${index}`, '2025-04-10', data];
  });
  const last = await recordAll(api, [
    ['RegisterOrganisation', 'icb', '2022-07-01', { name: 'County ICB', kind: 'ICB' }],
    ['EstablishBody', 'board', '2022-07-01', { name: 'Board', kind: 'ICB_BOARD', owners: ['organisation/icb'] }],
    ...decisions,
  ]);
  await api.runtime.register.waitFor(last.position, 10_000);
});
afterAll(() => api.close());

/** Status and title of a page, asked for by a path as it stands: `fetch` would tidy it first. */
const asked = (path: string): Promise<readonly [status: number | undefined, title: string | undefined]> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url);
    request({ hostname, port, path }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve([response.statusCode, /<h1>(?:.*: )?([^<]*)<\/h1>/.exec(text)?.[1]]));
    })
      .on('error', reject)
      .end();
  });

describe('the address of a decision', () => {
  it.each(Object.entries(REFERENCES))('in documents leads to it: %s', async (reference, title) => {
    const address = permalinkOf(api.url, reference);
    // As a browser or a proxy that tidies paths sends it.
    const { pathname } = new URL(address);
    const [status, heading] = await asked(pathname);
    expect([address, status, heading?.includes(title)]).toEqual([address, 200, true]);
  });

  it('needs no %2F, which many proxies refuse, and takes it all the same', async () => {
    expect(permalinkOf('https://r.example', 'ICB-2025/26-0001')).toBe('https://r.example/decisions/ICB-2025/26-0001');
    for (const path of ['/decisions/ICB-2025/26-0001', '/decisions/ICB-2025%2F26-0001'])
      expect((await asked(path))[0]).toBe(200);
  });

  it('does not mind case, spaces, or how accents are encoded: references are unique whatever these are', async () => {
    for (const written of ['icb-2025/26-0001', 'Icb-2025/26-0001 ', 'Ca\u0302d 7/2', 'CÂD  7/2'])
      expect([written, (await asked(permalinkOf('', written)))[0]]).toEqual([written, 200]);
    const { data } = await api.ask('{ decision(id: "icb-2025/26-0001") { decision { title } } }');
    expect(data).toEqual({ decision: { decision: { title: 'Closure' } } });
  });

  it('of something that is not there is not found, however it is written', async () => {
    const paths = ['/decisions/', '/decisions/x/y', '/decisions/a%252Fb', '/decisions//', '/decisions/ICB-2025/26'];
    for (const path of paths) expect([path, (await asked(path))[0]]).toEqual([path, 404]);
    expect((await asked('/decisions/%E0%A4%A'))[0]).toBe(400);
  });
});
