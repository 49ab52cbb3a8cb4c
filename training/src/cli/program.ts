import { Command, CommanderError } from 'commander';
import { cardCommand } from './card.ts';
import { diffCommand } from './diff.ts';
import { exportCommand } from './export.ts';
import { describeFailure } from './failure.ts';
import { listCommand } from './list.ts';
import { predictCommand } from './predict.ts';
import { prepareCommand } from './prepare.ts';
import { promoteCommand } from './promote.ts';
import { pruneCommand } from './prune.ts';
import { publishCommand } from './publish.ts';
import { rollbackCommand } from './rollback.ts';
import { showCommand } from './show.ts';
import { trainCommand } from './train.ts';
import { verifyCommand } from './verify.ts';

const commands = [
  prepareCommand,
  trainCommand,
  publishCommand,
  promoteCommand,
  rollbackCommand,
  listCommand,
  showCommand,
  cardCommand,
  diffCommand,
  verifyCommand,
  predictCommand,
  exportCommand,
  pruneCommand,
];

const exitCodes = '\nExit codes: 0 done, 1 refused or failed, 2 the command was not understood';

function createProgram(): Command {
  const program = new Command('hearth')
    .description('Keeps a model in production: prepare data, train, publish, promote, roll back.')
    .showHelpAfterError('(hearth --help shows the commands; hearth COMMAND --help one of them)')
    .addHelpText('after', '\nExample:\n  hearth train && hearth publish && hearth promote latest')
    .exitOverride();
  for (const create of commands) program.addCommand(create().copyInheritedSettings(program));
  for (const command of [program, ...program.commands]) command.addHelpText('after', exitCodes);
  return program;
}

/** Runs the command that the arguments name. @returns its exit code */
export async function run(args: readonly string[]): Promise<number> {
  process.exitCode = 0;
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`hearth: ${describeFailure(error)}\n`);
    return 1;
  }
}
