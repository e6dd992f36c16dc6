// Forked with a URL: asks for life every 10 ms. Told `begin`, it forgets what it has seen; told `end`, it says how long the
// slowest answer took since, in milliseconds. A process of its own, so that nothing else it does is in what it says.
import { setTimeout as pause } from 'node:timers/promises';

const [url] = process.argv.slice(2);
let slowest = 0;
/** When the one under way was asked. */
let asked;
process.on('message', (said) => {
  if (said === 'begin') slowest = 0;
  else process.send(Math.max(slowest, asked === undefined ? 0 : performance.now() - asked));
});
for (let times = 0; process.connected; times++) {
  asked = performance.now();
  await (await fetch(`${url}/health/live`)).text();
  slowest = Math.max(slowest, performance.now() - asked);
  asked = undefined;
  // The first ones are slow by themselves: code that has not run yet.
  if (times === 50) process.send('ready');
  await pause(10);
}
