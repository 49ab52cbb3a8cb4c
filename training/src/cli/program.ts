import { styleText } from 'node:util';
import { Command, CommanderError, type Help, Option } from 'commander';
import { engineVersion } from '../engine-version.ts';
import { asCalled, calledAs } from './called-as.ts';
import { exitCode, exitCodes } from './exit-codes.ts';

/** Each command: its line in the help of `hearth`, and its module, imported when it is called: all together take half a second. */
export const commands: Record<string, [summary: string, load: () => Promise<{ command(): Command }>]> = {
  try: ['show a model of a file as it is', () => import('./try.ts')],
  new: ['make a repository for a model of your own', () => import('./new.ts')],
  init: ['write the data package of a file, to be edited', () => import('./init.ts')],
  prepare: ['make the table from the published file', () => import('./prepare.ts')],
  train: ['compare learners, fit the best, write an artifact and a report', () => import('./train.ts')],
  import: ['make a version of a model of XGBoost, LightGBM, CatBoost or ONNX', () => import('./import.ts')],
  publish: ['add the trained artifact to the versions of its model', () => import('./publish.ts')],
  promote: ['put a version into production if the gate accepts it', () => import('./promote.ts')],
  rollback: ['put the previous version back into production', () => import('./rollback.ts')],
  list: ['list the versions, and which is in production', () => import('./list.ts')],
  show: ['show data, engine, scores and files of a version', () => import('./show.ts')],
  card: ['print the model card of a version', () => import('./card.ts')],
  diff: ['show what differs between two versions', () => import('./diff.ts')],
  verify: ['check versions as a server does', () => import('./verify.ts')],
  serve: ['serve page and API of the model in production', () => import('./serve.ts')],
  predict: ['predict the rows of a table', () => import('./predict.ts')],
  evaluate: ['score a version on the rows of another place or time', () => import('./evaluate.ts')],
  export: ['pack a version for onnxruntime or Amazon SageMaker', () => import('./export.ts')],
  types: ['print the columns and the answer as types of TypeScript', () => import('./types.ts')],
  prune: ['remove old versions', () => import('./prune.ts')],
  completion: ['print the completion script for bash, zsh or fish', () => import('./completion.ts')],
};

/** The program, of which only the command that the arguments name is loaded; of the others it knows name and summary. */
async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command(calledAs())
    .usage('COMMAND [options]  Keeps a model in production.')
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      // without `help`, so that the list fits into a terminal
      visibleCommands: ({ commands }) => [...commands],
      styleTitle: (title) => styleText('bold', title, { validateStream: false }),
    })
    .configureOutput({ outputError: (text, write) => write(asCalled(text.replace(/^error: /, 'hearth: '))) })
    .showHelpAfterError(`(${calledAs()} --help lists the commands)`)
    .helpCommand('help [command]', 'explain a command')
    .enablePositionalOptions() // so that `rollback --version 1` is an error
    .exitOverride();
  program.hook('preAction', async () => {
    (await import('@hearth/artifact/store')).modelBytes(); // throws for a value that cannot be used
  });
  const called = args.find((arg) => Object.hasOwn(commands, arg));
  for (const [name, [summary, load]] of Object.entries(commands)) {
    const command = name === called ? (await load()).command() : new Command(name);
    command.addHelpText('after', `\n${exitCodes}`);
    program.addCommand(command.summary(summary).copyInheritedSettings(program));
    command.showHelpAfterError(`(${calledAs()} ${name} --help has examples)`);
  }
  program.addHelpOption(new Option('-h, --help').hideHelp());
  program.version(engineVersion, '--version').options[0].hideHelp();
  const example = asCalled('hearth try titanic.csv --target Survived');
  program.addHelpText('after', `Example: ${example}\n`);
  return program.configureHelp({ ...program.configureHelp(), formatHelp: inFewLines });
}

/** The help of the program without blank lines, so that it fits into a terminal of 24 lines. */
function inFewLines(program: Command, help: Help): string {
  const width = help.padWidth(program, help);
  const lines = help
    .visibleCommands(program)
    .map((command) => help.formatItem(command.name(), width, command.summary(), help));
  return [`${help.styleTitle('Usage:')} ${help.commandUsage(program)}`, ...lines, ''].join('\n');
}

/** Runs the command that the arguments name. @returns its exit code */
export async function run(args: readonly string[]): Promise<number> {
  process.exitCode = exitCode.done;
  try {
    if (args[0] === 'complete')
      await (await import('./complete.ts')).printCompletions(args.slice(2), createProgram);
    else await (await createProgram(args)).parseAsync(args, { from: 'user' });
    return Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.usage;
    return (await import('./failure.ts')).reportFailure(error);
  }
}
