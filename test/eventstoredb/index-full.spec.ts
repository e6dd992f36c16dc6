import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { allOf, said, Trial, write } from './trial.js';

const trial = new Trial();
const disk = mkdtempSync(join(tmpdir(), 'register-disk-'));
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0;
if (!mounted) process.stderr.write('\nNO FULL DISK WAS TRIED: this user may not mount one.\n\n');

afterAll(async () => {
  await trial.end();
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

const fill = (): void => {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize));
};
const room = (): void => rmSync(join(disk, 'ballast'));
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + 10_000; !(await holds()); await new Promise((done) => setTimeout(done, 20))) {
    if (performance.now() > end) throw new Error('it never came to that');
  }
};

(mounted ? it : it.skip)(
  'a full data directory is named for what it is; nothing is written meanwhile, and it goes on once there is room',
  async () => {
    const server = await trial.server();
    const store = await trial.store(server, { dir: disk, positionMs: 300 });
    let revision = -1;
    const append = async (): Promise<unknown> => {
      try {
        const { kind } = await store.append(write('a', revision, said(`c${revision}`)));
        if (kind === 'appended' || kind === 'already appended') revision += 1;
        return kind;
      } catch (thrown) {
        return (thrown as { code?: unknown }).code;
      }
    };
    expect(await append()).toBe('appended');
    // On the disk it is within a moment.
    await new Promise((done) => setTimeout(done, 150));
    fill();
    await until(async () => (await append()) === 'STORE_FULL');
    const written = server.log.records.length;
    await expect(store.answers()).rejects.toMatchObject({
      code: 'STORE_FULL',
      message: expect.stringContaining('in the data directory'),
    });
    expect((await store.readAll(0, 1)).map(({ position }) => position)).toEqual([0]);
    expect(await append()).toBe('STORE_FULL');
    expect(server.log.records).toHaveLength(written);
    await expect(trial.store(server, { dir: join(disk, 'other') })).rejects.toMatchObject({ code: 'STORE_FULL' });
    room();
    await until(() =>
      store.answers().then(
        () => true,
        () => false,
      ),
    );
    expect(await append()).toBe('appended');
    const events = await allOf(store);
    expect(events.map(({ revision: at }) => at)).toEqual(Array.from({ length: revision + 1 }, (_, at) => at));
    expect(events.map(({ position }) => position)).toEqual(events.map((_, at) => at));
  },
);
