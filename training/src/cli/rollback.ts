import type { Command } from 'commander';
import { examples } from './called-as.ts';
import { type ModelOptions, modelCommand, openModel, printJson, writtenIn } from './options.ts';

export const command = (): Command =>
  modelCommand(
    'rollback',
    'Puts the previous version back into production. A second rollback goes one further back; versions that were rolled back are skipped.',
  )
    .option('--reason <text>', 'the reason, for the journal')
    .addHelpText('after', examples('rollback', 'rollback --reason "predictions too high since noon"'))
    .action(async ({ json, reason, ...where }: ModelOptions & { reason?: string }) => {
      const registry = await openModel(where);
      const change = await registry.rollback(reason);
      if (json) return printJson(change);
      const { version, previous } = change;
      console.log(`${version} is in production again, ${previous} is not; ${writtenIn(registry)}`);
    });
