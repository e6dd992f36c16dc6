import { Command, CommanderError, Option } from 'commander';
import { inform, type Global } from './terminal.js';

/** Exit codes: done; done with refusals or differences; could not run. */
const COULD_NOT_RUN = 2;

const program = new Command('register')
  .description('The decision register at the command line of the machine that holds it.')
  .addOption(new Option('--data-dir <dir>', 'folder of the register').env('DATA_DIR').default('./data'))
  .option('--json', 'answer in JSON, for programs', false)
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .showHelpAfterError('(register --help lists what there is)')
  .addHelpText('after', '\nExit codes: 0 done, 1 done with refusals or differences, 2 could not run.');

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

program
  .command('demo')
  .description('load the sample register: One Gloucestershire and its neighbours')
  .action(async (_options, command: Command) =>
    (await import('./demo-command.js')).demo(command.optsWithGlobals<Global>()),
  );

program
  .command('import')
  .description('take files into the register: commands, one a line, or CSV with a mapping (docs/import.md)')
  .argument('<file...>', 'files of commands (.ndjson, .jsonl) or tables (.csv); gzipped ones end in .gz')
  .option('--mapping <map.yaml>', 'says what the columns of a table mean; may be given several times', collect, [])
  .option('--keep-recorded-instants', 'take over when the source recorded each row; only into an empty register', false)
  .option('--batch-by <column>', 'print the position reached after each value of this column, as JSON lines')
  .option('--no-views', 'do not bring the views up to date afterwards; the server does when it starts')
  .action(async (files: string[], _options, command: Command) =>
    (await import('./import-command.js')).importCommand(files, command.optsWithGlobals()),
  );

program
  .command('replay')
  .description('fold the raw events without the views and compare the two, subject by subject')
  .requiredOption('--as-at <date>', 'the day the answers are about, as YYYY-MM-DD')
  .option('--known-at <when>', 'as known then: a position, an instant or a day; default now')
  .option('--subject <id>', 'one subject only, such as body/glos:772')
  .action(async (_options, command: Command) =>
    (await import('./replay-command.js')).replayCommand(command.optsWithGlobals()),
  );

program
  .command('rebuild')
  .description('make the views anew from the log beside those in use, compare them, and switch')
  .action(async (_options, command: Command) =>
    (await import('./rebuild-command.js')).rebuildCommand(command.optsWithGlobals<Global>()),
  );

program
  .command('status')
  .description('how far the register has come, what it holds, and who holds it')
  .action(async (_options, command: Command) =>
    (await import('./status-command.js')).status(command.optsWithGlobals<Global>()),
  );

for (const command of program.commands)
  command.exitOverride().showHelpAfterError(`(register ${command.name()} --help lists what it takes)`);

try {
  process.exitCode = 0;
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : COULD_NOT_RUN;
  else {
    inform(thrown);
    process.exitCode = COULD_NOT_RUN;
  }
}
