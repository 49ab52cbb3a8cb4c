#!/usr/bin/env node
import { ArtifactError } from '@hearth/artifact';
import { RegistryError } from '@hearth/artifact/store';
import { Command, CommanderError } from 'commander';
import { InputError } from '../errors.ts';
import { listCommand } from './list.ts';
import { prepareCommand } from './prepare.ts';
import { promoteCommand } from './promote.ts';
import { publishCommand } from './publish.ts';
import { trainCommand } from './train.ts';

const program = new Command('hearth')
  .description('Keeps a model in production: prepare data, train, publish, promote.')
  .addCommand(prepareCommand())
  .addCommand(trainCommand())
  .addCommand(publishCommand())
  .addCommand(promoteCommand())
  .addCommand(listCommand())
  .showHelpAfterError('(hearth --help shows the commands; hearth COMMAND --help one of them)');

const expected = [InputError, RegistryError, ArtifactError];

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) throw error;
  const known =
    expected.some((kind) => error instanceof kind) || typeof (error as { code?: unknown }).code === 'string';
  if (!known) throw error;
  process.stderr.write(`hearth: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
