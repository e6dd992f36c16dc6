import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventId, openEventStore } from '#event-store';
import { newDatabase } from '#testing/postgres';
import { Programs, type Environment, type Program } from './programs.js';

interface Health {
  readonly status: string;
  readonly followers: readonly {
    readonly name: string;
    readonly state: string;
    readonly position: number;
    readonly lag: { readonly events: number; readonly seconds: number } | null;
    readonly ledBy: string | null;
  }[];
}
interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly remedy?: string };
  }[];
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;

const programs = new Programs();
let database: { readonly url: string; drop(): Promise<void> };
let shared: Environment;
let api: Program;
let projectors: Program[];
let collector: Server;
const spans: {
  readonly name: string;
  readonly traceId: string;
  readonly service: string;
  readonly linked: readonly string[];
}[] = [];

const healthOf = async (program: Program): Promise<{ code: number; body: Health }> => {
  const response = await fetch(`${await program.address()}/health/ready`);
  return { code: response.status, body: (await response.json()) as Health };
};
const until = async <Result>(what: string, look: () => Promise<Result | undefined | false>): Promise<Result> => {
  let last: unknown;
  for (let tries = 0; tries < 400; tries++, await pause(50)) {
    const found = await look().catch((fault: unknown) => void (last = fault));
    if (found) return found;
  }
  throw new Error(`${what} never happened: ${String(last)}`);
};
const ask = async (query: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> => {
  const response = await fetch(`${await api.address()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
};
const register = (id: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  ask(
    `mutation { receipt: registerPerson(id: "${id}", recording: { effectiveOn: "2024-01-01" }, data: { name: "Name of ${id}" }) { after position } }`,
    headers,
  );
const afterOf = ({ data, errors }: Answer): string => {
  if (!data) throw new Error(JSON.stringify(errors));
  return (data['receipt'] as { after: string }).after;
};
const nameAfter = async (id: string, after: string): Promise<Answer> =>
  ask(`{ person(id: "${id}", afterReceipt: ${JSON.stringify(after)}) { person { name } } }`);

/** The spans of an export: OTLP in JSON. */
const takeSpans = (text: string): void => {
  const { resourceSpans } = JSON.parse(text) as { resourceSpans: readonly ResourceSpans[] };
  for (const { resource, scopeSpans } of resourceSpans) {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
    for (const { name, traceId, links = [] } of scopeSpans.flatMap((scope) => scope.spans)) {
      spans.push({ name, traceId, service, linked: links.map((link) => link.traceId) });
    }
  }
};
interface ResourceSpans {
  readonly resource: {
    readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
  };
  readonly scopeSpans: readonly {
    readonly spans: readonly {
      readonly name: string;
      readonly traceId: string;
      readonly links?: readonly { readonly traceId: string }[];
    }[];
  }[];
}

beforeAll(async () => {
  database = await newDatabase();
  collector = createServer((request, response) => {
    let text = '';
    request.on('data', (bytes: Buffer) => (text += bytes.toString()));
    request.on('end', () => {
      if (request.headers['content-type'] === 'application/json') takeSpans(text);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  shared = {
    PORT: '0',
    LOG_LEVEL: 'info',
    EVENT_STORE_URL: await programs.eventStoreDb(),
    READ_MODEL_URL: database.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
  api = programs.start('api', { ...shared, FOLLOW: 'off', DATA_DIR: await programs.folder() });
  projectors = [
    programs.start('projector', { ...shared, DATA_DIR: await programs.folder() }),
    programs.start('projector', { ...shared, DATA_DIR: await programs.folder() }),
  ];
  await Promise.all([api, ...projectors].map((program) => program.address()));
}, 90_000);
afterAll(async () => {
  await programs.end();
  collector?.close();
  await database?.drop();
});

describe('an api without followers and two projectors', () => {
  it('reads its own write, which another program projects', async () => {
    const after = afterOf(await register('ada', { traceparent: TRACEPARENT }));
    expect((await nameAfter('ada', after)).data).toEqual({ person: { person: { name: 'Name of ada' } } });
  });

  it('says the same of the follower from all three, and one of them leads', async () => {
    const healths = await until('everybody ready', async () => {
      const found = await Promise.all([api, ...projectors].map(healthOf));
      return found.every(({ code }) => code === 200) && found;
    });
    for (const { body } of healths) {
      expect(body.followers).toEqual([
        expect.objectContaining({ name: 'register', state: 'live', position: 1, lag: { events: 0, seconds: 0 } }),
      ]);
    }
    const led = healths.map(({ body }) => body.followers[0]?.ledBy);
    expect(led.filter((by) => by === 'this program')).toHaveLength(1);
    expect(led[0]).toMatch(/^process \d+ on /);
    const status = await programs.register({ ...shared, DATA_DIR: await programs.folder() }, 'status');
    expect(status.out).toMatch(
      /^follower register is live at position 1, 0 events and 0\.0 seconds behind; run by process \d+ on /m,
    );
  });

  it('keeps the trace context of the request beside the event, and links what follows to it', async () => {
    const store = await openEventStore(shared['EVENT_STORE_URL'], await programs.folder(), { readOnly: true });
    const [event] = await store.readStream('person/ada');
    await store.close();
    const { traceparent } = JSON.parse(event?.envelope ?? '{}') as { traceparent?: string };
    expect(traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(traceparent).not.toBe(TRACEPARENT);
    const of = (name: string) => spans.filter((span) => span.name === name);
    await until(
      'the spans',
      async () => of('follow').some(({ linked }) => linked.includes(TRACE)) && of('append').length > 0,
    );
    // The opening of the register goes in with what was asked for.
    expect(of('append').filter(({ traceId }) => traceId === TRACE)).toHaveLength(1);
    expect(of('append')[0]?.service).toBe('register api');
    expect(of('follow')[0]?.service).toBe('register projector');
    expect(of('mutation registerPerson').map(({ traceId }) => traceId)).toContain(TRACE);
    expect(of('query person').length).toBeGreaterThan(0);
  });

  it('measures itself without a word of what is recorded', async () => {
    const metrics = async (program: Program): Promise<string> =>
      (await fetch(`${await program.address()}/metrics`)).text();
    const ofApi = await metrics(api);
    expect(ofApi).toMatch(/^register_append_seconds_count\{outcome="appended"\} [1-9]/m);
    expect(ofApi).toMatch(/^register_query_seconds_count\{operation="registerPerson"\} 1$/m);
    expect(ofApi).toMatch(/^register_follower_leads\{follower="register"\} 0$/m);
    expect(ofApi).toMatch(/^process_resident_memory_bytes /m);
    await ask('query Made_up_1 { person(id: "nobody", asAt: "soon") { absence { kind } } }');
    await ask('query Made_up_2 { person(id: "nobody", afterReceipt: "x") { absence { kind } } }');
    const later = await metrics(api);
    expect(later).toMatch(/^register_refusals_total\{code="NOT_A_RECEIPT"\} 1$/m);
    expect(later).not.toMatch(/Made_up|nobody|Name of|ada"/);
    expect((await Promise.all(projectors.map(metrics))).join('')).toMatch(
      /^register_followed_events_total\{follower="register"\} [1-9]/m,
    );
  });

  it('stands before an event that it cannot take, until the log says to go on without', async () => {
    const store = await openEventStore(shared['EVENT_STORE_URL'], await programs.folder());
    const at = (await store.head()) + 1;
    const actor = { id: 'a', roles: [], vouchedBy: 'test' };
    const envelope = JSON.stringify({
      actor,
      commandDigest: 'x',
      commandId: 'p',
      count: 1,
      effectiveOn: '2024-01-01',
      index: 0,
    });
    const event = { id: eventId('p', 0), type: 'PersonRegistered', schemaVersion: 99, payload: '{}', envelope };
    await store.append([{ stream: 'person/p', expected: 'no stream', events: [event] }]);
    await store.close();
    const after = afterOf(await register('cyd'));
    const { errors } = await nameAfter('cyd', after);
    expect(errors?.[0]?.extensions.code).toBe('FOLLOWER_FAILED');
    expect((await healthOf(api)).body.followers[0]).toMatchObject({
      state: 'failed',
      position: at - 1,
      lastError: expect.stringMatching(/start a newer release/),
    });
    const codes = await Promise.all([api, ...projectors].map(async (program) => (await healthOf(program)).code));
    expect(codes).toEqual([200, 503, 503]);
    expect((await healthOf(api)).body.status).toBe('behind');

    const environment = { ...shared, DATA_DIR: await programs.folder() };
    const status = await programs.register(environment, 'status');
    expect([status.code, status.err]).toEqual([1, '']);
    expect(status.out).toMatch(/^follower register is failed at position [^\n]*\n {2}cannot take position/m);
    const skip = (position: number) =>
      programs.register(
        environment,
        'follower',
        'skip',
        'register',
        '--position',
        String(position),
        '--reason',
        'of a newer release',
      );
    const wrong = await skip(at + 1);
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringMatching(`stands before position ${at}: found --position ${at + 1}`),
    ]);
    expect(await skip(at)).toMatchObject({ code: 0, err: '' });
    await until('it goes on', async () => (await nameAfter('cyd', after)).data);
    await until('everybody ready', async () =>
      (await Promise.all([api, ...projectors].map(healthOf))).every(({ body }) => body.status === 'ready'),
    );
    const late = await skip(at);
    expect([late.code, late.err]).toEqual([2, expect.stringMatching('only one that failed is let go on')]);
    // Made anew, the views leave it out as well.
    expect(await programs.register(environment, 'rebuild')).toMatchObject({ code: 0 });
    expect(await programs.register(environment, 'replay', '--as-at', '2025-01-01')).toMatchObject({ code: 0 });
  }, 60_000);

  it('goes on when the one that leads is killed', async () => {
    const leads = await Promise.all(
      projectors.map(async (each) => (await healthOf(each)).body.followers[0]?.ledBy === 'this program'),
    );
    const [leader, other] = leads[0] ? projectors : projectors.toReversed();
    leader?.child.kill('SIGKILL');
    const after = afterOf(await register('bob'));
    await until('the other one leads', async () => {
      const { data } = await nameAfter('bob', after);
      return data && (await healthOf(other as Program)).body.followers[0]?.ledBy === 'this program';
    });
  }, 60_000);

  it('tells whoever waits that nobody brings the views up to date, and reads on', async () => {
    for (const { child, ended } of projectors) {
      child.kill('SIGTERM');
      await ended;
    }
    const after = afterOf(await register('eve'));
    const { errors } = await nameAfter('eve', after);
    expect(errors?.[0]?.extensions.code).toBe('FOLLOWER_SILENT');
    expect(errors?.[0]?.extensions.remedy).toMatch(/projector/);
    expect((await ask('{ person(id: "bob") { person { name } } }')).errors).toBeUndefined();
    const { body } = await healthOf(api);
    expect(body.followers[0]).toMatchObject({ state: 'stopped', lag: { events: 1 } });
  }, 60_000);
});
