import type { Command } from 'commander';
import { print } from './terminal.js';

export type Shell = 'bash' | 'zsh' | 'fish';

/** What may stand behind the words of a command. */
interface Behind {
  /** The words so far: empty for `register` alone. */
  readonly path: string;
  readonly commands: readonly Word[];
  readonly options: readonly Word[];
  /** What an argument may be, where not everything is taken. */
  readonly choices: readonly string[];
}

interface Word {
  readonly name: string;
  readonly about: string;
}

/** `register completion`: a script for a shell, made from the commands as they are declared. */
export const completionCommand = (shell: Shell, program: Command): void => {
  const all = behindEach(program, '');
  print({ bash, zsh, fish }[shell](all));
};

function behindEach(command: Command, path: string): readonly Behind[] {
  const help = command.createHelp();
  const below = help.visibleCommands(command).filter((one) => one.name() !== 'help');
  // Help shows the options of every command only where it is told to: they are those of the commands above.
  help.showGlobalOptions = true;
  const own = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
  const behind: Behind = {
    path,
    commands: below.map((one) => ({ name: one.name(), about: one.description() })),
    options: own.flatMap(({ long, description }) => (long ? [{ name: long, about: description }] : [])),
    choices: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  };
  return [behind, ...below.flatMap((one) => behindEach(one, `${path} ${one.name()}`.trim()))];
}

/** A shell takes it as it stands. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const names = (words: readonly Word[]): readonly string[] => words.map(({ name }) => name);

/** Walks from word to word: `come` is then the command that was typed (`path` means something to zsh). */
const walk = (all: readonly Behind[], typed: string): string => {
  const known = all.flatMap(({ path }) => (path === '' ? [] : [quoted(path.includes(' ') ? path : ` ${path}`)]));
  return `  for word in ${typed}; do
    case "$come $word" in
      ${known.join('|')}) come="\${come:+$come }$word" ;;
    esac
  done`;
};

const bash = (
  all: readonly Behind[],
): string => `# bash: register completion bash > ~/.local/share/bash-completion/completions/register
_register() {
  local come='' word words
${walk(all, '"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  case "$come" in
${all
  .map(
    ({ path, commands, options, choices }) =>
      `    ${quoted(path)}) words=${quoted([...names(commands), ...choices, ...names(options)].join(' '))} ;;`,
  )
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _register register`;

const described = ({ name, about }: Word): string => quoted(`${name.replaceAll(':', '\\:')}:${about}`);

const zsh = (all: readonly Behind[]): string => `#compdef register
# zsh: register completion zsh > _register, in a folder of $fpath
_register() {
  local come='' word
  local -a found options
${walk(all, '${words[2,CURRENT-1]}')}
  case "$come" in
${all
  .map(({ path, commands, options, choices }) => {
    const found = [...commands, ...choices.map((name) => ({ name, about: '' }))];
    return `    ${quoted(path)}) found=(${found.map(described).join(' ')}); options=(${options.map(described).join(' ')}) ;;`;
  })
  .join('\n')}
  esac
  _describe -o option options
  (( \${#found} )) && _describe command found || _files
}
compdef _register register`;

const fish = (all: readonly Behind[]): string =>
  ['# fish: register completion fish > ~/.config/fish/completions/register.fish', ...fishLines(all)].join('\n');

const fishLines = (all: readonly Behind[]): readonly string[] =>
  all.flatMap(({ path, commands, options, choices }) => {
    const typed = path.split(' ').filter(Boolean);
    const further = names(commands).join(' ');
    const conditions = [
      ...typed.map((word) => `__fish_seen_subcommand_from ${word}`),
      ...(further === '' ? [] : [`not __fish_seen_subcommand_from ${further}`]),
    ];
    const when = `complete -c register -n ${quoted(conditions.join('; and '))}`;
    return [
      ...[...commands, ...choices.map((name) => ({ name, about: '' }))].map(
        ({ name, about }) => `${when} -f -a ${name} -d ${quoted(about)}`,
      ),
      ...options.map(({ name, about }) => `${when} -l ${name.slice(2)} -d ${quoted(about)}`),
    ];
  });
