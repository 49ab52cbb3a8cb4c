import { openRegistry } from '@hearth/artifact/store';
import { Command } from 'commander';
import { modelsOption } from './options.ts';

export const promoteCommand = (): Command =>
  new Command('promote')
    .description('put a version into production, after loading it whole')
    .argument('<version>', 'its name, a unique beginning of it, or latest')
    .addOption(modelsOption())
    .addHelpText('after', '\nExample:\n  hearth promote latest')
    .action(async (wanted: string, { models }: { models: string }) => {
      const { version, previous } = await openRegistry(models).promote(wanted);
      if (previous === version) console.log(`${version} is in production already`);
      else
        console.log(
          `${version} is in production${previous ? `, before it ${previous}` : ''} (${models}/aliases.json, ${models}/journal.jsonl)`,
        );
    });
