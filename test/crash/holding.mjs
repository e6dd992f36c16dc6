// Holds a data directory until it is killed: `node holding.mjs DIR NAME`.
import { writeSync } from 'node:fs';
import { holdRegister } from '../../dist/libs/event-store/src/index.js';

const [dir, name] = process.argv.slice(2);
try {
  holdRegister(dir, name);
  writeSync(1, 'held\n');
  setInterval(() => undefined, 1_000);
} catch (refused) {
  writeSync(1, `${refused.code} ${refused.message}\n`);
  process.exitCode = 1;
}
