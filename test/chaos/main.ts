import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { chaos } from './chaos.js';
import { figureLines } from './figures.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    kills: { type: 'string', default: '100' },
    stops: { type: 'string', default: '20' },
    restarts: { type: 'string', default: '20' },
    'store-kills': { type: 'string', default: '10' },
    faults: { type: 'string', default: '0.06' },
    writers: { type: 'string', default: '12' },
    'pause-ms': { type: 'string', default: '3000' },
    'puts-back': { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
});

const began = performance.now();
const say = (line: string): void => {
  if (!values.quiet) process.stderr.write(`${((performance.now() - began) / 1_000).toFixed(1)} s  ${line}\n`);
};

say(`seed ${values.seed}`);
const { figures, troubles } = await chaos({
  seed: values.seed,
  kills: Number(values.kills),
  stops: Number(values.stops),
  restarts: Number(values.restarts),
  storeKills: Number(values['store-kills']),
  faults: Number(values.faults),
  writers: Number(values.writers),
  pauseMs: Number(values['pause-ms']),
  putsBack: values['puts-back'],
  say,
});
process.stdout.write(`${figureLines(figures).join('\n')}\n`);
process.stdout.write(`${JSON.stringify({ ...figures, troubles: troubles.length })}\n`);
for (const trouble of troubles) process.stdout.write(`TROUBLE ${trouble}\n`);
process.exitCode = troubles.length > 0 ? 1 : 0;
