import { Option, type Command } from 'commander';

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** Options of whatever asks: who reads, and where. */
const asking = (command: Command, formats: string, usual: string): Command =>
  command
    .option('--format <format>', formats, usual)
    .option('--reader <class>', 'public, or officers to whom nothing is withheld', 'public')
    .addOption(new Option('--url <url>', 'ask the register at this address, as whoever REGISTER_TOKEN is for'));

const FORMATS = 'table, csv or json';

const basis = (command: Command): Command =>
  command
    .option('--as-at <date>', 'the day the answer is about, as YYYY-MM-DD; default today')
    .option('--known-at <when>', 'as known then: a position (p1042), an instant or a day; default now');

const SUBJECT = 'a global id such as body/glos:772, or a human reference such as an ODS code';

/** Commands that ask the register something, each loaded when it is asked for. */
export const declareQuestions = (program: Command): void => {
  basis(asking(program.command('show'), FORMATS, 'table'))
    .description('what stands of a subject, field by field: since when, by which event, from which source')
    .argument('<subject>', SUBJECT)
    .action(async (subject: string, _options, command: Command) =>
      (await import('./show-command.js')).showCommand(subject, command.optsWithGlobals()),
    );

  basis(asking(program.command('history'), FORMATS, 'table'))
    .description('everything recorded about a subject, in the order of recording')
    .argument('<subject>', SUBJECT)
    .action(async (subject: string, _options, command: Command) =>
      (await import('./history-command.js')).historyCommand(subject, command.optsWithGlobals()),
    );

  asking(program.command('diff'), FORMATS, 'table')
    .description('what changed of a subject, or of anything, between two days or two moments of knowing')
    .argument('[subject]', SUBJECT)
    .option('--all', 'of anything in the register', false)
    .option('--from <date>', 'the earlier day, as YYYY-MM-DD: what took effect after it is told')
    .option('--to <date>', 'the later day; default today')
    .option('--known-at <when>', 'with --from: as known then; default now')
    .option('--known-from <when>', 'the earlier moment: a position (p1042), an instant or a day')
    .option('--known-to <when>', 'the later moment; default now')
    .option('--as-at <date>', 'with --known-from: the day that fields are compared on; default today')
    .action(async (subject: string | undefined, _options, command: Command) =>
      (await import('./diff-command.js')).diffCommand(subject, command.optsWithGlobals()),
    );

  basis(asking(program.command('export'), 'csv or ndjson (a record a line)', 'csv'))
    .description('write everything that a reader may see as open data: a file a room, and one that says what they are')
    .requiredOption('--to <dir>', 'folder for the files; made where it is not there')
    .option('--licence <address>', 'under which licence it may be used, said beside the files')
    .option('--attribution <text>', 'whom to name as the source, said beside the files')
    .action(async (_options, command: Command) =>
      (await import('./export-command.js')).exportCommand(command.optsWithGlobals()),
    );

  asking(program.command('query'), FORMATS, 'table')
    .description('ask in GraphQL: a file, a text, or the name of a ready-made question')
    .argument('<question>', 'a file, GraphQL as it stands, or a name such as bodies-of-the-icb')
    .option('--var <name=value>', 'a variable of the question; may be given several times', collect, [])
    .action(async (question: string, _options, command: Command) =>
      (await import('./query-command.js')).queryCommand(question, command.optsWithGlobals()),
    );
};
