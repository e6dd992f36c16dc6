import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { readConfiguration } from '#access';
import { runProgram } from '#operations/starting';
import { createLog } from './logging.js';

/**
 * The API for one program that asks, where no server runs: it reads the register beside whoever writes it, listens nowhere
 * but at a socket in a folder of that program's own, and ends with it.
 */
await runProgram(start);

async function start(): Promise<void> {
  const [, , folder = ''] = process.argv;
  const log = createLog('error');
  // Nobody records anything here, and nothing of it is to stay.
  const configuration = { ...readConfiguration(process.env), receiptKey: randomBytes(32) };
  const { readRegister } = await import('./register.runtime.js');
  const runtime = await readRegister(configuration, log);
  const { createApi } = await import('./api.module.js');
  const { LocalDoor } = await import('./beside/local-door.js');
  const api = await createApi({ configuration, runtime, log, authenticate: nobody });
  // As it does before it listens.
  await api.getHttpAdapter().getInstance().ready();
  const door = await api.get(LocalDoor).open(folder, api.getHttpServer());
  const close = async (): Promise<void> => {
    await door.close();
    await api.close();
    await runtime.close();
  };
  process.once('disconnect', () => void close());
  process.send?.('open');
  // Whoever asked is gone already.
  if (!process.connected) await close();
}

async function nobody(): Promise<{ readonly kind: 'refused'; readonly reason: string }> {
  return { kind: 'refused', reason: 'only the local door is open' };
}
