import { Argument, Command, CommanderError, Option } from 'commander';
import { onOwnNode } from '#own-node';
import { declareQuestions } from './asking/commands.js';
import type { Shell } from './completion-command.js';
import { inform, type Global } from './terminal.js';

await onOwnNode();

/** Exit codes: done; done with refusals or differences; could not run. */
const COULD_NOT_RUN = 2;

// Whoever reads only the beginning of what is printed ends the pipe: there is nothing to say about that.
process.stdout.on('error', (fault: { code?: string }) => {
  if (fault.code !== 'EPIPE') throw fault;
  process.exit();
});

/** Loaded only where it is asked for: everything else is to be there at once. */
const version = process.argv.includes('--version') ? (await import('./version.js')).versionText() : '';

const program = new Command('register')
  .description('The decision register at the command line of the machine that holds it.')
  .addOption(new Option('--data-dir <dir>', 'folder of the register').env('DATA_DIR').default('./data'))
  .option('--json', 'answer in JSON, for programs', false)
  .option('--accept-older-log', 'go on without acknowledged events that the log has lost; recorded for ever', false)
  .version(version, '--version', 'release, versions of the layouts of log and views, and what it runs on')
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .showHelpAfterError('(register --help lists what there is)')
  .addHelpText('after', '\nExit codes: 0 done, 1 done with refusals or differences, 2 could not run.');

// Settings that cannot work are told before a command is loaded.
program.hook('preAction', async (_program, command) => {
  if (command.name() === 'completion') return;
  (await import('./configured.js')).configured(command.optsWithGlobals<Global>().dataDir);
});

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
  .option('--known-at <when>', 'as known then: a position (p1042), an instant or a day; default now')
  .option('--subject <id>', 'one subject only, such as body/glos:772')
  .action(async (_options, command: Command) =>
    (await import('./replay-command.js')).replayCommand(command.optsWithGlobals()),
  );

program
  .command('log')
  .description('make a decision log for a scrutiny committee, as files in a folder; or issue the logs that are due')
  .option('--for <committee>', 'the committee, or the council for whose area: an id or a reference, such as glos:772')
  .option('--from <date>', 'first day of the period, as YYYY-MM-DD')
  .option('--to <date>', 'last day of the period')
  .option('--out <dir>', 'folder for the files; made where it is not there')
  .option('--format <formats>', 'one or several of html, pdf, csv, docx, json', 'html,pdf,csv,docx,json')
  .option('--as-at <date>', 'the day on which the decisions are shown as they stood; default today')
  .option('--known-at <when>', 'as known then: a position (p1042), an instant or a day; default now')
  .option('--since <position>', 'position of the log before, to mark what has changed since')
  .option('--about <organisation>', 'decisions of this organisation only; may be given several times', collect, [])
  .option('--reader <class>', 'public, or officers who see what is withheld from others', 'public')
  .option('--issue', 'record the log as issued, with the SHA-256 of every file', false)
  .option('--recipient <name>', 'to whom it is given, for --issue')
  .option(
    '--deliver-to <route>',
    'for --issue: email:clerk@council.gov.uk or webhook:https://…; may be given several times',
    collect,
    [],
  )
  .option('--replaces <log>', 'the issued log that this one corrects; marks what has changed since')
  .option(
    '--due',
    'issue and deliver what the standing orders make due; --out gives each log a folder of its own',
    false,
  )
  .option('--list', 'with --due: only say what is due, and what comes next', false)
  .option('--standing-order <id>', 'with --due: only what this standing order asks for')
  .addOption(
    new Option('--address <url>', 'where others reach the register, for permanent addresses').env('PUBLIC_URL'),
  )
  .action(async (_options, command: Command) => {
    const isDue = command.getOptionValue('due') === true;
    refuseOtherWay(command, isDue);
    if (isDue) await (await import('./due-command.js')).dueCommand(command.optsWithGlobals());
    else await (await import('./log-command.js')).logCommand(command.optsWithGlobals());
  });

