import { spawnSync } from 'node:child_process';
import type { DecisionLog } from '#decision-log';

const program = (render: string): string => `
  import { ${render} } from '#decision-log';
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const bytes = await ${render}(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  process.stdout.write(bytes);
`;

/** The document as the built program makes it in a process of its own, on the other side of the world. */
export function madeElsewhere(render: 'renderPdf' | 'renderDocx', log: DecisionLog): Uint8Array {
  const made = spawnSync(process.execPath, ['--input-type=module', '--eval', program(render)], {
    input: JSON.stringify(log),
    env: { PATH: process.env['PATH'], TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8' },
    maxBuffer: 1e9,
  });
  if (made.status !== 0) throw new Error(made.stderr.toString('utf8'));
  return made.stdout;
}
