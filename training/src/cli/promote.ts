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

export const promoteCommand = (): Command =>
  new Command('promote')
    .description('put a version into production, after loading it whole')
    .argument('<version>', 'its name, a unique beginning of it, or latest')
    .addOption(modelsOption())
    .addOption(modelOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  hearth promote latest')
    .action(async (wanted: string, { json, ...where }: ModelOptions & { json?: boolean }) => {
      const registry = await openModel(where);
      const change = await registry.promote(wanted);
      if (json) return printJson(change);
      const { version, previous } = change;
      if (previous === version)
        return console.log(`${version} is in production already; nothing was changed`);
      console.log(`${version} is in production, before it ${previous ?? 'nothing'}; ${writtenIn(registry)}`);
    });
