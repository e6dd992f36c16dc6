import { newFolder, register } from './made-log.js';
import { recordedRegister } from './recorded-register.js';
import { sixtyDecisions } from './sixty-decisions.js';

/** The sample in a register of its own. @returns its folder */
export async function sampleRegister(): Promise<string> {
  const folder = newFolder();
  const { code, err } = await register(folder, ['demo']);
  if (code !== 0) throw new Error(err);
  return folder;
}

/** The real log of the README, and one with everything in it that may be withheld, put right or missing. */
export const LOGS_TRIED = [
  ['the log of the Gloucestershire committee for 2025', sampleRegister, ['--for', 'glos:772']],
  ['the log of sixty decisions', async () => (await recordedRegister(sixtyDecisions())).folder, ['--for', 'hosc']],
] as const;

export const YEAR_2025 = ['--from', '2025-01-01', '--to', '2025-12-31', '--as-at', '2026-01-31'] as const;