/** Options that one way of `register log` needs, and those that belong to the other: looked at as commander does. */
function refuseOtherWay(command: Command, isDue: boolean): void {
  const isGiven = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  const flagOf = (name: string): string => command.options.find((one) => one.attributeName() === name)?.flags ?? name;
  const shared = new Set(['out', 'address', 'due']);
  const own = new Set(['list', 'standingOrder']);
  for (const option of command.options) {
    const name = option.attributeName();
    if (shared.has(name) || !isGiven(name) || own.has(name) === isDue) continue;
    const why = isDue ? 'what is due says it itself' : 'it goes with --due';
    command.error(`error: option '${option.flags}' does not go with this: ${why}`, { exitCode: COULD_NOT_RUN });
  }
  if (!isDue && isGiven('deliverTo') && !isGiven('issue')) {
    command.error(`error: option '${flagOf('deliverTo')}' goes with --issue: only what is issued is delivered`, {
      exitCode: COULD_NOT_RUN,
    });
  }
  for (const name of isDue ? [] : ['for', 'from', 'to', 'out']) {
    if (isGiven(name)) continue;
    const message = `error: required option '${flagOf(name)}' not specified`;
    command.error(message, { code: 'commander.missingMandatoryOptionValue', exitCode: COULD_NOT_RUN });
  }
}

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

program
  .command('migrate')
  .description(
    'copy the log into another store with the same ids, order and bytes, and compare the two; goes on where it stopped',
  )
  .requiredOption('--to <url>', 'the store to copy into: sqlite: (in the data directory) or esdb://…')
  .option('--from <url>', 'the store to copy from; default EVENT_STORE_URL')
  .action(async (_options, command: Command) =>
    (await import('./migrate-command.js')).migrateCommand(command.optsWithGlobals()),
  );

program
  .command('quarantine')
  .description(
    'list what others wrote to the streams of the register on an EventStoreDB; or record that one event of it is passed over',
  )
  .option('--stream <stream>', 'stream of the event that is passed over')
  .option('--revision <n>', 'its revision there, as the server counts')
  .option('--id <id>', 'its id')
  .option('--reason <text>', 'why: an auditor will read it')
  .action(async (_options, command: Command) =>
    (await import('./quarantine-command.js')).quarantineCommand(command.optsWithGlobals()),
  );

program
  .command('backup')
  .description('copy the embedded log as it is now, with its digest, also beside a running server')
  .requiredOption('--to <dir>', 'folder in which the backup gets a folder of its own')
  .action(async (_options, command: Command) =>
    (await import('./backup-command.js')).backupCommand(command.optsWithGlobals()),
  );

program
  .command('restore')
  .description('put the log of a backup in the place of the one here, which is kept beside it')
  .argument('<folder>', 'what register backup wrote')
  .option('--check', 'only look whether the backup is whole, and what would be lost', false)
  .action(async (folder: string, _options, command: Command) =>
    (await import('./backup-command.js')).restoreCommand(folder, command.optsWithGlobals()),
  );

declareQuestions(program);

program
  .command('completion')
  .description('print what lets a shell complete commands and options')
  .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
  .action(async (shell: Shell) => (await import('./completion-command.js')).completionCommand(shell, program));

const follower = program.command('follower').description('what keeps the views up to date');
follower
  .command('skip')
  .description('let a follower that stands still go on without the event it cannot take; recorded for ever')
  .argument('<name>', 'the follower, as status calls it')
  .requiredOption('--position <n>', 'position of the event to leave out')
  .requiredOption('--reason <text>', 'why: an auditor will read it')
  .action(async (name: string, _options, command: Command) =>
    (await import('./follower-command.js')).skipCommand(name, command.optsWithGlobals()),
  );

for (const command of [...program.commands, ...follower.commands])
  command.exitOverride().showHelpAfterError(`(register ${command.name()} --help lists what it takes)`);

try {
  process.exitCode = 0;
  await program.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : COULD_NOT_RUN;
  else {
    await inform(thrown, program.opts<Global>().json);
    process.exitCode = COULD_NOT_RUN;
  }
}
