import { Command } from 'commander';
import {
  jsonOption,
  type ModelOptions,
  modelOption,
  modelsOption,
  openModel,
  printJson,
  writtenIn,
} from './options.ts';

export const rollbackCommand = (): Command =>
  new Command('rollback')
    .description(
      'put back what was in production before; once more goes further back, and never to what was rolled back',
    )
    .option('--reason <text>', 'why, for the journal')
    .addOption(modelsOption())
    .addOption(modelOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  hearth rollback --reason "answers too high since noon"')
    .action(async ({ json, reason, ...where }: ModelOptions & { json?: boolean; reason?: string }) => {
      const registry = await openModel(where);
      const change = await registry.rollback(reason);
      if (json) return printJson(change);
      const { version, previous } = change;
      console.log(`${version} is in production again, ${previous} is not; ${writtenIn(registry)}`);
    });
