import type { Command } from 'commander';
import { examples } from './called-as.ts';
import { type ModelOptions, modelCommand, openModel, printJson, writtenIn } from './options.ts';

export const command = (): Command =>
  modelCommand(
    'rollback',
    'Puts the version that was in production before back into production. A second rollback goes further back, and none returns to a version that was rolled back.',
  )
    .option('--reason <text>', 'why; it goes into the journal')
    .addHelpText('after', examples('rollback', 'rollback --reason "predictions too high since noon"'))
    .action(async ({ json, reason, ...where }: ModelOptions & { reason?: string }) => {
      const registry = await openModel(where);
      const change = await registry.rollback(reason);
      if (json) return printJson(change);
      const { version, previous } = change;
      console.log(`${version} is in production again, ${previous} is not; ${writtenIn(registry)}`);
    });
