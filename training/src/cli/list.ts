import { openRegistry } from '@hearth/artifact/store';
import { Command } from 'commander';
import { modelsOption } from './options.ts';

export const listCommand = (): Command =>
  new Command('list')
    .description('show the published versions, oldest first')
    .addOption(modelsOption())
    .option('--json', 'for programs')
    .addHelpText('after', '\nExample:\n  hearth list --json')
    .action(async ({ models, json }: { models: string; json?: boolean }) => {
      const versions = await openRegistry(models).list();
      if (json) console.log(JSON.stringify(versions, null, 2));
      else if (versions.length === 0)
        console.log(`no version in ${models}; make one with: hearth train && hearth publish`);
      else
        for (const { version, published, production } of versions) {
          console.log(
            `${production ? '*' : ' '} ${version}  ${published ?? ''}${production ? '  production' : ''}`.trimEnd(),
          );
        }
    });
