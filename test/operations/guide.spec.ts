import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CONFIGURATION_TABLE, configurationPage } from '#access';
import { Metrics } from '#operations';

const guide = readFileSync(join(process.cwd(), 'docs/operations.md'), 'utf8');

describe('the operations guide', () => {
  it('has the table of settings that the programs read (npm run build && node scripts/write-configuration-table.mjs)', () => {
    expect(guide).toBe(configurationPage(guide));
    for (const { name } of CONFIGURATION_TABLE) expect(guide).toContain(`| \`${name}\``);
  });

  it('has alarms on figures that there are', async () => {
    const there = await new Metrics().registry.metrics();
    const named = new Set(
      [...guide.matchAll(/\bregister_[a-z_]+/g)].map(([name]) => name.replace(/_(bucket|count)$/, '')),
    );
    expect(named.size).toBeGreaterThan(6);
    for (const name of named) expect(there).toContain(`# TYPE ${name} `);
  });
});
