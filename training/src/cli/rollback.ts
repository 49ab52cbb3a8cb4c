import type { Command } from 'commander';
import { type ModelOptions, modelCommand, openModel, printJson, writtenIn } from './options.ts';

export const rollbackCommand = (): Command =>
  modelCommand(
    'rollback',
    'put back what was in production before; once more goes further back, and never to what was rolled back',
  )
    .option('--reason <text>', 'why, for the journal')
    .addHelpText('after', '\nExample:\n  hearth rollback --reason "answers too high since noon"')
    .action(async ({ json, reason, ...where }: ModelOptions & { reason?: string }) => {
      const registry = await openModel(where);
      const change = await registry.rollback(reason);
      if (json) return printJson(change);
      const { version, previous } = change;
      console.log(`${version} is in production again, ${previous} is not; ${writtenIn(registry)}`);
    });
