/**
 * `npm run schema:check`: the committed schema beside the one of the last release. What would break a client is refused,
 * unless `apps/api/schema.breaking.json` names it with a reason; a reason for what breaks nothing is refused as well.
 * `npm run schema:release`, on the day of a release, makes the schema of today the one that clients rely on.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';

const file = (name) => new URL(`../apps/api/${name}`, import.meta.url);
const [schema, released] = ['schema.graphql', 'schema.released.graphql'].map((name) =>
  readFileSync(file(name), 'utf8'),
);

if (process.argv.includes('--release')) {
  writeFileSync(file('schema.released.graphql'), schema);
  writeFileSync(file('schema.breaking.json'), '{}\n');
} else {
  const broken = findBreakingChanges(buildSchema(released), buildSchema(schema)).map(({ description }) => description);
  const reasons = JSON.parse(readFileSync(file('schema.breaking.json'), 'utf8'));
  const troubles = [
    ...broken
      .filter((change) => !reasons[change]?.trim())
      .map((change) => `breaks clients, without a reason: ${change}`),
    ...Object.keys(reasons)
      .filter((change) => !broken.includes(change))
      .map((change) => `breaks nothing: ${change}`),
  ];
  for (const trouble of troubles) process.stderr.write(`${trouble}\n`);
  if (troubles.length > 0) process.exitCode = 1;
  else process.stdout.write(`${broken.length} breaking changes since the last release, each with its reason\n`);
}
