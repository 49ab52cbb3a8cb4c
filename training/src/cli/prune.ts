import type { Command } from 'commander';
import { examples } from './called-as.ts';
import { type ModelOptions, modelCommand, openModel, printJson, wholeNumber } from './options.ts';

export const command = (): Command =>
  modelCommand('prune', 'Removes old versions, but none that has an alias or that a rollback needs.')
    .option('--keep <number>', 'how many of the newest stay', wholeNumber(), 10)
    .addHelpText('after', examples('prune --keep 5'))
    .action(async ({ json, keep, ...where }: ModelOptions & { keep: number }) => {
      const registry = await openModel(where);
      const { removed, spared } = await registry.prune(keep);
      if (json) return printJson({ removed, spared });
      for (const { version, why } of spared) console.log(`${version} stays: ${why}`);
      if (removed.length === 0) return console.log('nothing to remove');
      console.log(`removed ${removed.join(', ')}; written in ${registry.folder}/journal.jsonl`);
    });
