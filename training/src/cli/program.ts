import { styleText } from 'node:util';
import { Command, CommanderError, Option } from 'commander';
import { engineVersion } from '../engine-version.ts';
import { asCalled, calledAs } from './called-as.ts';
import { exitCode, exitCodes } from './exit-codes.ts';

interface Entry {
  /** Its line in the help of `hearth`. */
  summary: string;
  /** Imports the command when it is called: all of them together take half a second. */
  load(): Promise<Command>;
}

export const commands: Record<string, Entry> = {
  prepare: {
    summary: 'make the table from the file as published',
    load: async () => (await import('./prepare.ts')).prepareCommand(),
  },
  train: {
    summary: 'compare learners, fit the best, write an artifact and a report',
    load: async () => (await import('./train.ts')).trainCommand(),
  },
  publish: {
    summary: 'add the trained artifact to the versions of its model',
    load: async () => (await import('./publish.ts')).publishCommand(),
  },
  promote: {
    summary: 'put a version into production if the gate accepts it',
    load: async () => (await import('./promote.ts')).promoteCommand(),
  },
  rollback: {
    summary: 'put the version before back into production',
    load: async () => (await import('./rollback.ts')).rollbackCommand(),
  },
  list: {
    summary: 'list the versions, and which is in production',
    load: async () => (await import('./list.ts')).listCommand(),
  },
  show: {
    summary: 'show data, engine, scores and files of a version',
    load: async () => (await import('./show.ts')).showCommand(),
  },
  card: {
    summary: 'print the model card of a version',
    load: async () => (await import('./card.ts')).cardCommand(),
  },
  diff: {
    summary: 'show what differs between two versions',
    load: async () => (await import('./diff.ts')).diffCommand(),
  },
  verify: {
    summary: 'run every check of a server on versions',
    load: async () => (await import('./verify.ts')).verifyCommand(),
  },
  predict: {
    summary: 'predict the rows of a CSV file',
    load: async () => (await import('./predict.ts')).predictCommand(),
  },
  export: {
    summary: 'pack a version for onnxruntime or Amazon SageMaker',
    load: async () => (await import('./export.ts')).exportCommand(),
  },
  prune: {
    summary: 'remove old versions',
    load: async () => (await import('./prune.ts')).pruneCommand(),
  },
  completion: {
    summary: 'print the completion script for bash, zsh or fish',
    load: async () => (await import('./completion.ts')).completionCommand(),
  },
};

/** The program, of which only the command that the arguments name is loaded; of the others it knows name and summary. */
async function createProgram(args: readonly string[]): Promise<Command> {
  const program = new Command(calledAs())
    .description('Keeps a model in production: train, publish, promote, roll back.')
    .usage('COMMAND [options]')
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      styleTitle: (title) => styleText('bold', title, { validateStream: false }),
    })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'hearth: ')) })
    .showHelpAfterError(`(${calledAs()} --help lists the commands)`)
    .helpCommand('help [command]', 'explain a command')
    .exitOverride();
  const called = args.find((arg) => Object.hasOwn(commands, arg));
  for (const [name, { summary, load }] of Object.entries(commands)) {
    const command = name === called ? await load() : new Command(name);
    command.addHelpText('after', `\n${exitCodes}`);
    program.addCommand(command.summary(summary).copyInheritedSettings(program));
    command.showHelpAfterError(`(${calledAs()} ${name} --help has examples)`);
  }
  program.addHelpOption(new Option('-h, --help').hideHelp());
  program.version(engineVersion, '--version').options[0].hideHelp();
  const example = asCalled('hearth train && hearth publish && hearth promote latest');
  program.addHelpText('after', `\nExample: ${example}\n${exitCodes}`);
  return program;
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
